"""What one row of a sheet says of a kit: the names that people give to columns, and how their cells are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.kit.fields import KitFields, PartFields
from portal.kit.lines import MOST_BOXES, read_lines
from portal.kit.words import CONDITIONS, KINDS, LENDS_TO, WAYS
from portal.vocabulary.models import Word
from portal.vocabulary.queries import fold
from portal.web.importing import Field, Row, RowRefused
from portal.web.money import OFFERED
from portal.web.tables_dates import Unreadable
from portal.web.tables_numbers import read_int

FIELDS = (
    Field("title", _l("Title"), ("name", "kit", "box", "item", "asset name", "description of kit"), required=True),
    Field("code", _l("Number"), ("number", "asset code", "asset tag", "asset no", "asset number", "box number", "barcode", "no")),
    Field("strapline", _l("In one sentence"), ("in one sentence", "summary", "subtitle")),
    Field("kind", _l("What it is"), ("type", "category")),
    Field("way", _l("How a class gets it"), ("lent or given",)),
    Field("home", _l("Where it lives"), ("location", "home location", "kept at", "place", "room", "storage")),
    Field("boxes", _l("Boxes that travel together"), ("number of boxes", "cases")),
    Field("contents", _l("What is in it"), ("parts", "items", "kit contents", "inventory"),
          hint=_l("12 × AA cells; 4 × USB leads. Lines or semicolons part them.")),
    Field("currency", _l("Money of its parts"), ("money",)),
    Field("subjects", _l("Subjects"), ("subject", "subject area")),
    Field("phases", _l("Ages"), ("ages", "phase", "age", "grades", "grade", "key stage")),
    Field("owner", _l("Belongs to"), ("belongs to", "owner organisation", "owned by", "company", "organisation")),
    Field("collecting", _l("Collecting and bringing back"), ("collection", "pick up", "transport")),
    Field("size", _l("Size"), ("dimensions",)),
    Field("weight", _l("Weight"), ()),
    Field("safety", _l("Safety"), ("safety note", "risk assessment")),
    Field("condition", _l("Condition"), ("state of repair",)),
    Field("lends_to", _l("Who may borrow it"), ("borrowers",)),
    Field("about", _l("More about it"), ("description", "notes", "details")),
)  # fmt: skip


@dataclass
class Words:
    """The region's words by every spelling, the network's organisations by folded name, and its usual money."""

    spellings: Mapping[str, Mapping[str, Word]]
    schools: Mapping[str, int]
    currency: str


@dataclass
class Told:
    """A kit as a row tells it, and which fields the row says anything about."""

    key: str
    said: KitFields
    parts: list[PartFields]
    given: frozenset[str]
    remarks: list[str] = field(default_factory=list)


def told_by(row: Row, words: Words) -> Told:
    """Raises RowRefused for a row without a title, and for contents, counts or choices that can't be read."""
    title = " ".join(row.get("title").split())[:200]
    if not title:
        raise RowRefused(_("The title is missing."))
    remarks: list[str] = []
    currency = _currency(row.get("currency"), words.currency)
    parts, faults = read_lines(row.get("contents"), currency)
    if faults:
        raise RowRefused(faults[0])
    owner = words.schools.get(fold(row.get("owner")))
    if row.get("owner") and owner is None:
        remarks.append(_("“%(name)s” is no organisation of this network", name=row.get("owner")[:80]))
    said = KitFields(
        title=title,
        asset_code=" ".join(row.get("code").split())[:40],
        strapline=" ".join(row.get("strapline").split())[:300],
        about=row.get("about")[:50_000],
        kind=_choice(row.get("kind"), KINDS, "box"),
        way=_choice(row.get("way"), WAYS, "lent"),
        boxes=max([_boxes(row.get("boxes")), *(part.box for part in parts)]),
        home=" ".join(row.get("home").split())[:300],
        collecting=row.get("collecting")[:4000],
        owner_organisation_id=owner,
        size=row.get("size")[:120],
        weight=row.get("weight")[:60],
        safety_note=row.get("safety")[:4000],
        condition=_choice(row.get("condition"), CONDITIONS, "good"),
        lends_to=_choice(row.get("lends_to"), LENDS_TO, "network"),
        currency=currency,
        subjects=_words(row.get("subjects"), words.spellings["subject"], remarks),
        phases=_words(row.get("phases"), words.spellings["phase"], remarks),
    )
    return Told(fold(said.asset_code or title), said, parts, _given(row, said), remarks)


def _given(row: Row, said: KitFields) -> frozenset[str]:
    """What a cell says something about: an empty one leaves what stands there."""
    columns = {"code": "asset_code", "safety": "safety_note", "owner": "owner_organisation_id"}
    named = {columns.get(key, key) for key in row.values if row.get(key)} - {"contents"}
    return frozenset(name for name in named if getattr(said, name, None) not in (None, ()) or name in ("boxes",))


def _boxes(cell: str) -> int:
    if not cell:
        return 1
    try:
        number = read_int(cell)
    except Unreadable as error:
        raise RowRefused(str(error)) from error
    if not 1 <= number <= MOST_BOXES:
        raise RowRefused(_("A kit has between 1 and %(most)s boxes.", most=MOST_BOXES))
    return number


def _choice(cell: str, known: Mapping[str, object], usual: str) -> str:
    """By its key or by its words, in any spelling."""
    if not cell.strip():
        return usual
    spelled = {fold(key): key for key in known} | {fold(str(label)): key for key, label in known.items()}
    if found := spelled.get(fold(cell)):
        return found
    raise RowRefused(_("“%(cell)s” is none of: %(known)s.", cell=cell[:60], known=", ".join(map(str, known.values()))))


def _currency(cell: str, usual: str) -> str:
    code = cell.strip().upper()
    if not code:
        return usual
    if code not in OFFERED:
        raise RowRefused(_("“%(code)s” is no money that is known here. Write it like GBP.", code=cell[:20]))
    return code


def _words(cell: str, spellings: Mapping[str, Word], remarks: list[str]) -> tuple[int, ...]:
    found: dict[int, None] = {}
    for part in re.split(r"[;|,]", cell):
        word = spellings.get(fold(part))
        if word:
            found[word.id] = None
        elif part.strip():
            remarks.append(_("“%(word)s” is no word of this region", word=part.strip()[:60]))
    return tuple(found)
