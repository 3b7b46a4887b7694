"""The doors to paper: labels for boxes, and the slip that lies in each."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.kit.labels import SIZES, labels_of, slips_of
from portal.kit.queries import parts_of
from portal.kit.queries_problems import kits_to_label
from portal.kit.routes import kit, the_kit
from portal.kit.routes_problems import minder
from portal.networks.scope import here
from portal.web.hypermedia import done, page
from portal.web.languages import spoken
from portal.web.numbers import row_number
from portal.web.papers import as_download


@kit.get("/labels")
def labels() -> Response:
    """Which kits, in which size. ``kit`` in the address names those that are ticked already."""
    return page(
        "kit/labels.html", kits=kits_to_label(minder()), sizes=SIZES,
        ticked=set(request.args.getlist("kit", type=row_number)),
    )  # fmt: skip


@kit.get("/labels.pdf")
def labels_paper() -> AnyResponse:
    """One sheet for the kits that the address names, or for all of them."""
    wanted, size = set(request.args.getlist("kit", type=row_number)), request.args.get("size", "")
    chosen = [one for one in kits_to_label(minder()) if not wanted or one.id in wanted]
    if not chosen:
        return done(url_for(".labels"), _("There is no box to print a label for."), kind="wrong")
    paper = labels_of(chosen, size if size in SIZES else "medium", str(spoken()))
    return as_download(paper, f"labels-{here().network.slug}.pdf")


@kit.get("/<int:kit_id>/slips.pdf")
def slips(kit_id: int) -> Response:
    """What lies in each of its boxes, to go into the lid."""
    box = the_kit(kit_id)
    return as_download(slips_of(box, parts_of(kit_id), str(spoken())), f"packing-slip-{kit_id}.pdf")
