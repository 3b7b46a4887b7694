"""Nobody but the two reads what was said, and nobody but its writer reads a note to herself. Ever, anywhere.

Two canaries are planted, then every page, list, export, search and mail of the portal is opened as each of the cast,
and the bytes of the database are read.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.db import db
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mentoring import sealed
from portal.mentoring.models import SealedText
from portal.mentoring.operations import start_pairing
from portal.mentoring.operations_contacts import log_contact
from portal.mentoring.operations_drafts import keep_draft
from portal.mentoring.talks import SHARED, Talk
from tests import cast
from tests.test_access_matrix import COLUMNS, doors, url_of, values_for

# What is looked for, and a word beside it to search by: a page repeats what was typed into its own search box.
OURS, MINE = "plumbobours", "plumbobmine"
ASKED = ("kestrelours", "kestrelmine")


@pytest.fixture
def planted(app, in_app):
    """A talk of Dafydd's and Tobi's, written down by Dafydd."""
    with in_app():
        dafydd, tobi, ines = (cast.person_id(key) for key in ("dafydd", "tobi", "ines"))
        pairing = start_pairing(cast.network_id(), dafydd, tobi, ines, date(2026, 9, 1))
        talk = Talk(
            at=datetime(2026, 11, 3, 12, tzinfo=UTC),
            minutes=45,
            **dict.fromkeys(SHARED, f"kestrelours {OURS}"),
            only_me=f"kestrelmine {MINE}",
        )
        key = app.config["SETTINGS"].key("mentoring")
        contact = log_contact(pairing, dafydd, talk, key, "Europe/London")
        # What is prepared is for its writer alone, all of it.
        keep_draft(pairing, dafydd, dict.fromkeys((*SHARED, "only_me"), f"kestrelmine {MINE}"), key)
        return {"pairing_id": pairing.id, "talk_id": contact.id}


def pages(app, in_app, planted):
    values = values_for_planted(app, in_app, planted)
    return sorted({url_of(app, rule, values) for key, rule in doors(app) if key.startswith("GET ")})


def values_for_planted(app, in_app, planted):
    import tests.access.mentoring as own

    original, own.prepare = own.prepare, lambda: planted
    try:
        return values_for(app, in_app) | planted
    finally:
        own.prepare = original


@pytest.mark.parametrize("who", COLUMNS)
def test_no_page_or_export_shows_them_to_anybody_else(app, as_, in_app, planted, who):
    browser = app.test_client() if who == "nobody" else as_(who)
    seen = {OURS: [], MINE: []}
    for path in pages(app, in_app, planted):
        endings = [""]
        for ending in endings:
            answer = browser.get(path + ending)
            for canary in seen:
                if canary.encode() in answer.data:
                    seen[canary].append(path + ending)
            # Beside the field at the head of every page: a search of its own; and a list that goes out as a sheet.
            if not ending and answer.data.count(b'name="q"') > 1:
                endings.append(f"?q={ASKED[0]}")
            if not ending and b"format=csv" in answer.data:
                endings.append(f"?format=csv&q={ASKED[1]}")
            answer.close()
    if who != "dafydd":
        assert not seen[MINE]
    if who not in {"dafydd", "tobi"}:
        assert not seen[OURS]


def test_the_two_read_what_is_theirs(as_, planted):
    path = f"/n/tarn-and-tide/mentoring/talks/{planted['talk_id']}"
    assert OURS.encode() in as_("dafydd").get(path).data and MINE.encode() in as_("dafydd").get(path).data
    assert OURS.encode() in as_("tobi").get(path).data and MINE.encode() not in as_("tobi").get(path).data


def test_neither_text_is_in_the_database_its_journal_the_history_or_a_mail(app, planted):
    database: Path = app.config["SETTINGS"].database
    for path in database.parent.glob(database.name + "*"):
        raw = path.read_bytes()
        assert OURS.encode() not in raw and MINE.encode() not in raw, path.name
    with app.app_context():
        lines = str([line.details for line in db.session.execute(select(HistoryLine)).scalars()])
        mails = str(db.session.execute(select(OutboxMail.text, OutboxMail.subject)).all())
    assert OURS not in lines + mails and MINE not in lines + mails


def test_a_lost_key_is_said_plainly_and_breaks_nothing(app, as_, planted):
    settings = app.config["SETTINGS"]
    (settings.instance / "keys" / "mentoring").unlink()
    answer = as_("dafydd").get(f"/n/tarn-and-tide/mentoring/talks/{planted['talk_id']}")
    assert answer.status_code == 200
    assert "The key of these notes is not here" in answer.get_data(as_text=True)
    assert as_("dafydd").get(f"/n/tarn-and-tide/mentoring/pairs/{planted['pairing_id']}").status_code == 200


def test_a_note_moved_to_another_row_does_not_open(app, in_app, planted):
    with in_app():
        key = app.config["SETTINGS"].key("mentoring")
        mine = select(SealedText).where(SealedText.layer == "only_me", SealedText.thing == "talk")
        note = db.session.execute(mine).scalar_one()
        note.layer = "we_two"
        with pytest.raises(sealed.KeyIsMissing):
            sealed.unseal(key, note)
