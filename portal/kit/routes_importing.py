"""Kits from a sheet, through the pages."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.kit.importing import KitsImporter
from portal.kit.policy import can_make_kit
from portal.kit.routes import kit
from portal.networks.scope import here
from portal.web.importing_pages import ImportPages, add_import_pages
from portal.web.importing_waiting import Waiting


def _make(waiting: Waiting) -> KitsImporter:
    return KitsImporter(waiting.person_id, here().network.id, waiting.choices.get("choice", "draft"))


def _states() -> list[tuple[str, str]]:
    return [("draft", _("Drafts: only coordinators see them")), ("listed", _("In the list at once"))]


add_import_pages(
    kit,
    ImportPages(
        what="kits",
        title=_l("Bring in boxes"),
        lead=_l("The list that you lend by today: a title, a number, where each box lives, what is in it."),
        make=_make,
        may=lambda: can_make_kit(here().membership),
        back="kit.index",
        choice_label=_l("As"),
        choice_hint=_l("A box without a home stays a draft: whoever borrows it has to find it."),
        choices=_states,
    ),
)
