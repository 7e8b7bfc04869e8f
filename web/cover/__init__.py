"""Cover for absence, and what is handed over when somebody leaves."""
