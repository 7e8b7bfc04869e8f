"""Interests that people declare, and who takes part in which practice."""
