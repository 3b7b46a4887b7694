"""Back to whoever answered by mail: what was written down, or what was not certain and can be done with one press."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.activities.meetings import MODES
from portal.mail import kinds, outbox
from portal.mail.answers import address_for
from portal.mentoring.models import PairTalk
from portal.mentoring.words import KINDS
from portal.mentoring_mail.acts_talked import talked_link
from portal.mentoring_mail.queries_readers import Reader
from portal.mentoring_mail.reading import Read
from portal.web import clock, dates
from portal.web.links import absolute

KIND = "mentoring-answer"
kinds.declare(KIND, why=_l("You get this because you answered our mail."), private=True)


def tell_written(reader: Reader, told: PairTalk, other: str, doubts: Iterable[str], is_theirs: bool = False) -> None:
    """It is written down, or was already and has her yes now. Belongs inside an operation, in her language."""
    _queue(
        reader, _said(told, other), "talk_written", other=other,
        lines=list(_lines(told, reader.time_zone)), is_theirs=is_theirs, missed_next="next" in doubts,
        is_own=told.contact.contact_kind == "support", mentees=len(told.contact.talks),
        page=absolute("mentoring.contact", network=reader.slug, talk_id=told.id),
    )  # fmt: skip


def _said(told: PairTalk, other: str) -> str:
    if told.contact.contact_kind == "support":
        return _("Written down: your own time for %(name)s", name=other)
    return _("Written down: you met %(name)s", name=other)


def tell_there_already(reader: Reader, told: PairTalk, other: str) -> None:
    """The same day and minutes stand there already: nothing was added."""
    _queue(
        reader, _("That is written down already"), "talk_there_already", other=other,
        lines=list(_lines(told, reader.time_zone)),
        page=absolute("mentoring.contact", network=reader.slug, talk_id=told.id),
    )  # fmt: skip


def tell_uncertain(reader: Reader, pairing_id: int, other: str, said: Read, theirs: PairTalk | None = None) -> None:
    """What was understood, and a page with that filled in."""
    link = talked_link(
        reader.person_id, pairing_id, "typed", on=said.day.isoformat(), minutes=said.guess or "", mode=said.mode,
        next_on=said.next_on.isoformat() if said.next_on else "",
        next_time=f"{said.next_time:%H:%M}" if said.next_time else "",
    )  # fmt: skip
    understood = [dates.day(said.day), *([dates.minutes(said.guess)] if said.guess else []), *_named(said)]
    _queue(
        reader, _("One press is missing: you and %(name)s", name=other), "talk_uncertain", other=other, link=link,
        lines=understood, doubts=[] if theirs else [one for one in said.doubts if one != "next"],
        theirs=list(_lines(theirs, reader.time_zone)) if theirs else [],
    )  # fmt: skip


def _lines(told: PairTalk, time_zone: str) -> Iterator[str]:
    contact = told.contact
    local = clock.local(contact.starts_at, time_zone)
    yield _("%(day)s, %(time)s", day=dates.day(local.date()), time=dates.minutes(contact.minutes))
    yield f"{dict(MODES).get(contact.mode, contact.mode)}, {dict(KINDS).get(contact.contact_kind, contact.contact_kind)}"
    if contact.next_at:
        at = clock.local(contact.next_at, time_zone)
        yield _("Next date: %(day)s, %(time)s", day=dates.day(at.date()), time=dates.time(at.replace(tzinfo=None)))


def _named(said: Read) -> Iterator[str]:
    if said.mode:
        yield str(dict(MODES)[said.mode])
    if said.next_on:
        yield _("Next date: %(day)s", day=dates.day(said.next_on))


def _queue(reader: Reader, subject: str, template: str, **about: Any) -> None:
    outbox.queue(
        KIND, reader.address, subject, template, to_name=reader.name, person_id=reader.person_id,
        network_id=reader.network_id, from_name=reader.sender, network={"name": reader.network}, first_name=reader.first_name,
        reply_to=address_for("mentoring", reader.person_id, reader.network_id), **about,
    )  # fmt: skip
