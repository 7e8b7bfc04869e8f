"""Rule sets beside the record: the file that one is written in, and what a candidate would change."""
