"""Linked practices: a page of its own, from either of the two."""
