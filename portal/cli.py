"""The commands, all under ``flask``: each has ``--help``, honest exit codes, and says errors on stderr."""

import sys
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from portal import fulltext
from portal.admin.operations_synonyms import begin_synonyms
from portal.admin.setup_key import key_to_announce
from portal.cli_import import import_group
from portal.credit.operations_types import start_credit_types
from portal.db import db, writing
from portal.demo.command import demo
from portal.files.queries import lost_files
from portal.mail import commands_checking
from portal.networks.queries import region
from portal.note_keeping.commands import faults_of_keys
from portal.programmes.operations_frames import start_frames
from portal.surveys.operations_items import start_items
from portal.vocabulary.operations import start_words

# Importing it adds its command to the others about mail.
OTHERS = commands_checking
MIGRATIONS = Path(__file__).parent.parent / "migrations"


def init_commands(app: Flask) -> None:
    """Only for who types them: the migrations and the demo region would take ten megabytes of every web worker."""
    Migrate(app, db, directory=str(MIGRATIONS), compare_type=True)
    app.cli.add_command(setup)
    app.cli.add_command(check)
    app.cli.add_command(import_group)
    app.cli.add_command(demo)


@click.command()
def setup() -> None:
    """Bring the database to this version: migrations, search indexes, kinds of credit to begin with. Safe to run again."""
    current_app.config["SETTINGS"].store.mkdir(parents=True, exist_ok=True)
    if _is_behind():
        # A migration that rebuilds a table stumbles over views and triggers that read it.
        fulltext.set_aside()
    upgrade()
    fulltext.ensure_indexes()
    if region():
        # A portal that was set up before there were evaluations begins with the same questions as a new one, one
        # that has never had synonyms with the same groups, and new kinds of words come with their first words.
        with writing():
            start_words()
            start_items()
            begin_synonyms()
    with writing():
        start_credit_types()
        start_frames()
    click.echo("The database is ready.")
    key = key_to_announce(current_app.config["SETTINGS"])
    if key:
        click.echo(f"The portal is not set up yet. Open it in a browser; the setup key is {key}")


def _is_behind() -> bool:
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() != scripts.get_current_head()


@click.command()
def check() -> None:
    """Look the instance over: integrity, foreign keys, files. Exit code 1 when something is wrong."""
    faults = []
    with db.engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            faults.append("the database file is damaged")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        faults += [f"a row of {row[0]} points at a missing row of {row[2]}" for row in broken]
    faults += fulltext.faults()
    faults += faults_of_keys()
    faults += [f"the bytes of the file {name} are missing or changed" for name in lost_files()]
    for fault in faults:
        click.echo(fault, err=True)
    click.echo("Nothing is wrong." if not faults else f"{len(faults)} faults.")
    sys.exit(1 if faults else 0)
