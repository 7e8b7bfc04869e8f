"""The key indicator set: what each indicator is, its versions and how they differ, and saying anew what it is."""
