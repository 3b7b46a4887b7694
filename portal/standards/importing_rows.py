"""What a row of a standards file says, and what of it is new."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.standards.codes import fold_code, split_codes, tidy_grades
from portal.standards.models import Standard
from portal.web.importing import Field, Row, RowRefused

CODE_LENGTH = 80
STATEMENT_LENGTH = 20_000

FIELDS = (
    Field("code", _l("Code"), ("element_code", "standard code", "slug", "id", "notation"), required=True),
    Field(
        "statement",
        _l("Statement"),
        ("performance_expectation", "text", "description", "label", "standard", "content"),
        required=True,
    ),
    Field("framework", _l("Framework"), ("source", "standard set", "jurisdiction")),
    Field("also", _l("Another spelling of the code"), ("code2", "alt code", "old code")),
    Field("grade", _l("Grade or year"), ("grade_band", "grades", "year", "key stage", "level")),
    Field("heading", _l("Heading"), ("section_heading", "subcategory", "dimension", "strand", "domain", "types")),
    Field("note", _l("Explanation"), ("clarification_statement", "clarification", "definition")),
    Field("boundary", _l("Where assessment ends"), ("assessment_boundary",)),
    Field("practices", _l("Practices that it names"), ("sep_codes",)),
    Field("ideas", _l("Core ideas that it names"), ("dci_codes",)),
    Field("more_ideas", _l("Further ideas that it names"), ("secondary_dci_codes",)),
    Field("concepts", _l("Crosscutting concepts that it names"), ("ccc_codes",)),
    Field("engineering", _l("Engineering codes that it names"), ("engineering_connections",)),
    Field("nature", _l("Nature of science codes that it names"), ("nature_of_science",)),
    Field("expectations", _l("Expectations that it belongs to"), ("PEcode", "PE code")),
    Field("broader", _l("The wider line that it stands under"), ("parent", "broader")),
)
CONNECTIONS = ("practices", "ideas", "more_ideas", "concepts", "engineering", "nature", "expectations", "broader")


@dataclass
class Line:
    """A standard as a row says it, or as it stands; ``links`` are the codes it names by their folded key."""

    code: str
    key: str
    statement: str = ""
    grade: str = ""
    heading: str = ""
    note: str = ""
    also: str = ""
    links: dict[str, str] = field(default_factory=dict)
    record: Standard | None = None
    new_links: dict[str, str] = field(default_factory=dict)
    is_changed: bool = False

    @classmethod
    def known(cls, record: Standard) -> "Line":
        names = ("code", "key", "statement", "grade", "heading", "note", "also")
        return cls(**{name: getattr(record, name) for name in names}, record=record)

    @property
    def id(self) -> int:
        return self.record.id if self.record is not None else 0

    def changes(self, said: "Line", adds_only: bool = False) -> dict[str, tuple[str, str]]:
        """What the row says differently, by name: what stands here and what it says. Silence changes nothing."""
        found = {}
        for name in ("statement", "grade", "heading", "note"):
            mine, theirs = getattr(self, name), getattr(said, name)
            if theirs and theirs != mine and not (mine and adds_only):
                found[name] = (mine, theirs)
        if spellings := self._new_spellings(said):
            found["also"] = (self.also, "\n".join(spellings))
        if fresh := [code for key, code in said.links.items() if key not in self.links]:
            found["links"] = ("", ", ".join(fresh))
        return found

    def take(self, said: "Line", adds_only: bool = False) -> None:
        """Make what the row says part of this line."""
        self.is_changed = True
        self.also = "\n".join([*self.also.splitlines(), *self._new_spellings(said)])[:200]
        for name in ("statement", "grade", "heading", "note"):
            mine, theirs = getattr(self, name), getattr(said, name)
            setattr(self, name, (mine or theirs) if adds_only else (theirs or mine))
        fresh = {key: code for key, code in said.links.items() if key not in self.links}
        self.links |= fresh
        self.new_links |= fresh

    def columns(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in ("statement", "grade", "heading", "note", "also")}

    def _new_spellings(self, said: "Line") -> list[str]:
        there = {self.code, *self.also.splitlines()}
        return [spelling for spelling in [said.code, *said.also.splitlines()] if spelling not in there]


def line_of(row: Row) -> Line:
    """Raises RowRefused for a row without a code or a statement, or with one that is too long."""
    code, key = row.get("code"), fold_code(row.get("code"))
    if not key:
        raise RowRefused(_("The code is missing."))
    if len(code) > CODE_LENGTH:
        raise RowRefused(_("A code has at most %(limit)s signs.", limit=CODE_LENGTH))
    statement = row.get("statement") or row.get("note") or _from_code(code)
    if not statement:
        raise RowRefused(_("The statement is missing."))
    if len(statement) > STATEMENT_LENGTH:
        raise RowRefused(_("The statement is longer than %(limit)s signs.", limit=STATEMENT_LENGTH))
    return Line(
        code=code,
        key=key,
        statement=statement,
        grade=tidy_grades(row.get("grade")),
        heading=row.get("heading")[:300],
        note=_note(row),
        also=row.get("also")[:CODE_LENGTH],
        links=dict(_links(row)),
    )


def _note(row: Row) -> str:
    """A file of elements repeats the explanation of the expectation that each belongs to: that is not theirs."""
    return "" if row.get("expectations") else "\n\n".join(filter(None, (row.get("note"), row.get("boundary"))))


def _links(row: Row) -> Iterator[tuple[str, str]]:
    for name in CONNECTIONS:
        for code in split_codes(row.get(name)):
            if key := fold_code(code):
                yield key, code[:CODE_LENGTH]


def _from_code(code: str) -> str:
    """Slugs say what they mean: "key-stage-1" is a statement of sorts where the source gives no other."""
    words = code.replace("_", "-").split("-")
    return (
        " ".join(words).capitalize()
        if len(words) > 2 and all(word.isalnum() for word in words) and code.islower()
        else ""
    )
