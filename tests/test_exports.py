"""Every list as a file: it opens again, holds every row, runs no formula, and says nothing its reader may not know."""

import pytest
from sqlalchemy import select, update

from portal.db import db
from portal.people.models import EmailAddress, Person
from portal.web.tables import read_sheet
from tests import cast
from tests.planted import plant
from tests.sweeping import answer_of

ACTIVE = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\uff1d1+1", "\tcmd", "=HYPERLINK(1)")
SHEETS = {"text/csv": "csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx"}


@pytest.fixture(scope="module")
def lists(swept):
    """The addresses that answer as a sheet: those of the coordinator are those of everybody."""
    ines, found = swept.browser("ines"), []
    for _key, rule in swept.doors("GET"):
        answer, _broken = answer_of(ines, swept.url(rule), query_string={"format": "csv"})
        if answer and answer.status_code == 200 and answer.mimetype in SHEETS:
            found.append(swept.url(rule))
    return found


def exports(region, lists, who, kind):
    """The address and the answer of each of them, as far as it is open to this person."""
    for path in lists:
        answer, broken = answer_of(region.browser(who), path, query_string={"format": kind})
        assert not broken, f"{path}: {broken}"
        if answer.status_code == 200 and SHEETS.get(answer.mimetype) == kind:
            yield path, answer


def cells_of(answer, kind):
    sheet = read_sheet(answer.data, f"list.{kind}")
    return [cell for _number, cells in sheet.numbered() for cell in cells]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_export_opens_again_and_runs_nothing(region, lists, kind):
    with region.acting():
        plant(lambda table, column, row: ACTIVE[(row + len(column)) % len(ACTIVE)] + f" {table} {column}")
    seen = []
    for path, answer in exports(region, lists, "ines", kind):
        cells = cells_of(answer, kind)
        seen.append(path)
        if kind == "csv":
            text = answer.data.decode("utf-8-sig")
            live = [cell for cell in cells if cell.startswith(tuple("=+-@\uff1d\t")) and f"'{cell}" not in text]
            assert not [cell for cell in live if not is_number(cell)], path
        else:
            assert b"<f>" not in unpacked(answer.data), path
    assert len(seen) >= 9, seen


def is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdecimal()


def unpacked(workbook: bytes) -> bytes:
    """The sheets of a workbook as XML: a formula would stand in an ``f`` element."""
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(workbook)) as folder:
        return b"".join(folder.read(name) for name in folder.namelist() if "worksheets/" in name)


def test_an_export_holds_every_row_of_a_long_list(region):
    with region.acting():
        names = [f"Teacher {number:03} of many" for number in range(60)]
        join_many(names)
    for kind in SHEETS.values():
        answer = region.browser("ines").get("/n/tarn-and-tide/members", query_string={"format": kind})
        cells = cells_of(answer, kind)
        assert [name for name in names if name not in cells] == []


def join_many(names):
    from portal.networks.models import Membership

    for name in names:
        person = Person(name=name, sort_name=name, listing={}, created_at=cast.LONG_AGO, how_added="import")
        db.session.add(person)
        db.session.flush()
        db.session.add(
            Membership(
                network_id=cast.network_id(), person_id=person.id, role="member", started_at=cast.LONG_AGO, how="import"
            )
        )
    db.session.commit()


@pytest.mark.parametrize(
    ("who", "kind"), [("ines", "csv"), ("ines", "xlsx"), ("tobi", "csv"), ("petra", "csv"), ("hana", "csv")]
)
def test_no_export_tells_of_the_other_network_or_of_sealed_words(region, lists, who, kind):
    with region.acting():
        others = [cast.person_id(one) for one in ("bryony", "kofi")]
        db.session.execute(update(Person).where(Person.id.in_(others)).values(name="Canary Otherside", phone="0000 77"))
        hidden = set(
            db.session.execute(select(EmailAddress.address).where(EmailAddress.person_id.in_(others))).scalars()
        )
        hidden |= {"Canary Otherside", "0000 77", "parked", "private"}
        if who != "ines":
            mine = cast.person_id(who)
            # Nobody of the cast has chosen to have her address listed.
            hidden |= set(
                db.session.execute(select(EmailAddress.address).where(EmailAddress.person_id != mine)).scalars()
            )
        db.session.commit()
    for path, answer in exports(region, lists, who, kind):
        told = " ".join(cells_of(answer, kind))
        assert not [one for one in hidden if one in told], path
