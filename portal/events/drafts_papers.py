"""What somebody adds to an event, as typed and brought along: checked by the form, handed to the operations."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PapersDraft:
    """Files, links and words that have one kind, one date and the same readers."""

    kind: str
    readers: str
    title: str = ""
    session_id: int | None = None
    file_ids: tuple[int, ...] = ()
    # (address, name) of each.
    links: tuple[tuple[str, str], ...] = ()
    words: str = ""
    has_consent: bool = False


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """One of them as it is changed. A file stays the file that it is."""

    kind: str
    readers: str
    title: str
    session_id: int | None = None
    link: str = ""
    words: str = ""
    has_consent: bool = False
