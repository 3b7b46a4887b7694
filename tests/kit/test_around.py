"""Round the boxes: labels, packs that go with them, sheets in and out, what other rooms say of them."""

import io

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from portal.db import db, operation
from portal.kit.hooks import Whereabouts, answers
from portal.kit.importing import KitsImporter
from portal.kit.models import Kit, KitSchool
from portal.kit.operations_packs import add_pack
from portal.kit.packs import packs_with_kit
from portal.kit.queries import parts_of
from portal.networks.scope import scope_of
from portal.resources.models import Pack
from portal.web.importing import guess_columns, rehearse, run
from portal.web.tables import read_pasted, read_sheet
from tests import cast
from tests.kit.kits import PAGE, make_kit
from tests.resources.packs import make_pack


def text_of(answer) -> list[str]:
    assert answer.status_code == 200 and answer.mimetype == "application/pdf"
    paper = PdfDocument(io.BytesIO(answer.data))
    return [page.get_textpage().get_text_bounded() for page in paper]


def test_every_box_of_every_kit_gets_its_label_and_its_slip(as_, in_app):
    with in_app():
        kit_id = make_kit()
        make_kit(title="Other", asset_code="Box 4", boxes=1)
        code = db.session.get_one(Kit, kit_id).code
    ines = as_("ines")
    everything = " ".join(text_of(ines.get(f"{PAGE}labels.pdf?size=small")))
    assert "Box 2 of 2" in everything and "Box 4" in everything and f"{code[:4]}-{code[4:]}" in everything
    chosen = text_of(ines.get(f"{PAGE}labels.pdf?size=large&kit={kit_id}"))
    assert len(chosen) == 1 and "Other" not in chosen[0]
    slips = text_of(as_("tobi").get(f"{PAGE}{kit_id}/slips.pdf"))
    assert len(slips) == 2 and "USB leads" in slips[0] and "in their foam" in slips[1]
    assert as_("tobi").get(f"{PAGE}labels").status_code == 403


def test_a_pack_says_which_box_goes_with_it_and_the_other_way_round(as_, in_app):
    with in_app():
        kit_id, pack_id = make_kit(), make_pack()
    ines = as_("ines")
    assert "Paper bridges" in ines.get(f"{PAGE}{kit_id}/packs?q=bridge").text
    ines.post(f"{PAGE}{kit_id}/packs/{pack_id}")
    link = f"/resources/{pack_id}"
    assert link in as_("tobi").get(f"{PAGE}{kit_id}").text
    ines.post(f"{PAGE}{kit_id}/packs/{pack_id}/removal")
    assert link not in as_("tobi").get(f"{PAGE}{kit_id}").text


def found_by(who: str, slug: str = "tarn-and-tide") -> bool:
    member = scope_of(slug, cast.person_id(who)).membership
    return bool(db.session.execute(select(Pack.id).where(packs_with_kit(member))).first())


@operation
def lend_to(kit_id: int, school: str | None) -> None:
    if school:
        member = scope_of("tarn-and-tide", cast.person_id(school))
        from portal.resources.queries_uses import main_organisation

        db.session.add(KitSchool(kit_id=kit_id, organisation_id=main_organisation(member.membership.person_id)))


def test_a_pack_is_found_by_whoever_may_borrow_a_box_for_it(in_app):
    with in_app():
        pack_id, ines = make_pack(), cast.person_id("ines")
        assert not found_by("tobi")
        draft = make_kit(listed=False)
        add_pack(ines, draft, pack_id, "Paper bridges")
        assert not found_by("tobi")
        named = make_kit(lends_to="schools")
        add_pack(ines, named, pack_id, "Paper bridges")
        lend_to(named, "tobi")
        assert found_by("tobi") and not found_by("leon")
        add_pack(ines, make_kit(), pack_id, "Paper bridges")
        assert found_by("leon")


SHEET = "Name\tAsset tag\tLocation\tContents\tSubject\nBridges\tBox 7\tRoom 4\t12 × AA cells*; 2 × Rigs @ 48\tPhysics\n"


def bring(sheet, state="listed"):
    importer = KitsImporter(cast.person_id("ines"), cast.network_id(), state)
    return run(importer, sheet, guess_columns(sheet.headings, importer.fields))


def test_a_sheet_brings_kits_in_once_and_says_what_it_can_not_take(in_app):
    bad = "\tBox 8\tRoom 4\t\t\nOdd\tBox 9\t\t12 ×\t\n"
    with in_app():
        outcome = bring(read_pasted(SHEET + bad))
        assert (outcome.created, len(outcome.rejected)) == (1, 2)
        kit = db.session.execute(select(Kit)).scalar_one()
        assert (kit.title, kit.asset_code, kit.home, kit.state) == ("Bridges", "Box 7", "Room 4", "listed")
        assert [(part.title, part.cost) for part in parts_of(kit.id)] == [("AA cells", None), ("Rigs", 4800)]
        assert bring(read_pasted(SHEET)).unchanged == 1
        more = SHEET.replace("Room 4", "Room 5").replace("2 × Rigs", "3 × Rigs; 1 × Scale")
        assert bring(read_pasted(more)).updated == 1
        assert [(part.title, part.quantity, part.there) for part in parts_of(kit.id)] == [
            ("AA cells", 12, 12), ("Rigs", 3, 2), ("Scale", 1, 1),
        ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_exported_list_is_read_back_and_changes_nothing(as_, in_app, kind):
    with in_app():
        make_kit(collecting="Weekdays", safety_note="Glasses", weight="11 kg")
        make_kit(
            title="Telescope", asset_code="", lends_to="region", kind="instrument", way="visited", condition="worn"
        )
    answer = as_("ines").get(f"{PAGE}?format={kind}")
    sheet = read_sheet(answer.data, f"kits.{kind}")
    with in_app():
        importer = KitsImporter(cast.person_id("ines"), cast.network_id())
        outcome = rehearse(importer, sheet, guess_columns(sheet.headings, importer.fields))
    assert (outcome.read, outcome.unchanged, outcome.rejected) == (2, 2, [])


def test_what_lending_knows_stands_in_the_list_and_narrows_it(as_, in_app, monkeypatch):
    with in_app():
        kit_id = make_kit()
    out = {kit_id: Whereabouts("ink", "Out to Low Garrick School")}
    monkeypatch.setattr(answers, "_where", lambda ids, today, reader_in: out)
    monkeypatch.setattr(answers, "_away", lambda today: Kit.id == kit_id)
    assert "Out to Low Garrick School" in as_("tobi").get(PAGE).text
    assert "No box fits" in as_("tobi").get(f"{PAGE}?free=yes").text


def test_a_person_takes_what_she_said_of_boxes_with_her(in_app):
    from portal.kit.exporting import kits_of, problems_of

    with in_app():
        make_kit()
        assert [one["title"] for one in kits_of(cast.person_id("ines"))] == ["Microcontrollers"]
        assert not list(problems_of(cast.person_id("ines")))
