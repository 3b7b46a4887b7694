"""Everything that the digests of a batch of readers are made of, in a number of queries that does not grow with them."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from portal.digest.queries_dates import Dates, dates_for
from portal.digest.queries_people import Newcomer, newcomers
from portal.digest.queries_questions import Questions, questions_for
from portal.digest.queries_readers import Reader, coordinators_of, readers
from portal.digest.queries_resources import NewPack, TakenPack, new_packs, taken_packs
from portal.digest.queries_waiting import waiting_in
from portal.networks.queries import region


@dataclass
class Facts:
    """What is true now in the networks of these readers. What each may see is decided when hers is composed."""

    readers: list[Reader] = field(default_factory=list)
    dates: Dates = field(default_factory=Dates)
    packs: dict[int, list[NewPack]] = field(default_factory=dict)
    taken: dict[int, list[TakenPack]] = field(default_factory=dict)
    questions: Questions = field(default_factory=Questions)
    newcomers: dict[int, list[Newcomer]] = field(default_factory=dict)
    waiting: Counter[int] = field(default_factory=Counter)
    coordinators: dict[int, tuple[str, str]] = field(default_factory=dict)


def gather(person_ids: Collection[int]) -> Facts:
    """The facts for these people: see each query for what it leaves out. Rooms that are switched off are not asked."""
    place = region()
    found = readers(person_ids, place.time_zone if place else "UTC")
    ids = [reader.id for reader in found]
    everywhere = {place.id for reader in found for place in reader.places.values()}
    led = {place.id for reader in found for place in reader.places.values() if place.role == "coordinator"}
    return Facts(
        found,
        dates_for(ids, _with("events", found), _with("mentoring", found)),
        new_packs(_with("resources", found)),
        taken_packs(ids, _with("resources", found)),
        questions_for(ids, _with("conversations", found)),
        newcomers(everywhere),
        waiting_in(led, led & _with("resources", found), led & _with("kit", found), led & _with("mentoring", found)),
        coordinators_of(everywhere),
    )


def _with(room: str, found: Iterable[Reader]) -> set[int]:
    return {place.id for reader in found for place in reader.places_with(room)}
