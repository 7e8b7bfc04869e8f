"""For which purpose somebody looks back, or takes something out."""
