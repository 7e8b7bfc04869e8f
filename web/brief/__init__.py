"""The brief of a practice: one page of sentences, each with its facts."""
