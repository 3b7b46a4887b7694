"""The ground of a nation: the region and its words, the networks with their terms, and the organisations."""

from collections.abc import Iterator
from datetime import timedelta

from portal.credit.operations_types import start_credit_types
from portal.db import db, operation
from portal.demo.national_pour import NETWORKS, Here, Nation, Row
from portal.demo.story import TIME_ZONE, read
from portal.fulltext.synonyms import start_synonyms
from portal.networks.models import Network, NetworkOrganisation, Region, SchoolTerm
from portal.networks.rooms import DEFAULT_ROOMS
from portal.organisations.models import Organisation
from portal.programmes.operations_frames import start_frames
from portal.surveys.operations_items import start_items
from portal.vocabulary.operations import start_words

BEGAN = 1400
DISTRICTS = 150
STARTS = (-54, -37, -20, 0, 17, 32)


def lay_foundations(nation: Nation) -> None:
    """The region with its words, and the networks: the first two are those of the story."""
    _region(nation)
    charters = [{key: value for key, value in one.items() if key != "hosts"} for one in read("networks")["network"]]
    for number in range(len(charters), NETWORKS):
        place = nation.words.place()
        charters.append({"slug": f"{place.lower()}-{number}", "name": f"{place} STEM Network", "short_name": place})
    common = {"time_zone": TIME_ZONE, "locale": "en_GB", "words": {}, "rooms": list(DEFAULT_ROOMS)}
    for number, charter in enumerate(charters):
        nation.networks.append(Here(number + 1, 1.5 - number / NETWORKS))
        row = {"plate": charter["name"][:2].upper(), **common, **charter, "id": number + 1}
        nation.pour(Network, [{**row, "created_at": nation.ago(BEGAN)}])
    nation.pour(SchoolTerm, (term for network in nation.networks for term in _terms(nation, network)))


@operation
def _region(nation: Nation) -> None:
    region = Region(name="All the Coasts", time_zone=TIME_ZONE, locale="en_GB", set_up_at=nation.ago(BEGAN))
    db.session.add(region)
    start_words()
    start_items()
    start_synonyms()
    start_credit_types()
    start_frames()


def _terms(nation: Nation, network: Here) -> Iterator[Row]:
    running = nation.now.date() - timedelta(days=nation.now.weekday(), weeks=10)
    for place, weeks in enumerate(STARTS, 1):
        begins = running + timedelta(weeks=weeks)
        dates = {"starts_on": begins, "ends_on": begins + timedelta(weeks=15, days=4)}
        yield {"network_id": network.id, "name": f"Term {place}", **dates, "break_on": begins + timedelta(weeks=8)}


def place_organisations(nation: Nation, total: int) -> None:
    """Districts, then schools under them, each taking part in one network."""
    nation.pour(Organisation, (_organisation(nation, number) for number in range(1, total + 1)))
    number = 0
    for network, part in nation.shares(total):
        network.organisations = list(range(number + 1, number + part + 1))
        number += part
    since = nation.ago(BEGAN).date()
    nation.pour(
        NetworkOrganisation,
        (
            {"network_id": network.id, "organisation_id": one, "is_host": place == 0, "since": since}
            for network in nation.networks
            for place, one in enumerate(network.organisations)
        ),
    )


def _organisation(nation: Nation, number: int) -> Row:
    random, is_district = nation.random, number <= DISTRICTS
    name, place = nation.words.school()
    return {
        "id": number,
        "name": f"{place} District" if is_district else name,
        "sort_name": f"{place} District" if is_district else name,
        "kind": "district" if is_district else random.choice(["school"] * 30 + ["college", "employer", "programme"]),
        "parent_id": None if is_district else random.randint(1, DISTRICTS),
        "code_scheme": "LC",
        "code": str(100000 + number),
        "place": place,
        "phase": random.choice(("Primary", "Secondary", "11-18", "6-12")),
        "locale": random.choice(("city", "suburb", "town", "rural")),
        "region": "All the Coasts",
        "country": "GB",
        "enrolment": random.randint(60, 1600),
        "is_priority": random.random() < 0.2,
        # In open water: these places do not exist.
        "latitude": 54 + random.random(),
        "longitude": -5 + random.random(),
        "created_at": nation.ago(BEGAN),
    }
