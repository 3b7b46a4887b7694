"""The boxes that a network lends: what lies in them, where they live, who keeps them, what they go with."""

import io
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.demo.pictures import packed_box
from portal.demo.story import Story, at, read
from portal.events.models import Event
from portal.files.operations import keep
from portal.kit.fields import KitFields, PartFields
from portal.kit.operations import make_kit
from portal.kit.operations_packs import add_pack
from portal.kit.operations_service import add_training, note_trained
from portal.kit.operations_states import list_kit, set_photo
from portal.resources.models import Pack
from portal.vocabulary.models import Word

# As the file says them; whatever it leaves out is as a kit is when it is new.
SAID = ("title", "strapline", "kind", "way", "boxes", "home", "collecting", "size", "weight", "condition",
        "condition_note", "lends_to", "most_days", "notice_days", "turn_round_days")  # fmt: skip
MOST_DAYS = 28


def tell_kits(story: Story) -> dict[str, int]:
    """Comes after the packs and the events; returns the ids by what stands on the box, or by title where nothing does."""
    words = {(word.kind, word.code): word.id for word in db.session.execute(select(Word)).scalars()}
    packs = {title: pack_id for pack_id, title in db.session.execute(select(Pack.id, Pack.title))}
    return {kit["code"] or kit["title"]: _tell(story, kit, words, packs) for kit in read("kits")["kit"]}


def _tell(story: Story, told: dict[str, Any], words: dict[tuple[str, str], int], packs: dict[str, int]) -> int:
    by = story.who("mairead" if told.get("draft") else "ines")
    with at(story.ago(told["since"], "19:20")):
        kit_id = make_kit(by, story.networks["tarn-and-tide"], _fields(story, told, words), _parts(told))
        if told["parts"] and told.get("kind", "box") == "box":
            _photograph(told, kit_id, by)
        if told.get("draft"):
            return kit_id
        list_kit(by, kit_id)
    with at(story.ago(min(told["since"], 120), "20:05")):
        for title in told.get("packs", []):
            add_pack(by, kit_id, packs[title], title)
        _train(story, told, kit_id, by)
    return kit_id


def _fields(story: Story, told: dict[str, Any], words: dict[tuple[str, str], int]) -> KitFields:
    schools = tuple(story.organisations[code] for code in told.get("schools", ()))
    return KitFields(
        **{"most_days": MOST_DAYS, "lends_to": "schools" if schools else "network"}
        | {name: told[name] for name in SAID if name in told},
        about=told.get("about", "").strip(),
        asset_code=told["code"],
        keeper_id=story.who(told["keeper"]),
        owner_organisation_id=story.organisations[told["owner"]] if "owner" in told else None,
        safety_note=told.get("safety", ""),
        currency="GBP",
        subjects=tuple(words["subject", code] for code in told["subjects"]),
        phases=tuple(words["phase", code] for code in told["phases"]),
        schools=schools,
    )


def _parts(told: dict[str, Any]) -> list[PartFields]:
    rows = ((*row, 1)[:6] for row in told["parts"])
    return [
        PartFields(title, quantity, box, used_up, None if cost < 0 else cost, note)
        for title, quantity, used_up, cost, note, box in rows
    ]


def _photograph(told: dict[str, Any], kit_id: int, by: int) -> None:
    parts = [row[0] for row in told["parts"]]
    picture = FileStorage(io.BytesIO(packed_box(told["code"], parts)), "packed.jpg")
    set_photo(by, kit_id, keep(picture, by).id, f"The box from above, a drawing: {', '.join(parts)}, each in its tray")


def _train(story: Story, told: dict[str, Any], kit_id: int, by: int) -> None:
    """Who may borrow it only after an event, and who knows it from elsewhere."""
    if "training" in told:
        event = db.session.execute(select(Event).where(Event.title == told["training"])).scalar_one()
        add_training(by, kit_id, event.id, event.title)
    for handle, why in told.get("trained", []):
        note_trained(by, kit_id, story.who(handle), why)
