"""Toolkits: Dafydd's public one with Tobi's pack in it, in its second version."""

from sqlalchemy import select

from portal.db import db
from portal.resources.models import Pack
from portal.toolkits.fields import ToolkitFields
from portal.toolkits.operations import make_toolkit, start_version
from portal.toolkits.operations_packs import put_pack
from portal.toolkits.operations_states import share_toolkit
from tests import cast
from tests.resources.packs import make_pack

COLUMNS = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody")


def row(*verdicts: str) -> dict[str, str]:
    return dict(zip(COLUMNS, verdicts, strict=True))


READ = row("may", "may", "may", "may", "404", "404", "404", "sign-in")
WRITE = row("may", "may", "may", "403", "404", "404", "404", "sign-in")
# The toolkit is Dafydd's; Ines coordinates.
EDIT = row("may", "403", "may", "403", "404", "404", "404", "sign-in")
NOTHING = row("404", "404", "404", "404", "404", "404", "404", "sign-in")
EVERYONE = row(*["may"] * 8)

MATRIX = {
    "GET toolkits.index": READ,
    "GET toolkits.show": READ,
    "GET toolkits.new": WRITE,
    "POST toolkits.create": WRITE,
    "GET toolkits.edit": EDIT,
    "POST toolkits.change": EDIT,
    "GET toolkits.packs": EDIT,
    "GET toolkits.choose_packs": EDIT,
    "POST toolkits.put": EDIT,
    "GET toolkits.choose": WRITE,
    "POST toolkits.put_with": WRITE,
    "GET toolkits.why": EDIT,
    "POST toolkits.say_why": EDIT,
    "POST toolkits.move": EDIT,
    "POST toolkits.take_out": EDIT,
    "POST toolkits.put_back": EDIT,
    "GET toolkits.publication": EDIT,
    "POST toolkits.publish": EDIT,
    "POST toolkits.retire": EDIT,
    "POST toolkits.take_back": EDIT,
    "POST toolkits.delete": EDIT,
    "GET toolkits.deletion": NOTHING,
    "POST toolkits.undelete": NOTHING,
    "GET toolkits.versions": READ,
    "POST toolkits.start_version": EDIT,
    "GET toolkits.version": READ,
    "GET toolkits.archive": READ,
    "GET public_toolkits.index": EVERYONE,
    "GET public_toolkits.show": EVERYONE,
    "GET public_toolkits.archive": EVERYONE,
}


def prepare() -> dict[str, object]:
    """A toolkit with two packs, shared with everyone, whose first version was closed."""
    dafydd = cast.person_id("dafydd")
    toolkit_id = make_toolkit(dafydd, cast.network_id(), ToolkitFields("A first term of forces", "Three weeks."))
    shared = select(Pack.id).where(Pack.network_id == cast.network_id(), Pack.is_public, Pack.shared_at.is_not(None))
    first = db.session.execute(shared.order_by(Pack.id).limit(1)).scalar() or make_pack(public=True)
    place_id = put_pack(dafydd, toolkit_id, first, "The warm-up")
    put_pack(dafydd, toolkit_id, make_pack(title="A pack that waits for the toolkit", public=True))
    share_toolkit(dafydd, toolkit_id, True)
    start_version(dafydd, toolkit_id, "The second pack came in")
    # Still to be put in, so that the page that chooses packs has one.
    make_pack(title="A pack that could be put in")
    return {"toolkit_id": toolkit_id, "place_id": place_id, "edition": 1}
