"""The page on which a talk is written down, prepared or put right: what it offers, what is chosen already, what it tells."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from flask import Response, current_app, request
from flask_babel import gettext as _

from portal.activities.meetings import MODES
from portal.mentoring import policy
from portal.mentoring.draft_keeping import TEXTS, Draft, as_sent, fields_of
from portal.mentoring.forms_talks import NotesForm, TalkForm
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.months import closes_on, month_of
from portal.mentoring.queries_talks import last_talks, month_of_pair, names_and_others
from portal.mentoring.queries_ticks import ToTick, programmes_of, to_tick
from portal.mentoring.words import KINDS
from portal.networks.scope import here
from portal.programmes.models import Programme
from portal.web import clock
from portal.web.access import me
from portal.web.choices import choices_of
from portal.web.hypermedia import page


@dataclass
class Offer:
    """What one page offers to tick, and whom it is about, asked for once."""

    programmes: list[tuple[Programme, bool]]
    ticks: ToTick
    names: dict[int, str]
    others: list[tuple[int, str]]
    last: list[Any] = field(default_factory=list)

    @property
    def several(self) -> list[tuple[int, str]]:
        """The programmes to choose among: with one there is nothing to choose."""
        return [(one.id, one.name) for one, _counts in self.programmes] if len(self.programmes) > 1 else []

    @property
    def usual(self) -> Any:
        """The last talk of the two, whose length and way are chosen already; the mentor's own time is none."""
        return next((one for one in self.last if one.contact_kind != "support"), None)


def offer_for(pairing: Pairing, told: PairTalk | None = None) -> Offer:
    """``told``: a talk that is put right."""
    programmes = programmes_of(pairing.id, day_of(told) if told else today(), told.id if told else None)
    ticks = to_tick({one.frame_id for one, _counts in programmes if one.frame_id}, told.contact if told else None)
    names, others = names_and_others(pairing, me().person_id == pairing.mentor_id)
    there = {one.pairing_id for one in told.contact.talks} if told else set()
    last = [] if told else last_talks(pairing.id)
    return Offer(programmes, ticks, names, [one for one in others if one[0] not in there], last)


def posted_form(pairing: Pairing, offer: Offer, told: PairTalk | None = None) -> TalkForm:
    """The form as it was sent."""
    return _with_choices(TalkForm(), pairing, offer, told)


def fresh_form(pairing: Pairing, offer: Offer, draft: Draft | None = None) -> TalkForm:
    """The form for a new talk: from a draft, else with what is most likely chosen already."""
    if draft and draft.fields:
        return _with_choices(_from_draft(draft, offer), pairing, offer)
    form = TalkForm(counts_for=[one for one, _name in offer.several])
    if offer.usual:
        form.length.data = str(offer.usual.minutes)
        form.mode.data = offer.usual.mode if offer.usual.mode in dict(MODES) else "in_person"
    if pairing.ended_on and pairing.ended_on < today():
        form.show_day(pairing.ended_on, today())
    return _with_choices(form, pairing, offer)


def _from_draft(draft: Draft, offer: Offer) -> TalkForm:
    fields = draft.fields
    form = TalkForm(formdata=as_sent(fields))
    if day := fields.get("day"):
        form.show_day(date.fromisoformat(day), today())
    if "counts_for" not in fields:
        form.counts_for.data = [one for one, _name in offer.several]
    if "length" not in fields and offer.usual:
        form.length.data, form.mode.data = str(offer.usual.minutes), offer.usual.mode
    return form


def _with_choices(form: TalkForm, pairing: Pairing, offer: Offer, told: PairTalk | None = None) -> TalkForm:
    is_mentor = me().person_id == pairing.mentor_id
    kinds = [one for one in KINDS if is_mentor or one[0] != "support"]
    form.kind.choices = choices_of(kinds)
    form.also.choices = choices_of(offer.others)
    form.activities.choices = choices_of(offer.ticks.activities)
    form.focus.choices = choices_of([("", "–"), *offer.ticks.focuses])
    form.standards.choices = choices_of([line for frame in offer.ticks.frames for line in frame.lines])
    form.counts_for.choices = choices_of(offer.several)
    form.offer_minutes(told.contact.minutes if told else offer.usual.minutes if offer.usual else None)
    return form


def typed_so_far(day: date | None) -> dict[str, str]:
    """What was sent, as a draft holds it; ``day`` is the one that it says."""
    return fields_of({name: request.form.getlist(name) for name in request.form}, day)


def talk_page(
    form: TalkForm, pairing: Pairing, offer: Offer, told: PairTalk | None = None, status: int | None = None, **more: Any
) -> Response:
    """The page; 422 by itself with errors. ``more``: draft, is_preparing, pairs (of a conflict), closed (texts)."""
    names, month = offer.names, month_of(today())
    if more.get("is_preparing"):
        form.activities.label.text = _("What you want to do")
    return page(
        "mentoring/met.html",
        ("draft",),
        status=status,
        form=name_steps(form, pairing, names),
        pairing=pairing,
        told=told,
        other=names[policy.other_of(me().person_id, pairing)],
        names=names,
        frames=offer.ticks.frames,
        last=offer.last,
        today=today(),
        month=None if told or more.get("is_preparing") else month_of_pair(pairing.id, month, here().network.time_zone),
        closes=closes_on(month, [one.closes_on_day for one, _counts in offer.programmes]),
        may_ask_month="pair_programmes.ask_month" in current_app.view_functions,
        texts=TEXTS,
        **{"draft": None, "is_preparing": False, "pairs": (), "closed": False, "parked": None, **more},
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


def filled_form(pairing: Pairing, offer: Offer, told: PairTalk, texts: dict[str, str]) -> TalkForm:
    """The form of a talk as it is written down, for putting it right, with its writer's texts and the mark of them."""
    talk = told.contact
    zone = here().network.time_zone
    begins, next_at = clock.local(talk.starts_at, zone), clock.local(talk.next_at, zone) if talk.next_at else None
    form = TalkForm(
        length=str(talk.minutes),
        mode=talk.mode,
        kind=talk.contact_kind,
        start=begins.time() if talk.has_time else None,
        counts_for=[one.id for one, counts in offer.programmes if counts] if offer.several else [],
        activities=offer.ticks.done,
        standards=offer.ticks.about,
        focus=talk.focus,
        next_on=next_at.date() if next_at else None,
        next_time=next_at.time() if next_at and next_at.time() != time(12) else None,
        **texts,
    )
    form.show_day(begins.date(), today())
    return _with_choices(form, pairing, offer, told)
