"""What offices of a nation ask of pairs: the same three programmes in each network, each of another organisation."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.db import db
from portal.demo.national_pour import Here, Nation, Row
from portal.programmes.models import FrameLine, Programme, ProgrammeReader, TeachingFrame
from portal.programmes.starting import rules

BEGAN = 1900
INDUCTION, PLACEMENT, HOURS = range(3)


class Programmes:
    """The programmes of each network by their place, and the lines that can be ticked."""

    def __init__(self) -> None:
        frame = select(TeachingFrame.id).where(TeachingFrame.code == "england-early-career").scalar_subquery()
        self.lines = list(db.session.execute(select(FrameLine.id).where(FrameLine.frame_id == frame)).scalars())
        self.frame: int = db.session.execute(select(frame)).scalar_one()
        self.of: dict[int, tuple[int, ...]] = {}


def ask_of_pairs(nation: Nation) -> Programmes:
    made = Programmes()
    nation.pour_together(row for network in nation.networks for row in _programmes(nation, network, made))
    return made


def _programmes(nation: Nation, network: Here, made: Programmes) -> Iterator[tuple[type, Row]]:
    asked = (
        rules("Induction, first two years", minutes_a_year=1440, every_days=14, within_days=30, closes_on_day=15),
        rules(
            "Placement year", kind="preparation", minutes_a_year=1800, every_days=7, silent_after_days=21,
            only_confirmed=True, round_to=15, closes_on_day=15,
        ),
        rules(
            "Clock hours for mentors", kind="district", unit="clock hour", units="clock hours", round_to=30,
            most_units_a_mentee=10, most_units_a_year=30, counts_support=False, closes_on_day=20,
        ),
    )  # fmt: skip
    ids = tuple(nation.next_id("mentoring_programme") for _one in asked)
    whose = nation.random.sample(network.organisations, len(asked))
    for number, values, organisation in zip(ids, asked, whose, strict=True):
        where = {"network_id": network.id, "organisation_id": organisation, "frame_id": made.frame}
        by = {"created_by": network.coordinators[0], "created_at": nation.ago(BEGAN)}
        yield Programme, {**values, **where, **by, "id": number}
    for number, reader in zip(ids, nation.random.sample(network.members, len(ids)), strict=True):
        yield ProgrammeReader, {"programme_id": number, "person_id": reader, "since": nation.ago(400)}
    made.of[network.id] = ids
