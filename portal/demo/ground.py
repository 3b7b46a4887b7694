"""The ground floor of the story: the region and its words, organisations, people, networks, terms, memberships."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from portal.credit.operations_types import start_credit_types
from portal.db import db, operation
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.fulltext.synonyms import start_synonyms
from portal.networks.models import JoinRequest, Network, Region, SchoolTerm
from portal.networks.operations import add_imported_member, attach_organisation
from portal.networks.operations_inviting import Asking, invite
from portal.networks.operations_membership import join
from portal.networks.rooms import DEFAULT_ROOMS
from portal.networks.scope import Standing
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, EmailAddress, Person, PersonWord
from portal.people.names import fold_address, sort_name
from portal.programmes.operations_frames import start_frames
from portal.surveys.operations_items import start_items
from portal.vocabulary.models import Word
from portal.vocabulary.operations import start_words
from portal.web import clock

ROLES = {"c": "coordinator", "m": "member", "e": "mentor", "o": "observer"}
LISTED = ("school", "subjects", "phases", "knows")
BEGAN = 800


def lay_ground(story: Story) -> None:
    with at(story.ago(BEGAN)):
        _region()
        start_words()
        start_items()
        start_synonyms()
        start_credit_types()
        start_frames()
        _organisations(story)
        _networks(story)
    for slug, part in read("people").items():
        _people(story, slug, part["rows"])
    with at(story.ago(6)):
        _open_doors(story)


@operation
def _region() -> None:
    db.session.add(
        Region(
            name="Lakes and Coast",
            time_zone=TIME_ZONE,
            locale="en_GB",
            contact="hello@lakes-and-coast.example",
            contact_words="Ask Ines or Mairead to let you in: they answer within the day.",
            set_up_at=clock.now(),
        )
    )


@operation
def _organisations(story: Story) -> None:
    for number, row in enumerate(read("organisations")["rows"]):
        code, name, kind, place, phase, locale, enrolment, priority, parent = row
        organisation = Organisation(
            name=name,
            sort_name=name.removeprefix("The "),
            kind=kind,
            code_scheme="LC",
            code=code,
            place=place,
            phase=phase,
            locale=locale,
            region="Lakes and Coast",
            country="GB",
            enrolment=enrolment or None,
            is_priority=priority,
            parent_id=story.organisations.get(parent),
            # In open water: these places do not exist.
            latitude=54.9 + number % 8 / 100,
            longitude=-4.2 + number // 8 / 100,
            created_at=story.ago(BEGAN),
        )
        db.session.add(organisation)
        db.session.flush()
        story.organisations[code] = organisation.id


@operation
def _networks(story: Story) -> None:
    for number, charter in enumerate(read("networks")["network"]):
        network = Network(
            **{key: value for key, value in charter.items() if key != "hosts"},
            time_zone=TIME_ZONE,
            locale="en_GB",
            words={},
            rooms=list(DEFAULT_ROOMS),
            review_on=story.today + timedelta(days=200 - 60 * number),
            created_at=story.ago(BEGAN),
        )
        db.session.add(network)
        db.session.flush()
        story.networks[network.slug] = network.id
        db.session.add_all(_terms(story, network.id))


# Weeks from the start of the running term to the starts of those around it, newest last.
STARTS = (-54, -37, -20, 0, 17, 32)


def _terms(story: Story, network_id: int) -> list[SchoolTerm]:
    """A year of terms around today; the running one is in its tenth week, whatever the date."""
    running = story.today - timedelta(days=story.today.weekday(), weeks=10)
    terms = []
    for weeks in STARTS:
        begins = running + timedelta(weeks=weeks)
        ends = begins + timedelta(weeks=15, days=4)
        season = "Autumn" if 8 <= begins.month <= 11 else "Summer" if 4 <= begins.month <= 7 else "Spring"
        terms.append(
            SchoolTerm(
                network_id=network_id,
                name=f"{season} term {ends.year if season == 'Spring' else begins.year}",
                starts_on=begins,
                ends_on=ends,
                break_on=begins + timedelta(weeks=8),
            )
        )
    return terms


@operation
def _people(story: Story, slug: str, rows: list[list[str]]) -> None:
    words = {(word.kind, word.code): word.id for word in db.session.execute(select(Word)).scalars()}
    network_id = story.networks.get(slug)
    for number, row in enumerate(rows):
        handle, name, school, role, subject, phase, standing, knows = row
        joined = 700 - 9 * number if standing in ROLES else 20
        if standing == "v":
            continue
        with at(story.ago(max(joined, 8))):
            person_id = _person(story, handle, name, knows, admitted=standing in {*ROLES, "a", "-"})
            _works(story, person_id, school, words.get(("role", role)))
            found = [words[key] for key in (("subject", subject), ("phase", phase)) if key in words]
            db.session.add_all(PersonWord(person_id=person_id, word_id=word_id) for word_id in found)
            db.session.flush()
            if network_id and standing != "a":
                _belongs(story, network_id, handle, person_id, standing, story.organisations[school])


def _person(story: Story, handle: str, name: str, knows: str, admitted: bool) -> int:
    address = f"{handle}@{'tarn-and-tide' if handle in CAST else 'lakes-and-coast'}.example"
    person = Person(
        name=name,
        sort_name=sort_name(name),
        knows_about=knows,
        listing=dict.fromkeys(LISTED, True),
        created_at=clock.now(),
        admitted_at=clock.now() if admitted else None,
        how_added="invited" if admitted else "import",
        is_administrator=handle == "ravi",
    )
    db.session.add(person)
    db.session.flush()
    story.people[handle] = person.id
    verified = clock.now() if admitted else None
    db.session.add(
        EmailAddress(
            person_id=person.id, address=address, folded=fold_address(address), is_primary=True, verified_at=verified
        )
    )
    return person.id


# The handles whose addresses tests and documentation know.
CAST = {"ines", "mairead", "tobi", "leon", "dafydd", "petra", "bryony", "kofi", "ravi", "hana"}


def _works(story: Story, person_id: int, school: str, role_id: int | None) -> None:
    since: date = story.ago(900).date()
    db.session.add(
        Affiliation(person_id=person_id, organisation_id=story.organisations[school], role_id=role_id, started_on=since)
    )
    db.session.flush()


def _belongs(story: Story, network_id: int, handle: str, person_id: int, standing: str, organisation_id: int) -> None:
    attach_organisation(network_id, organisation_id)
    if standing == "i":
        add_imported_member(network_id, person_id, story.people["ines" if "ines" in story.people else handle])
        return
    membership = join(network_id, person_id, ROLES[standing], "invited", None)
    story.standings[handle] = Standing(person_id, network_id, membership.role, membership.started_at)


@operation
def _open_doors(story: Story) -> None:
    """Who asks to come in, and who has an open invitation."""
    network_id = story.networks["tarn-and-tide"]
    notes = {
        "hana": "I came to the October meeting as a guest and went home with glue in my hair.",
        "rufus": "Amara says you lend people, not only boxes.",
    }
    for days, (handle, note) in zip((1, 3), notes.items(), strict=True):
        asked = JoinRequest(network_id=network_id, person_id=story.who(handle), note=note, asked_at=story.ago(days))
        db.session.add(asked)
    asking = Asking(network_id, story.who("ines"), "member", "You asked at the Boathouse. Here is the door.")
    rows: list[list[Any]] = read("people")["tarn-and-tide"]["rows"]
    for handle, name, *_rest in (row for row in rows if row[6] == "v"):
        invite(asking, name, f"{handle}@lakes-and-coast.example")
