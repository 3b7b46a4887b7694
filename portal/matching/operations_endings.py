"""The three questions at the end of a pair: asked of both, answered by whoever likes, read by coordinators or by nobody."""

from dataclasses import asdict, dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.matching import letters_endings
from portal.matching.models import PairEnding
from portal.matching.queries_wishes import ending_of
from portal.mentoring.hooks import on
from portal.mentoring.kept import refuse_when_gone
from portal.mentoring.models import Pairing
from portal.mentoring.texts import forget_text, keep_text
from portal.web import clock
from portal.web.errors import DomainError

phrases.declare({"ending.answered": _l("%(actor)s answered the questions at the end")})


@dataclass(frozen=True, slots=True)
class EndingSaid:
    worked: str = ""
    did_not: str = ""
    suggests: str = ""


@on.ended
def ask_both(pairing: Pairing) -> None:
    """Note that both were asked, and tell them. Belongs into the operation that ends the pair."""
    for person_id in (pairing.mentor_id, pairing.mentee_id):
        if ending_of(pairing.id, person_id) is None:
            db.session.add(PairEnding(pairing_id=pairing.id, person_id=person_id, asked_at=clock.now()))
    db.session.flush()
    letters_endings.tell_ended(pairing)


@on.resumed
def ask_no_more(pairing: Pairing) -> None:
    """They go on: what nobody answered is not asked. Both are told who were told that it had ended."""
    were_told = any(ending_of(pairing.id, one) for one in (pairing.mentor_id, pairing.mentee_id))
    unanswered = PairEnding.pairing_id == pairing.id, PairEnding.answered_at.is_(None)
    db.session.execute(delete(PairEnding).where(*unanswered))
    if were_told:
        letters_endings.tell_resumed(pairing)


@operation
def answer_ending(pairing: Pairing, person_id: int, said: EndingSaid, only_me: bool, key: bytes) -> PairEnding:
    """What worked, what did not, what she suggests; sealed, for the coordinators or for herself alone. Later words stand.

    History knows that she answered, without the network, and not a word. Raises DomainError while the pair goes on.
    """
    if pairing.ended_on is None:
        raise DomainError(_("This pair goes on. The questions come when it ends."))
    ending = ending_of(pairing.id, person_id)
    if ending is None:
        ending = PairEnding(pairing_id=pairing.id, person_id=person_id, asked_at=clock.now())
        db.session.add(ending)
        db.session.flush()
    fields = asdict(said)
    refuse_when_gone(pairing, fields)
    forget_text("ending", ending.id, person_id)
    keep_text(key, "ending", ending.id, person_id, "only_me" if only_me else "asked", fields)
    ending.answered_at = clock.now() if any(fields.values()) else None
    history.record(person_id, "ending.answered", "pair_ending", ending.id)
    return ending
