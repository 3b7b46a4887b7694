"""A certificate before it has a number: all that it will state, in plain values."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """The columns of a certificate, but for its number, its code and what happens to it later."""

    network_id: int
    person_id: int
    kind: str
    subject_kind: str
    subject_id: int
    name: str
    title: str
    started_on: date
    ended_on: date
    minutes: int
    credited_minutes: int
    most_minutes: int
    objectives: str = ""
    capacity: str = "participant"
    credit_type_id: int | None = None
    category: str = ""
    sessions: list[dict[str, Any]] = field(default_factory=list)
    printed: dict[str, Any] = field(default_factory=dict)
    locale: str = "en_GB"
