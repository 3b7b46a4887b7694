"""The open lesson catalogues as one network's packs, with the lessons' own texts as read files: what is searched for real."""

import csv
from pathlib import Path

from sqlalchemy import select

from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.resources.importing import PacksImporter
from portal.resources.models import Pack, PackItem
from portal.standards.importing import StandardsImporter
from portal.web import clock
from portal.web.importing import guess_columns, run
from portal.web.tables import read_sheet
from tests import cast

CATALOGUES = ("csunplugged_lessons.csv", "bootstrap_lessons.csv", "teals_python_lessons.csv")
STANDARDS = {"CSTA": "standards-csta-dictionary.json", "CCSS.Math": "standards-cc-math-dictionary.json"}


def bring_catalogues(shared: Path) -> dict[int, str]:
    """All of them, shared in the first network; answers the lesson's own name by the pack's id. Inside ``in_app``."""
    for framework, name in STANDARDS.items():
        sheet = read_sheet(shared / "standards-us" / name)
        run(StandardsImporter(framework), sheet, {"code": "code", "description": "statement"})
    for name in CATALOGUES:
        path = shared / "oer-lessons" / name
        sheet = read_sheet(path, name)
        importer = PacksImporter(actor_id=cast.person_id("ines"), network_id=cast.network_id(), state="shared")
        outcome = run(importer, sheet, guess_columns(sheet.headings, importer.fields))
        assert not outcome.rejected
    names = {id: code.partition(":")[2] for id, code in db.session.execute(select(Pack.id, Pack.outside_code))}
    _attach_lessons(shared / "oer-lessons", {name: id for id, name in names.items()})
    db.session.commit()
    return names


def _attach_lessons(folder: Path, packs: dict[str, int]) -> None:
    """Each lesson's Markdown as a file that was read: the rows alone, since nobody opens it here."""
    now = clock.now()
    for catalogue in CATALOGUES:
        with (folder / catalogue).open(encoding="utf-8-sig") as rows:
            for row in csv.DictReader(rows):
                name = row.get("lesson_slug") or row.get("lesson_no") or ""
                if row.get("markdown_file") and name in packs:
                    text = (folder / row["markdown_file"]).read_text(encoding="utf-8")
                    _attach(packs[name], Path(row["markdown_file"]).name, text, now)


def _attach(pack_id: int, name: str, text: str, now) -> None:
    file = StoredFile(
        sha256=f"{pack_id:064d}", name=name, kind="text", media_type="text/markdown", size=len(text), uploaded_at=now
    )
    db.session.add_all(
        [file, FileReading(sha256=file.sha256, kind="text", state="read", text=text, asked_at=now, done_at=now)]
    )
    db.session.flush()
    db.session.add(PackItem(pack_id=pack_id, title="The lesson", file_id=file.id))
