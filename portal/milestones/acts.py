"""It is done: one press from a mail. Shows names and a day, never a word of what the two talk about."""

from typing import NamedTuple

from flask_babel import gettext as _

from portal.mentoring.models import Pairing
from portal.mentoring.policy import is_of_pair
from portal.mentoring.queries import names_of
from portal.milestones import words
from portal.milestones.due import State, state_at
from portal.milestones.operations_pairs import say_done, take_back
from portal.milestones.queries_due import mark_numbered
from portal.milestones.queries_pairs import states_of_pair
from portal.networks.scope import Here, scope_by_link
from portal.web import clock
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


class Told(NamedTuple):
    """What a mail told of: whose it is, and how it stands; None for what is not asked for any more."""

    title: str
    pairing: Pairing
    scope: Here
    state: State | None


def _told(link: Link) -> Told:
    """Raises NotHere for whoever is none of the pair, or left the network."""
    found = mark_numbered(link.thing_id)
    if found is None:
        raise NotHere
    mark, milestone, pairing = found
    scope = scope_by_link(pairing.network_id, link.person_id, "mentoring")
    if not is_of_pair(link.person_id, pairing):
        raise NotHere
    zone = scope.network.time_zone
    states = states_of_pair(pairing, clock.today(zone), zone)
    return Told(words.named(milestone, mark.period), pairing, scope, state_at(states, milestone.id, mark.period))


def look(link: Link) -> Look:
    told = _told(link)
    names, state = names_of(told.pairing), told.state
    both = _("%(mentee)s and %(mentor)s", mentee=names[told.pairing.mentee_id], mentor=names[told.pairing.mentor_id])
    page = absolute("milestones.of_pair", network=told.scope.network.slug, pairing_id=told.pairing.id)
    doors = [(_("All that is asked of you two (you sign in first)"), page)]
    if state is None:
        return Look(told.title, [both], _over(), [], doors, told.scope.network.name)
    return Look(
        told.title,
        [one for one in (both, "" if state.is_done else words.standing(state), state.asked.milestone.hint) if one],
        words.standing(state) if state.is_done else "",
        [Button("open", _("It is not done yet"))] if state.is_done else [Button("done", _("Yes, it is done"))],
        doors,
        told.scope.network.name,
    )


def answer(link: Link, choice: str, form: SignedForm) -> str:
    told = _told(link)
    if told.state is None:
        raise DomainError(_over())
    asked, today = told.state.asked, clock.today(told.scope.network.time_zone)
    if choice == "done":
        say_done(told.pairing, asked, asked.day_for(today), today, link.person_id)
        return _("Thank you. Both of you and the coordinators see that it is done.")
    if choice != "open":
        raise DomainError(_("Choose one of the answers."))
    take_back(told.pairing, asked, link.person_id)
    return words.taken_back(_told(link).state or told.state)


def _over() -> str:
    return _("It is not asked for any more: there is nothing that you need to do.")


def declare_acts() -> None:
    declare_signed("milestone", look, answer)
