"""A word that nobody types, planted in every private field of mentoring: what is found of it anywhere else is a leak.

A room that seals texts adds a function that plants them, decorated with ``@planter``. It is handed the pair (Dafydd
mentors Tobi) and the values of the access tables, which it makes lead to what it planted; it gives back each word with
those of the cast who may come upon it. ``test_privacy`` then looks for them everywhere, and fails for a kind of sealed
text that nobody plants.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select

from portal.coaching.models import STEPS, CoachingCycle
from portal.coaching.operations_cycles import begin_cycle, step_of
from portal.coaching.operations_goals import make_goal, mark_needs
from portal.coaching.operations_observing import note_line
from portal.coaching.queries_things import CLOSING, GOAL, NEEDS, NEW_GOAL, STEP
from portal.coaching.steps import OURS
from portal.coaching.writing import seen_nothing
from portal.db import db
from portal.handing_on.making import made_of
from portal.handing_on.operations import address, begin, freeze, send
from portal.handing_on.recipients import Recipient
from portal.matching.operations_endings import EndingSaid, answer_ending
from portal.matching.operations_wishes import wish_rematch
from portal.mentoring.models import Pairing, PairTalk
from portal.mentoring.operations import end_pairing, start_pairing
from portal.mentoring.operations_contacts import add_notes, log_contact
from portal.mentoring.talks import SHARED, Talk
from portal.mentoring.texts import keep_text
from tests import cast

BOTH = ("dafydd", "tobi")
# Whose pair has ended, in the tables of who may open what.
THEIRS = ("dafydd", "leon")
# What a search can find each text by; the word that is looked for is never typed.
ASKED, MARK = "kestrelwort", "plumbob"


@dataclass(frozen=True)
class Canary:
    """``word`` stands in the field ``where``; ``readers`` are those of the cast who may come upon it."""

    word: str
    where: str
    readers: tuple[str, ...] = BOTH


Values = dict[str, object]
_planters: list[Callable[[Pairing, Values], list[Canary]]] = []


def planter(plant: Callable[[Pairing, Values], list[Canary]]) -> Callable[[Pairing, Values], list[Canary]]:
    """Have a room's own fields planted too."""
    _planters.append(plant)
    return plant


def plant_everything(pairing: Pairing, values: Values) -> list[Canary]:
    return [canary for plant in _planters for canary in plant(pairing, values)]


def text_of(where: str) -> str:
    """What is typed into that field."""
    return f"{ASKED} {MARK}{''.join(letter for letter in where if letter.isalnum())}"


def canaries(words: dict[str, str], where: str, *readers: str) -> list[Canary]:
    return [Canary(text.split()[-1], f"{where}.{name}", readers or BOTH) for name, text in words.items()]


def key() -> bytes:
    sealing: bytes = current_app.config["SETTINGS"].key("mentoring")
    return sealing


def planted_pair() -> Pairing:
    """Dafydd mentors Tobi; paired by Ines, who reads nothing of theirs."""
    people = (cast.person_id(one) for one in ("dafydd", "tobi", "ines"))
    return start_pairing(cast.network_id(), *people, date(2026, 9, 1))


def plant_talk(pairing: Pairing, by: str, day: int) -> dict[str, object]:
    """A talk written down by one of the two, with a word in each of its fields; its number, and the words by field."""
    words = {name: text_of(f"{by}{day}{name}") for name in (*SHARED, "only_me")}
    talk = Talk(at=datetime(2026, 11, day, 12, tzinfo=UTC), minutes=45, **words)
    made = log_contact(pairing, cast.person_id(by), talk, key(), "Europe/London")
    return {"talk_id": made.id, "words": words, "told": made}


@planter
def in_talks(pairing: Pairing, values: Values) -> list[Canary]:
    """The long form by the mentor, and the mentee's own texts beside it."""
    made = plant_talk(pairing, "dafydd", 3)
    values["talk_id"], told = made["talk_id"], made["told"]
    assert isinstance(told, PairTalk)
    beside = {name: text_of(f"beside{name}") for name in (*SHARED, "only_me")}
    add_notes(told, cast.person_id("tobi"), Talk(at=told.contact.starts_at, minutes=45, **beside), key())
    return _of_talk("dafydd", made["words"]) + _of_talk("tobi", beside)


def _of_talk(by: str, words: dict[str, str]) -> list[Canary]:
    alone = {"only_me": words["only_me"]}
    shared = {name: text for name, text in words.items() if name != "only_me"}
    return canaries(shared, f"talk of {by}") + canaries(alone, f"talk of {by}", by)


@planter
def in_drafts(pairing: Pairing, values: Values) -> list[Canary]:
    """What a mentor prepares and has not written down yet is hers alone."""
    words = {"parked": text_of("draft parked"), "only_me": text_of("draft only me")}
    keep_text(key(), "draft", pairing.id, cast.person_id("dafydd"), "only_me", words)
    return canaries(words, "draft", "dafydd")


@planter
def in_drafts_beside_a_talk(pairing: Pairing, values: Values) -> list[Canary]:
    """What the mentee changes beside a saved talk and has not saved is hers alone, though it stands with what both read."""
    words = {"parked": text_of("unsaved parked"), "only_me": text_of("unsaved only me")}
    keep_text(key(), "beside", values["talk_id"], cast.person_id("tobi"), "only_me", words)
    return canaries(words, "beside", "tobi")


@planter
def in_needs_and_goals(pairing: Pairing, values: Values) -> list[Canary]:
    tobi = cast.person_id("tobi")
    needs = {"note": text_of("needs note")}
    mark_needs(pairing, tobi, needs, seen_nothing(key()), key())
    words = {name: text_of(f"goal {name}") for name in ("what", "see", "by")}
    values["goal_id"] = make_goal(pairing, tobi, words, key()).id
    return canaries(needs, "needs") + canaries(words, "goal")


@planter
def in_cycles(pairing: Pairing, values: Values) -> list[Canary]:
    """Every field of every step, a visit's notes that were not shown, and what each keeps to himself beside a step."""
    tobi, dafydd = cast.person_id("tobi"), cast.person_id("dafydd")
    cycle = begin_cycle(pairing, dafydd, values["goal_id"], 5, date(2026, 10, 12), key())
    found = []
    for name in STEPS:
        step = step_of(cycle, name)
        # What is noted on a visit is its observer's alone until it is shown; the conversation is the mentor's.
        fields = OURS.get(name, {"saw": ""} if name == "conversation" else {})
        ours = {field: text_of(f"{name} {field}") for field in fields}
        keep_text(key(), "cycle_step", step.id, tobi if name in OURS else dafydd, "we_two", ours)
        found += canaries(ours, name)
        mine = {"note": text_of(f"{name} of tobi alone")}
        keep_text(key(), "cycle_step", step.id, tobi, "only_me", mine)
        found += canaries(mine, name, "tobi")
    line = text_of("line of a visit")
    number = note_line(step_of(cycle, "observation"), dafydd, "10:42", 1, line, key())
    values.update(cycle_id=cycle.id, step_name="observation", line_number=number)
    return [*found, *canaries({"line": line}, "observation", "dafydd")]


@planter
def in_drafts_of_coaching(pairing: Pairing, values: Values) -> list[Canary]:
    """What each typed into a form of needs, goals or steps and has not saved is hers alone, though both read what is saved."""
    tobi, dafydd = cast.person_id("tobi"), cast.person_id("dafydd")
    cycle = db.session.get_one(CoachingCycle, values["cycle_id"])
    forms = {
        (NEEDS, pairing.id): ("tobi", ("note",)),
        (NEW_GOAL, pairing.id): ("dafydd", ("what", "see", "by")),
        (GOAL, values["goal_id"]): ("tobi", ("what", "see", "by")),
        (CLOSING, values["goal_id"]): ("dafydd", ("growth",)),
        **{(STEP, step_of(cycle, name).id): ("dafydd", tuple(OURS[name])) for name in OURS},
        (STEP, step_of(cycle, "observation").id): ("tobi", ("about", "thought")),
        (STEP, step_of(cycle, "conversation").id): ("tobi", ("saw", "question", "thought")),
    }
    found = []
    for (thing, number), (who, names) in forms.items():
        words = {name: text_of(f"unsaved {thing} {number} {name}") for name in names}
        keep_text(key(), thing, number, tobi if who == "tobi" else dafydd, "only_me", words)
        found += canaries(words, thing, who)
    values.update(draft_kind=GOAL, draft_number=values["goal_id"])
    return found


@planter
def in_wishes_and_endings(pairing: Pairing, values: Values) -> list[Canary]:
    """What goes to the coordinators alone, and what Dafydd answers for himself at the end of another pair."""
    tobi, dafydd = cast.person_id("tobi"), cast.person_id("dafydd")
    wish = {"words": text_of("rematch words")}
    values["wish_id"] = wish_rematch(pairing, tobi, wish["words"], key()).id
    leon = cast.person_id("leon")
    other = select(Pairing).where(Pairing.mentor_id == dafydd, Pairing.mentee_id == leon)
    was = db.session.execute(other).scalar_one()
    end_pairing(was, leon, date(2026, 11, 6))
    said = {by: {name: text_of(f"ending {by} {name}") for name in ("worked", "did_not", "suggests")} for by in THEIRS}
    answer_ending(was, leon, EndingSaid(**said["leon"]), False, key())
    answer_ending(was, dafydd, EndingSaid(**said["dafydd"]), True, key())
    values["ended_id"] = was.id
    return [
        *canaries(wish, "wish", "ines", "mairead", "tobi"),
        *canaries(said["leon"], "ending of leon", "ines", "mairead", "leon"),
        *canaries(said["dafydd"], "ending of dafydd", "dafydd"),
    ]


@planter
def in_hand_overs(pairing: Pairing, values: Values) -> list[Canary]:
    """Tobi's own note goes to Mairead, who has not opened it, and to somebody outside: in neither does anybody else read it."""
    picked = [["note", values["talk_id"]]]
    for name, to in (
        ("hand_over_id", Recipient(cast.person_id("mairead"))),
        ("draft_id", Recipient(None, "O", "o@o.example")),
    ):
        one = begin(cast.person_id("tobi"), pairing.network_id, picked)
        address(one, to)
        freeze(one, made_of(one, key()), key())
        values[name] = one.id
        if name == "hand_over_id":
            assert send(one, one.digest, made_of(one, key()), key())
    return []


def bytes_of_database(app: Flask) -> bytes:
    """The database file and its journals, as they lie on the disk."""
    database: Path = app.config["SETTINGS"].database
    return b"".join(path.read_bytes() for path in sorted(database.parent.glob(f"{database.name}*")))
