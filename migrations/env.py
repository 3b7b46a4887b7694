"""Migrations of the database, run by ``flask setup`` and ``flask db upgrade``; plain Alembic over our own metadata."""

from alembic import context
from flask import current_app

config = context.config
extension = current_app.extensions["migrate"]


def ours(item: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    """Full-text tables are made by ``portal.fulltext`` and are no business of migrations."""
    return not (kind == "table" and name is not None and name not in extension.db.metadata.tables)


def run() -> None:
    engine = extension.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            # SQLite can't alter a table in place: Alembic copies it.
            render_as_batch=True,
            include_object=ours,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
