"""Timelines of more than one practice: all that an organisation's practices have, and a few side by side."""
