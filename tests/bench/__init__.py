"""How fast Casebook is, and how large it gets: `make bench` prints one JSON object a line."""
