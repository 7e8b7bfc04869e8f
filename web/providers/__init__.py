"""A provider's practices together: a page of its own, from any of them."""
