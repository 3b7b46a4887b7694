"""People from a list: known by an address, else by the name where they work. Importing makes people, never accounts.

Nobody is mailed. Schools stand beside this room, so whoever starts an import hands over ``Workplaces``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal import history
from portal.history import phrases
from portal.people.finding import Book, Known
from portal.people.importing_cells import Reader
from portal.people.importing_fields import FIELDS
from portal.people.importing_said import Said, Workplaces
from portal.people.importing_writing import write_people
from portal.people.names import fold_address, fold_name, may_be_one
from portal.web.importing import Ask, Candidate, Create, Importer, Outcome, Row, RowRefused, Unchanged, Update

phrases.declare(
    {
        "people.imported": _l(
            "%(actor)s imported people from %(source)s: %(created)s new, %(updated)s changed, %(rejected)s sent back"
        )
    }
)
__all__ = ["PeopleImporter", "Workplaces"]

AfterWrite = Callable[[int, int | None], None]


class PeopleImporter(Importer):
    """``after_write`` is told of every person in the file and where the row says that she works."""

    what = "people"
    fields = FIELDS

    def __init__(
        self,
        actor_id: int | None = None,
        network_id: int | None = None,
        source: str = "",
        workplaces: Workplaces | None = None,
        after_write: AfterWrite | None = None,
    ) -> None:
        self.actor_id, self.network_id, self.source = actor_id, network_id, source
        self.workplaces, self.after_write = workplaces, after_write

    def begin(self, columns: Mapping[str, str], keep: bool) -> None:
        super().begin(columns, keep)
        self.reader = Reader(columns)
        self.book = Book(self.actor_id)
        self.told: set[int] = set()
        self.told_work: set[tuple[int, int]] = set()
        self.changes: dict[int, Known] = {}
        self.met: dict[tuple[int, int | None], None] = {}
        self.as_typed: dict[str, str] = {}
        self.next_id = -1

    def prepare(self, rows: Sequence[Row]) -> None:
        if self.keep:
            self.book = Book(self.actor_id)
        named, addresses, names = [], [], []
        for row in rows:
            try:
                told = self.reader.told(row)
            except RowRefused:
                continue
            named.append((told.organisation, told.code, told.place))
            addresses += [fold_address(one) for one in told.addresses]
            names.append(told.name)
        places: Iterable[int] = ()
        if self.workplaces:
            self.workplaces.open(named, self.reader.scheme, self.reader.of_districts, self.keep)
            places = [one for one in self.workplaces.known() if one > 0]
        self.book.open(addresses, names, places)

    def plan(self, row: Row) -> Create | Update | Unchanged | Ask:
        said = self._said(row)
        folded = [fold_address(one) for one in said.told.addresses]
        owners = self.book.owners(folded)
        if owners:
            return self._of_owners(owners, said)
        if said.organisation_id is not None:
            return self._at_work(said, said.organisation_id)
        if folded:
            return self._create(said)
        return self._by_name_alone(said)

    def plan_as(self, row: Row, record_id: int) -> Create | Update | Unchanged:
        known = self.book.by_id.get(record_id)
        if known is None or not known.is_mine:
            raise RowRefused(_("The person whom this row was to be is gone."))
        return self._compare(known, self._said(row))

    def _said(self, row: Row) -> Said:
        told = self.reader.told(row)
        place = None
        if self.workplaces and (told.organisation or told.code):
            place = self.workplaces.find(told.organisation, told.code, told.place)
        facts = {"called": told.called, "phone": told.phone, "knows_about": told.knows_about}
        return Said(told, place, {key: value for key, value in facts.items() if value})

    def _of_owners(self, owners: list[Known], said: Said) -> Update | Unchanged | Ask:
        if len(owners) > 1:
            who = ", ".join(sorted(one.name if one.is_mine else _("somebody outside your networks") for one in owners))
            raise RowRefused(_("These addresses belong to different people: %(names)s.", names=who))
        owner = owners[0]
        if may_be_one(owner.name, said.told.name):
            return self._compare(owner, said)
        if not owner.is_mine:
            raise RowRefused(_("This address belongs to somebody of another name, outside your networks."))
        refusal = RowRefused(_("This address belongs to %(name)s.", name=owner.name))
        return Ask([self._candidate(owner, _("the same address"))], refusal)

    def _at_work(self, said: Said, organisation_id: int) -> Create | Update | Unchanged | Ask:
        same = self.book.called_at(said.told.name, organisation_id)
        if len(same) > 1:
            refusal = RowRefused(_("%(count)s people of that name work there. Add an address.", count=len(same)))
            return Ask([self._candidate(one, _("the same name and school")) for one in same], refusal)
        if same:
            known, compared = same[0], self._compare(same[0], said)
            if known.addresses and said.told.addresses:
                return Ask([self._candidate(known, _("the same name and school, another address"))], compared)
            return compared
        alike = self.book.alike_at(said.told.name, organisation_id)
        plan = self._create(said)
        return (
            Ask([self._candidate(one, _("a similar name at the same school")) for one in alike], plan)
            if alike
            else plan
        )

    def _by_name_alone(self, said: Said) -> Create | Update | Unchanged | Ask:
        same = self.book.by_name.get(fold_name(said.told.name), [])
        bare = [known for known in same if known.is_bare and known.name.casefold() == said.told.name.casefold()]
        if bare:
            return self._compare(bare[0], said)
        others = [known for known in same if not known.is_bare]
        asked = [self._candidate(one, _("the same name")) for one in others[:5]]
        return Ask(asked, self._create(said)) if asked else self._create(said)

    def _create(self, said: Said) -> Create:
        return Create(said, list(said.told.remarks))

    def _compare(self, known: Known, said: Said) -> Update | Unchanged:
        told = said.told
        if not known.is_mine and known.is_admitted and self.after_write:
            # A list must not make a member, whose record the coordinator may then change, of somebody who can be asked.
            raise RowRefused(_("She signs in, and is in none of your networks. Invite her: then she decides."))
        self.met[known.id, said.organisation_id] = None
        if not known.is_mine:
            return Unchanged(known.id, known.name)
        differences: dict[str, tuple[str, str]] = {}
        new = [one for one in told.addresses if fold_address(one) not in known.addresses]
        if new:
            differences["email"] = ("", ", ".join(new))
        if said.organisation_id is not None and said.organisation_id not in known.work:
            differences["organisation"] = ("", told.organisation)
        if told.words - known.words:
            differences["words"] = ("", _("%(count)s more", count=len(told.words - known.words)))
        adds_only = not self._changes(known, said, differences)
        if not differences:
            self.told.add(known.id)
            return Unchanged(known.id, self._label(known))
        return Update(known.id, differences, said, self._label(known), adds_only, list(told.remarks))

    def _changes(self, known: Known, said: Said, differences: dict[str, tuple[str, str]]) -> bool:
        """Facts that the row says otherwise: only where it is the first row of the file to speak of them."""
        before = len(differences)
        if known.id not in self.told:
            for key, value in said.facts.items():
                keeps = known.facts.get(key) and (key == "knows_about" or known.is_admitted)
                if known.facts.get(key, "") != value and not keeps:
                    differences[key] = (known.facts.get(key, ""), value)
        place = said.organisation_id
        if place in known.work and (known.id, place) not in self.told_work:
            role_id, title = known.work[place]
            if said.told.title and said.told.title != title and not (title and known.is_admitted):
                differences["title"] = (title, said.told.title)
            if said.told.role_id and said.told.role_id != role_id and not (role_id and known.is_admitted):
                differences["role"] = ("", _("changed"))
        return len(differences) > before

    def write(self, plan: Create | Update, row: Row) -> None:
        said: Said = plan.values
        if isinstance(plan, Create):
            known = Known(self.next_id, said.told.name)
            self.next_id -= 1
            self.met[known.id, said.organisation_id] = None
            self._learn(known, said)
            self.book.add(known)
            return
        known = self.book.by_id[plan.id]
        self._learn(known, said)
        for folded in known.addresses:
            self.book.by_address[folded] = known

    def _learn(self, known: Known, said: Said) -> None:
        """Add to what is known what the row says; ``flush`` writes the difference."""
        told, place = said.told, said.organisation_id
        self.changes.setdefault(known.id, known)
        if known.id not in self.told:
            kept = {k for k in said.facts if known.facts.get(k) and (k == "knows_about" or known.is_admitted)}
            known.facts |= {k: v for k, v in said.facts.items() if k not in kept}
            self.told.add(known.id)
        self.as_typed |= {fold_address(one): one for one in told.addresses}
        known.addresses |= {fold_address(one) for one in told.addresses}
        known.words |= told.words
        if place is not None and (known.id, place) not in self.told_work:
            role_id, title = known.work.get(place, (None, ""))
            if place not in known.work:
                self.book.at[place].append(known)
            held = (role_id, title) if known.is_admitted else (None, "")
            known.work[place] = (held[0] or told.role_id or role_id, held[1] or told.title or title)
            self.told_work.add((known.id, place))

    def flush(self) -> None:
        places = self.workplaces.flush() if self.workplaces else {}
        people = write_people(list(self.changes.values()), self.as_typed, places, self.actor_id)
        self.told = {people.get(one, one) for one in self.told}
        self.told_work = {(people.get(one, one), places.get(place, place)) for one, place in self.told_work}
        if self.after_write:
            for person_id, place in self.met:
                at = places.get(place, place) if place is not None else None
                self.after_write(people.get(person_id, person_id), at)
        self.changes, self.met, self.as_typed = {}, {}, {}

    def finish(self, outcome: Outcome) -> None:
        details: dict[str, Any] = outcome.counts() | {"source": self.source[:120]}
        history.record(self.actor_id, "people.imported", "import", 0, self.network_id, **details)

    def _candidate(self, known: Known, why: str) -> Candidate:
        return Candidate(known.id, self._label(known), why)

    def _label(self, known: Known) -> str:
        works = self._works_at(known) if known.is_mine else ""
        return ", ".join(part for part in (known.name, works) if part)

    def _works_at(self, known: Known) -> str:
        if not self.workplaces:
            return ""
        return ", ".join(filter(None, (self.workplaces.label(one) for one in known.work)))
