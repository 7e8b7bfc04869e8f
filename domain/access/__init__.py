"""Organisations, people, roles, and the one permission table."""
