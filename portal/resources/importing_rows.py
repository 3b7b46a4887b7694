"""What a row of a lesson catalogue says of a pack."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.resources.fields import PackFields
from portal.resources.importing_text import first_sentence, points, tidy_markdown
from portal.resources.licences import licence_code
from portal.standards.codes import split_codes
from portal.vocabulary.models import Word
from portal.vocabulary.queries import fold
from portal.web.errors import DomainError
from portal.web.importing import Field, Row, RowRefused
from portal.web.tables_numbers import read_int, read_minutes

FIELDS = (
    Field("title", _l("Title"), ("lesson title", "name", "lesson"), required=True),
    Field("code", _l("Code in its catalogue"), ("slug", "lesson_slug", "lesson_no", "id", "identifier")),
    Field("strapline", _l("In one sentence"), ("tagline", "subtitle")),
    Field("about", _l("Description"), ("description", "summary", "opening_text", "overview", "abstract")),
    Field(
        "outcomes", _l("What students learn"), ("learning_outcomes", "objectives", "learning objectives", "outcomes")
    ),
    Field("subjects", _l("Subjects"), ("subject", "curriculum_areas", "course", "subject area")),
    Field("phases", _l("Ages"), ("age_groups", "ages", "age", "phase", "grades", "grade", "grade level")),
    Field("minutes", _l("Minutes"), ("duration_min", "duration", "time", "length")),
    Field("lessons", _l("Lessons"), ("number of lessons",)),
    Field("materials", _l("You need"), ("classroom_resources", "equipment", "materials needed")),
    Field("printables", _l("To print"), ("printable_resources", "handouts")),
    Field("cost", _l("Cost"), ("cost per class",)),
    Field("safety_note", _l("Safety"), ("safety", "risk assessment")),
    Field("standards", _l("Standards"), ("csta_standard", "standard", "curriculum codes", "ngss", "alignment")),
    Field("licence", _l("Licence"), ("license", "rights", "terms of use"), required=True),
    Field("author", _l("Author"), ("authors", "creator", "publisher"), required=True),
    Field("source", _l("Source"), ("url", "link", "website", "address")),
    Field("languages", _l("Languages"), ("language", "lang", "locale")),
    Field("prerequisites", _l("What comes before"), ("prior knowledge",)),
    Field("keywords", _l("Keywords"), ("tags",)),
)
# From which age to below which age, by the code of the region's word; the American ones where the network is there.
AGES = {"early-years": (3, 5), "primary": (5, 11), "secondary": (11, 16), "post-16": (16, 19)}
GRADES = {"early-years": (3, 5), "elementary": (5, 11), "middle": (11, 14), "high": (14, 19)}


@dataclass
class Words:
    """The region's words by every spelling, and where the network stands."""

    spellings: Mapping[str, Mapping[str, Word]]
    ages: Mapping[str, tuple[int, int]] = field(default_factory=lambda: AGES)


@dataclass
class Told:
    """A pack as a row tells it, and which fields the row says anything about."""

    said: PackFields
    given: frozenset[str]
    code: str
    unknown: list[str] = field(default_factory=list)


def told_by(row: Row, columns: Mapping[str, str], words: Words) -> Told:
    """Raises RowRefused for a row without title or author, with an unclear licence, or a length that is none."""
    title = " ".join(row.get("title").split())[:200]
    if not title:
        raise RowRefused(_("The title is missing."))
    if not row.get("author"):
        raise RowRefused(_("The author is missing."))
    subjects, other_subjects = _words(row.get("subjects"), words.spellings["subject"])
    languages, main = _languages(row.get("languages"), words.spellings["language"])
    lessons = _number(row.get("lessons"), read_int) or 1
    said = PackFields(
        title=title,
        strapline=_strapline(row),
        subjects=subjects,
        phases=_phases(row.get("phases"), "grade" in _heading(columns, "phases"), words),
        lessons=lessons,
        minutes=_number(row.get("minutes"), read_minutes) * lessons,
        materials=_things(row)[:4000],
        cost=row.get("cost")[:120],
        safety_note=tidy_markdown(row.get("safety_note"))[:4000],
        licence=_licence(row.get("licence"), words.spellings["licence"]),
        author=row.get("author")[:300],
        language=main,
        right_to_share="adapted",
        source=row.get("source")[:500],
        about="\n\n".join(_about(row, other_subjects))[:50_000],
        languages=languages,
        standards=tuple(_standards(row.get("standards"), _heading(columns, "standards"))),
    )
    given = frozenset(name for name in PackFields.__dataclass_fields__ if getattr(said, name) not in ("", 0, (), None))
    return Told(said, given - {"right_to_share"}, _code(row))


def _code(row: Row) -> str:
    """What the catalogue calls it; catalogues that only count their lessons are told apart by author."""
    own = row.get("code") or fold(row.get("title"))
    return f"{fold(row.get('author'))[:40]}:{own}"[:120]


def _heading(columns: Mapping[str, str], key: str) -> str:
    return next((heading.casefold() for heading, chosen in columns.items() if chosen == key), "")


def _strapline(row: Row) -> str:
    if row.get("strapline"):
        return first_sentence(tidy_markdown(row.get("strapline")))
    source = tidy_markdown(row.get("about")) or next(iter(points(row.get("outcomes"))), "")
    return first_sentence(source.lstrip("-* "))


def _about(row: Row, other_subjects: list[str]) -> Iterator[str]:
    if row.get("about"):
        yield tidy_markdown(row.get("about"))
    if learned := points(row.get("outcomes")):
        yield _("What students learn:")
        yield "\n".join(f"- {point}" for point in learned)
    for label, values in (
        (_("Curriculum areas:"), other_subjects),
        (_("Comes after:"), _parts(row.get("prerequisites"))),
        (_("Keywords:"), _parts(row.get("keywords"))),
    ):
        if values:
            yield f"{label} {', '.join(values)}"


def _things(row: Row) -> str:
    return ", ".join(
        _parts(row.get("materials")) + [_("to print: %(sheet)s", sheet=one) for one in _parts(row.get("printables"))]
    )


def _parts(cell: str) -> list[str]:
    return [part for part in (tidy_markdown(one) for one in re.split(r"[;|]", cell)) if part]


def _words(cell: str, spellings: Mapping[str, Word]) -> tuple[tuple[int, ...], list[str]]:
    """The ids of the words that are known, and the others as they stand."""
    found: dict[int, None] = {}
    others = []
    for part in re.split(r"[;|,]", cell):
        word = spellings.get(fold(part))
        if word:
            found[word.id] = None
        elif part.strip():
            others.append(part.strip())
    return tuple(found), others


def _phases(cell: str, in_grades: bool, words: Words) -> tuple[int, ...]:
    known, others = _words(cell, words.spellings["phase"])
    found = dict.fromkeys(known)
    for part in others:
        numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"\bk\b", "0", part.casefold()))]
        if numbers and max(numbers) < 100:
            youngest, oldest = (numbers[0] + 5, numbers[-1] + 5) if in_grades else (numbers[0], numbers[-1])
            for code, (start, end) in words.ages.items():
                word = words.spellings["phase"].get(fold(code))
                if word and youngest < end and oldest >= start:
                    found[word.id] = None
    return tuple(found)


def _languages(cell: str, spellings: Mapping[str, Word]) -> tuple[tuple[int, ...], str]:
    """The further languages that the region has words for, and the main one; places ("en-us") do not matter."""
    codes = [part.strip().casefold().replace("_", "-") for part in re.split(r"[;|,]", cell) if part.strip()]
    words = [spellings.get(fold(code)) or spellings.get(fold(code.partition("-")[0])) for code in codes]
    main = words[0].code if words and words[0] else (codes[0].partition("-")[0][:20] if codes else "en")
    return tuple(dict.fromkeys(word.id for word in words if word and word.code != main)), main


def _licence(cell: str, spellings: Mapping[str, Word]) -> str:
    word = spellings.get(fold(cell))
    code = word.code if word else licence_code(cell)
    if not code:
        sentence = _(
            "The licence “%(licence)s” does not say what is allowed. Write it like CC BY-SA 4.0.", licence=cell[:80]
        )
        raise RowRefused(sentence)
    return code


def _standards(cell: str, heading: str) -> Iterator[str]:
    """Codes as written; a heading like "csta_standard" says whose they are."""
    framework = (
        heading.replace("_", " ").partition(" standard")[0].strip().upper()
        if " standard" in heading.replace("_", " ")
        else ""
    )
    for code in split_codes(cell):
        yield (f"{framework}:{code}" if framework and ":" not in code else code)[:80]


def _number(cell: str, read: Any) -> int:
    if not cell:
        return 0
    try:
        return max(0, int(read(cell)))
    except (DomainError, ValueError) as error:
        raise RowRefused(str(error)) from error
