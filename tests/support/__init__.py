"""What tests stand on: a throw-away PostgreSQL, a browser, and makers of facts and commands."""
