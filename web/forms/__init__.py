"""The forms engine: a form for each command, whose limits, choices and requirements are read from the command itself."""
