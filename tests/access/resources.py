"""Resources and standards: packs of a network, their public pages, the standards that all may look up."""

from sqlalchemy import select

from portal.activities.uses import UseTold
from portal.db import db
from portal.files.operations_partial import begin_upload
from portal.resources.importing import PacksImporter
from portal.resources.operations import start_version
from portal.resources.operations_reports import report_pack
from portal.resources.operations_uses import record_use
from portal.resources.queries import items_of
from portal.standards.importing import StandardsImporter
from portal.standards.models import Framework, Standard
from portal.web import clock
from portal.web.importing import run
from portal.web.tables import read_pasted
from tests import cast
from tests.resources.packs import make_pack

COLUMNS = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody")


def row(*verdicts: str) -> dict[str, str]:
    return dict(zip(COLUMNS, verdicts, strict=True))


READ = row("may", "may", "may", "may", "404", "404", "404", "sign-in")
WRITE = row("may", "may", "may", "403", "404", "404", "404", "sign-in")
# The pack is Tobi's; Ines coordinates.
EDIT = row("may", "may", "403", "403", "404", "404", "404", "sign-in")
# The use is Dafydd's.
HIS_USE = row("403", "403", "may", "403", "404", "404", "404", "sign-in")
# Nothing is deleted, so there is nothing to bring back.
NOTHING = row("404", "404", "404", "404", "404", "404", "404", "sign-in")
# The upload on its way is Tobi's.
HIS_FILE = row("404", "may", "404", "404", "404", "404", "404", "sign-in")
COORDINATORS = row("may", "403", "403", "403", "404", "404", "404", "sign-in")
# No sheet waits there.
WAITING = row("404", "403", "403", "403", "404", "404", "404", "sign-in")
STEPS = ("GET columns", "POST choose", "GET preview", "POST run", "GET result", "GET rejects")
EVERYONE = row(*["may"] * 8)
SIGNED_IN = row(*["may"] * 7, "sign-in")

MATRIX = {
    "GET resources.index": READ,
    "GET resources.show": READ,
    "GET resources.new": WRITE,
    "POST resources.create": WRITE,
    "GET resources.edit": EDIT,
    "POST resources.change": EDIT,
    "GET resources.items": EDIT,
    "POST resources.add_items": EDIT,
    "GET resources.item_name": EDIT,
    "POST resources.name_item": EDIT,
    "GET resources.item_file": EDIT,
    "POST resources.replace_item": EDIT,
    "POST resources.move_item": EDIT,
    "POST resources.remove_item": EDIT,
    "POST resources.return_item": EDIT,
    "GET resources.file": READ,
    "GET resources.file_shown": NOTHING,
    "GET resources.file_picture": NOTHING,
    "GET resources.look": NOTHING,
    "GET resources.archive": READ,
    "GET resources.publication": EDIT,
    "POST resources.publish": EDIT,
    "POST resources.hand_back": EDIT,
    "GET resources.retirement": EDIT,
    "POST resources.retire": EDIT,
    "POST resources.take_back": EDIT,
    "POST resources.delete": EDIT,
    "GET resources.deletion": NOTHING,
    "POST resources.undelete": NOTHING,
    "GET resources.versions": READ,
    "POST resources.start_version": EDIT,
    "GET resources.version": READ,
    "GET resources.changes": READ,
    "POST resources.adapt": WRITE,
    "POST resources.mail_to_me": READ,
    "POST resources.begin_upload": WRITE,
    "GET resources.upload": HIS_FILE,
    "POST resources.take_piece": HIS_FILE,
    "POST resources.end_upload": HIS_FILE,
    "POST resources.remove_upload": HIS_FILE,
    "GET resources.bring": COORDINATORS,
    "POST resources.take": COORDINATORS,
    **{f"{step.split()[0]} resources.{step.split()[1]}": WAITING for step in STEPS},
    "GET resources.imported": COORDINATORS,
    "POST resources.share_drafts": COORDINATORS,
    "GET resources.mine": READ,
    "POST resources.keep": READ,
    "POST resources.let_go": READ,
    "GET resources.sheet": READ,
    "GET resources.uses": READ,
    "GET resources.new_use": WRITE,
    "POST resources.tell_use": WRITE,
    "POST resources.withdraw_use": HIS_USE,
    "POST resources.restore_use": HIS_USE,
    "GET resources.new_report": READ,
    "POST resources.report": READ,
    "GET resources.one_report": EDIT,
    "POST resources.settle_report": EDIT,
    "GET public_resources.index": EVERYONE,
    "GET public_packs.show": EVERYONE,
    "GET public_packs.file": EVERYONE,
    # The item is a link: there is nothing to look at, for anybody.
    "GET public_packs.look": row(*["404"] * 8),
    "GET public_packs.file_picture": row(*["404"] * 8),
    "GET public_packs.archive": EVERYONE,
    "GET public_packs.new_report": EVERYONE,
    "POST public_packs.report": EVERYONE,
    "GET standards.index": SIGNED_IN,
    "GET standards.show": SIGNED_IN,
    "GET standards.unknown_codes": SIGNED_IN,
}


def prepare() -> dict[str, object]:
    """A public pack of Tobi's in its second version, with a link, a use of Dafydd's, a report, and a standard."""
    sheet = read_pasted("code,statement\nMS-PS2-1,Apply the third law")
    run(StandardsImporter("NGSS"), sheet, {"code": "code", "statement": "statement"})
    pack_id = make_pack(public=True)
    start_version(cast.person_id("tobi"), pack_id, "Scissors only")
    told = UseTold(clock.today(), 2, 54)
    lessons = read_pasted("title,author,licence,code\nAn imported lesson,Somebody,CC BY 4.0,a1")
    run(
        PacksImporter(cast.person_id("ines"), cast.network_id()),
        lessons,
        {name: name for name in ("title", "author", "licence", "code")},
    )
    return {
        "upload_key": begin_upload(cast.person_id("tobi"), cast.network_id(), "guide.txt", 9).key,
        "pack_id": pack_id,
        "version_number": 1,
        "page_number": 0,
        "item_id": items_of(pack_id)[0].id,
        "use_id": record_use(cast.person_id("dafydd"), cast.network_id(), pack_id, told, clock.today()),
        "report_id": report_pack(None, pack_id, None, "The film is gone.", "somewhere"),
        "standard_id": db.session.execute(select(Standard.id)).scalar_one(),
        "framework_id": db.session.execute(select(Framework.id)).scalar_one(),
    }
