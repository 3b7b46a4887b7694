"""Papers for boxes: labels with a square that a phone reads, and packing slips that say what lies in each box."""

import io
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from PIL import Image

from portal.files.queries import file_by_id, open_file
from portal.kit.codes import spaced
from portal.kit.models import Kit, KitPart
from portal.web import papers, qr
from portal.web.links import absolute

# Columns, rows and how much larger than the smallest.
SIZES = {
    "small": (3, 7, 0.95, _l("Small, 21 on a page")),
    "medium": (2, 4, 1.35, _l("Medium, 8 on a page")),
    "large": (1, 2, 2.4, _l("Large, 2 on a page")),
}
# Dots across: as sharp as paper of that size shows.
PHOTO = 1200


def short_address(kit: Kit) -> str:
    """As it stands on the label: without https, with a dash in the code."""
    return absolute("box.show", code=spaced(kit.code)).partition("://")[2]


def labels_of(kits: Sequence[Kit], size: str, locale: str) -> bytes:
    """A sheet with one label for each box of each kit. Raises typst.TypstError for a broken template."""
    columns, rows, scale, _name = SIZES[size]
    values = {
        "columns": columns,
        "rows": rows,
        "scale": scale,
        "says": _("Something missing or broken? Read the square with a phone, or type:"),
        "labels": [_label(kit, box) for kit in kits for box in range(1, kit.boxes + 1)],
    }
    return papers.pdf("labels", _("Labels for boxes"), locale, values)


def _label(kit: Kit, box: int) -> dict[str, str]:
    address = short_address(kit)
    return {
        "number": kit.asset_code,
        "name": kit.title,
        "which": which(kit, box),
        "home": _("Lives at %(home)s", home=kit.home) if kit.home else "",
        # It may be longer than a small label is wide: then it is broken after a stroke or a dot.
        "where": address.rpartition("/")[0].replace("/", "/\u200b").replace(".", ".\u200b") + "/\u200b",
        "code": spaced(kit.code),
        "square": square_of(kit),
        "alt": _("A square that leads to %(address)s", address=address),
    }


def which(kit: Kit, box: int) -> str:
    """ "Box 1 of 3"; nothing where there is only one."""
    return _("Box %(number)s of %(all)s", number=box, all=kit.boxes) if kit.boxes > 1 else ""


def square_of(kit: Kit) -> str:
    return qr.drawing(absolute("box.show", code=kit.code))


def slips_of(kit: Kit, parts: Sequence[KitPart], locale: str) -> bytes:
    """One page for each box: what lies in it, how many, and the photo of the packed box."""
    address = short_address(kit)
    boxes = [
        {
            "heading": " ".join(filter(None, (kit.asset_code, kit.title))),
            "which": which(kit, box),
            "lines": _lines(kit, address),
            "rows": [_row(part) for part in parts if part.box == box],
            "none": _("Nothing is written down for this box."),
        }
        for box in range(1, kit.boxes + 1)
    ]
    photo = _photo(kit)
    values = {
        "boxes": boxes,
        "heads": [_("How many"), _("What"), _("Where it lies"), _("Counted")],
        "contents": _("Contents"),
        "square": square_of(kit),
        "alt": _("A square that leads to %(address)s", address=address),
        "photo": photo,
        "photo_words": kit.photo_words,
        "photo_label": _("Packed, it looks like this"),
        "foot": f"{kit.title}, {address}",
    }
    return papers.pdf("packing", _("Packing slip: %(title)s", title=kit.title), locale, values)


def _lines(kit: Kit, address: str) -> list[str]:
    lines = [_("Lives at %(home)s.", home=kit.home)] if kit.home else []
    if kit.safety_note:
        lines.append(_("Safety: %(note)s", note=kit.safety_note))
    return [*lines, _("Something missing or broken? Say so at %(address)s, without signing in.", address=address)]


def _row(part: KitPart) -> list[Any]:
    used = " " + _("(used up)") if part.is_consumable else ""
    return [str(part.quantity), f"{part.title}{used}", part.note]


def _photo(kit: Kit) -> str:
    """The picture, made as large as paper needs, in an SVG around it: a template reads text and no files."""
    file = file_by_id(kit.photo_id) if kit.photo_id else None
    if file is None:
        return ""
    target = io.BytesIO()
    with open_file(file) as stream, Image.open(stream) as picture:
        picture.thumbnail((PHOTO, PHOTO))
        width, height = picture.size
        picture.convert("RGB").save(target, "JPEG", quality=80)
    data = b64encode(target.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    )
