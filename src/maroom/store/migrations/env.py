"""Runs the steps on the connection it is handed; the caller owns the transaction."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True, transactional_ddl=False, target_metadata=None)
context.run_migrations()
