"""Packs with real small files, their lineage, and the classes that tried them."""

import io
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from werkzeug.datastructures import FileStorage

from portal.activities.uses import UseTold
from portal.db import db, operation
from portal.demo.papers import paper
from portal.demo.story import Story, at, read
from portal.files.operations import keep
from portal.resources.fields import Contents, PackFields
from portal.resources.models import Pack
from portal.resources.operations import create_pack, start_version
from portal.resources.operations_states import retire_pack, share_pack
from portal.resources.operations_uses import record_use
from portal.vocabulary.models import Word


def tell_packs(story: Story) -> None:
    words = {(word.kind, word.code): word.id for word in db.session.execute(select(Word)).scalars()}
    made: dict[str, int] = {}
    told = read("packs")["pack"]
    for pack in told:
        made[pack["title"]] = _tell(story, pack, words, made)
    _taken(made)


def tell_retired_packs(story: Story) -> None:
    """Those that another took the place of; told after the toolkits in which they lie."""
    made = {title: pack_id for pack_id, title in db.session.execute(select(Pack.id, Pack.title))}
    for pack in read("packs")["pack"]:
        if "successor" in pack:
            with at(story.ago(60)):
                retire_pack(story.who(pack["by"]), made[pack["title"]], made[pack["successor"]])


def _tell(story: Story, told: dict[str, Any], words: dict[tuple[str, str], int], made: dict[str, int]) -> int:
    by = story.who(told["by"])
    with at(story.ago(told["ago"], "20:10")):
        files = tuple(_file(name, kind, told, by) for name, kind in told["files"])
        links = tuple((url, name) for name, url in told.get("links", []))
        said = _fields(told, words, story)
        pack_id = create_pack(
            by, story.networks["tarn-and-tide"], said, Contents(files, links), made.get(told.get("adapted", ""))
        )
    if told.get("state") == "draft":
        return pack_id
    with at(story.ago(told["ago"], "20:40")):
        share_pack(by, pack_id, is_public=told.get("public", False))
    for ago, changed in told.get("versions", []):
        with at(story.ago(ago, "20:25")):
            start_version(by, pack_id, changed)
    for used in told["uses"]:
        _use(story, pack_id, used)
    return pack_id


def _use(story: Story, pack_id: int, told: list[Any]) -> None:
    """Whoever says something that may be quoted allowed it."""
    ago, who, classes, students, year, changed, *more = told
    more = more[0] if more else {}
    day = story.ago(ago).date()
    use = UseTold(
        used_on=day - timedelta(days=max(0, day.weekday() - 4)),
        classes=classes,
        students=None if students < 0 else students,
        year_group=year,
        what_changed=changed,
        quote_allowed="quote" in more,
        **more,
    )
    with at(story.ago(ago, "16:50")):
        record_use(story.who(who), story.networks["tarn-and-tide"], pack_id, use, day)


def _fields(told: dict[str, Any], words: dict[tuple[str, str], int], story: Story) -> PackFields:
    names = {row[0]: row[1] for row in read("people")["tarn-and-tide"]["rows"]}
    right = told.get("right", "adapted" if "adapted" in told else "made")
    return PackFields(
        title=told["title"],
        strapline=told["strapline"],
        subjects=tuple(words["subject", code] for code in told["subjects"]),
        phases=tuple(words["phase", code] for code in told["phases"]),
        lessons=told.get("lessons", 1),
        minutes=told["minutes"],
        materials=told["materials"],
        cost=told["cost"],
        safety_note=told["safety"],
        licence=told["licence"],
        author=names[told["by"]],
        right_to_share=right,
        source=told.get("source", ""),
        about=told.get("about", "").strip(),
        careers_link=told.get("careers", ""),
        standards=tuple(told.get("standards", ())),
        source_author=told.get("source_author", ""),
        languages=tuple(words["language", code] for code in told.get("languages", ()) if ("language", code) in words),
    )


def _file(name: str, kind: str, told: dict[str, Any], by: int) -> int:
    stream = io.BytesIO(paper(kind, name, told))
    return keep(FileStorage(stream, f"{name}.{kind}"), by).id


@operation
def _taken(made: dict[str, int]) -> None:
    """Downloads as the year would have left them: older packs were taken more often."""
    for place, pack_id in enumerate(made.values()):
        db.session.execute(update(Pack).where(Pack.id == pack_id).values(downloads=(place * 37) % 61 + 4))
