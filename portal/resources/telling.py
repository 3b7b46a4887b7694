"""What a pack says of itself outside the portal: in its zip, on its printed sheet, to machines that read the public page.

Works for many packs at once and for earlier versions, whose words stand in their own record.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from portal.networks.surroundings import word
from portal.resources.fields import PackFields
from portal.resources.filters import language_name
from portal.resources.licences import licence_name, licence_url
from portal.resources.queries_fields import fields_of_packs, texts_of_all
from portal.resources.queries_telling import Surroundings, surroundings_of, versions_named
from portal.resources.queries_uses import FEWEST_STUDENTS
from portal.web import dates
from portal.web.links import absolute
from portal.web.prose import render


@dataclass(frozen=True)
class Told:
    """One pack in one version, in words. ``facts`` are (label, text) pairs; ``address`` is where it came from."""

    pack_id: int
    title: str
    strapline: str
    about: Markup
    facts: list[tuple[str, str]]
    author: str
    lineage: list[str]
    licence: str
    licence_hint: str
    licence_url: str
    language: str
    version: int
    version_of: datetime
    note: str
    tried: str
    network: str
    address: str

    @property
    def credit(self) -> str:
        """The line that whoever uses it elsewhere copies: title, author, source, licence."""
        parts = {"title": self.title, "author": self.author, "licence": self.licence, "where": self.address}
        return _("“%(title)s” by %(author)s, %(licence)s, from %(where)s", **parts)


def tell(packs: Sequence[Any], versions: Mapping[int, int] | None = None) -> dict[int, Told]:
    """Each of these packs, as it is or as it was in the version that is named for it (nine queries at most).

    ``packs`` are rows with all of a pack's columns. A version that has no record is the one in use.
    """
    old = versions_named({pack.id: (versions or {}).get(pack.id, pack.version) for pack in packs})
    now = fields_of_packs(packs)
    said = [_said_then(old[pack.id].fields) if pack.id in old else now[pack.id] for pack in packs]
    around = surroundings_of(packs, {one.licence for one in said}, {one.language for one in said})
    texts = texts_of_all(said)
    return {
        pack.id: _told(pack, one, text, old.get(pack.id), around)
        for pack, one, text in zip(packs, said, texts, strict=True)
    }


def told_tried(classes: int, students: int) -> str:
    """ "Tried in 14 classes, 312 pupils" for outsiders: small numbers of pupils stay untold."""
    if not classes:
        return ""
    words = ngettext("Tried in %(num)s class", "Tried in %(num)s classes", classes)
    return f"{words}, {dates.number(students)} {word('pupils')}" if students >= FEWEST_STUDENTS else words


def _said_then(fields: Mapping[str, Any]) -> PackFields:
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in fields.items()
        if name in PackFields.__dataclass_fields__
    }
    return PackFields(**known)


def _told(pack: Any, said: PackFields, texts: Mapping[str, str], old: Any | None, around: Surroundings) -> Told:
    licence = around.licences.get(said.licence)
    language = language_name(said.language, around.languages)
    return Told(
        pack_id=pack.id,
        title=said.title,
        strapline=said.strapline,
        about=outside(render(said.about)),
        facts=_facts(said, texts, language),
        author=said.author,
        lineage=_lineage(said, around.parents.get(pack.adapted_from_id)),
        licence=licence.label if licence else licence_name(said.licence),
        licence_hint=(licence.hint or "") if licence else "",
        licence_url=licence_url(said.licence),
        language=said.language,
        version=old.number if old else pack.version,
        version_of=old.made_at if old else pack.changed_at,
        note=old.note if old else pack.change_note,
        tried=told_tried(pack.uses_count, around.students.get(pack.id, 0)),
        network=around.networks[pack.network_id].name,
        address=_address(pack, around.networks[pack.network_id].slug),
    )


def _facts(said: PackFields, texts: Mapping[str, str], language: str) -> list[tuple[str, str]]:
    whom = ", ".join(filter(None, (texts["phases"], texts["subjects"])))
    lessons = ngettext("%(num)s lesson", "%(num)s lessons", said.lessons)
    facts = (
        (_("For"), f"{whom}. {said.group_size}" if said.group_size else whom),
        (_("Time"), f"{lessons}, {dates.minutes(said.minutes)}" if said.minutes else ""),
        (_("You need"), said.materials),
        (_("Cost"), said.cost),
        (_("Safety"), "\n".join(filter(None, (said.safety_note, said.safety_reference)))),
        (_("Careers"), said.careers_link),
        (_("Adaptations"), said.adaptations),
        (_("Standards"), texts["standards"]),
        (_("Language"), language),
        (_("Also in"), texts["languages"]),
    )
    return [(label, text) for label, text in facts if text]


def _lineage(said: PackFields, parent: Any | None) -> list[str]:
    """Whom to thank besides the author: what was typed as its source, and the pack it was made from."""
    # Whoever adapts a pack of the network finds its title there already: said once is enough.
    found = [said.source] if said.source and not (parent and parent.title == said.source) else []
    if parent and parent.title not in "".join(found):
        found.append(_("Adapted from “%(title)s” by %(author)s", title=parent.title, author=parent.author))
    return found


def _address(pack: Any, slug: str) -> str:
    is_public = pack.is_public and pack.shared_at and not pack.retired_at and not pack.deleted_at
    return absolute("public_packs.show" if is_public else "resources.show", network=slug, pack_id=pack.id)


def outside(html: Markup) -> Markup:
    """Prose that leaves the portal: pictures that lie here stay here, links to our own pages are written in full."""
    site = str(current_app.config["PORTAL_URL"]).rstrip("/")
    without = re.sub(r"<img\b[^>]*>", "", html)
    return Markup(re.sub(r'(<a href=")/', lambda found: f"{found[1]}{site}/", without))
