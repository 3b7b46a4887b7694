"""One of a pair would like somebody else. Only the coordinators learn of it: no line in the history of the pair or of the
network, no mail to the other one, no word but sealed.
"""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.db import db, operation
from portal.history import phrases
from portal.matching import letters_wishes
from portal.matching.models import ANSWERS, MentorAsk, RematchWish
from portal.matching.queries import last_ask_of, open_ask_of
from portal.matching.queries_people import known_of
from portal.matching.queries_wishes import open_wish_by, readers_of_wish
from portal.matching.said import AskSaid, said_in, write_into
from portal.mentoring.models import Pairing
from portal.mentoring.texts import forget_text, keep_text
from portal.web import clock
from portal.web.errors import DomainError, NotYours

# Told of the wish alone, without its network: no list of a network shows them.
phrases.declare(
    {
        "rematch.wished": _l("%(actor)s wished for a re-match"),
        "rematch.withdrawn": _l("%(actor)s took the wish for a re-match back"),
        "rematch.answered": _l("%(actor)s answered a wish for a re-match"),
    }
)


@operation
def wish_rematch(pairing: Pairing, by: int, words: str, key: bytes) -> RematchWish:
    """Said once: a second wish while one is open changes its words. The coordinators get a mail without names.

    Raises DomainError where nobody but the other one of the two would read it.
    """
    if pairing.ended_on is not None:
        raise DomainError(_("This pair has ended. Ask for a mentor, or offer to be one, on the page of Matching."))
    if not readers_of_wish(pairing, by):
        raise DomainError(
            _("Nobody but the other one of you coordinates this network: a wish would reach nobody else.")
        )
    wish = open_wish_by(pairing.id, by)
    if wish is None:
        wish = RematchWish(pairing_id=pairing.id, asked_by=by, asked_at=clock.now())
        db.session.add(wish)
        db.session.flush()
        history.record(by, "rematch.wished", "rematch_wish", wish.id)
        letters_wishes.tell_coordinators(pairing, by)
    keep_text(key, "rematch", wish.id, by, "asked", {"words": words})
    return wish


@operation
def withdraw_wish(wish: RematchWish, by: int) -> None:
    """Her words are gone with it. Raises DomainError once it is answered. Twice is once."""
    if wish.asked_by != by:
        raise NotYours
    if wish.withdrawn_at is not None:
        return
    if wish.answered_at is not None:
        raise DomainError(_("This was answered already. Talk to whoever answered it."))
    wish.withdrawn_at = clock.now()
    forget_text("rematch", wish.id)
    history.record(by, "rematch.withdrawn", "rematch_wish", wish.id)


@operation
def answer_wish(wish: RematchWish, pairing: Pairing, by: int, answer: str) -> None:
    """A coordinator answers: "match", "talk" (which leaves it open) or "closed". Its writer is told that she answered.

    "match" on the wish of a mentee opens her wish for a mentor anew. On a mentor's wish it opens nothing: her mentee has
    asked for nothing, and would learn of the mentor's wish by it. Raises DomainError for a wish that is over.
    """
    if answer not in ANSWERS:
        raise DomainError(_("Choose one of the answers."), "answer")
    if wish.withdrawn_at is not None or wish.answered_at is not None:
        raise DomainError(_("This wish was taken back or answered already."))
    if wish.answer == answer:
        return
    wish.answer, wish.answered_by = answer, by
    if answer != "talk":
        wish.answered_at = clock.now()
    if answer == "match" and wish.asked_by == pairing.mentee_id:
        _open_ask_anew(pairing, by)
    history.record(by, "rematch.answered", "rematch_wish", wish.id)
    letters_wishes.tell_writer(wish, pairing)


def _open_ask_anew(pairing: Pairing, by: int) -> None:
    """What she said the last time, or what is known of her; she can change it."""
    if open_ask_of(pairing.network_id, pairing.mentee_id):
        return
    before = last_ask_of(pairing.network_id, pairing.mentee_id)
    words = known_of((pairing.mentee_id,))[pairing.mentee_id].words
    said = said_in(before) if before else AskSaid(words.get("subject", []), words.get("phase", []))
    ask = MentorAsk(network_id=pairing.network_id, person_id=pairing.mentee_id, asked_at=clock.now())
    write_into(ask, said)
    db.session.add(ask)
    db.session.flush()
    history.record(by, "ask.made_for", "mentor_ask", ask.id, pairing.network_id, person_id=pairing.mentee_id)
