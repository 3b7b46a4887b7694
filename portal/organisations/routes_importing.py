"""Organisations from a sheet, through the pages."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.organisations.importing import OrganisationsImporter
from portal.organisations.policy import can_keep
from portal.organisations.routes import organisations
from portal.vocabulary.queries import choices
from portal.web.access import me
from portal.web.importing_pages import ImportPages, add_import_pages
from portal.web.importing_waiting import Waiting


def _make(waiting: Waiting) -> OrganisationsImporter:
    return OrganisationsImporter(
        waiting.person_id or None, None, waiting.filename or _("a pasted list"), kind=waiting.choices.get("choice", "")
    )


def _kinds() -> list[tuple[str, str]]:
    return [("", _("As the sheet says")), *choices("organisation_kind")]


add_import_pages(
    organisations,
    ImportPages(
        what="organisations",
        title=_l("Bring in organisations"),
        lead=_l("A directory of schools or districts, a list of partners. A code in it tells two of one name apart."),
        make=_make,
        may=lambda: can_keep(me()),
        back="organisations.index",
        choice_label=_l("What they are"),
        choice_hint=_l("Where the sheet has no column for it."),
        choices=_kinds,
    ),
)
