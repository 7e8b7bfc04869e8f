"""The tier framework: the rules in force in words, their versions and how they differ, and drafts of another."""
