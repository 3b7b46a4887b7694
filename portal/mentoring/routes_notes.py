"""The doors of private texts: writing beside a talk, and all that the two have written, for the two alone."""

from collections.abc import Sequence
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from portal.mentoring import policy, queries
from portal.mentoring.draft_keeping import BESIDE, Place, draft_of, texts_in
from portal.mentoring.forms_talks import NotesForm
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations_notes import write_notes
from portal.mentoring.queries_talks import talks_with_notes
from portal.mentoring.queries_texts import Private, private_of
from portal.mentoring.routes import mentoring
from portal.mentoring.routes_contacts import my_pair, the_contact
from portal.mentoring.stale import mark_of
from portal.mentoring.talk_page import key, name_steps
from portal.mentoring.talks import SHARED
from portal.networks.scope import here
from portal.web import clock
from portal.web.access import me
from portal.web.errors import NotYours
from portal.web.forms import ActForm
from portal.web.hypermedia import done, page
from portal.web.listing import Listing, Sort, export, wanted_export
from portal.web.tables import Column

PAGE = 50
COLUMNS = [
    Column(_l("Date")),
    Column(_l("Minutes")),
    Column(_l("Written by")),
    Column(_l("Where we parked")),
    Column(_l("What’s working")),
    Column(_l("What is hard")),
    Column(_l("The mentee’s next steps")),
    Column(_l("The mentor’s next steps")),
    Column(_l("A powerful moment")),
    Column(_l("A note to myself")),
]


@mentoring.get("/pairs/<int:pairing_id>/notes")
def notes(pairing_id: int) -> Response:
    pairing = my_pair(pairing_id)
    newest = Sort("newest", _("Newest first"), tuple(queries.newest_first()))
    listing = Listing(talks_with_notes(pairing.id, me().person_id), [newest], size=PAGE)
    names = queries.names_of(pairing)
    if kind := wanted_export():
        rows = _lines(listing.everything(), pairing, names)
        return export(_("our-notes"), COLUMNS, rows, kind, lambda line: line)
    texts = _texts(listing.items, pairing)
    labels = name_steps(NotesForm(), pairing, names)
    return page(
        "mentoring/notes.html",
        pairing=pairing,
        talks=listing,
        names=names,
        texts=texts,
        nothing=Private(),
        labels=labels,
        act=ActForm(),
    )


def _texts(talks: Sequence[Any], pairing: Pairing) -> dict[int, Private]:
    """What this reader may open beside these talks (one query)."""
    is_one_of_two = policy.is_of_pair(me().person_id, pairing)
    return dict(private_of("talk", [talk.id for talk in talks], me().person_id, is_one_of_two, key()))


def _lines(talks: Sequence[Any], pairing: Pairing, names: dict[int, str]) -> list[list[object]]:
    """A line for each author beside each talk; her own note to herself stands in her line."""
    texts, lines = _texts(talks, pairing), []
    for talk in talks:
        private = texts.get(talk.id, Private())
        day = clock.local(talk.starts_at, here().network.time_zone).date()
        authors = dict.fromkeys([*private.ours, *([me().person_id] if private.mine else [])])
        for author in authors:
            ours = private.ours_by(author)
            mine = private.mine.get("note", "") if author == me().person_id else ""
            said = [ours.get(name, "") for name in SHARED]
            lines.append([day, talk.minutes, names.get(author, ""), *said, mine])
    return lines


@mentoring.get("/talks/<int:talk_id>/notes")
def beside(talk_id: int) -> Response:
    told = talk_of_mine(talk_id)
    found = queries.notes_for(me().person_id, told, key())
    ours = {name: found.ours_by(me().person_id).get(name, "") for name in SHARED}
    saved = ours | {"only_me": found.mine.get("note", ""), "seen": mark_of(told, found)}
    draft = draft_of(Place(BESIDE, told.id), me().person_id, key())
    return notes_page(NotesForm(**(saved | texts_in(draft))), told, closed=found.key_is_missing, draft=draft)


@mentoring.post("/talks/<int:talk_id>/notes")
def write_beside(talk_id: int) -> AnyResponse:
    told, form = talk_of_mine(talk_id), NotesForm()
    if form.accepted():
        form.attempt(write_notes, told, me().person_id, form.texts(), key(), form.seen.data or "")
        if not form.errors:
            return done(
                url_for(".contact", talk_id=told.id), _("Written beside the talk. Who reads what stands there.")
            )
    return notes_page(form, told)


def notes_page(form: NotesForm, told: PairTalk, status: int | None = None, **more: Any) -> Response:
    """The form of the private half; 409 by itself with both versions. ``more``: closed (texts), draft, refusal."""
    names = queries.names_of(told.pairing)
    pairs = [(form[name].label.text, form[name].data or "–", now or "–") for name, now in form.conflict.items()]
    if form.conflict:
        form.seen.data = mark_of(told, queries.notes_for(me().person_id, told, key()))
    return page(
        "mentoring/beside.html",
        ("draft",),
        status=status,
        form=name_steps(form, told.pairing, names),
        told=told,
        names=names,
        other=names[policy.other_of(me().person_id, told.pairing)],
        pairs=pairs,
        **{"closed": False, "draft": None, **more},
    )


def talk_of_mine(talk_id: int) -> PairTalk:
    """A talk in the book of a pair that this person is one of."""
    told = the_contact(talk_id)
    if not policy.may_log(here().membership, told.pairing):
        raise NotYours
    return told
