"""What people look at: tables that may be dropped at any time, because they are made from facts alone."""
