"""Indicators of a practice: what its numbers say, what was flagged, and what came of it. Variation for enquiry."""
