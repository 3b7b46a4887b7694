"""``flask mail test``: only for who types it, since what asks DNS would take its room in every web worker."""

import sys

import click
from flask import current_app

from portal.config import Settings
from portal.mail.checks import examine
from portal.mail.checks_domain import ask_dns
from portal.mail.commands import mail_commands
from portal.mail.findings import Finding

SIGNS = {"good": "ok   ", "hint": "note ", "wrong": "WRONG", "unknown": "?    "}


@mail_commands.command("test")
@click.argument("address", required=False, default="")
def test(address: str) -> None:
    """Say in plain words what is wrong with the connection, SPF, DKIM, DMARC and MX; with ADDRESS, send one mail there.

    Exit code 1 when something is wrong. What DNS does not tell is not held against you.
    """
    settings: Settings = current_app.config["SETTINGS"]
    report = examine(settings, current_app.extensions.get("mail_lookup", ask_dns), address)
    where = f"{settings.smtp_host}:{settings.smtp_port}" if settings.smtp_host else "none"
    _show(f"The mail server ({where})", report.connection)
    _show(f"The domain of {settings.mail_from}", report.domain)
    if address:
        _show("The mail", report.mail)
    click.echo("Nothing is wrong." if report.is_well else "Something is wrong: see above.")
    sys.exit(0 if report.is_well else 1)


def _show(title: str, findings: list[Finding]) -> None:
    click.echo(f"\n{title}")
    for one in findings:
        click.echo(f"  {SIGNS[one.state]} {one.sentence}")
        if one.said:
            click.echo(f"        {' '.join(one.said.split())[:300]}")
    if not findings:
        click.echo("  not tried")
