"""What coordinators said of packs: most have passed, one went back with a note, two are recommended; new ones wait."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from portal.db import db
from portal.demo.story import Story, at, read
from portal.resources.models import Pack
from portal.reviewing.fields import PASSED, SENT_BACK, Look
from portal.reviewing.operations import look_at_pack, recommend_pack

GOOD = Look(True, True, True, True, "", PASSED)


def tell_looks(story: Story) -> None:
    """Comes after the packs, and before some of them are retired."""
    packs = {pack.title: pack for pack in db.session.execute(select(Pack)).scalars()}
    told = read("packs")["looks"]
    for pack, by, _rest in _each(story, told["passed"], packs):
        look_at_pack(by, pack.id, pack.row_version, GOOD)
    for pack, by, (note,) in _each(story, told["sent_back"], packs):
        look_at_pack(by, pack.id, pack.row_version, Look(True, False, True, True, note, SENT_BACK))
    for pack, by, _rest in _each(story, told["recommended"], packs):
        recommend_pack(by, pack.id)


def _each(story: Story, rows: list[list[Any]], packs: dict[str, Pack]) -> Iterator[tuple[Pack, int, list[Any]]]:
    """Each pack with who looks at it, on that day."""
    for title, who, ago, *rest in rows:
        with at(story.ago(ago, "20:50")):
            yield packs[title], story.who(who), rest
