"""Finding who is known: many people at once, by address, by name where they work, and by name alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select, true

from portal.db import db
from portal.people.models import Affiliation, EmailAddress, Person, PersonWord
from portal.people.names import fold_name, sort_name
from portal.people.reach import reach_of


@dataclass(eq=False)
class Known:
    """One person as far as matching needs her. A negative id: meant to be made, not yet in the database."""

    id: int
    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    # organisation → (role, job) of what she does there now
    work: dict[int, tuple[int | None, str]] = field(default_factory=dict)
    words: set[int] = field(default_factory=set)
    # Whoever imports may see and change her; somebody of a foreign network is matched and left as she is.
    is_mine: bool = True
    # She signs in, so what she said herself stands.
    is_admitted: bool = False

    @property
    def is_bare(self) -> bool:
        """Nothing but a name is known."""
        return not self.addresses and not self.work


class Book:
    """Who is known of the people that a chunk of rows speaks of."""

    def __init__(self, actor_id: int | None = None) -> None:
        self.actor_id = actor_id
        self.by_id: dict[int, Known] = {}
        self.by_address: dict[str, Known] = {}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        self.at: dict[int, list[Known]] = defaultdict(list)

    def open(self, addresses: Iterable[str], names: Iterable[str], organisations: Iterable[int]) -> None:
        """Load everybody with one of these addresses or names, and all who work there now (four queries)."""
        by_address = select(EmailAddress.person_id).where(EmailAddress.folded.in_(set(addresses)))
        at_work = select(Affiliation.person_id).where(
            Affiliation.organisation_id.in_(set(organisations)), Affiliation.ended_on.is_(None)
        )
        sorted_names = {sort_name(name) for name in names}
        wanted = or_(Person.id.in_(by_address), Person.id.in_(at_work), Person.sort_name.in_(sorted_names))
        mine = reach_of(self.actor_id) if self.actor_id else true()
        columns = (Person.id, Person.name, Person.called, Person.phone, Person.knows_about, Person.admitted_at, mine)
        query = select(*columns).where(wanted, Person.merged_into.is_(None), Person.erased_at.is_(None))
        found = {}
        for person_id, name, called, phone, knows_about, admitted_at, is_mine in db.session.execute(query):
            facts = {"called": called or "", "phone": phone or "", "knows_about": knows_about}
            if person_id not in self.by_id:
                found[person_id] = Known(person_id, name, facts, is_mine=bool(is_mine), is_admitted=bool(admitted_at))
        self._load_details(found)
        for known in found.values():
            self.add(known)

    def _load_details(self, found: dict[int, Known]) -> None:
        addresses = select(EmailAddress.person_id, EmailAddress.folded).where(EmailAddress.person_id.in_(found))
        for person_id, folded in db.session.execute(addresses):
            found[person_id].addresses.add(folded)
        work = select(Affiliation.person_id, Affiliation.organisation_id, Affiliation.role_id, Affiliation.title)
        now = work.where(Affiliation.person_id.in_(found), Affiliation.ended_on.is_(None))
        for person_id, organisation_id, role_id, title in db.session.execute(now):
            found[person_id].work[organisation_id] = (role_id, title)
        words = select(PersonWord.person_id, PersonWord.word_id).where(PersonWord.person_id.in_(found))
        for person_id, word_id in db.session.execute(words):
            found[person_id].words.add(word_id)

    def add(self, known: Known) -> None:
        self.by_id[known.id] = known
        for folded in known.addresses:
            self.by_address[folded] = known
        # A name and a school are known to everybody: only her address leads to somebody of a foreign network.
        if not known.is_mine:
            return
        self.by_name[fold_name(known.name)].append(known)
        for organisation_id in known.work:
            self.at[organisation_id].append(known)

    def owners(self, addresses: Iterable[str]) -> list[Known]:
        """Whose these addresses are, each person once."""
        found = {known.id: known for one in addresses if (known := self.by_address.get(one))}
        return list(found.values())

    def called_at(self, name: str, organisation_id: int) -> list[Known]:
        """All of that name who work there now."""
        return [known for known in self.by_name.get(fold_name(name), ()) if organisation_id in known.work]

    def alike_at(self, name: str, organisation_id: int) -> list[Known]:
        """Those who work there with nearly that name: the last word the same and the first letter of the first."""
        words = fold_name(name).split()
        if len(words) < 2:
            return []
        return [known for known in self.at.get(organisation_id, ()) if _is_near(words, fold_name(known.name).split())]


def _is_near(words: list[str], others: list[str]) -> bool:
    return len(others) > 1 and words != others and words[-1] == others[-1] and words[0][0] == others[0][0]
