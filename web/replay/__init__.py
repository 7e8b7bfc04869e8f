"""A practice's record one action at a time, and two instants of it compared."""
