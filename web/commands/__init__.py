"""What the `casebook` command does, one module for each kind of work."""
