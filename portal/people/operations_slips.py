"""Slips: made for somebody whose mail does not arrive, used once, and owned or disowned by her afterwards."""

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.people import slips
from portal.people.letters_slips import tell_of_denial, tell_of_slip
from portal.people.models import Person, SignInSession
from portal.people.models_passkeys import Passkey
from portal.people.models_slips import Slip, SlipSession
from portal.people.operations_leaving import at_erasure
from portal.people.operations_sessions import start_session
from portal.people.queries_slips import is_open, may_give_slip, open_slip_of, slips_untold
from portal.web import clock, limits
from portal.web.errors import DomainError, NotYours
from portal.web.housekeeping import each_hour
from portal.web.links import hashed

LASTS, KEPT = timedelta(hours=24), timedelta(days=365)
TRIES = 5
WRONG_PER_CLIENT, WRONG_SITE_WIDE, HOUR = 5, 50, 60
MOST_A_DAY = 60

phrases.declare(
    {
        "slip.given": _l("%(actor)s made a sign-in slip for %(person)s"),
        "slip.ended": _l("%(actor)s took back the sign-in slip of %(person)s"),
        "slip.used": _l("The sign-in slip of %(person)s was used"),
        "slip.closed": _l("The sign-in slip of %(person)s was closed after five wrong tries"),
        "slip.first_time": _l("%(person)s came in for the first time, with a slip"),
        "slip.known": _l("%(actor)s knows of the slip that somebody made"),
        "slip.denied": _l("%(actor)s knows nothing of a slip that somebody made: what came of it is ended"),
    }
)


@dataclass(frozen=True)
class CameBySlip:
    person_id: int
    slip_id: int


@operation
def give_slip(person_id: int, by: int, key: bytes) -> str:
    """Make a slip and return its code, which is stored nowhere. An earlier one stops working.

    Raises NotYours where the maker may not, DomainError when she made very many today.
    """
    if not may_give_slip(by, person_id):
        raise NotYours
    if limits.too_many("slip-made", str(by), MOST_A_DAY, 24 * HOUR):
        raise DomainError(_("That is more than sixty slips in a day. Ask an administrator why mail does not arrive."))
    now = clock.now()
    _end_open(person_id)
    code = _unlike_the_open(key)
    slip = Slip(
        person_id=person_id, made_for=person_id, made_by=by, made_at=now, expires_at=now + LASTS,
        first_hash=slips.first_mark(key, code), code_hash=slips.whole_mark(key, code),
    )  # fmt: skip
    db.session.add(slip)
    db.session.flush()
    history.record(by, "slip.given", "person", person_id, person_id=person_id)
    tell_of_slip(slip, db.session.get_one(Person, person_id), db.session.get_one(Person, by))
    return code


@operation
def take_back_slip(person_id: int, by: int) -> None:
    """The open slip of a person works no more."""
    if open_slip_of(person_id):
        _end_open(person_id)
        history.record(by, "slip.ended", "person", person_id, person_id=person_id)


@operation
def use_slip(typed: str, client: str, key: bytes) -> CameBySlip | str:
    """Try a code. Returns who comes in, or the sentence that says why not.

    Only wrong tries are counted, so that a staffroom full of people behind one address can come in. The answer to a
    wrong code is the same whether its first half belongs to a slip or not.
    """
    if limits.is_over("slip-wrong", client, WRONG_PER_CLIENT, HOUR) or limits.is_over(
        "slip-wrong-all", "", WRONG_SITE_WIDE, HOUR
    ):
        return _("That were many wrong codes in an hour. Wait an hour, or come in by mail.")
    code = slips.tidy(typed)
    slip = _slip_for(code, key)
    if slip is None:
        limits.too_many("slip-wrong", client, WRONG_PER_CLIENT, HOUR)
        limits.too_many("slip-wrong-all", "", WRONG_SITE_WIDE, HOUR)
        return _("No slip that works has this code. Compare the eight signs. A slip works once, for 24 hours.")
    slip.used_at = clock.now()
    _admit(db.session.get_one(Person, slip.person_id))
    history.record(None, "slip.used", "person", slip.person_id, person_id=slip.person_id)
    return CameBySlip(slip.person_id, slip.id)


@operation
def start_apart(person_id: int, slip_id: int, lasts: timedelta, label: str) -> str:
    """Open a session that goes back to a slip; returns its token. It is never for a device of one's own."""
    token = start_session(person_id, lasts, False, label)
    session = db.session.execute(select(SignInSession).where(SignInSession.token_hash == hashed(token))).scalar_one()
    db.session.add(SlipSession(session_id=session.id, slip_id=slip_id))
    return token


@operation
def know_of_slips(person_id: int) -> None:
    """She says that her slips are all right: what came of them no longer stays apart."""
    untold = [slip for slip, _maker in slips_untold(person_id)]
    for slip in untold:
        slip.known_at = clock.now()
    if untold:
        history.record(person_id, "slip.known", "person", person_id)


@operation
def deny_slips(person_id: int) -> None:
    """She knows nothing of them: they, the sign-ins and the passkeys that came of them end, and others are told."""
    for slip, _maker in slips_untold(person_id):
        slip.denied_at = slip.ended_at = clock.now()
        came = select(SlipSession.session_id).where(SlipSession.slip_id == slip.id)
        ended = update(SignInSession).where(SignInSession.id.in_(came), SignInSession.ended_at.is_(None))
        db.session.execute(ended.values(ended_at=clock.now()))
        db.session.execute(delete(Passkey).where(Passkey.slip_id == slip.id))
        history.record(person_id, "slip.denied", "person", person_id)
        tell_of_denial(slip, db.session.get_one(Person, person_id), db.session.get_one(Person, slip.made_by))


@operation
def forget_slips() -> None:
    """A year after a slip stopped working nobody asks about it any more; a passkey that came of it keeps it known."""
    came_of_it = select(Passkey.id).where(Passkey.slip_id == Slip.id).exists()
    db.session.execute(delete(Slip).where(Slip.expires_at < clock.now() - KEPT, ~came_of_it))


def _slip_for(code: str, key: bytes) -> Slip | None:
    """The slip that this code opens now. A right first half with a wrong second one is a try at that slip."""
    if not slips.is_whole(code):
        return None
    found = select(Slip).where(Slip.first_hash == slips.first_mark(key, code), *is_open())
    slip = db.session.execute(found).scalars().first()
    if slip is None:
        return None
    if slips.is_same(slip.code_hash, slips.whole_mark(key, code)):
        # Asked again: she may have become a coordinator since, or another record's, or the maker nobody to her.
        may = slip.made_for == slip.person_id and may_give_slip(slip.made_by, slip.person_id)
        return slip if may else None
    slip.tries += 1
    if slip.tries >= TRIES:
        slip.ended_at = clock.now()
        history.record(None, "slip.closed", "person", slip.person_id, person_id=slip.person_id)
    return None


def _unlike_the_open(key: bytes) -> str:
    """A code whose first half no open slip has: a wrong try then belongs to one slip alone."""
    while True:
        code = slips.new_code()
        alike = select(Slip.id).where(Slip.first_hash == slips.first_mark(key, code), *is_open())
        if db.session.execute(alike).first() is None:
            return code


def _end_open(person_id: int) -> None:
    db.session.execute(update(Slip).where(Slip.person_id == person_id, *is_open()).values(ended_at=clock.now()))


def _admit(person: Person) -> None:
    """Taking a slip from her coordinator's hand and typing it is an answer to being asked in."""
    if person.admitted_at is None:
        person.admitted_at = clock.now()
        history.record(None, "slip.first_time", "person", person.id, person_id=person.id)


def _forget(person_id: int) -> None:
    db.session.execute(delete(Slip).where(Slip.person_id == person_id))


at_erasure(_forget)
each_hour(forget_slips)
