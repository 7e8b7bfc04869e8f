"""The tier framework: which tier is recommended, by which rules, and how the rules are versioned."""
