"""Hand-overs of one person: those that she sends, those that reach her; always asked for by her id or by the link's hash."""

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import aliased

from portal.db import Rows, db
from portal.handing_on.document import Shown, digest_of, read
from portal.handing_on.models import HandOver
from portal.mentoring.models import SealedText
from portal.mentoring.queries_texts import opened
from portal.networks.models import Network
from portal.people.models import Person
from portal.web import clock
from portal.web.links import hashed

THING, LAYER, FIELD = "hand_over", "handed", "document"
Reader, Sender = aliased(Person, name="reader"), aliased(Person, name="sender")


def sent_by(person_id: int, network_id: int) -> Rows:
    """Her own, drafts too, for a listing."""
    return (
        select(
            HandOver.id,
            HandOver.to_name,
            HandOver.to_organisation,
            HandOver.made_at,
            HandOver.sent_at,
            HandOver.opened_at,
            HandOver.taken_back_at,
            HandOver.expires_at,
            Reader.name.label("reader"),
        )
        .outerjoin(Reader, Reader.id == HandOver.to_person_id)
        .where(HandOver.person_id == person_id, HandOver.network_id == network_id)
    )


def received_by(person_id: int, network_id: int) -> Rows:
    """What others handed on to her and she may still open."""
    return (
        select(HandOver.id, HandOver.sent_at, HandOver.opened_at, Sender.name.label("sender"))
        .join(Sender, Sender.id == HandOver.person_id)
        .where(
            HandOver.to_person_id == person_id,
            HandOver.network_id == network_id,
            HandOver.sent_at.is_not(None),
            HandOver.taken_back_at.is_(None),
            (HandOver.expires_at.is_(None)) | (HandOver.expires_at > clock.now()),
        )
        .order_by(HandOver.sent_at.desc(), HandOver.id.desc())
    )


def hers(person_id: int, network_id: int, hand_over_id: int) -> HandOver | None:
    return db.session.execute(
        select(HandOver).where(
            HandOver.id == hand_over_id, HandOver.person_id == person_id, HandOver.network_id == network_id
        )
    ).scalar_one_or_none()


def for_reader(person_id: int, network_id: int, hand_over_id: int) -> HandOver | None:
    """One that reached this member and that she may open now."""
    found = db.session.execute(
        select(HandOver).where(
            HandOver.id == hand_over_id, HandOver.to_person_id == person_id, HandOver.network_id == network_id
        )
    ).scalar_one_or_none()
    return found if found and found.may_be_opened(clock.now()) else None


def by_link(token: str) -> HandOver | None:
    """The one whose link this is, while it opens anything: none for a wrong token, one taken back or out of date."""
    found = db.session.execute(select(HandOver).where(HandOver.token_hash == hashed(token))).scalar_one_or_none()
    return found if found and found.may_be_opened(clock.now()) else None


def content_of(one: HandOver) -> bytes | None:
    """The document as it was frozen, or None where its key is missing or it is not what was frozen.

    Whoever asks has found that this reader may open it.
    """
    text = db.session.execute(
        select(SealedText).where(
            SealedText.thing == THING, SealedText.thing_id == one.id, SealedText.layer == LAYER
        )
    ).scalar_one_or_none()  # fmt: skip
    words = opened(text, current_app.config["SETTINGS"].key("mentoring")) if text else {}
    content = words.get(FIELD, "").encode()
    return content if content and digest_of(content) == one.digest else None


def shown(one: HandOver) -> Shown | None:
    """The same, as a page draws it."""
    content = content_of(one)
    return read(content) if content else None


def names_around(one: HandOver) -> tuple[str, str]:
    """The sender's name and the network's."""
    row = db.session.execute(
        select(Person.name, Network.name.label("network"))
        .select_from(HandOver)
        .join(Person, Person.id == HandOver.person_id)
        .join(Network, Network.id == HandOver.network_id)
        .where(HandOver.id == one.id)
    ).one()
    return row.name, row.network
