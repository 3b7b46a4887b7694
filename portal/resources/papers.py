"""A pack on paper: what it is, what it takes, what to watch, how it goes, and where its files are."""

from typing import Any

import segno
from flask_babel import gettext as _

from portal.resources.blocks import blocks
from portal.resources.telling import Told
from portal.web import dates, papers
from portal.web.languages import spoken

PAPER = "pack"


def paper_of(told: Told, items: list[Any]) -> bytes:
    """The sheet as tagged PDF. Raises typst.TypstError when it can't be set."""
    return papers.pdf(PAPER, told.title, str(spoken()), words_of(told, items))


def words_of(told: Told, items: list[Any]) -> dict[str, Any]:
    """All that stands on it, in the language that is spoken now."""
    licence = f"{told.licence}. {told.licence_hint}." if told.licence_hint else told.licence
    version = _("Version %(number)s, %(day)s", number=told.version, day=dates.day(told.version_of))
    return {
        "network": told.network,
        "heading": told.title,
        "strapline": told.strapline,
        "tried": told.tried,
        "facts": told.facts,
        "how_title": _("How it goes"),
        "how": blocks(told.about),
        "files_title": _("What is in it"),
        "files": [[item.title, _about(item)] for item in items],
        "whose_title": _("Whose it is"),
        "whose": [
            (_("By"), told.author),
            *((_("Thanks to"), line) for line in told.lineage),
            (_("Licence"), "\n".join(filter(None, (licence, told.licence_url)))),
            (_("Version"), f"{version}: {told.note}" if told.note else version),
        ],
        "files_at": _("All files:"),
        "address": told.address,
        "qr": segno.make(told.address, error="m", micro=False)
        .svg_inline(border=0, dark="#20252b", lineclass=None, svgclass=None, omitsize=True)
        .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
        "qr_alt": _("A square for a phone’s camera: the page of this pack"),
        "page_word": _("Page"),
    }


def _about(item: Any) -> str:
    """The address of a link; the size of a file, and what it is called where its title says something else."""
    if item.url:
        return str(item.url)
    size = dates.filesize(item.size)
    return size if item.title == item.name else f"{item.name}, {size}"
