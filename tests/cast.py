"""The fixed cast, in one place. Tests, demo and documentation tell of the same people.

Tarn and Tide is the network; Fell and Furrow is the other one, whose people must see nothing of the first.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.db import db, operation
from portal.networks.models import Membership, Network, NetworkOrganisation, Region, SchoolTerm
from portal.networks.rooms import DEFAULT_ROOMS
from portal.organisations.models import Organisation
from portal.people.models import Affiliation, EmailAddress, Person
from portal.people.names import fold_address, sort_name
from portal.programmes.models import FrameLine, TeachingFrame
from portal.surveys.operations_items import start_items
from portal.vocabulary.models import Word

# The story's "now": a Tuesday in week ten of the autumn term.
NOW = datetime(2026, 11, 10, 14, 5, tzinfo=UTC)
LONG_AGO = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Role:
    """One of the cast: a handle for tests, a name, an address, and what she is in which network."""

    key: str
    name: str
    network: str | None
    role: str | None
    school: str | None = None
    is_administrator: bool = False

    @property
    def address(self) -> str:
        return f"{self.key}@tarn-and-tide.example"


CAST = (
    Role("ines", "Ines Quarrie", "tarn-and-tide", "coordinator", "Brackenhythe Academy"),
    Role("mairead", "Mairead Osei-Vance", "tarn-and-tide", "coordinator", "Withen Cross First School"),
    Role("tobi", "Tobi Larkhill", "tarn-and-tide", "member", "Low Garrick School"),
    Role("leon", "Leon Farrowby", "tarn-and-tide", "member", "Withen Cross First School"),
    Role("dafydd", "Dafydd Okonjo-Reeve", "tarn-and-tide", "mentor", "Brackenhythe Academy"),
    Role("petra", "Petra Lindqvist", "tarn-and-tide", "observer", None),
    Role("bryony", "Bryony Ashgill", "fell-and-furrow", "coordinator", "Fenwater Secondary"),
    Role("kofi", "Kofi Marrable", "fell-and-furrow", "member", "Fenwater Secondary"),
    Role("ravi", "Ravi Castellan", None, None, None, is_administrator=True),
    # Known to the region and admitted, but in no network.
    Role("hana", "Hana Brindlecote", None, None, "Kestrel Lane Primary"),
)
SCHOOLS = (
    ("Brackenhythe Academy", "Brackenhythe", "11-18"),
    ("Withen Cross First School", "Withen", "Primary"),
    ("Low Garrick School", "Low Garrick", "11-16"),
    ("Kestrel Lane Primary", "Brackenhythe", "Primary"),
    ("Fenwater Secondary", "Fenwater", "11-16"),
)
WORDS = (
    ("subject", "physics", "Physics"),
    ("subject", "biology", "Biology"),
    ("subject", "design-technology", "Design and technology"),
    ("subject", "computing", "Computing"),
    ("subject", "mathematics", "Mathematics"),
    ("phase", "primary", "Primary"),
    ("phase", "secondary", "Secondary"),
    ("phase", "post-16", "Post-16"),
    ("role", "teacher", "Teacher"),
    ("role", "teacher-leader", "Teacher leader"),
    ("role", "early-career", "Early-career teacher"),
    ("organisation_kind", "school", "School"),
    ("organisation_kind", "district", "District"),
    ("organisation_kind", "employer", "Employer"),
    ("licence", "cc-by-4.0", "CC BY 4.0"),
    ("licence", "cc-by-sa-4.0", "CC BY-SA 4.0"),
    ("licence", "permission", "© with permission"),
    ("language", "en", "English"),
    ("language", "cy", "Welsh"),
    ("focus", "planning", "Planning"),
    ("focus", "practical-work", "Practical work"),
    ("locale", "rural", "Rural"),
)


@operation
def make_cast() -> None:
    """Fill an empty database with the region, both networks, their schools, words and people."""
    db.session.add(Region(name="Tarn and Tide", time_zone="Europe/London", locale="en_GB", set_up_at=LONG_AGO))
    db.session.add_all(
        Word(kind=kind, code=code, label=label, position=place) for place, (kind, code, label) in enumerate(WORDS)
    )
    start_items()
    _frame()
    networks = [
        _network("tarn-and-tide", "Tarn and Tide STEM Network", "TT"),
        _network("fell-and-furrow", "Fell and Furrow Maths Circle", "FF"),
    ]
    schools = [
        Organisation(
            name=name,
            sort_name=name,
            place=place,
            phase=phase,
            code_scheme="TT",
            code=f"10{number}",
            created_at=LONG_AGO,
        )
        for number, (name, place, phase) in enumerate(SCHOOLS)
    ]
    db.session.add_all(networks + schools)
    db.session.flush()
    by_slug = {network.slug: network.id for network in networks}
    by_name = {school.name: school.id for school in schools}
    for member in CAST:
        _person(member, by_slug, by_name)
    for slug, network_id in by_slug.items():
        _place(network_id, [school.id for school in schools[:4]] if slug == "tarn-and-tide" else [schools[4].id])


def _frame() -> None:
    """One small frame of good teaching: what a talk can be ticked with."""
    frame = TeachingFrame(code="intasc", name="InTASC standards", source="Council of Chief State School Officers")
    db.session.add(frame)
    db.session.flush()
    lines = (("1", "Learner development"), ("2", "Learning differences"), ("3", "Learning environments"))
    db.session.add_all(
        FrameLine(frame_id=frame.id, code=code, label=label, position=place)
        for place, (code, label) in enumerate(lines)
    )


def _network(slug: str, name: str, plate: str) -> Network:
    return Network(
        slug=slug,
        name=name,
        short_name=name.removesuffix(" STEM Network").removesuffix(" Maths Circle"),
        plate=plate,
        strapline="Teachers between the lakes and the coast.",
        time_zone="Europe/London",
        locale="en_GB",
        words={},
        rooms=list(DEFAULT_ROOMS),
        created_at=LONG_AGO,
    )


def _place(network_id: int, school_ids: list[int]) -> None:
    db.session.add_all(
        NetworkOrganisation(network_id=network_id, organisation_id=one, since=LONG_AGO.date()) for one in school_ids
    )
    terms = (
        ("Summer term 2026", date(2026, 4, 20), date(2026, 7, 22), date(2026, 5, 25)),
        ("Autumn term 2026", date(2026, 9, 1), date(2026, 12, 18), date(2026, 10, 26)),
        ("Spring term 2027", date(2027, 1, 4), date(2027, 3, 26), date(2027, 2, 15)),
    )
    db.session.add_all(
        SchoolTerm(network_id=network_id, name=name, starts_on=start, ends_on=end, break_on=half)
        for name, start, end, half in terms
    )


def _person(member: Role, networks: dict[str, int], schools: dict[str, int]) -> None:
    person = Person(
        name=member.name,
        sort_name=sort_name(member.name),
        listing={},
        created_at=LONG_AGO,
        admitted_at=LONG_AGO,
        how_added="invited",
        is_administrator=member.is_administrator,
    )
    db.session.add(person)
    db.session.flush()
    db.session.add(
        EmailAddress(
            person_id=person.id,
            address=member.address,
            folded=fold_address(member.address),
            is_primary=True,
            verified_at=LONG_AGO,
        )
    )
    if member.school:
        db.session.add(
            Affiliation(person_id=person.id, organisation_id=schools[member.school], started_on=LONG_AGO.date())
        )
    if member.network and member.role:
        db.session.add(
            Membership(network_id=networks[member.network], person_id=person.id, role=member.role, started_at=LONG_AGO)
        )


def person_id(key: str) -> int:
    """The id of one of the cast, by her handle."""
    address = next(member.address for member in CAST if member.key == key)
    return db.session.execute(select(EmailAddress.person_id).where(EmailAddress.folded == address)).scalar_one()


def network_id(slug: str = "tarn-and-tide") -> int:
    return db.session.execute(select(Network.id).where(Network.slug == slug)).scalar_one()
