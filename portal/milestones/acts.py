"""It is done: one press from a mail. Shows names and a day, never a word of what the two talk about."""

from flask_babel import gettext as _

from portal.mentoring.models import Pairing
from portal.mentoring.policy import is_of_pair
from portal.mentoring.queries import names_of
from portal.milestones import words
from portal.milestones.due import State
from portal.milestones.operations_pairs import say_done, take_back
from portal.milestones.queries_due import mark_numbered
from portal.milestones.queries_pairs import states_of_pair
from portal.networks.scope import Here, scope_by_link
from portal.web import clock
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


def _asked(link: Link) -> tuple[Pairing, State, Here]:
    """The pair, how it stands, and the network. Raises NotHere for what is asked no more and for whoever left the pair."""
    found = mark_numbered(link.thing_id)
    if found is None:
        raise NotHere
    mark, pairing = found
    scope = scope_by_link(pairing.network_id, link.person_id, "mentoring")
    if not is_of_pair(link.person_id, pairing):
        raise NotHere
    zone = scope.network.time_zone
    for state in states_of_pair(pairing, clock.today(zone), zone):
        if (state.asked.milestone.id, state.asked.period) == (mark.milestone_id, mark.period):
            return pairing, state, scope
    raise NotHere


def look(link: Link) -> Look:
    pairing, state, scope = _asked(link)
    names = names_of(pairing)
    both = _("%(mentee)s and %(mentor)s", mentee=names[pairing.mentee_id], mentor=names[pairing.mentor_id])
    page = absolute("milestones.of_pair", network=scope.network.slug, pairing_id=pairing.id)
    milestone = state.asked.milestone
    return Look(
        words.asked_name(state.asked),
        [one for one in (both, "" if state.is_done else words.standing(state), milestone.hint) if one],
        words.standing(state) if state.is_done else "",
        [Button("open", _("It is not done yet"))] if state.is_done else [Button("done", _("Yes, it is done"))],
        [(_("All that is asked of you two (you sign in first)"), page)],
        scope.network.name,
    )


def answer(link: Link, choice: str, form: SignedForm) -> str:
    pairing, state, scope = _asked(link)
    today = clock.today(scope.network.time_zone)
    if choice == "done":
        say_done(pairing, state.asked, state.asked.day_for(today), today, link.person_id)
        return _("Thank you. Both of you and the coordinators see that it is done.")
    if choice != "open":
        raise DomainError(_("Choose one of the answers."))
    take_back(pairing, state.asked, link.person_id)
    return _("It is open again.")


def declare_acts() -> None:
    declare_signed("milestone", look, answer)
