"""``flask import …``: the same import as the pages, for files that arrive every term."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy import select

from portal.calendars.importing import plan_import
from portal.calendars.left_out import as_csv
from portal.calendars.operations_importing import bring_in
from portal.calendars.queries_importing import network_for
from portal.db import db, writing
from portal.networks.models import Network
from portal.networks.operations import add_imported_member, attach_organisation
from portal.organisations.importing import OrganisationsImporter
from portal.organisations.workplaces import Workplaces
from portal.people.importing import PeopleImporter
from portal.resources.importing import PacksImporter
from portal.standards.importing import StandardsImporter
from portal.web.errors import DomainError
from portal.web.importing import Importer, Outcome, guess_columns, parse_columns, rejects_csv, run
from portal.web.tables import Sheet, read_sheet

DONE, NOTHING_DONE, SOME_REJECTED = 0, 1, 3


@dataclass(frozen=True)
class Options:
    """What every import takes."""

    file: Path
    network: str | None
    columns: str | None
    rejects: Path | None
    on_duplicate: str
    as_json: bool


def organisations(options: Options, network_id: int | None, kind: str = "") -> Importer:
    attach = partial(attach_organisation, network_id) if network_id else None
    return OrganisationsImporter(None, network_id, options.file.name, kind=kind, attach=attach)


def people(options: Options, network_id: int | None) -> Importer:
    def belongs(person_id: int, organisation_id: int | None) -> None:
        assert network_id is not None
        add_imported_member(network_id, person_id, None)
        if organisation_id is not None:
            attach_organisation(network_id, organisation_id)

    return PeopleImporter(None, network_id, options.file.name, Workplaces(), belongs if network_id else None)


def standards(options: Options, network_id: int | None, framework: str = "") -> Importer:
    return StandardsImporter(framework, options.file.name)


def packs(options: Options, network_id: int | None, state: str = "draft") -> Importer:
    return PacksImporter(actor_id=None, network_id=network_id, source=options.file.name, state=state)


class WithFields(click.Command):
    """A command whose ``--help`` ends with the fields that a column can mean."""

    importer: Callable[[], type[Importer]]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The labels need a language, and that a request.
        script = ctx.find_object(ScriptInfo)
        if script is None:
            return
        with script.load_app().test_request_context():
            rows = [
                (one.key, f"{one.label}{' (needed)' if one.required else ''}") for one in type(self).importer().fields
            ]
        with formatter.section("Fields"):
            formatter.write_dl(rows)


def with_fields(importer: Callable[[], type[Importer]]) -> type[WithFields]:
    return type("WithFields", (WithFields,), {"importer": staticmethod(importer)})


@click.group("import")
def import_group() -> None:
    """Bring in a spreadsheet: CSV with any delimiter, XLSX, XLS, ODS. Importing a file twice changes nothing.

    Exit code 0: all is in. 3: some rows were rejected. 1: nothing could be done. Nobody is mailed.
    """


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all imports share."""
    for decorate in (
        with_appcontext,
        click.option("--json", "as_json", is_flag=True, help="One closing line of JSON with the counts."),
        click.option("--on-duplicate", type=click.Choice(["update", "skip"]), default="update", show_default=True,
                     help="What happens with what is known already and differs."),
        click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write the rejected rows here."),
        click.option("--columns", help='"Heading=field,Other heading=field"; without it the headings are guessed.'),
        click.option("--network", help="Address name of the network that they belong to."),
        click.argument("file", type=click.Path(path_type=Path)),
    ):  # fmt: skip
        command = decorate(command)
    return command


@import_group.command("organisations", cls=with_fields(lambda: OrganisationsImporter))
@with_options
@click.option("--kind", default="", help="What a row is where the file does not tell: school, district …")
def import_organisations(kind: str, **options: Any) -> None:
    """Schools, districts, employers: matched by code, else by name and place."""
    _import(Options(**options), partial(organisations, kind=kind))


@import_group.command("people", cls=with_fields(lambda: PeopleImporter))
@with_options
def import_people(**options: Any) -> None:
    """People and where they work: matched by address, else by name at the same school."""
    _import(Options(**options), people)


@import_group.command("standards", cls=with_fields(lambda: StandardsImporter))
@with_options
@click.option("--framework", default="", help="Code or name of the framework, where the file does not tell: NGSS …")
def import_standards(framework: str, **options: Any) -> None:
    """Standards of a framework: matched by code."""
    _import(Options(**options), partial(standards, framework=framework))


@import_group.command("packs", cls=with_fields(lambda: PacksImporter))
@with_options
@click.option("--state", type=click.Choice(["draft", "shared"]), default="draft", show_default=True,
              help="Drafts of the network's first coordinator, or shared with its members at once.")  # fmt: skip
def import_packs(state: str, **options: Any) -> None:
    """Resource packs of a catalogue, into a network: matched by the code that the catalogue gives them."""
    _import(Options(**options), partial(packs, state=state))


@import_group.command("calendar")
@with_appcontext
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--network", required=True, help="Address name of the network that the events are for.")
@click.option(
    "--state",
    type=click.Choice(["draft", "published"]),
    default="draft",
    show_default=True,
    help="Drafts of the network's first coordinator, or published to its members at once.",
)
@click.option(
    "--whole-days",
    type=click.Choice(["leave", "take"]),
    default="leave",
    show_default=True,
    help="Entries without hours: left out, or taken from 9:00 am to 3:30 pm.",
)
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write the entries left out here.")
@click.option("--json", "as_json", is_flag=True, help="One closing line of JSON with the counts.")  # fmt: skip
def import_calendar(file: Path, network: str, state: str, whole_days: str, rejects: Path | None, as_json: bool) -> None:
    """An .ics file of another calendar: new entries become events, known ones follow its dates and places.

    People who booked a date that moves or goes are mailed; nobody is about a new one.
    """
    options = Options(file, network, None, rejects, "update", as_json)
    with current_app.test_request_context(), _said_on_stderr(options), writing():
        target = network_for(_network_id(network) or 0)
        plan = plan_import(file.read_bytes(), target.id, target.time_zone)
        result = bring_in(plan, target, None, state == "published", whole_days == "take")
        if rejects and result.left:
            rejects.write_bytes(as_csv(result.left))
        _say([f"Entry {one.number}: {one.reason}" for one in result.left if one.is_refused], result.counts(), as_json)
    sys.exit(SOME_REJECTED if result.counts()["rejected"] else DONE)


def _import(options: Options, make: Callable[[Options, int | None], Importer]) -> None:
    with current_app.test_request_context(), _said_on_stderr(options), writing():
        sheet = read_sheet(options.file, options.file.name)
        importer = make(options, _network_id(options.network))
        columns = _columns(options, sheet, importer)
        outcome = run(importer, sheet, columns, options.on_duplicate)
        _tell(outcome, sheet, options)
        for remark in getattr(importer, "remarks", []):
            click.echo(remark, err=True)
    sys.exit(SOME_REJECTED if outcome.rejected else DONE)


@contextmanager
def _said_on_stderr(options: Options) -> Iterator[None]:
    try:
        yield
    except (DomainError, OSError) as error:
        click.echo(str(error), err=True)
        if options.as_json:
            click.echo(json.dumps(Outcome().counts()))
        sys.exit(NOTHING_DONE)


def _network_id(slug: str | None) -> int | None:
    if slug is None:
        return None
    found = db.session.execute(select(Network.id).where(Network.slug == slug)).scalar()
    if found is None:
        raise DomainError(f"There is no network {slug!r}.")
    return found


def _columns(options: Options, sheet: Sheet, importer: Importer) -> Mapping[str, str]:
    """What was given, over what the headings suggest; "Heading=" leaves a column out."""
    guessed = guess_columns(sheet.headings, importer.fields)
    given = parse_columns(options.columns or "", sheet.headings)
    taken = set(given.values())
    kept = {heading: key for heading, key in guessed.items() if key not in taken and heading not in given}
    return kept | {heading: key for heading, key in given.items() if key}


def _tell(outcome: Outcome, sheet: Sheet, options: Options) -> None:
    if options.rejects and outcome.rejected:
        options.rejects.write_bytes(rejects_csv(outcome, sheet))
    _say([f"Row {one.number}: {one.reason}" for one in outcome.rejected], outcome.counts(), options.as_json)


def _say(refusals: list[str], counts: dict[str, int], as_json: bool) -> None:
    for sentence in refusals[:20]:
        click.echo(sentence, err=True)
    if len(refusals) > 20:
        click.echo(f"… and {len(refusals) - 20} more.", err=True)
    click.echo(json.dumps(counts) if as_json else ", ".join(f"{name} {count}" for name, count in counts.items()))
