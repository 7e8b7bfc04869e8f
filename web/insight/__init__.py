"""Insight: are we fair, and is it working? Pictures of many practices, each with its numbers in a table."""
