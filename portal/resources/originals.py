"""Work of others: what a pack comes from is named, and its licence is kept to."""

from dataclasses import replace

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.db import db
from portal.resources.fields import PackFields
from portal.resources.licences import clash, licence_name
from portal.resources.models import Pack
from portal.web.errors import DomainError

REASONS: dict[str, LazyString] = {
    "nd": _l(
        "The original is under %(licence)s, which allows no changed copies. Ask its author; with a yes from there, "
        "choose “I have permission to share it”."
    ),
    "sa": _l("The original is under %(licence)s: what is made from it keeps that licence. Choose the same one here."),
    "nc": _l("The original is under %(licence)s, not for money. Choose a licence that says so too, like CC BY-NC 4.0."),
}


def credited(said: PackFields) -> PackFields:
    """The same with the original named, where that is a pack of the network.

    Raises DomainError at the licence for one that the original does not allow, unless there is permission.
    """
    parent = db.session.get(Pack, said.adapted_from_id) if said.adapted_from_id else None
    if parent is not None:
        said = replace(said, source=parent.title, source_author=parent.author, source_licence=parent.licence)
        said.source_address = ""
    reason = clash(said.source_licence, said.licence) if said.right_to_share == "adapted" else ""
    if reason and said.licence:
        raise DomainError(REASONS[reason] % {"licence": licence_name(said.source_licence)}, "licence")
    return said
