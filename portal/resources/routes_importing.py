"""A catalogue of lessons, through the pages: its packs come in as drafts of whoever brings it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.networks.scope import here
from portal.resources.importing import PacksImporter
from portal.resources.policy import can_import_packs
from portal.resources.routes import resources
from portal.vocabulary.queries import choices, words_of
from portal.web.importing_pages import ImportPages, add_import_pages
from portal.web.importing_waiting import Waiting


def _make(waiting: Waiting) -> PacksImporter:
    code = waiting.choices.get("choice", "")
    subject = next((word.id for word in words_of("subject") if word.code == code), None) if code else None
    source = waiting.filename or _("a pasted list")
    return PacksImporter(waiting.person_id or None, here().network.id, source, subject_id=subject)


def _subjects() -> list[tuple[str, str]]:
    return [("", _("As the sheet says")), *choices("subject")]


add_import_pages(
    resources,
    ImportPages(
        what="packs",
        title=_l("Bring in packs"),
        lead=_l(
            "A catalogue of lessons as a sheet. They come in as drafts of yours: you look at them, then share them in one act."
        ),
        make=_make,
        may=lambda: can_import_packs(here().membership),
        back="resources.imported",
        choice_label=_l("Subject"),
        choice_hint=_l("Where the sheet has no column for it."),
        choices=_subjects,
    ),
)
