"""Toolkits of the region, one of them in its second version, and the packs that some keep for themselves."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.demo.story import Story, at, read
from portal.resources.models import Pack
from portal.resources.operations_keeping import keep_pack
from portal.toolkits.fields import ToolkitFields
from portal.toolkits.operations import make_toolkit, start_version
from portal.toolkits.operations_packs import put_pack
from portal.toolkits.operations_states import share_toolkit


def tell_toolkits(story: Story) -> None:
    """Comes after the packs. Each pack goes in while it is in use, so that one that was retired since can be seen."""
    packs = {title: pack_id for pack_id, title in db.session.execute(select(Pack.id, Pack.title))}
    told = read("toolkits")
    for toolkit in told["toolkit"]:
        _tell(story, toolkit, packs)
    for who, titles in told["kept"].items():
        for place, title in enumerate(titles):
            with at(story.ago(9 + place, "21:05")):
                keep_pack(story.who(who), packs[title])


def _tell(story: Story, told: dict[str, Any], packs: dict[str, int]) -> None:
    by, said = (
        story.who(told["by"]),
        ToolkitFields(told["title"], told.get("strapline", ""), told.get("about", "").strip()),
    )
    begun = story.ago(told["ago"], "20:15")
    with at(begun):
        toolkit_id = make_toolkit(by, story.networks["tarn-and-tide"], said)
        for title, why in told["packs"]:
            put_pack(by, toolkit_id, packs[title], why)
    if told["state"] == "draft":
        return
    with at(begun + timedelta(minutes=20)):
        share_toolkit(by, toolkit_id, told["state"] == "public")
    if "later" in told:
        ago, note, more = told["later"]
        with at(story.ago(ago, "19:40")):
            start_version(by, toolkit_id, note)
            for title, why in more:
                put_pack(by, toolkit_id, packs[title], why)
