"""The key indicator set."""
