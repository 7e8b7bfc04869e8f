"""The practice aggregate: one stream, one version, one decide."""
