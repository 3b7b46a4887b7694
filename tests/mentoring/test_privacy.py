"""Nobody but the two reads what was said, and nobody but its writer reads a note to herself. Ever, anywhere.

A word is planted in every private field (``planting``); then every page, list, export and search of the portal is opened
as each of the cast, and mails, history, log, the bytes of the database and a backup are read. That the sweep can fail is
shown by taking one guard away at a time.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select, true

from portal.coaching.models import STEPS
from portal.db import db, writing
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mentoring import sealed
from portal.mentoring.models import Pairing, SealedText
from portal.mentoring.operations import end_pairing
from portal.mentoring.things import things_of
from portal.people.operations_slips import give_slip, start_apart, use_slip
from tests import cast
from tests.databases import keep, lay
from tests.mentoring.planting import ASKED, MARK, bytes_of_database, plant_everything, plant_talk
from tests.test_access_matrix import doors, url_of, values_once

# Two coordinators, an administrator, an observer, the mentee's former mentor, the other network, an outsider, nobody.
OTHERS = ("ines", "mairead", "ravi", "petra", "leon", "bryony", "kofi", "hana", "nobody")
ROOMS = (
    "mentoring.", "note_keeping.", "log_sheets.", "agreements.", "pair_programmes.",
    "coaching.", "handing_on.", "matching.", "milestones.", "my_page.",
)  # fmt: skip
WORDS = re.compile(rb"plumbob\w+")
SLIPS = b"k" * 32
# What is typed into the forms of coaching and not saved yet.
DRAFTS = {"needs_draft", "goal_new", "goal_draft", "goal_closing", "step_draft"}
_once: dict[str, object] = {}


@pytest.fixture
def planted(app, in_app):
    """Values for every address, with every private field of Dafydd's and Tobi's pair planted; made once in this process."""
    if _once:
        lay(app, _once["database"])
    else:
        values = values_once(app, in_app)
        with in_app():
            pairing = db.session.get_one(Pairing, values["pairing_id"])
            assert (pairing.mentor_id, pairing.mentee_id) == (cast.person_id("dafydd"), cast.person_id("tobi"))
            canaries = plant_everything(pairing, values)
            _leon_mentored_tobi()
        _once.update(values=values, canaries=canaries, database=keep(app, "planted.sqlite"))
    return _once


def _leon_mentored_tobi():
    """What the hand-overs of the access tables need anyway: now it has ended."""
    leon, tobi = cast.person_id("leon"), cast.person_id("tobi")
    was = db.session.execute(select(Pairing).where(Pairing.mentor_id == leon, Pairing.mentee_id == tobi)).scalar_one()
    end_pairing(was, cast.person_id("ines"), date(2026, 11, 5))


def addresses(app, values, only=()):
    found = set()
    for name, rule in doors(app):
        if name.startswith("GET ") and (not only or name.removeprefix("GET ").startswith(only)):
            # Of a cycle all steps.
            for step in STEPS if "step_name" in rule.arguments else (None,):
                found.add(url_of(app, rule, values | ({"step_name": step} if step else {})))
            # And the questions at the end of a pair that has ended.
            if name == "GET matching.ending":
                found.add(url_of(app, rule, values | {"pairing_id": values["ended_id"]}))
    return sorted(found)


def shown(browser, paths, kinds=("csv",)) -> Iterator[tuple[str, bytes]]:
    """Every address, with a search of the page's own and the list as a sheet where it has them; packed ones unpacked."""
    for path in paths:
        endings = [""]
        for ending in endings:
            answer = browser.get(path + ending)
            yield path + ending, unpacked(answer.data)
            if not ending and answer.data.count(b'name="q"') > 1:
                endings.append(f"?q={ASKED}")
            if not ending and b"format=csv" in answer.data:
                endings += [f"?format={kind}&q={ASKED}" for kind in kinds]
            answer.close()


def unpacked(body: bytes) -> bytes:
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.fixture(autouse=True)
def papers_in_plain_words(monkeypatch):
    """What stands on a paper, unpressed: it can be read here, and a sweep sets no type."""
    monkeypatch.setattr("portal.web.papers.pdf", lambda *about: json.dumps(about, default=str).encode())


def leaks(planted, who, browser, paths):
    """Where this one of the cast came upon a word that is not hers."""
    hers = {one.word.encode() for one in planted["canaries"] if who in one.readers}
    # Both kinds of sheet hold the same rows: one of the cast opens both.
    kinds = ("csv", "xlsx") if who == "ines" else ("csv",)
    found = ((path, word) for path, body in shown(browser, paths, kinds) for word in WORDS.findall(body))
    return sorted({f"{path}: {word.decode()}" for path, word in found if word not in hers})


@pytest.mark.parametrize("who", (*OTHERS, "dafydd", "tobi"))
def test_no_page_list_export_search_or_log_shows_them_to_anybody_else(app, as_, planted, who, caplog):
    caplog.set_level("DEBUG", "staffroom")
    browser = app.test_client() if who == "nobody" else as_(who)
    # A second coordinator, who is nobody's mentor, can differ from the first in the rooms of mentoring alone.
    paths = addresses(app, planted["values"], ROOMS if who == "mairead" else ())
    assert not leaks(planted, who, browser, paths)
    assert MARK not in caplog.text


def test_each_of_the_two_comes_upon_every_word_that_is_hers(app, as_, planted):
    """Or the sweep would prove nothing: what is planted is on some page."""
    for who in ("dafydd", "tobi"):
        hers = {one.word: one.where for one in planted["canaries"] if who in one.readers}
        pages = addresses(app, planted["values"], ROOMS)
        seen = {word.decode() for _path, body in shown(as_(who), pages) for word in WORDS.findall(body)}
        assert not [where for word, where in hers.items() if word not in seen]


def test_they_are_in_no_mail_no_history_no_database_byte_and_no_backup(app, planted, tmp_path):
    assert MARK.encode() not in bytes_of_database(app)
    with app.app_context():
        lines = str([line.details for line in db.session.execute(select(HistoryLine)).scalars()])
        mails = str(db.session.execute(select(OutboxMail.subject, OutboxMail.text, OutboxMail.html)).all())
        connection = db.engine.raw_connection()
        connection.cursor().execute(f"VACUUM INTO '{tmp_path / 'backup.sqlite'}'")
        connection.close()
    assert MARK not in lines + mails
    settings = app.config["SETTINGS"]
    kept = [tmp_path / "backup.sqlite", *(path for path in settings.store.rglob("*") if path.is_file())]
    raw = b"".join(path.read_bytes() for path in kept)
    assert len(raw) > 100_000 and MARK.encode() not in raw and settings.key("mentoring") not in raw


def test_every_kind_of_sealed_text_is_planted_and_known_to_its_pair(app, planted):
    with app.app_context():
        stored = set(db.session.execute(select(SealedText.thing).distinct()).scalars())
        known = {name for name, _number in things_of([planted["values"]["pairing_id"], planted["values"]["ended_id"]])}
    # Whoever adds one plants it above and declares it in ``mentoring/things.py``; a hand-over is its owner's, of no pair.
    assert (
        stored - {"hand_over"}
        == known
        == {"talk", "beside", "draft", "needs", "goal", "cycle_step", "rematch", "ending"} | DRAFTS
    )


@pytest.fixture
def came_by_slip(app, in_app, planted):
    """A browser that came in as Tobi with a slip that Ines made, and perhaps used herself."""
    with in_app():
        tobi = cast.person_id("tobi")
        came = use_slip(give_slip(tobi, cast.person_id("ines"), SLIPS), "a client", SLIPS)
        token = start_apart(tobi, came.slip_id, timedelta(hours=8), "a test")
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return browser


def test_somebody_who_came_by_a_slip_reads_none(app, came_by_slip, planted):
    assert not leaks(planted, "slip", came_by_slip, addresses(app, planted["values"], ROOMS))


def anybody(*about, **more):
    return True


def notes_of_anybody(reader_id, told, key):
    from portal.mentoring.queries_texts import Private, private_of

    return private_of("talk", [told.id], reader_id, True, key).get(told.id, Private())


def whoever_sent_it(person_id, network_id, hand_over_id):
    from portal.handing_on.models import HandOver

    return db.session.get(HandOver, hand_over_id)


def draft_of_dafydd(place, writer, key):
    from portal.mentoring.draft_keeping import draft_of

    return draft_of(place, cast.person_id("dafydd"), key)


def every_pair(person_id):
    return list(db.session.execute(select(Pairing.id)).scalars())


def mentee(person_id, key):
    from portal.handing_on import offering

    return offering.pieces_of(cast.person_id("tobi"), key)


# What is taken away, and who then comes upon a word. A page of a talk is guarded twice: both have to go.
GUARDS = {
    "who is one of the two": ("ines", [("portal.coaching.access._if_hers", lambda pairing, may: pairing)]),
    "whose a text is": (
        "tobi",
        [("portal.mentoring.queries_texts.readable_by", lambda reader_id, is_one_of_two: true())],
    ),
    "the page of a talk": (
        "ines",
        [
            ("portal.mentoring.policy.is_of_pair", anybody),
            ("portal.mentoring.queries.notes_for", notes_of_anybody),
        ],
    ),
    "whose a draft is": ("tobi", [("portal.coaching.drafts.draft_of", draft_of_dafydd)]),
    "whose a hand-over is": ("ines", [("portal.handing_on.routes.hers", whoever_sent_it)]),
    "whose pieces are offered": ("petra", [("portal.handing_on.routes.pieces_of", mentee)]),
    "whose pairs are exported": ("leon", [("portal.mentoring.exporting._pairs_of", every_pair)]),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_the_sweep_notices_when_one_guard_is_taken_away(app, as_, planted, monkeypatch, guard):
    """With the guard there is none, as the sweep above shows."""
    who, patches = GUARDS[guard]
    for name, instead in patches:
        monkeypatch.setattr(name, instead)
    assert leaks(planted, who, as_(who), addresses(app, planted["values"], ROOMS))


def test_the_sweep_notices_when_slips_are_let_in(app, came_by_slip, planted, monkeypatch):
    for room in ("mentoring", "coaching", "handing_on", "matching"):
        before = app.before_request_funcs[room]
        kept = [one for one in before if one.__name__ != "only_by_her_own_means"]
        assert len(kept) == len(before) - 1
        monkeypatch.setitem(app.before_request_funcs, room, kept)
    assert leaks(planted, "slip", came_by_slip, addresses(app, planted["values"], ROOMS))


def test_the_bytes_tell_when_a_text_is_kept_unsealed(app, in_app, planted, monkeypatch):
    def plainly(key, thing, thing_id, sealed_for, layer, fields):
        return str(dict(fields)).encode()

    monkeypatch.setattr(sealed, "seal", plainly)
    with in_app():
        plant_talk(db.session.get_one(Pairing, planted["values"]["pairing_id"]), "dafydd", 5)
    assert MARK.encode() in bytes_of_database(app)


def test_a_note_moved_to_another_row_does_not_open(app, planted):
    with app.app_context(), writing():
        key = app.config["SETTINGS"].key("mentoring")
        note = db.session.execute(select(SealedText).where(SealedText.layer == "only_me")).scalars().first()
        note.layer = "we_two"
        with pytest.raises(sealed.KeyIsMissing):
            sealed.unseal(key, note)
        db.session.rollback()


def test_without_the_key_nothing_is_opened_whatever_lies_beside_it(app, planted):
    with app.app_context():
        note = db.session.execute(select(SealedText)).scalars().first()
        with pytest.raises(sealed.KeyIsMissing):
            sealed.unseal(b"", note)
