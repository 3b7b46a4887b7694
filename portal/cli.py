"""The commands, all under ``flask``: each has ``--help``, honest exit codes, and says errors on stderr."""

import sys

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from portal.cli_import import import_group
from portal.db import db


def init_commands(app: Flask) -> None:
    app.cli.add_command(setup)
    app.cli.add_command(check)
    app.cli.add_command(import_group)


@click.command()
def setup() -> None:
    """Bring the database to this version: migrations, then the search indexes. Safe to run again."""
    current_app.config["SETTINGS"].store.mkdir(parents=True, exist_ok=True)
    upgrade()
    click.echo("The database is ready.")


@click.command()
def check() -> None:
    """Look the instance over: integrity, foreign keys, files. Exit code 1 when something is wrong."""
    faults = []
    with db.engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
            faults.append("the database file is damaged")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        faults += [f"a row of {row[0]} points at a missing row of {row[2]}" for row in broken]
    for fault in faults:
        click.echo(fault, err=True)
    click.echo("Nothing is wrong." if not faults else f"{len(faults)} faults.")
    sys.exit(1 if faults else 0)
