"""What is true and what may happen: facts, commands and the rules between them. No input or output."""
