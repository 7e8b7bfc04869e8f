"""Releases of published numbers, for people."""
