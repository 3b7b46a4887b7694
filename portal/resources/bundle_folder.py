"""One pack as a folder of an archive: its files under names that every system takes, and the page that explains them."""

from typing import Any

from flask import render_template

from portal.files.store import store
from portal.resources.telling import Told
from portal.web import clock
from portal.web.archives_out import Member, unique_names

# Windows refuses paths of more than 260 signs, and people unpack into deep folders.
LONGEST_NAME, LONGEST_FOLDER, LONGEST_ENDING = 90, 60, 12
FIRST_PAGE = "index.html"


def folder_of(told: Told, items: list[Any], folder: str = "", back: str = "") -> list[Member]:
    """The page and the files of one pack; ``items`` are rows of its files and links, in order.

    ``back`` names the page of what it lies in, one folder above.
    A file that is no longer kept is named on the page as missing, so that the rest can still be taken.
    """
    kept = store()
    there = [item for item in items if item.file_id and kept.path(item.sha256).is_file()]
    files = [
        Member(f"{number:02d} {short(item.name, LONGEST_NAME)}", kept.path(item.sha256), folder)
        for number, item in enumerate(there, 1)
    ]
    named = list(unique_names(files))
    names = {item.id: name.rpartition("/")[2] for item, (name, _member) in zip(there, named, strict=True)}
    first = render_template(
        "resources/archive.html", told=told, items=items, names=names, taken_on=clock.now(), back=back
    )
    return [Member(FIRST_PAGE, first.encode(), folder), *files]


def short(name: str, most: int) -> str:
    """A name that fits, its ending kept."""
    if len(name) <= most:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > LONGEST_ENDING:
        return name[:most].rstrip()
    return f"{stem[: most - len(ending) - 1].rstrip()}{dot}{ending}"
