"""Picking, addressing, freezing, sending, taking back. Nobody else learns of it: no line of it hangs on a network."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from portal import history
from portal.db import db, operation
from portal.handing_on.document import digest_of
from portal.handing_on.letters import DAYS, tell_member, tell_outside
from portal.handing_on.models import HandOver
from portal.handing_on.pieces import Picked
from portal.handing_on.queries import FIELD, LAYER, THING
from portal.handing_on.reach import is_member
from portal.handing_on.recipients import Recipient
from portal.history import phrases
from portal.mentoring.texts import forget_text, keep_text
from portal.web import clock, limits
from portal.web.errors import DomainError
from portal.web.housekeeping import each_hour
from portal.web.links import hashed, new_token

phrases.declare(
    {
        "hand_over.begun": _l("%(actor)s began to hand something on"),
        "hand_over.changed": _l("%(actor)s changed what would be handed on, or to whom"),
        "hand_over.frozen": _l("%(actor)s looked at it exactly as it would arrive"),
        "hand_over.sent": _l("%(actor)s handed it on"),
        "hand_over.opened": _l("It was opened"),
        "hand_over.taken_back": _l("%(actor)s took it back before it was opened"),
        "hand_over.ended": _l("%(actor)s ended that it can be opened"),
        "hand_over.deleted": _l("%(actor)s deleted what had been handed on"),
        "hand_over.forgotten": _l("Drafts of hand-overs that were never sent were deleted"),
    }
)
PER_DAY, A_DAY = 10, 24 * 60
DRAFTS_STAY = timedelta(days=30)


def _note(one: HandOver, action: str, by: int | None) -> None:
    """A line for her alone: without a network, so that it stands on no page of anybody else."""
    history.record(by, action, THING, one.id)


@operation
def begin(person_id: int, network_id: int, picked: Picked) -> HandOver:
    """A draft with what she picked. Raises DomainError where nothing is picked."""
    _need_some(picked)
    one = HandOver(person_id=person_id, network_id=network_id, picked=picked, made_at=clock.now())
    db.session.add(one)
    db.session.flush()
    _note(one, "hand_over.begun", person_id)
    return one


@operation
def pick_again(one: HandOver, picked: Picked) -> None:
    """Other pieces; what was frozen before is gone. Raises DomainError where nothing is picked or it was sent."""
    _need_draft(one)
    _need_some(picked)
    one.picked = picked
    _thaw(one)
    _note(one, "hand_over.changed", one.person_id)


@operation
def address(one: HandOver, to: Recipient) -> None:
    """Say whom it is for. Raises DomainError for herself and for one that was sent."""
    _need_draft(one)
    if to.person_id == one.person_id:
        raise DomainError(_("That is you. Choose somebody else."), "member_id")
    one.to_person_id = to.person_id
    one.to_name, one.to_address, one.to_organisation = to.name, to.address, to.organisation
    _thaw(one)
    _note(one, "hand_over.changed", one.person_id)


@operation
def freeze(one: HandOver, content: bytes, key: bytes) -> None:
    """Keep the document as it was shown to her, sealed, with its digest."""
    _need_draft(one)
    _freeze(one, content, key)
    _note(one, "hand_over.frozen", one.person_id)


@operation
def send(one: HandOver, seen: str, content: bytes, key: bytes) -> bool:
    """Send what she saw. ``seen`` is the digest of the page on which she pressed, ``content`` what it would be now.

    Returns False, and freezes it anew, when something changed since: she looks again. Raises DomainError when it was sent
    already, when her page shows another version than the one that stands, for a member who left, and after too many.
    """
    _need_draft(one)
    if one.to_person_id and not is_member(one.network_id, one.to_person_id):
        raise DomainError(_("Whom you chose has left this network and could not open it. Choose somebody else."))
    if digest_of(content) != one.digest:
        _freeze(one, content, key)
        _note(one, "hand_over.frozen", one.person_id)
        return False
    if seen != one.digest:
        raise DomainError(
            _("Your page showed another version of this. Here it is as it stands now: look at it, then send it.")
        )
    if limits.too_many("hand-over", str(one.person_id), PER_DAY, A_DAY):
        raise DomainError(_("That is many for one day. Send it tomorrow; it is kept as it is."))
    one.sent_at = clock.now()
    if one.to_person_id:
        tell_member(one)
    else:
        token = new_token()
        one.token_hash, one.expires_at = hashed(token), one.sent_at + timedelta(days=DAYS)
        tell_outside(one, token)
    _note(one, "hand_over.sent", one.person_id)
    return True


@operation
def open_it(one: HandOver) -> None:
    """Its reader opens it. The first time is noted, so that its sender knows; after that it can't be taken back."""
    if one.opened_at is None:
        one.opened_at = clock.now()
        _note(one, "hand_over.opened", one.to_person_id)


@operation
def take_back(one: HandOver) -> None:
    """Before it is opened: the document is deleted at once, and its link leads nowhere. Raises DomainError afterwards."""
    if one.sent_at is None or one.taken_back_at:
        raise DomainError(_("There is nothing to take back."))
    if one.opened_at:
        raise DomainError(_("It was opened meanwhile, so it can’t be taken back. You can end that it is opened again."))
    forget_text(THING, one.id)
    one.taken_back_at, one.token_hash = clock.now(), None
    _note(one, "hand_over.taken_back", one.person_id)


@operation
def end_access(one: HandOver) -> None:
    """It can't be opened again. What its reader has read or saved stays with her."""
    if not one.may_be_opened(clock.now()):
        raise DomainError(_("Nobody can open it any more."))
    one.expires_at = clock.now()
    _note(one, "hand_over.ended", one.person_id)


@operation
def delete_it(one: HandOver) -> None:
    """The document and all that was known of it are gone, for its reader too."""
    _delete(one)
    _note(one, "hand_over.deleted", one.person_id)


@operation
def forget_drafts() -> None:
    """Drafts that nobody sent within thirty days go."""
    old = select(HandOver).where(HandOver.sent_at.is_(None), HandOver.made_at < clock.now() - DRAFTS_STAY)
    for one in db.session.execute(old).scalars().all():
        _delete(one)
        _note(one, "hand_over.forgotten", None)


each_hour(forget_drafts)


def _delete(one: HandOver) -> None:
    forget_text(THING, one.id)
    db.session.execute(delete(HandOver).where(HandOver.id == one.id))


def _freeze(one: HandOver, content: bytes, key: bytes) -> None:
    one.digest = digest_of(content)
    keep_text(key, THING, one.id, one.person_id, LAYER, {FIELD: content.decode()})


def _thaw(one: HandOver) -> None:
    one.digest = ""
    forget_text(THING, one.id)


def _need_draft(one: HandOver) -> None:
    if one.sent_at:
        raise DomainError(_("It was sent already, so it stays as it is."))


def _need_some(picked: Picked) -> None:
    if not picked:
        raise DomainError(_("Nothing is picked, so nothing can go along. Tick at least one piece."), "pieces")
