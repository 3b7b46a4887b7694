"""The door to a pack on paper."""

from flask import Response

from portal.resources.papers import paper_of
from portal.resources.queries import items_of
from portal.resources.routes import resources, the_pack
from portal.resources.telling import tell
from portal.web import papers


@resources.get("/<int:pack_id>/sheet")
def sheet(pack_id: int) -> Response:
    """One or two pages to print or to send on: facts, safety, steps, and a square that leads to the files."""
    pack = the_pack(pack_id)
    made = paper_of(tell([pack])[pack_id], items_of(pack_id))
    return papers.as_download(made, f"{pack.title}.pdf")
