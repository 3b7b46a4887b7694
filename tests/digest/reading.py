"""Digests of the cast, composed and written directly, for the tests of this room."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.db import db
from portal.digest import words
from portal.digest.composing import compose
from portal.digest.duties import look_out
from portal.digest.gathering import gather
from portal.mail.models import OutboxMail
from portal.web import clock
from tests import cast

# A Monday of the story's week but one, after everybody's own minute between six and seven.
MONDAY = datetime(2026, 11, 16, 7, 0, tzinfo=UTC)


def content(key):
    """What would be told to one of the cast now, or None."""
    facts = gather([cast.person_id(key)])
    if not facts.readers:
        return None
    with words.as_read_by(facts.readers[0]):
        return compose(facts.readers[0], facts)


def titles(key, section):
    """The titles in one section of her digest."""
    found = content(key)
    return [item.title for one in (found.sections if found else ()) if one.key == section for item in one.items]


def everything(key):
    """All words of her digest as one text."""
    found = content(key)
    items = [item for section in (found.sections if found else ()) for item in section.items]
    return " ".join(f"{item.title} {item.when} {item.line} {item.link}" for item in items)


def monday(hours=0):
    """Let it be that Monday, and the worker have looked."""
    clock.freeze(MONDAY.replace(hour=7 + hours))
    return look_out()


def mails(key=None):
    """The digests in the outbox, the newest last."""
    rows = select(OutboxMail).where(OutboxMail.kind == "digest").order_by(OutboxMail.id)
    if key:
        rows = rows.where(OutboxMail.person_id == cast.person_id(key))
    return list(db.session.execute(rows).scalars())
