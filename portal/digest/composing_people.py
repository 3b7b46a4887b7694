"""What a digest tells of people: their questions, who is new, and for a coordinator how much waits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.digest import words
from portal.digest.composing_dates import of_network
from portal.digest.content import Act, Item, Make
from portal.digest.gathering import Facts
from portal.digest.queries_questions import Moved, Question
from portal.digest.queries_readers import Place, Reader
from portal.web import dates
from portal.web.links import absolute, act_link

NAMES = 3
DAYS_TO_ANSWER = 30


def questions(reader: Reader, facts: Facts) -> list[Make]:
    """What nobody has answered and she has not seen, and what moved on where she follows; the newest first."""
    found: list[tuple[datetime, Make]] = []
    for place in reader.places_with("conversations"):
        found += _unanswered(reader, place, facts)
        found += _moved_on(reader, place, facts)
    found.sort(key=lambda one: one[0], reverse=True)
    return [make for _at, make in found]


def _unanswered(reader: Reader, place: Place, facts: Facts) -> Iterator[tuple[datetime, Make]]:
    for asked in facts.questions.unanswered.get(place.id, ()):
        is_known = asked.told in reader.told or (reader.id, asked.id) in facts.questions.known
        if not is_known and asked.author_id != reader.id:
            yield asked.asked_at, partial(_asked, asked, reader, place)


def _asked(asked: Question, reader: Reader, place: Place) -> Item:
    line = words.sentence(_("%(name)s asks", name=asked.author), _("Nobody has answered yet"))
    return _topic(asked.id, Item(asked.title, (asked.told,), dates.short_day(asked.asked_at), line), reader, place)


def _moved_on(reader: Reader, place: Place, facts: Facts) -> Iterator[tuple[datetime, Make]]:
    for moved in facts.questions.moved.get(reader.id, ()):
        if moved.network_id == place.id and moved.answers and moved.told not in reader.told:
            yield moved.last_at, partial(_answered, moved, reader, place)


def _answered(moved: Moved, reader: Reader, place: Place) -> Item:
    line = ngettext(
        "One new answer, by %(name)s.",
        "%(num)s new answers, the last by %(name)s.",
        moved.answers,
        name=moved.last_by,
    )
    return _topic(moved.id, Item(moved.title, (moved.told,), dates.short_day(moved.last_at), line), reader, place)


def _topic(topic_id: int, item: Item, reader: Reader, place: Place) -> Item:
    """Observers read along: they get the way there, and no button to answer."""
    item = replace(item, line=words.sentence(item.line, of_network(reader, place)))
    if place.role == "observer":
        there = absolute("conversations.show", network=place.slug, topic_id=topic_id)
        return replace(item, link=there, ask=_("Read it:"))
    link = act_link("answer", reader.id, topic_id, days=DAYS_TO_ANSWER)
    return replace(item, link=link, ask=_("Answer:"), acts=(Act(_("Answer"), link, strong=True),))


def new_faces(reader: Reader, facts: Facts) -> list[Item]:
    """Who has come in after her, one line for each network."""
    found = []
    for place in reader.places.values():
        since = [
            one for one in facts.newcomers.get(place.id, ()) if one.person_id != reader.id and one.at > place.since
        ]
        new = [one for one in since if one.told not in reader.told]
        if new:
            told = tuple(one.told for one in new)
            title = _("New in %(network)s", network=place.short_name)
            link = absolute("network.members", network=place.slug)
            found.append(
                Item(title, told, line=words.sentence(words.names(new, NAMES)), link=link, ask=_("Everybody:"))
            )
    return found


def waiting(reader: Reader, facts: Facts) -> list[Item]:
    """For a coordinator: how much waits, and the door to it. What it is stands behind that door."""
    found = []
    for place in (one for one in reader.places.values() if one.role == "coordinator"):
        count = facts.waiting[place.id]
        if count:
            title = ngettext(
                "One thing waits in %(network)s",
                "%(num)s things wait in %(network)s",
                count,
                network=place.short_name,
            )
            link = absolute("today_here.index", network=place.slug)
            found.append(Item(title, (f"waiting:{place.id}@{count}",), link=link, ask=_("Who and what:")))
    return found
