"""The migrations make exactly the tables that the code knows, and can be run again."""

from dataclasses import replace

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from portal import Base, create_app
from portal.cli import init_commands
from portal.config import Settings
from portal.db import db


def fresh(tmp_path):
    settings = replace(Settings(), instance=tmp_path, environment="development", secure_cookies=False)
    app = create_app(settings, testing=True)
    init_commands(app)
    return app


def differences():
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        found = compare_metadata(context, Base.metadata)
    # Full-text tables belong to portal.fulltext, not to the migrations.
    return [one for one in found if not (isinstance(one, tuple) and one[0] == "remove_table")]


def test_migrations_and_models_agree(tmp_path):
    with fresh(tmp_path).app_context():
        upgrade()
        assert differences() == []


def test_migrating_twice_changes_nothing(tmp_path):
    with fresh(tmp_path).app_context():
        upgrade()
        upgrade()
        assert differences() == []


def test_the_way_back_leaves_nothing_behind(tmp_path):
    with fresh(tmp_path).app_context():
        upgrade()
        downgrade(revision="base")
        with db.engine.connect() as connection:
            names = db.inspect(connection).get_table_names()
        assert set(names) <= {"alembic_version"}
