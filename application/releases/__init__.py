"""Releases of published data: how a file is read, published, restated and withdrawn, and flags follow."""
