"""``flask mentoring``: the key that seals private texts, for whoever runs the machine."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from portal.db import writing
from portal.mentoring import sealed
from portal.note_keeping.operations_resealing import reseal_batch
from portal.note_keeping.queries import keys_that_are_missing, texts_by_key

mentoring_commands = AppGroup("mentoring", help="Look after the key of mentoring's private texts.")


@mentoring_commands.command("reseal")
@click.option("--new-key", is_flag=True, help="Make a new key first; the old one stays beside it.")
def reseal(new_key: bool) -> None:
    """Seal every private text with the key of today. Safe to stop at any time: run it again and it goes on.

    Nobody's text is shown. An old key stays where it is, since older backups of the database still need it; this says
    which ones no text here needs any more. Exit code 1 when texts are left whose key is not here.
    """
    settings = current_app.config["SETTINGS"]
    if new_key:
        settings.new_key(sealed.NAME, sealed.key_id(settings.key(sealed.NAME)))
        click.echo("A new key lies in instance/keys/mentoring. Copy it to the place where you keep keys.")
    done, after = 0, 0
    while True:
        with writing():
            count, after = reseal_batch(sealed.keyring(), settings.key(sealed.NAME), after)
        if not after:
            break
        done += count
    click.echo(f"{done} texts sealed anew.")
    _say_which_keys_are_free()
    sys.exit(1 if _say_what_is_missing() else 0)


@mentoring_commands.command("keys")
def keys() -> None:
    """How many private texts each key sealed. Exit code 1 when a key is not here."""
    at_hand, current = sealed.keyring(), sealed.key_id(current_app.config["SETTINGS"].key(sealed.NAME))
    for name, count in sorted(texts_by_key().items()):
        where = "seals now" if name == current else ("an old key" if name in at_hand else "not here")
        click.echo(f"{name}: {count} texts, {where}")
    sys.exit(1 if _say_what_is_missing() else 0)


def _say_which_keys_are_free() -> None:
    settings, used = current_app.config["SETTINGS"], texts_by_key()
    for key in settings.old_keys(sealed.NAME):
        if sealed.key_id(key) not in used:
            click.echo(f"No text here needs the old key {sealed.key_id(key)} any more; backups from before today do.")


def _say_what_is_missing() -> bool:
    faults = faults_of_keys()
    for fault in faults:
        click.echo(fault, err=True)
    return bool(faults)


def faults_of_keys() -> list[str]:
    """What ``flask check`` says of keys that are not here."""
    return [
        f"{count} private texts of mentoring were sealed with the key {name}, which is not in instance/keys: "
        "put its file there as mentoring-old-1 (any ending will do)"
        for name, count in sorted(keys_that_are_missing().items())
    ]
