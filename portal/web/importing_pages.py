"""The four steps of an import as plain pages: the sheet, its columns, a look ahead, and what came of it.

A room calls ``add_import_pages`` with its importer. The sheet waits in the instance between the steps.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.errors import DomainError, NotHere, NotYours
from portal.web.forms import ActForm, Form
from portal.web.hypermedia import done, page
from portal.web.importing import (
    Importer,
    check_columns,
    guess_columns,
    rejects_csv,
    remember_columns,
    remembered_columns,
    run,
)
from portal.web.importing_preview import look_ahead
from portal.web.importing_sheet import SheetForm, decisions_of, keep_sheet
from portal.web.importing_waiting import Waiting, waiting_of
from portal.web.tables import Sheet

Choices = Callable[[], list[tuple[str, str]]]


@dataclass(frozen=True)
class ImportPages:
    """What a room says of its import.

    ``make`` gets what waits and gives a fresh importer; ``choice`` is a select beside the file: its label, its hint and
    what is offered; ``back`` is the endpoint of the list.
    """

    what: str
    title: Any
    lead: Any
    make: Callable[[Waiting], Importer]
    may: Callable[[], bool]
    back: str
    choice_label: Any
    choice_hint: Any
    choices: Choices


def add_import_pages(blueprint: Blueprint, pages: ImportPages) -> None:
    """Add the steps under ``<blueprint>/import``: endpoints ``bring``, ``take``, ``columns``, ``choose``, ``preview``, ``run``,
    ``result`` and ``rejects``."""
    steps = Steps(blueprint.name, pages)
    for rule, endpoint, view, method in (
        ("/import", "bring", steps.bring, "GET"),
        ("/import", "take", steps.take, "POST"),
        ("/import/<sheet_token>/columns", "columns", steps.columns, "GET"),
        ("/import/<sheet_token>/columns", "choose", steps.choose, "POST"),
        ("/import/<sheet_token>", "preview", steps.preview, "GET"),
        ("/import/<sheet_token>", "run", steps.run, "POST"),
        ("/import/<sheet_token>/done", "result", steps.result, "GET"),
        ("/import/<sheet_token>/rejects.csv", "rejects", steps.rejects, "GET"),
    ):
        blueprint.add_url_rule(rule, endpoint, view, methods=[method])


class Steps:
    """The views, bound to one room's import."""

    def __init__(self, name: str, pages: ImportPages) -> None:
        self.name, self.pages = name, pages

    def bring(self) -> Response:
        self._admit()
        form = self._form()
        form.choice.data = request.args.get("network", form.choice.data)
        return page("imports/start.html", form=form, pages=self.pages)

    def take(self) -> AnyResponse:
        self._admit()
        form = self._form()
        if form.accepted() and (waiting := keep_sheet(form, me().person_id, self.pages.what)):
            return done(self._url("columns", waiting))
        return page("imports/start.html", form=form, pages=self.pages)

    def columns(self, sheet_token: str) -> Response:
        waiting, sheet = self._open(sheet_token)
        guessed = waiting.columns or remembered_columns(self.pages.what, sheet.headings)
        return self._columns_page(ActForm(), waiting, sheet, guessed or guess_columns(sheet.headings, self._fields))

    def choose(self, sheet_token: str) -> AnyResponse:
        waiting, sheet = self._open(sheet_token)
        form = ActForm()
        columns = {
            heading: key for place, heading in enumerate(sheet.headings) if (key := request.form.get(f"column-{place}"))
        }
        if form.accepted():
            try:
                check_columns(columns, sheet.headings, self._fields)
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                remember_columns(self.pages.what, sheet.headings, columns)
                waiting.columns = columns
                waiting.save()
                return done(self._url("preview", waiting))
        return self._columns_page(form, waiting, sheet, columns)

    def preview(self, sheet_token: str) -> AnyResponse:
        waiting, sheet = self._open(sheet_token)
        if not waiting.columns:
            return done(self._url("columns", waiting))
        return self._preview_page(ActForm(), waiting, sheet)

    def run(self, sheet_token: str) -> AnyResponse:
        waiting, sheet = self._open(sheet_token)
        form = ActForm()
        if form.accepted():
            how = "skip" if request.form.get("duplicates") == "skip" else "update"
            importer = self.pages.make(waiting)
            outcome = form.attempt(run, importer, sheet, waiting.columns, how, decisions_of(request.form))
            if outcome is not None:
                waiting.counts = outcome.counts()
                waiting.rejects.write_bytes(rejects_csv(outcome, sheet))
                waiting.save()
                return done(self._url("result", waiting))
        return self._preview_page(form, waiting, sheet)

    def result(self, sheet_token: str) -> AnyResponse:
        self._admit()
        waiting = waiting_of(me().person_id, self.pages.what, sheet_token)
        if not waiting.counts:
            return done(self._url("preview", waiting))
        return page("imports/result.html", waiting=waiting, pages=self.pages, blueprint=self.name)

    def rejects(self, sheet_token: str) -> Response:
        self._admit()
        waiting = waiting_of(me().person_id, self.pages.what, sheet_token)
        if not waiting.rejects.is_file():
            raise NotHere
        name = f"{waiting.filename.rpartition('.')[0] or waiting.what}-to-put-right.csv"
        content = BytesIO(waiting.rejects.read_bytes())
        return send_file(content, "text/csv; charset=utf-8", as_attachment=True, download_name=name)

    def _admit(self) -> None:
        if not self.pages.may():
            raise NotYours

    def _form(self) -> SheetForm:
        form = SheetForm()
        form.choice.choices = choices_of(self.pages.choices())
        form.choice.label.text = str(self.pages.choice_label)
        form.choice.description = str(self.pages.choice_hint)
        return form

    def _open(self, sheet_token: str) -> tuple[Waiting, Sheet]:
        self._admit()
        waiting = waiting_of(me().person_id, self.pages.what, sheet_token)
        wanted = request.args.get("sheet", "")
        if wanted and wanted != waiting.sheet_name:
            waiting.sheet_name, waiting.columns = wanted, {}
            try:
                waiting.sheet()
            except DomainError as error:
                raise NotHere from error
            waiting.save()
        return waiting, waiting.sheet()

    @property
    def _fields(self) -> Any:
        return self.pages.make(Waiting("", 0, self.pages.what, "")).fields

    def _columns_page(self, form: Form, waiting: Waiting, sheet: Sheet, columns: dict[str, str]) -> Response:
        return page(
            "imports/columns.html", form=form, pages=self.pages, waiting=waiting, sheet=sheet, chosen=columns,
            fields=self._fields, sample=sheet.sample(4), blueprint=self.name,
        )  # fmt: skip

    def _preview_page(self, form: Form, waiting: Waiting, sheet: Sheet) -> Response:
        ahead = look_ahead(self.pages.make(waiting), sheet, waiting.columns)
        return page(
            "imports/preview.html", form=form, pages=self.pages, waiting=waiting, ahead=ahead, blueprint=self.name
        )

    def _url(self, step: str, waiting: Waiting) -> str:
        return url_for(f"{self.name}.{step}", sheet_token=waiting.token)
