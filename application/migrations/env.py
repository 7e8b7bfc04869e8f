"""Alembic's way in. It is given an open connection, in a transaction of its own (see application/init.py)."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema=context.config.attributes["version_table_schema"],
    # SQLite can undo a half-made schema as well as PostgreSQL can.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
