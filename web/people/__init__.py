"""People who sign in: an administrator adds them, gives and ends roles, and makes their one-time links."""
