"""Writing digests: the period is noted and its mail queued in one transaction, so that neither is ever there alone."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select, tuple_, update

from portal import history
from portal.db import db, operation
from portal.digest import words
from portal.digest.content import USED, Content
from portal.digest.gathering import Facts
from portal.digest.letters import write_letter
from portal.digest.models import Digest, DigestTime
from portal.digest.queries_readers import REMEMBERED, Reader
from portal.digest.queries_unsent import outdated_mails
from portal.history import phrases
from portal.mail.models import OutboxMail
from portal.resources.models import PackTaken
from portal.web import clock

logger = logging.getLogger("staffroom")
phrases.declare({"region.digest_time": _l("%(actor)s chose when digests are written")})


@dataclass(frozen=True, slots=True)
class Written:
    """What was composed for a person and her period; ``content`` is None where nothing is new."""

    person_id: int
    period: str
    reader: Reader | None = None
    content: Content | None = None


@operation
def keep_digests(composed: Sequence[Written], facts: Facts) -> int:
    """Note these periods and queue their mails; returns how many mails. A period that was noted before stays as it is."""
    periods = tuple_(Digest.person_id, Digest.period)
    wanted = [(one.person_id, one.period) for one in composed]
    noted = {
        tuple(row) for row in db.session.execute(select(Digest.person_id, Digest.period).where(periods.in_(wanted)))
    }
    fresh = [one for one in composed if (one.person_id, one.period) not in noted]
    mails = {one.person_id: _mail(one, facts) for one in fresh}
    if fresh:
        db.session.execute(insert(Digest), [_row(one, mails[one.person_id]) for one in fresh])
    if any(mails.values()):
        db.session.execute(insert(OutboxMail), [_values(mail) for mail in mails.values() if mail])
    _note_asked([one for one in fresh if mails[one.person_id]])
    return sum(mail is not None for mail in mails.values())


def _row(one: Written, mail: OutboxMail | None) -> dict[str, Any]:
    told = sorted(one.content.told()) if mail and one.content else []
    values = {"person_id": one.person_id, "period": one.period, "made_at": clock.now(), "told": told}
    return values | {"subject": mail.subject if mail else "", "message_id": mail.message_id if mail else ""}


def _values(mail: OutboxMail) -> dict[str, Any]:
    """What was set; the rest is the table's own."""
    return {name: value for name, value in vars(mail).items() if not name.startswith("_")}


def _note_asked(told: Sequence[Written]) -> None:
    """Whoever is asked about a pack in a digest gets no mail of its own about it."""
    asked = [
        (int(one.removeprefix(USED)), written.person_id)
        for written in told
        if written.content
        for one in written.content.told()
        if one.startswith(USED)
    ]
    if asked:
        pairs = tuple_(PackTaken.pack_id, PackTaken.person_id)
        db.session.execute(update(PackTaken).where(pairs.in_(asked)).values(asked_at=clock.now()))


def _mail(one: Written, facts: Facts) -> OutboxMail | None:
    if one.reader is None or one.content is None:
        return None
    with words.as_read_by(one.reader):
        try:
            return write_letter(one.reader, one.content, facts)
        except ValueError:
            # A name or an address that no header can hold keeps nobody else's mail back.
            logger.warning("the digest of person %s could not be written", one.person_id)
            return None


@operation
def take_back_outdated() -> int:
    """Digests that still wait and are no longer right: their readers left a network, or want none any more.

    They are forgotten together with their period; whoever still gets one gets it written anew. A mail that a server
    may have seen stays.
    """
    ids = outdated_mails()
    if ids:
        db.session.execute(delete(Digest).where(Digest.message_id.in_(ids)))
        db.session.execute(delete(OutboxMail).where(OutboxMail.message_id.in_(ids)))
    return len(ids)


@operation
def choose_time(weekday: int, hour: int, by: int) -> DigestTime:
    """The day and hour at which the region's digests are written from now on."""
    chosen = db.session.execute(select(DigestTime)).scalar_one_or_none()
    if chosen is None:
        chosen = DigestTime(weekday=weekday, hour=hour)
        db.session.add(chosen)
    chosen.weekday, chosen.hour = weekday, hour
    history.record(by, "region.digest_time", "region", 1)
    return chosen


@operation
def forget_told() -> None:
    """What was told so long ago that it can't be news again, and so need not be remembered."""
    db.session.execute(delete(Digest).where(Digest.made_at < clock.now() - REMEMBERED))


def forget_person(person_id: int) -> None:
    """A person deletes herself: what she was told goes too. Belongs inside an operation."""
    db.session.execute(delete(Digest).where(Digest.person_id == person_id))
