"""The schemas of the record and of the key store, as Alembic brings them up. A migration is never edited once released."""
