"""Packs for tests: the usual answers of a form, and a pack made from them."""

from io import BytesIO

from sqlalchemy import select

from portal.db import db
from portal.resources.fields import Contents, PackFields
from portal.resources.operations import create_pack
from portal.resources.operations_states import share_pack
from portal.vocabulary.models import Word
from tests import cast

PAGE = "/n/tarn-and-tide/resources/"


def word_id(kind: str, code: str) -> int:
    return db.session.execute(select(Word.id).where(Word.kind == kind, Word.code == code)).scalar_one()


def said(**other) -> PackFields:
    """A pack that lacks nothing."""
    usual = {
        "title": "Paper bridges",
        "strapline": "Three beam shapes, one bag of sugar.",
        "subjects": (word_id("subject", "physics"),),
        "phases": (word_id("phase", "secondary"),),
        "lessons": 1,
        "minutes": 50,
        "materials": "Paper, tape",
        "cost": "Nothing",
        "safety_note": "Mind the falling sugar.",
        "licence": "cc-by-4.0",
        "author": "Tobi Larkhill",
        "language": "en",
        "about": "Fold, load, measure.",
    }
    return PackFields(**(usual | other))


def make_pack(
    owner: str = "tobi", shared: bool = True, public: bool = False, network: str = "tarn-and-tide", **other
) -> int:
    """A pack of one of the cast; inside ``in_app``."""
    links = (("https://example.org/bridge", "A film of a bridge"),)
    pack_id = create_pack(cast.person_id(owner), cast.network_id(network), said(**other), Contents(links=links))
    if shared:
        share_pack(cast.person_id(owner), pack_id, public)
    return pack_id


def typed(**other) -> dict[str, object]:
    """What a person types into the form, inside ``in_app``; None leaves a field out."""
    usual = {
        "title": "Seat belts for an egg",
        "strapline": "A trolley, a ramp and a force nobody can see.",
        "subjects": word_id("subject", "physics"),
        "phases": word_id("phase", "secondary"),
        "lessons": 2,
        "minutes_each": 50,
        "materials": "Trolley, ramp, eggs",
        "cost": "About £3",
        "safety_note": "Nothing beyond the usual",
        "licence": "cc-by-4.0",
        "author": "Tobi Larkhill",
        "language": "en",
        "right_to_share": "made",
    }
    return {name: value for name, value in (usual | other).items() if value is not None}


def text_file(name: str = "guide.txt", text: str = "Step one.") -> tuple[BytesIO, str]:
    return BytesIO(text.encode()), name
