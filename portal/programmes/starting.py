"""Programmes to begin from: rules that are in force somewhere, offered as a filled form and never saved by themselves."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

STARTING = Path(__file__).parent / "starting_programmes.json"


@dataclass(frozen=True, slots=True)
class Start:
    """Where such rules hold, what they ask for in a few words, and the values; ``frame`` among them is a frame's code."""

    key: str
    place: str
    told: str
    values: dict[str, Any]


@cache
def starts() -> tuple[Start, ...]:
    return tuple(Start(**one) for one in json.loads(STARTING.read_text(encoding="utf-8"))["programmes"])


def start_like(key: str) -> Start | None:
    return next((one for one in starts() if one.key == key), None)
