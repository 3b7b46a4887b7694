"""A person's own export holds her packs, her lessons and her reports, and nobody else's."""

from datetime import date

from portal.activities.uses import UseTold
from portal.resources.exporting import packs_of, reports_of, uses_of_person
from portal.resources.operations_reports import report_pack
from portal.resources.operations_uses import record_use
from tests import cast
from tests.resources.packs import make_pack


def test_each_finds_her_own(in_app):
    with in_app():
        tobi, dafydd = cast.person_id("tobi"), cast.person_id("dafydd")
        pack = make_pack()
        record_use(dafydd, cast.network_id(), pack, UseTold(date(2026, 11, 9), 2, 54), date(2026, 11, 10))
        report_pack(dafydd, pack, None, "The film is gone.", "somewhere")
        assert [row["title"] for row in packs_of(tobi)] == ["Paper bridges"] and packs_of(dafydd) == []
        assert [(row["pack"], row["students"]) for row in uses_of_person(dafydd)] == [("Paper bridges", 54)]
        assert [row["text"] for row in reports_of(dafydd)] == ["The film is gone."] and reports_of(tobi) == []
