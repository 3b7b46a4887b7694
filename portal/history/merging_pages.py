"""The pages on which two records become one: which may be the same, choose the other, choose each field, undo.

A room calls ``add_merge_pages`` with what only it knows: who may, what a record is called, which fields it has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal import history
from portal.db import operation
from portal.history import phrases
from portal.history.merging import merge_records, merge_with, take_apart
from portal.web.access import me
from portal.web.errors import DomainError, NotHere, NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page

phrases.declare(
    {
        "record.merged": _l("%(actor)s made %(gone)s and this one record"),
        "record.taken_apart": _l("%(actor)s took two records apart again"),
    }
)


@dataclass(frozen=True)
class Found:
    """A record as the pages name it; ``facts`` are its fields by name."""

    id: int
    label: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class MergePages:
    """What a room says of its records.

    ``find`` gives records for typed words, ``record`` one that the reader may see (NotHere else), ``order`` which of two
    stays (raises DomainError where they must not be one), ``derived`` fields that follow from the chosen ones.
    """

    kind: str
    fields: Sequence[tuple[str, Any]]
    may: Callable[[], bool]
    find: Callable[[str], list[Found]]
    record: Callable[[int], Found]
    order: Callable[[int, int], tuple[int, int]]
    pairs: Callable[[], list[tuple[Found, Found]]]
    derived: Callable[[dict[str, Any]], dict[str, Any]]
    show: Callable[[int], str]
    leave: frozenset[str] = frozenset()


def add_merge_pages(blueprint: Blueprint, pages: MergePages) -> None:
    """Endpoints ``duplicates``, ``same``, ``compare``, ``merge`` and ``take_apart`` under the blueprint."""
    views = Views(blueprint.name, pages)
    for rule, endpoint, view, method in (
        ("/duplicates", "duplicates", views.duplicates, "GET"),
        ("/<int:record_id>/same", "same", views.same, "GET"),
        ("/<int:record_id>/same/<int:other_id>", "compare", views.compare, "GET"),
        ("/<int:record_id>/same/<int:other_id>", "merge", views.merge, "POST"),
        ("/merges/<int:merge_id>/undo", "take_apart", views.take_apart, "POST"),
    ):
        blueprint.add_url_rule(rule, endpoint, view, methods=[method])


class Views:
    """The views, bound to one room's records."""

    def __init__(self, name: str, pages: MergePages) -> None:
        self.name, self.pages = name, pages

    def duplicates(self) -> Response:
        self._admit()
        return page("merging/duplicates.html", pairs=self.pages.pairs(), blueprint=self.name, pages=self.pages)

    def same(self, record_id: int) -> Response:
        self._admit()
        record = self.pages.record(record_id)
        words = request.args.get("q", record.label.partition(",")[0])[:120]
        found = [one for one in self.pages.find(words) if one.id != record_id]
        return page("merging/same.html", record=record, found=found, words=words, blueprint=self.name, pages=self.pages)

    def compare(self, record_id: int, other_id: int) -> AnyResponse:
        self._admit()
        return self._choose_page(ActForm(), record_id, other_id)

    def merge(self, record_id: int, other_id: int) -> AnyResponse:
        self._admit()
        form = ActForm()
        if form.accepted():
            made = form.attempt(self._merge, record_id, other_id)
            if made:
                undo = url_for(f"{self.name}.take_apart", merge_id=made[1])
                return done(
                    self.pages.show(made[0]),
                    _("They are one record now. You can take them apart for seven days."),
                    undo=undo,
                )
        return self._choose_page(form, record_id, other_id)

    def take_apart(self, merge_id: int) -> AnyResponse:
        self._admit()
        merged = merge_with(merge_id)
        if merged["table"] != self.pages.kind:
            raise NotHere
        self.pages.record(merged["kept_id"])
        form = ActForm()
        undone = form.attempt(_take_apart, merge_id, me().person_id) if form.accepted() else None
        if undone:
            return done(self.pages.show(merged["kept_id"]), _("They are two records again, as they were."))
        sentence = next(
            (words for _field, words in form.lines()), _("The page had waited too long. Press the button again.")
        )
        return done(self.pages.show(merged["kept_id"]), sentence, kind="wrong")

    def _admit(self) -> None:
        if not self.pages.may():
            raise NotYours

    def _merge(self, record_id: int, other_id: int) -> tuple[int, int]:
        kept, gone = self._ordered(record_id, other_id)
        chosen = {
            name: gone.facts[name]
            for name, _label in self.pages.fields
            if request.form.get(f"take-{name}") == str(gone.id) and gone.facts[name] != kept.facts[name]
        }
        values = chosen | self.pages.derived(chosen)
        return kept.id, merge_two(
            self.pages.kind, kept.id, gone.id, values, gone.label, me().person_id, self.pages.leave
        )

    def _ordered(self, record_id: int, other_id: int) -> tuple[Found, Found]:
        """Both records, the one that stays first; both must be visible to the reader."""
        known = {one: self.pages.record(one) for one in (record_id, other_id)}
        kept, gone = self.pages.order(record_id, other_id)
        return known[kept], known[gone]

    def _choose_page(self, form: ActForm, record_id: int, other_id: int) -> AnyResponse:
        try:
            kept, gone = self._ordered(record_id, other_id)
        except DomainError as refusal:
            return done(url_for(f"{self.name}.same", record_id=record_id), refusal.sentence, kind="wrong")
        return page("merging/choose.html", form=form, kept=kept, gone=gone, blueprint=self.name, pages=self.pages)


@operation
def merge_two(
    kind: str, kept: int, gone: int, values: dict[str, Any], label: str, by: int, leave: frozenset[str] = frozenset()
) -> int:
    """Make two records one and leave a line; returns the merge's id. Raises DomainError."""
    made = merge_records(kind, kept, gone, values, by, leave)
    # A person's name stands in no line of history; a school's may.
    named = str(_("another record")) if kind == "person" else label
    history.record(by, "record.merged", kind, kept, gone=named)
    return made


@operation
def _take_apart(merge_id: int, by: int) -> int:
    kind, kept, _gone = take_apart(merge_id)
    history.record(by, "record.taken_apart", kind, kept)
    return kept
