"""What changed from one version of a toolkit to the next, in sentences."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from portal.toolkits.fields import Pin, pins_in


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Packs that came, went or moved to another version, notes and words that differ; empty where nothing does."""
    old, new = {pin.pack: pin for pin in pins_in(before)}, {pin.pack: pin for pin in pins_in(after)}
    return [
        *_words(before, after),
        *(_("“%(title)s” came in", title=pin.title) for pin in new.values() if pin.pack not in old),
        *(_("“%(title)s” was taken out", title=pin.title) for pin in old.values() if pin.pack not in new),
        *(sentence for pin in new.values() if pin.pack in old for sentence in _of_pack(old[pin.pack], pin)),
        *_order(old, new),
    ]


def _words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    found = []
    if before["title"] != after["title"]:
        found.append(_("It was called “%(title)s” before", title=before["title"]))
    if (before["strapline"], before["about"]) != (after["strapline"], after["about"]):
        found.append(_("What it says was changed"))
    return found


def _of_pack(old: Pin, new: Pin) -> list[str]:
    found = []
    if old.version != new.version:
        found.append(
            _("“%(title)s”: version %(new)s instead of %(old)s", title=new.title, new=new.version, old=old.version)
        )
    elif old.items != new.items:
        found.append(_("“%(title)s”: other files", title=new.title))
    if old.note != new.note:
        found.append(_("“%(title)s”: another note", title=new.title))
    return found


def _order(old: dict[int, Pin], new: dict[int, Pin]) -> list[str]:
    both = [one for one in old if one in new]
    return [_("The order changed")] if both != [one for one in new if one in old] else []
