"""Who somebody is: her part, subjects, place of work, language; since when; whether she has come in."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, or_, select

from portal.db import db
from portal.letters.conditions import member_now, true_of_her
from portal.letters.rules import Part, Rule, Span, declare
from portal.networks.models import Membership, NetworkOrganisation
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, Person, PersonWord
from portal.vocabulary.queries import all_words
from portal.web.numbers import number_of

# Longer lists are asked by typing instead of by boxes.
MOST_SCHOOLS = 60


def works_at(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """She works now at an organisation of which that is true; people have up to three."""
    return true_of_her(
        Affiliation.person_id == Person.id,
        Affiliation.ended_on.is_(None),
        Organisation.id == Affiliation.organisation_id,
        *where,
    )


def _has_role(span: Span, answer: str) -> ColumnElement[bool]:
    return member_now(span, Membership.role == answer)


def _roles(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    return {
        "member": _("a member"),
        "mentor": _("a mentor"),
        "coordinator": _("a coordinator"),
        "observer": _("an observer"),
    }


def _has_word(span: Span, answer: str) -> ColumnElement[bool]:
    return true_of_her(PersonWord.person_id == Person.id, PersonWord.word_id == number_of(answer))


def _words(kind: str) -> Any:
    def names(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
        # Words out of use still name what was saved; only those in use are offered.
        words = span.once("words", lambda: all_words(retired=True))[kind]
        return {str(word.id): word.label for word in words if word.in_use or str(word.id) in answers}

    return names


def _at_school(span: Span, answer: str) -> ColumnElement[bool]:
    return works_at(Organisation.id == number_of(answer))


def _schools(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """The organisations of the networks. A list too long for boxes offers none; one is asked for by its name then."""
    ours = select(NetworkOrganisation.organisation_id).where(NetworkOrganisation.network_id.in_(span.network_ids))
    named = (
        select(Organisation.id, Organisation.name)
        .where(Organisation.id.in_(ours), Organisation.merged_into.is_(None))
        .order_by(Organisation.sort_name)
    )
    offered = span.once("schools", lambda: list(db.session.execute(named.limit(MOST_SCHOOLS + 1))))
    found = {str(row.id): row.name for row in offered} if len(offered) <= MOST_SCHOOLS else {}
    missing = [number_of(one) for one in answers if one not in found]
    if missing:
        found |= {str(row.id): row.name for row in db.session.execute(named.where(Organisation.id.in_(missing)))}
    return found


def _in_place(span: Span, answer: str) -> ColumnElement[bool]:
    words = [word.strip() for word in answer.split(",") if word.strip()]
    like = [
        or_(Organisation.place.icontains(word, autoescape=True), Organisation.name.icontains(word, autoescape=True))
        for word in words[:8]
    ]
    return works_at(or_(*like))


def _typed(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    """What was typed is its own name; nothing but blanks and commas names nothing."""
    return {one: one for one in answers if one.strip(" ,")}


def _speaks(span: Span, answer: str) -> ColumnElement[bool]:
    """Her own choice, else the network's language."""
    return func.coalesce(Person.locale, span.network.locale) == answer


def _languages(span: Span, answers: Sequence[str]) -> Mapping[str, str]:
    asked = select(func.coalesce(Person.locale, span.network.locale)).where(member_now(span)).distinct()
    found = list(db.session.execute(asked).scalars()) if span.offers else []
    return {code: _language(code) for code in [*found, *answers] if _language(code)}


def _language(code: str) -> str:
    try:
        return str(Locale.parse(code).get_display_name(get_locale()) or "")
    except (ValueError, UnknownLocaleError):
        return ""


for _rule in (
    Rule("role", _l("Part in the network"), _l("is %(what)s"), _has_role, _roles, Part.WHO),
    Rule("subject", _l("Subject"), _l("teaches %(what)s"), _has_word, _words("subject"), Part.WHO),
    Rule("phase", _l("Phase"), _l("teaches in %(what)s"), _has_word, _words("phase"), Part.WHO),
    Rule("school", _l("Place of work"), _l("works at %(what)s"), _at_school, _schools, Part.WHO),
    Rule(
        "place",
        _l("Town, or part of the name of the place of work"),
        _l("works in or at %(what)s"),
        _in_place,
        _typed,
        Part.WHO,
        asks="words",
        hint=_l("Several with commas between them."),
    ),
    Rule("language", _l("Language of her mails"), _l("reads %(what)s"), _speaks, _languages, Part.WHO),
):
    declare(_rule)
