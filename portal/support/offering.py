"""What can be chosen in the form of a visit: where she was lately first, and what stood in it before stays in it."""

from typing import Any

from flask_babel import gettext as _

from portal.networks.queries_members import coordinators_of
from portal.networks.queries_places import members_at, places_of
from portal.organisations.queries import name_of
from portal.people.queries_names import names_of
from portal.support.forms import VisitForm
from portal.support.models import SupportVisit
from portal.support.queries import there_at, visited_lately
from portal.vocabulary.queries import words_of
from portal.web.choices import choices_of, grouped_choices
from portal.web.numbers import number_of

# More people than this are offered once it is known where she was.
MANY = 150
Triples = list[tuple[Any, Any, str | None]]


def offer(form: VisitForm, network_id: int, person_id: int, words: str, visit: SupportVisit | None) -> VisitForm:
    """Fill in the choices (five queries, and up to four for what is chosen already). ``words`` narrow the schools."""
    chosen = number_of(form.school.data)
    form.school.choices = grouped_choices(_schools(network_id, person_id, words, chosen))
    known = visit.topics if visit else []
    topics = [word for word in words_of("support_topic", retired=True) if word.in_use or word.code in known]
    form.along.choices = choices_of(_along(network_id, person_id, visit))
    form.topics.choices = choices_of((word.code, word.label) for word in topics)
    form.met_id.choices = grouped_choices(_people(network_id, chosen, visit))
    return form


def _schools(network_id: int, person_id: int, words: str, chosen: int | None) -> Triples:
    places = [(str(one.id), _named(one)) for one in places_of(network_id, words)]
    order = [str(one) for one in visited_lately(network_id, person_id)]
    if chosen and str(chosen) not in dict(places) and (name := name_of(chosen)):
        # A search may leave it out, and a visit may be of one that has left the list since.
        places.insert(0, (str(chosen), name))
    known = dict(places)
    recent = [(one, known[one]) for one in order if one in known]
    others = [one for one in places if one[0] not in order]
    lately, rest = (_("Where you were lately"), _("All others")) if recent else (None, None)
    return [
        ("", _("Choose"), None),
        *((id, name, lately) for id, name in recent),
        *((id, name, rest) for id, name in others),
    ]


def _along(network_id: int, person_id: int, visit: SupportVisit | None) -> list[tuple[str, str]]:
    """The other coordinators, and whoever was written down as having been there and is none any more."""
    known = {one.id: str(one.name) for one in coordinators_of(network_id)}
    there = there_at(visit.id) if visit else []
    known |= names_of(one for one in there if one not in known)
    # Who wrote it down and was there herself does not come along with herself.
    wrote = visit.recorded_by if visit and visit.recorded_by in there else None if visit else person_id
    return [(str(id), name) for id, name in known.items() if id != wrote]


def _people(network_id: int, chosen: int | None, visit: SupportVisit | None) -> Triples:
    found = members_at(network_id, [chosen] if chosen else None, MANY + 1)
    offered: Triples = [] if len(found) > MANY else [(str(one.id), one.name, one.organisation) for one in found]
    if visit and visit.met_id and str(visit.met_id) not in {one[0] for one in offered}:
        offered += [(str(id), name, None) for id, name in names_of([visit.met_id]).items()]
    return [("", _("Nobody in particular"), None), *offered]


def _named(school: Any) -> str:
    return f"{school.name}, {school.place}" if school.place and school.place not in school.name else str(school.name)
