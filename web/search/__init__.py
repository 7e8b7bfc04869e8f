"""Looking for practices and for what was told of them."""
