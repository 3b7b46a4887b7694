"""Keep the notes of a pair that has ended, or let them go: answered from a mail. Shows names and days, never a word of them."""

from flask_babel import gettext as _

from portal.db import db
from portal.mentoring import policy
from portal.mentoring.kept import are_gone
from portal.mentoring.models import Pairing
from portal.mentoring.queries import names_of
from portal.networks.models import Network
from portal.note_keeping import keeping
from portal.note_keeping.letters import ACT
from portal.note_keeping.operations import wish_to_keep
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link


def _pair(link: Link) -> tuple[Pairing, str]:
    """The pair, and the network's name. Raises NotHere unless it has ended and this is one of the two.

    Whoever left the network meanwhile answers too: they are her notes, and without her word the other one's go as well.
    """
    pairing = db.session.get(Pairing, link.thing_id)
    if pairing is None or not pairing.ended_on or not policy.is_of_pair(link.person_id, pairing):
        raise NotHere
    network = db.session.get_one(Network, pairing.network_id)
    if network.closed_at:
        raise NotHere
    return pairing, network.name


def look_at_notes(link: Link) -> Look:
    pairing, network = _pair(link)
    other_id = policy.other_of(link.person_id, pairing)
    other = names_of(pairing)[other_id]
    title = _("Keep the notes of this pair?")
    assert pairing.ended_on is not None
    if are_gone(pairing):
        return Look(title, [], _("They were deleted, twelve months after the pair ended."), network=network)
    lines = [
        _("You and %(other)s were a pair until %(day)s.", other=other, day=dates.day(pairing.ended_on)),
        _("What you two wrote goes on %(day)s, unless both of you wish to keep it.",
          day=dates.day(keeping.due_on(pairing))),
    ]  # fmt: skip
    if keeping.wishes(pairing, other_id):
        lines.append(_("%(other)s wishes to keep it.", other=other))
    mine = keeping.wishes(pairing, link.person_id)
    state = _("You wish to keep it.") if mine else _("So far you have let it go.")
    buttons = [Button("keep", _("I would keep it")), Button("go", _("Let it go"))]
    return Look(title, lines, state, buttons, network=network)


def answer_notes(link: Link, choice: str, form: SignedForm) -> str:
    pairing, _network = _pair(link)
    if choice not in ("keep", "go"):
        raise DomainError(_("Choose one of the answers."))
    wish_to_keep(pairing, link.person_id, choice == "keep")
    if choice == "go":
        return _("Noted: it goes, and only dates and minutes stay.")
    if keeping.both_wish(pairing):
        return _("Noted. Both of you wish it, so it stays.")
    return _("Noted. It stays if the other one of you wishes it too.")


def declare_keeping_acts() -> None:
    declare_signed(ACT, look_at_notes, answer_notes)
