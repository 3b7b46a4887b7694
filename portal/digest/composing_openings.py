"""What a digest tells of openings: mentors wanted from autumn, and by when to say that one would like it."""

from flask_babel import gettext as _

from portal.digest import words
from portal.digest.composing_dates import of_network
from portal.digest.content import Item
from portal.digest.gathering import Facts
from portal.digest.queries_openings import NewOpening
from portal.digest.queries_readers import Place, Reader
from portal.openings.forms import KINDS
from portal.web import dates
from portal.web.links import absolute


def openings(reader: Reader, facts: Facts) -> list[Item]:
    """What is new to her. Observers read along and are offered nothing; her own listing is no news to her."""
    return [
        _opening(one, reader, place)
        for place in reader.places_with("mentoring")
        if place.role != "observer"
        for one in facts.openings.get(place.id, ())
        if one.posted_by != reader.id and one.told not in reader.told
    ]


def _opening(one: NewOpening, reader: Reader, place: Place) -> Item:
    by_when = _("Answer by %(day)s", day=dates.short_day(one.answer_by))
    line = words.sentence(str(dict(KINDS).get(one.kind, "")), by_when, of_network(reader, place))
    link = absolute("openings.show", network=place.slug, opening_id=one.id)
    return Item(one.title, (one.told,), line=line, link=link, ask=_("Would you like it?"))
