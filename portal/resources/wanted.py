"""What somebody looks for in the list of packs: words and choices, as the address holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _l

from portal.fulltext import Asked
from portal.resources.finding import Question

# How long, by all its minutes together: from and to, both included. A lesson is an hour at most, a day at least five.
# A pack that doesn't say how long it lasts has 0 minutes and fits none.
TIMES = {"lesson": (1, 60), "two": (61, 120), "more": (121, 299), "day": (300, 1_000_000)}
TIME_NAMES = {
    "lesson": _l("One lesson or less"),
    "two": _l("Two lessons"),
    "more": _l("Three lessons or more"),
    "day": _l("A day or more"),
}
STATES = ("shared", "draft", "retired")
STANDINGS = {"tried": _l("Tried in class"), "reviewed": _l("Reviewed"), "recommended": _l("Recommended")}


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Several choices of one kind widen, choices of different kinds narrow; each of ``also`` narrows."""

    # As typed, and what it was understood to ask.
    words: str = ""
    question: Question = field(default_factory=lambda: Question(Asked()))
    subjects: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    time: str = ""
    # What a pack may last at most, by the field or by what was typed; 0 for any.
    minutes: int = 0
    # The words without the minutes that were read from them.
    rest: str = ""
    standard: str = ""
    free: bool = False
    licences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    standing: str = ""
    also: tuple[str, ...] = ()
    state: str = "shared"
    # Codes of words → their ids, so that no query needs to look them up.
    word_ids: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def choices(self) -> int:
        """How many filters are on."""
        several = (self.subjects, self.phases, self.licences, self.languages, self.also)
        single = (self.time, self.minutes, self.standard, self.free, self.standing, self.state != "shared")
        return sum(map(len, several)) + sum(map(bool, single))

    @property
    def is_everything(self) -> bool:
        """Whether nothing narrows the list."""
        return not self.words and not self.choices

    @property
    def shown(self) -> tuple[str, ...]:
        """The words for the highlighter."""
        return self.question.asked.shown
