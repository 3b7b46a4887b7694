"""Who suits whom: subject before phase before distance before free time before language. Plain data in, plain data out.

One thing decides before the next is looked at: whoever shares a subject stands before everybody who shares none, however
near. Distances are compared in bands, so that a street more or less does not outweigh the days on which both are free.
Source of the order: working practice of matching forms (subject > grade band > distance > time).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from portal.matching.distances import Place, km_between

# Upper ends in kilometres: next door, in town, half an hour, an hour; then farther; then not known.
BANDS = (2, 10, 25, 50)
UNKNOWN = len(BANDS) + 1


@dataclass(frozen=True, slots=True)
class Side:
    """What one side said. Subjects, phases and languages are codes of words, days 0 (Monday) to 6."""

    person_id: int
    name: str = ""
    sort_name: str = ""
    place: Place = field(default_factory=Place)
    subjects: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    days: tuple[int, ...] = ()
    travels_km: int | None = None
    meets_online: bool = True
    same_school: str = "either"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor's side with what is known of her pairs. ``most`` None: she made no limit."""

    side: Side
    offer_id: int = 0
    most: int | None = None
    pairs: int = 0
    proposals: int = 0
    before: tuple["Before", ...] = ()

    @property
    def free(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.pairs - self.proposals)

    @property
    def is_full(self) -> bool:
        return self.free == 0


class Before(StrEnum):
    """What was between the two already; a suggestion never keeps it to itself."""

    PAIR_NOW = "pair_now"
    ASKED_NOW = "asked_now"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WERE_PAIR = "were_pair"
    REMATCHED = "rematched"


class Unfit(StrEnum):
    """Why an offer is left out."""

    TOO_FAR = "too_far"
    ONE_SCHOOL = "one_school"
    OTHER_SCHOOL = "other_school"
    SCHOOL_UNKNOWN = "school_unknown"
    PAIR_NOW = "pair_now"
    ASKED_NOW = "asked_now"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One mentor for one wish: what both share, in the order in which it counts. ``km`` None: not known."""

    candidate: Candidate
    subjects: tuple[str, ...]
    phases: tuple[str, ...]
    km: float | None
    days: tuple[int, ...]
    languages: tuple[str, ...]
    both_online: bool
    unfit: Unfit | None = None
    # Both said which languages they speak, and it is none in common.
    speak_apart: bool = False

    @property
    def is_full(self) -> bool:
        return self.candidate.is_full

    @property
    def rank(self) -> tuple[object, ...]:
        """Smaller is better. What is shared counts before how much of it is shared; ties go by name."""
        shared = (not self.subjects, not self.phases, band(self.km), not self.days, not self.languages)
        more = (-len(self.subjects), -len(self.phases), -len(self.days), self.km if self.km is not None else 0.0)
        side = self.candidate.side
        return (self.is_full, *shared, *more, side.sort_name, side.person_id)


def suggest(wish: Side, candidates: Iterable[Candidate]) -> tuple[list[Suggestion], list[Suggestion]]:
    """Those who suit, the best first and the full ones last; and those who are left out, each with why.

    Nobody is suggested to herself.
    """
    found = [_weigh(wish, one) for one in candidates if one.side.person_id != wish.person_id]
    ranked = sorted(found, key=lambda one: one.rank)
    return [one for one in ranked if one.unfit is None], [one for one in ranked if one.unfit is not None]


def _weigh(wish: Side, candidate: Candidate) -> Suggestion:
    side = candidate.side
    km = km_between(wish.place, side.place)
    return Suggestion(
        candidate,
        subjects=_both(wish.subjects, side.subjects),
        phases=_both(wish.phases, side.phases),
        km=km,
        days=tuple(day for day in sorted(set(wish.days)) if day in side.days),
        languages=_both(wish.languages, side.languages),
        both_online=wish.meets_online and side.meets_online,
        unfit=_unfit(wish, candidate, km),
        speak_apart=bool(wish.languages and side.languages) and not set(wish.languages) & set(side.languages),
    )


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in one if code in other)


def _unfit(wish: Side, candidate: Candidate, km: float | None) -> Unfit | None:
    side = candidate.side
    if Before.PAIR_NOW in candidate.before:
        return Unfit.PAIR_NOW
    if Before.ASKED_NOW in candidate.before:
        return Unfit.ASKED_NOW
    settings = {wish.same_school, side.same_school}
    schools = wish.place.organisation_id, side.place.organisation_id
    if settings != {"either"} and None in schools:
        return Unfit.SCHOOL_UNKNOWN
    if "no" in settings and schools[0] == schools[1]:
        return Unfit.ONE_SCHOOL
    if "only" in settings and schools[0] != schools[1]:
        return Unfit.OTHER_SCHOOL
    return Unfit.TOO_FAR if _is_too_far(wish, side, km) else None


def _is_too_far(wish: Side, side: Side, km: float | None) -> bool:
    """One of them travelling is enough; who said no limit travels any way. Meeting online needs no road."""
    if km is None or (wish.meets_online and side.meets_online):
        return False
    if wish.travels_km is None or side.travels_km is None:
        return False
    return km > max(wish.travels_km, side.travels_km)


def band(km: float | None) -> int:
    """How far, in steps: 0 next door … 4 more than an hour, 5 not known."""
    if km is None:
        return UNKNOWN
    return next((place for place, most in enumerate(BANDS) if km <= most), len(BANDS))
