"""What can be chosen in the forms: organisations under their kind, so that like stands with like, and who works where."""

from collections.abc import Iterable

from portal.mentor_schools.models import OrganisationPair
from portal.networks.queries_places import members_shown_at, places_of
from portal.networks.scope import Standing
from portal.people.queries_names import names_of
from portal.vocabulary.queries import labels

Triples = list[tuple[str, str, str | None]]
# More people than this make a list that nobody reads: then those of the two are offered once the pair is proposed.
MANY = 300


def places(network_id: int) -> Triples:
    """Every organisation of the network, under the name of its kind (two queries)."""
    kinds = labels("organisation_kind")
    found = [(str(one.id), one.name, kinds.get(one.kind, one.kind)) for one in places_of(network_id)]
    order = list(kinds.values())
    return sorted(found, key=lambda one: order.index(one[2]) if one[2] in order else len(order))


def people(member: Standing, of: Iterable[int] | None = None, known: Iterable[int | None] = ()) -> Triples:
    """Members under the name of where they work, as this member may read it; and those who stand there already.

    Two queries, a third for those whom the first does not hold: they have left, or keep to themselves where they work.
    """
    wanted = None if of is None else list(of)
    rows = members_shown_at(member, wanted, MANY + 1)
    found: Triples = [] if len(rows) > MANY else [(str(one.id), one.name, one.organisation) for one in rows]
    there = {one[0] for one in found}
    gone = [one for one in known if one and str(one) not in there]
    return found + [(str(id), name, None) for id, name in names_of(gone).items()]


def sides(pair: OrganisationPair) -> tuple[int, int]:
    return pair.mentor_organisation_id, pair.mentee_organisation_id
