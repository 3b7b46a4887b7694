"""What is said of a pack, as one plain object: from form to operation, from a pack to its copy or earlier version."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.resources.models import Pack

WORDED = ("subjects", "phases", "languages", "standards")


@dataclass
class PackFields:
    """``minutes`` are of all lessons; subjects, phases and further languages are ids of words; standards are codes."""

    title: str = ""
    strapline: str = ""
    subjects: tuple[int, ...] = ()
    phases: tuple[int, ...] = ()
    lessons: int = 1
    minutes: int = 0
    materials: str = ""
    cost: str = ""
    safety_note: str = ""
    licence: str = ""
    author: str = ""
    language: str = "en"
    right_to_share: str = "made"
    # The original, where it is work of others. A pack of the network stands under its id as well.
    source: str = ""
    source_author: str = ""
    source_address: str = ""
    source_licence: str = ""
    adapted_from_id: int | None = None
    # A translation that a teacher who speaks the language has read.
    checked_language: bool = False
    about: str = ""
    group_size: str = ""
    safety_reference: str = ""
    careers_link: str = ""
    adaptations: str = ""
    languages: tuple[int, ...] = ()
    standards: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """What stands in the pack's own row."""
        return {name: value for name, value in asdict(self).items() if name not in WORDED}

    def missing(self) -> list[str]:
        """Which of the ten that a shared pack needs are empty."""
        return [name for name in NEEDED if not getattr(self, name)]


NEEDED = (
    "title",
    "strapline",
    "subjects",
    "phases",
    "minutes",
    "materials",
    "safety_note",
    "licence",
    "author",
    "language",
)
# The same as they are called in a sentence.
NAMES: dict[str, LazyString] = {
    "title": _l("the title"),
    "strapline": _l("the sentence under the title"),
    "subjects": _l("subjects"),
    "phases": _l("ages"),
    "minutes": _l("the time it takes"),
    "materials": _l("what is needed"),
    "safety_note": _l("the safety note"),
    "licence": _l("the licence"),
    "author": _l("the author"),
    "language": _l("the language"),
}
COLUMNS = tuple(field.name for field in fields(PackFields) if field.name not in WORDED)


def columns_of(pack: Pack) -> dict[str, Any]:
    """The pack's own row in the same shape."""
    return {name: getattr(pack, name) for name in COLUMNS}


@dataclass(frozen=True)
class Contents:
    """Files (by id, already kept) and links (address, title) to add to a pack."""

    file_ids: tuple[int, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
