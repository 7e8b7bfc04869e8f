"""Releases of published data: received, validated, published, restated, withdrawn, and what followed from them."""
