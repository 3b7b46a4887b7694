"""The doors of people: the list for those who keep it, one person as the reader may see her, what is known changed."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.db import writing
from portal.history.merging import merges_into
from portal.history.queries import lines_about
from portal.people.forms import LeftForm, PersonForm, WorkForm
from portal.people.levels import SELF, sees_everything
from portal.people.models import Person
from portal.people.names import initials
from portal.people.operations_lists import note_export
from portal.people.operations_person import change_person, end_work, resume_work, start_work
from portal.people.policy import can_change, can_list_people
from portal.people.queries import (
    ORGANISATION,
    coordinated_networks,
    level_of,
    organisations_called,
    person_seen,
    word_ids_of,
    work_of,
)
from portal.people.queries_list import Wanted, people_listed
from portal.people.queries_slips import may_give_slip
from portal.web import clock
from portal.web.access import me
from portal.web.dates import place_clock
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.numbers import number_of, row_number
from portal.web.tables import Column

people = Blueprint("people", __name__, url_prefix="/people")


@people.get("")
def index() -> Response:
    if not can_list_people(me()):
        raise NotYours
    networks = coordinated_networks(me().person_id)
    wanted = _wanted()
    listing = Listing(people_listed(me().person_id, wanted), _sorts())
    if kind := wanted_export():
        rows = listing.everything()
        with writing():
            note_export(me().person_id, len(rows))
        return export("people", _columns(), rows, kind, _cells)
    return page(
        "people/index.html", listing=listing, wanted=wanted, networks=networks, form=ActForm(), initials=initials
    )


@people.get("/<int:person_id>")
def show(person_id: int) -> AnyResponse:
    seen = person_seen(person_id, me().person_id)
    if seen.id != person_id:
        return done(url_for(".show", person_id=seen.id))
    keeps = sees_everything(seen.level)
    return page(
        "people/show.html", person=seen, initials=initials(seen.name), keeps=keeps, is_me=seen.level == SELF,
        lines=lines_about("person", seen.id) if keeps else [], form=ActForm(),
        merges=merges_into("person", seen.id) if keeps and can_list_people(me()) else [],
        can_give_slip=keeps and may_give_slip(me().person_id, seen.id),
    )  # fmt: skip


@people.get("/<int:person_id>/edit")
def edit(person_id: int) -> Response:
    person, _level = _changeable(person_id)
    return page(
        "people/edit.html", form=PersonForm(person, word_ids_of(person.id)), person=person, is_me=_is_me(person)
    )


@people.post("/<int:person_id>/edit")
def change(person_id: int) -> AnyResponse:
    person, _level = _changeable(person_id)
    form = PersonForm(person, word_ids_of(person.id))
    if form.accepted():
        version = number_of(form.row_version.data) or 0
        form.attempt(change_person, person.id, form.values(), form.word_ids(), version, me().person_id)
        if not form.errors:
            return done(_page_of(person.id), _("It is up to date."))
    form.replaces(form.row_version, person.row_version)
    return page("people/edit.html", form=form, person=person, is_me=_is_me(person))


@people.get("/<int:person_id>/work")
def work(person_id: int) -> Response:
    return _work_page(person_id, WorkForm())


@people.post("/<int:person_id>/work")
def add_work(person_id: int) -> AnyResponse:
    person, _level = _changeable(person_id)
    form = WorkForm()
    place = number_of(form.organisation_id.data)
    if form.accepted() and place:
        details = (form.role_id.data, form.title.data or "", form.started_on.data, me().person_id)
        form.attempt(start_work, person.id, place, *details)
        if not form.errors:
            return done(url_for(".work", person_id=person.id), _("The place of work is noted."))
    return _work_page(person_id, form)


@people.post("/<int:person_id>/work/<int:affiliation_id>/end")
def leave_work(person_id: int, affiliation_id: int) -> AnyResponse:
    person, _level = _changeable(person_id)
    form = LeftForm()
    if not form.accepted():
        return _work_page(person_id, WorkForm(), left=form)
    on = form.ended_on.data or clock.today(place_clock())
    end_work(person.id, affiliation_id, on, me().person_id)
    undo = url_for(".back_to_work", person_id=person.id, affiliation_id=affiliation_id)
    return done(
        url_for(".work", person_id=person.id), _("Noted. What happened from there stays counted there."), undo=undo
    )


@people.post("/<int:person_id>/work/<int:affiliation_id>/back")
def back_to_work(person_id: int, affiliation_id: int) -> AnyResponse:
    person, _level = _changeable(person_id)
    resume_work(person.id, affiliation_id, me().person_id)
    return done(url_for(".work", person_id=person.id), _("It stands as before."))


def _work_page(person_id: int, form: WorkForm, left: LeftForm | None = None) -> Response:
    person, _level = _changeable(person_id)
    words = request.values.get("q", "").replace("\x00", "")[:120]
    return page(
        "people/work.html", person=person, form=form, left=left or LeftForm(), held=work_of(person.id), words=words,
        found=organisations_called(words), is_me=_is_me(person), back=_page_of(person.id),
    )  # fmt: skip


def _changeable(person_id: int) -> tuple[Person, str]:
    person, level = level_of(person_id, me().person_id)
    if not can_change(level):
        raise NotYours
    return person, level


def _is_me(person: Person) -> bool:
    return person.id == me().person_id


def _page_of(person_id: int) -> str:
    return url_for("my_page.index") if person_id == me().person_id else url_for("people.show", person_id=person_id)


def _wanted() -> Wanted:
    words = request.args.get("q", "").replace("\x00", "")[:120]
    return Wanted(words, request.args.get("network", type=row_number), request.args.get("state", "")[:20])


def _sorts() -> list[Sort]:
    return [
        Sort("name", _l("By name"), (Person.sort_name, Person.id)),
        Sort("school", _l("By school"), (ORGANISATION.c.name, Person.sort_name, Person.id)),
        Sort("new", _l("Newest here first"), (Person.created_at.desc(), Person.id.desc())),
    ]


def _columns() -> list[Column]:
    names = (_("Name"), _("Email"), _("School"), _("Place"), _("Job"), _("Phone"), _("Knows about"), _("Signs in"))
    return [Column(name) for name in names]


def _cells(row: Any) -> list[Any]:
    place = [row.organisation or "", row.place or "", row.title or ""]
    return [
        row.name,
        row.address or "",
        *place,
        row.phone or "",
        row.knows_about,
        _("yes") if row.admitted_at else _("no"),
    ]
