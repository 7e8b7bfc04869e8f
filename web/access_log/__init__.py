"""Who read, looked for, took out or was refused what."""
