"""A person's own way in: sign in and out, the first password, a change of password."""
