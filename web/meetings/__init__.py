"""One meeting on many practices, or one reminder to them: prepared as drafts, recorded as one entry on each."""
