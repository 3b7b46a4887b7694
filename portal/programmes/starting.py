"""Programmes to begin from: rules that are in force somewhere, offered as a filled form and never saved by themselves."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# A programme that asks for nothing: what a new form holds.
NOTHING_ASKED: dict[str, Any] = {
    "kind": "induction",
    "organisation_id": None,
    "about": "",
    "year_begins_day": 1,
    "year_begins_month": 9,
    "minutes_a_year": None,
    "most_minutes_a_year": None,
    "minutes_a_week": None,
    "every_days": None,
    "first_every_days": None,
    "first_weeks": None,
    "silent_after_days": 30,
    "within_days": None,
    "months_long": None,
    "counts_group": True,
    "counts_support": True,
    "only_confirmed": False,
    "unit": "hour",
    "units": "hours",
    "minutes_a_unit": 60,
    "round_to": 1,
    "most_units_a_mentee": None,
    "most_units_a_year": None,
    "closes_on_day": None,
    "statement": "",
    "signed_by": "",
    "frame_id": None,
}
STARTING = Path(__file__).parent / "starting_programmes.json"


@dataclass(frozen=True, slots=True)
class Start:
    """Where such rules hold, what they ask for in a few words, and the values; ``frame`` among them is a frame's code."""

    key: str
    place: str
    told: str
    values: dict[str, Any]


def rules(name: str, **asked: Any) -> dict[str, Any]:
    """Values of a whole programme that asks for this and nothing else."""
    return {**NOTHING_ASKED, "name": name, **asked}


@cache
def starts() -> tuple[Start, ...]:
    return tuple(Start(**one) for one in json.loads(STARTING.read_text(encoding="utf-8"))["programmes"])


def start_like(key: str) -> Start | None:
    return next((one for one in starts() if one.key == key), None)
