"""References to concerns about performers, on a page of their own that nothing on the practice's page tells of."""
