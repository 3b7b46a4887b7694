"""Will you stand for your school? The answer of a lead, from a mail."""

from flask_babel import gettext as _

from portal.db import db
from portal.mentor_schools.letters import ACT
from portal.mentor_schools.models import OrganisationPair
from portal.mentor_schools.operations_answering import accept_pair, decline_pair
from portal.mentor_schools.pairs import side_of, state_of
from portal.mentor_schools.queries import sides_of
from portal.networks.scope import Here, scope_by_link
from portal.web import dates
from portal.web.acts_signed import Button, Look, SignedForm, declare_signed
from portal.web.errors import DomainError, NotHere
from portal.web.links import Link, absolute


def _pair(link: Link) -> tuple[OrganisationPair, Here]:
    """The pair, for one of its leads. Raises NotHere for what was taken back and for who leads neither side by now."""
    pair = db.session.get(OrganisationPair, link.thing_id)
    if pair is None or pair.deleted_at or not side_of(link.person_id, pair):
        raise NotHere
    return pair, scope_by_link(pair.network_id, link.person_id, "mentoring")


def look_at_pair(link: Link) -> Look:
    pair, scope = _pair(link)
    sides = sides_of(pair)
    mentor, mentee = sides[pair.mentor_organisation_id], sides[pair.mentee_organisation_id]
    is_mentor = link.person_id == pair.mentor_lead_id
    said = _("%(mentor)s helps %(mentee)s: %(purpose)s", mentor=mentor, mentee=mentee, purpose=pair.purpose)
    page = absolute("mentor_schools.show", network=scope.network.slug, pair_id=pair.id)
    return Look(
        _("Will you stand for %(school)s?", school=mentor if is_mentor else mentee),
        [said, _("It starts on %(day)s.", day=dates.day(pair.starts_on))],
        _state(pair, link.person_id),
        _buttons(pair, link.person_id),
        [(_("Its page (you sign in first)"), page)],
        scope.network.name,
    )


def _has_said_yes(pair: OrganisationPair, person_id: int) -> bool:
    side = side_of(person_id, pair)
    return (pair.mentor_accepted_at if side == "mentor" else pair.mentee_accepted_at) is not None


def _state(pair: OrganisationPair, person_id: int) -> str:
    state = state_of(pair)
    if state == "ended":
        return _("It has ended.")
    if state == "running":
        return _("Both have said yes.")
    if pair.declined_by == person_id:
        return _("You said that it does not fit this time.")
    if state == "declined":
        return _("The other side said that it does not fit this time. Nothing is asked of you.")
    return _("You said yes; the other side is asked.") if _has_said_yes(pair, person_id) else ""


def _buttons(pair: OrganisationPair, person_id: int) -> list[Button]:
    if state_of(pair) in ("ended", "running") or pair.declined_by not in (None, person_id):
        return []
    yes, no = Button("yes", _("Yes, I stand for it")), Button("no", _("No, not this time"))
    if _has_said_yes(pair, person_id):
        return [no]
    return [yes] if pair.declined_by == person_id else [yes, no]


def answer_pair(link: Link, choice: str, form: SignedForm) -> str:
    pair, _scope = _pair(link)
    if choice == "yes":
        accept_pair(pair, link.person_id)
        return _("Thank you. You stand for it.")
    if choice != "no":
        raise DomainError(_("Choose one of the answers."))
    decline_pair(pair, link.person_id)
    return _("Thank you for saying so. Whoever proposed it knows.")


def declare_acts() -> None:
    declare_signed(ACT, look_at_pair, answer_pair)
