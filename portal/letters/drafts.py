"""A letter as somebody typed it, handed from the form to the operations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as typed, checked by the form."""

    subject: str
    body: str
    about_kind: str = ""
    about_id: int | None = None
