"""The page on which a talk is written down, prepared or put right: what it offers, what is chosen already, what it tells."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from flask import Response, current_app
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.mentoring import policy, queries
from portal.mentoring.draft_keeping import MANY, TEXTS, Draft
from portal.mentoring.forms_talks import KINDS, MODES, NotesForm, TalkForm
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.months import closes_on, month_of
from portal.mentoring.queries_talks import last_talks, month_of_pair, other_pairs
from portal.mentoring.queries_ticks import Frame, frames_to_tick, programmes_counted, programmes_of, words_to_tick
from portal.networks.scope import here
from portal.programmes.models import Programme
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.hypermedia import page


@dataclass
class Offer:
    """What one page offers to tick, asked for once."""

    programmes: list[Programme]
    frames: list[Frame]
    words: dict[str, list[tuple[str, str]]]
    others: list[tuple[int, str]]
    last: list[Any] = field(default_factory=list)

    @property
    def usual(self) -> Any:
        """The last talk of the two, whose length and way are chosen already; the mentor's own time is none."""
        return next((one for one in self.last if one.contact_kind != "support"), None)


def offer_for(pairing: Pairing, told: PairTalk | None = None) -> Offer:
    programmes = programmes_of(pairing.id, day_of(told) if told else today())
    frame_ids = {one.frame_id for one in programmes if one.frame_id}
    is_mentor = me().person_id == pairing.mentor_id
    others = other_pairs(pairing) if is_mentor else []
    if told is None:
        return Offer(programmes, frames_to_tick(frame_ids), words_to_tick(), others, last_talks(pairing.id))
    talk = told.contact
    there = {one.pairing_id for one in talk.talks}
    codes = {*(one.code for one in talk.activities), *filter(None, [talk.focus])}
    return Offer(
        programmes,
        frames_to_tick(frame_ids, {one.line_id for one in talk.standards}),
        words_to_tick(codes),
        [one for one in others if one[0] not in there],
        last_talks(pairing.id),
    )


def posted_form(pairing: Pairing, offer: Offer, told: PairTalk | None = None) -> TalkForm:
    """The form as it was sent."""
    return _with_choices(TalkForm(), pairing, offer, told)


def fresh_form(pairing: Pairing, offer: Offer, draft: Draft | None = None) -> TalkForm:
    """The form for a new talk: from a draft, else with what is most likely chosen already."""
    if draft and draft.fields:
        return _with_choices(_from_draft(draft, offer), pairing, offer)
    form = TalkForm(counts_for=[one.id for one in offer.programmes])
    if offer.usual:
        form.length.data = str(offer.usual.minutes)
        form.mode.data = offer.usual.mode if offer.usual.mode in dict(MODES) else "in_person"
    return _with_choices(form, pairing, offer)


def _from_draft(draft: Draft, offer: Offer) -> TalkForm:
    fields = draft.fields
    typed: MultiDict[str, str] = MultiDict()
    for name, value in fields.items():
        typed.setlist(name, value.split() if name in MANY else [value])
    form = TalkForm(formdata=typed)
    if day := fields.get("day"):
        form.show_day(date.fromisoformat(day), today())
    if "counts_for" not in fields:
        form.counts_for.data = [one.id for one in offer.programmes]
    if "length" not in fields and offer.usual:
        form.length.data, form.mode.data = str(offer.usual.minutes), offer.usual.mode
    return form


def _with_choices(form: TalkForm, pairing: Pairing, offer: Offer, told: PairTalk | None = None) -> TalkForm:
    is_mentor = me().person_id == pairing.mentor_id
    kinds = [one for one in KINDS if is_mentor or one[0] != "support"]
    form.kind.choices = choices_of(kinds)
    form.also.choices = choices_of(offer.others)
    form.activities.choices = choices_of(offer.words["mentoring_activity"])
    form.focus.choices = choices_of([("", "–"), *offer.words["focus"]])
    form.standards.choices = choices_of([line for frame in offer.frames for line in frame.lines])
    several = offer.programmes if len(offer.programmes) > 1 else []
    form.counts_for.choices = choices_of([(one.id, one.name) for one in several])
    form.offer_minutes(told.contact.minutes if told else offer.usual.minutes if offer.usual else None)
    return form


def talk_page(
    form: TalkForm, pairing: Pairing, offer: Offer, told: PairTalk | None = None, status: int | None = None, **more: Any
) -> Response:
    """The page; 422 by itself with errors. ``more``: draft, is_preparing, pairs (of a conflict), closed (texts)."""
    names = queries.names_of(pairing)
    month = month_of(today())
    return page(
        "mentoring/met.html",
        ("draft",),
        status=status,
        form=name_steps(form, pairing, names),
        pairing=pairing,
        told=told,
        other=names[policy.other_of(me().person_id, pairing)],
        names=names,
        frames=offer.frames,
        last=offer.last,
        today=today(),
        month=month_of_pair(pairing.id, month, here().network.time_zone),
        closes=closes_on(month, [one.closes_on_day for one in offer.programmes]),
        may_ask_month="mentoring.ask_month" in current_app.view_functions,
        texts=TEXTS,
        **{"draft": None, "is_preparing": False, "pairs": (), "closed": False, **more},
    )


def name_steps(form: NotesForm, pairing: Pairing, names: dict[int, str]) -> NotesForm:
    """Whose next steps they are, as this reader says it."""
    for steps, person_id in ((form.mentee_steps, pairing.mentee_id), (form.mentor_steps, pairing.mentor_id)):
        own = person_id == me().person_id
        steps.label.text = _("My next steps") if own else _("%(name)s’s next steps", name=names[person_id])
    return form


def day_of(told: PairTalk) -> date:
    return clock.local(told.contact.starts_at, here().network.time_zone).date()


def today() -> date:
    return clock.today(here().network.time_zone)


def key() -> bytes:
    found: bytes = current_app.config["SETTINGS"].key("mentoring")
    return found


def filled_form(pairing: Pairing, offer: Offer, told: PairTalk, mine: dict[str, str], note: str, seen: str) -> TalkForm:
    """The form of a talk as it is written down, for putting it right."""
    talk = told.contact
    zone = here().network.time_zone
    begins, next_at = clock.local(talk.starts_at, zone), clock.local(talk.next_at, zone) if talk.next_at else None
    form = TalkForm(
        length=str(talk.minutes),
        mode=talk.mode,
        kind=talk.contact_kind,
        start=begins.time() if talk.has_time else None,
        counts_for=[id for id, _name in programmes_counted(told.id) if id in {one.id for one in offer.programmes}],
        activities=[one.code for one in talk.activities],
        standards=[one.line_id for one in talk.standards],
        focus=talk.focus,
        next_on=next_at.date() if next_at else None,
        next_time=next_at.time() if next_at and next_at.time() != time(12) else None,
        only_me=note,
        seen=seen,
        **mine,
    )
    form.show_day(begins.date(), today())
    return _with_choices(form, pairing, offer, told)
