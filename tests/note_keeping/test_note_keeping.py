"""How long private texts live, with which key they open, and whose they are when two records become one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.coaching.operations_goals import make_goal
from portal.db import db
from portal.history.merging import merge_records, take_apart
from portal.history.models import HistoryLine
from portal.mail.models import OutboxMail
from portal.mentoring import sealed
from portal.mentoring.models import MentoringContact, Pairing, PairTalk, SealedText
from portal.mentoring.operations import end_pairing, resume_pairing
from portal.mentoring.queries import notes_for
from portal.networks.operations_membership import leave
from portal.note_keeping import keeping
from portal.note_keeping.operations import look_after_notes, wish_to_keep
from portal.people.exporting import as_json
from portal.people.models import Person
from portal.people.operations_leaving import erase_person
from portal.web import clock
from portal.web.errors import DomainError
from tests import cast
from tests.mentoring.planting import bytes_of_database, key, plant_talk, planted_pair

BASE = "/n/tarn-and-tide/mentoring"
HOST = "http://127.0.0.1:8000"


@pytest.fixture
def pair(in_app):
    """Dafydd and Tobi, a talk with all texts by each, a goal; the number of the pair."""
    with in_app():
        pairing = planted_pair()
        plant_talk(pairing, "dafydd", 3), plant_talk(pairing, "tobi", 4)
        make_goal(pairing, cast.person_id("tobi"), {"what": "To wait longer"}, key())
        return pairing.id


def ended(pair):
    pairing = db.session.get_one(Pairing, pair)
    end_pairing(pairing, cast.person_id("ines"), date(2026, 11, 10))
    return pairing


def texts():
    return db.session.execute(select(func.count()).select_from(SealedText)).scalar_one()


def after(days):
    clock.freeze(cast.NOW + timedelta(days=days))
    look_after_notes()


def test_they_go_a_year_after_the_end_and_what_was_counted_stays(in_app, pair):
    with in_app():
        ended(pair)
        after(364)
        assert texts() > 0
        after(365)
        assert texts() == 0 and db.session.get_one(Pairing, pair).notes_gone_at
        assert db.session.execute(select(func.count()).select_from(MentoringContact)).scalar_one() == 2
        [line] = db.session.execute(select(HistoryLine).where(HistoryLine.action == "pairing.notes_gone")).scalars()
        assert line.details == {} and line.actor_id is None


def test_after_four_hundred_days_nothing_is_overdue(in_app, pair):
    with in_app():
        ended(pair)
        after(400)
        due = keeping.ended_by(clock.now().date())
        left = select(Pairing.id).where(Pairing.ended_on <= due, Pairing.notes_gone_at.is_(None))
        assert texts() == 0 and not db.session.execute(left).first()


def test_an_open_pair_loses_nothing_and_one_that_began_anew_begins_anew(in_app, pair):
    with in_app():
        after(900)
        assert texts() > 0
        clock.freeze(cast.NOW)
        pairing = ended(pair)
        wish_to_keep(pairing, pairing.mentor_id, True)
        clock.freeze(cast.NOW + timedelta(days=50))
        resume_pairing(pairing, pairing.mentor_id)
        end_pairing(pairing, pairing.mentor_id, clock.now().date())
        assert keeping.wishes(pairing, pairing.mentor_id) is None
        after(400)
        assert texts() > 0
        after(415)
        assert texts() == 0


def test_they_stay_where_both_wish_it_and_one_wish_is_not_enough(in_app, pair):
    with in_app():
        pairing = ended(pair)
        wish_to_keep(pairing, pairing.mentor_id, True)
        after(365)
        assert texts() == 0
        with pytest.raises(DomainError, match="deleted already"):
            wish_to_keep(pairing, pairing.mentee_id, True)


def test_who_changes_her_mind_takes_nothing_away_within_the_hour(in_app, pair, as_):
    with in_app():
        pairing = ended(pair)
        wish_to_keep(pairing, pairing.mentor_id, True)
        wish_to_keep(pairing, pairing.mentee_id, True)
        after(500)
        assert texts() > 0 and not mails()
        wish_to_keep(pairing, pairing.mentee_id, False)
        look_after_notes()
        assert texts() > 0 and {mail.to_address.partition("@")[0] for mail in mails()} == {"dafydd", "tobi"}
        assert all("Sunday 23 April 2028" in mail.text for mail in mails())
    assert "until Sunday 23 April 2028" in as_("dafydd").get(f"{BASE}/pairs/{pair}").text
    with in_app():
        after(529)
        assert texts() > 0
        after(530)
        assert texts() == 0 and len(mails()) == 2


def test_the_mentee_is_told_that_the_texts_in_her_name_go_too(as_, pair):
    path = f"{BASE}/pairs/{pair}/notes/delete"
    assert "they stand in your name" in as_("tobi").get(path).text
    assert "they stand in your name" not in as_("dafydd").get(path).text


def test_once_they_are_gone_no_new_ones_are_taken_in(in_app, pair, as_):
    with in_app():
        ended(pair)
        after(365)
    tobi, talk = as_("tobi"), f"{BASE}/talks/1"
    assert "Write beside it" not in tobi.get(talk).text
    for path, typed in (
        (f"{talk}/notes", {"parked": "Too late"}),
        (f"{BASE}/pairs/{pair}/draft", {"only_me": "Too late"}),
    ):
        refused = tobi.post(path, data=typed)
        assert refused.status_code == 422 and "no new ones are kept" in refused.text and "Too late" in refused.text
    goal = tobi.post(f"{BASE}/coaching/goals/1/close", data={"result": "met", "growth": "Too late"})
    assert goal.status_code == 422 and "Too late" in goal.text
    assert tobi.post(f"{BASE}/coaching/goals/1/close", data={"result": "met", "growth": ""}).status_code == 303
    with in_app():
        assert texts() == 0


def test_whoever_left_the_network_answers_from_her_mail_all_the_same(in_app, pair, client):
    with in_app():
        ended(pair)
        leave(cast.network_id(), cast.person_id("dafydd"))
        after(335)
        [mail] = [mail for mail in mails() if mail.to_address.startswith("dafydd")]
    path = next(word for word in mail.text.split() if word.startswith(f"{HOST}/a/keepnotes-")).removeprefix(HOST)
    assert client.get(path).status_code == 200 and client.post(path, data={"choice": "keep"}).status_code == 303
    with in_app():
        pairing = db.session.get_one(Pairing, pair)
        assert keeping.wishes(pairing, pairing.mentor_id)


def test_both_are_told_thirty_days_before_once_and_answer_from_the_mail(in_app, pair, client, app):
    with in_app():
        ended(pair)
        after(330)
        assert not mails()
        after(335)
        after(336)
        told = mails()
    assert {mail.to_address.partition("@")[0] for mail in told} == {"dafydd", "tobi"} and len(told) == 2
    assert not [mail for mail in told if "plumbob" in mail.text + mail.html]
    for mail in told:
        path = next(word for word in mail.text.split() if word.startswith(f"{HOST}/a/keepnotes-")).removeprefix(HOST)
        assert "Keep the notes of this pair?" in client.get(path).text
        for _twice in range(2):
            assert client.post(path, data={"choice": "keep"}).status_code == 303
        assert "You wish to keep it." in client.get(path).text
    with in_app():
        after(400)
        assert texts() > 0


def mails():
    rows = select(OutboxMail.to_address, OutboxMail.text, OutboxMail.html)
    return db.session.execute(rows.where(OutboxMail.kind == "notes-go")).all()


def test_on_the_page_of_an_ended_pair_each_says_what_becomes_of_them(in_app, pair, as_):
    with in_app():
        ended(pair)
    dafydd, tobi, path = as_("dafydd"), as_("tobi"), f"{BASE}/pairs/{pair}"
    assert "They are deleted on Wednesday 10 November 2027" in tobi.get(path).text
    tobi.post(f"{path}/notes/keep")
    assert "The other one of you wishes to keep them" in dafydd.get(path).text
    dafydd.post(f"{path}/notes/keep")
    assert "Both of you wish to keep them" in tobi.get(path).text
    tobi.post(f"{path}/notes/let-go")
    assert "They stay if the other one of you says so too" in dafydd.get(path).text
    coordinator = as_("ines").get(path).text
    assert "What becomes of your notes" not in coordinator and "would keep the notes" not in coordinator


def test_each_deletes_her_own_at_once_after_being_asked(in_app, pair, as_, app):
    tobi, path = as_("tobi"), f"{BASE}/pairs/{pair}/notes/delete"
    assert "for good" in tobi.get(path).text
    with in_app():
        before = db.session.execute(
            select(func.count()).where(SealedText.author_id == cast.person_id("dafydd"))
        ).scalar()
    tobi.post(path)
    assert "Nothing that you wrote is here." in tobi.get(path).text
    with in_app():
        assert texts() == before
    assert "deleted what she had written" not in as_("ines").get(f"{BASE}/pairs/{pair}").text


@pytest.fixture
def keys(app):
    """The folder of the keys, put back as it was."""
    folder = app.config["SETTINGS"].instance / "keys"
    app.config["SETTINGS"].key("mentoring")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    yield folder
    for path in folder.iterdir():
        path.unlink()
    for name, value in before.items():
        (folder / name).write_bytes(value)


def test_a_lost_key_breaks_nothing_and_the_old_texts_open_when_it_is_put_back(in_app, pair, as_, keys, app):
    tobi, path = as_("tobi"), f"{BASE}/pairs/{pair}"
    lost = (keys / "mentoring").read_bytes()
    (keys / "mentoring").unlink()
    page = tobi.get(path)
    assert page.status_code == 200 and "The key of these notes is not here" in page.text and "plumbob" not in page.text
    with in_app():
        plant_talk(db.session.get_one(Pairing, pair), "tobi", 6)
    assert "plumbobtobi6parked" in tobi.get(path).text
    runner = app.test_cli_runner()
    with app.app_context():
        told = runner.invoke(args=["check"])
    assert told.exit_code == 1 and "which is not in instance/keys" in told.output
    assert runner.invoke(args=["mentoring", "reseal"]).exit_code == 1
    (keys / "mentoring-old-found").write_bytes(lost)
    with in_app():
        assert all_open(pair)
    with app.app_context():
        assert runner.invoke(args=["check"]).exit_code == 0


def all_open(pair):
    opened = [sealed.unseal(key(), text) for text in db.session.execute(select(SealedText)).scalars()]
    return len(opened) == texts() and all(opened)


def test_a_new_key_can_be_put_in_at_any_time_and_killing_it_loses_nothing(in_app, pair, keys, app, monkeypatch):
    monkeypatch.setattr("portal.note_keeping.operations_resealing.BATCH", 2)
    runner, first = app.test_cli_runner(), (keys / "mentoring").read_bytes()
    killed = []

    def kill(*about):
        killed.append(1)
        if len(killed) == 2:
            raise KeyboardInterrupt
        return seal(*about)

    seal = sealed.seal
    monkeypatch.setattr(sealed, "seal", kill)
    assert runner.invoke(args=["mentoring", "reseal", "--new-key"]).exit_code != 0
    monkeypatch.setattr(sealed, "seal", seal)
    assert (keys / "mentoring").read_bytes() != first
    with in_app():
        assert all_open(pair)
    done = runner.invoke(args=["mentoring", "reseal"])
    assert done.exit_code == 0 and "No text here needs the old key" in done.output and "plumbob" not in done.output
    next(keys.glob("mentoring-old-*")).unlink()
    with in_app():
        assert all_open(pair) and sealed.keyring() == {sealed.key_id(key()): key()}


def test_keys_are_in_no_copy_of_the_database_nor_among_the_files(in_app, pair, keys, app, tmp_path):
    with app.app_context():
        connection = db.engine.raw_connection()
        connection.cursor().execute(f"VACUUM INTO '{tmp_path / 'backup.sqlite'}'")
        connection.close()
    raw = (tmp_path / "backup.sqlite").read_bytes() + bytes_of_database(app)
    raw += b"".join(path.read_bytes() for path in app.config["SETTINGS"].store.rglob("*") if path.is_file())
    assert b"plumbob" not in raw and (keys / "mentoring").read_bytes() not in raw


def second_record():
    """Another record of Tobi, that signs in; Tobi's own becomes part of it."""
    made = Person(
        name="Tobi Larkhill", sort_name="Larkhill Tobi", listing={}, created_at=cast.NOW, admitted_at=cast.NOW
    )
    db.session.add(made)
    db.session.flush()
    return made.id


def readable(reader):
    told = db.session.execute(select(PairTalk).order_by(PairTalk.id)).scalars()
    found = [notes_for(reader, one, key()) for one in told]
    return str([(one.mine, one.ours) for one in found])


def test_after_two_records_became_one_she_reads_her_texts_and_after_they_are_two_again(in_app, pair):
    with in_app():
        tobi, other = cast.person_id("tobi"), second_record()
        for kept, gone in ((other, tobi), (tobi, other)):
            before = readable(tobi)
            merge = merge_records("person", kept, gone, {}, tobi)
            assert "plumbobtobi4onlyme" in readable(kept) and "plumbobdafydd3parked" in readable(kept)
            if kept == other:
                assert "plumbob" not in readable(gone)
            take_apart(merge)
            assert readable(tobi) == before


def test_the_two_of_a_pair_are_never_made_one(in_app, pair):
    with in_app(), pytest.raises(DomainError, match="side by side"):
        merge_records("person", cast.person_id("tobi"), cast.person_id("dafydd"), {}, cast.person_id("ines"))


def test_texts_that_would_stand_twice_are_not_dropped_but_keep_the_records_apart(in_app, pair):
    with in_app():
        tobi, other = cast.person_id("tobi"), second_record()
        mine = db.session.execute(select(SealedText).where(SealedText.author_id == tobi)).scalars().first()
        columns = {
            name: getattr(mine, name) for name in ("thing", "thing_id", "layer", "sealed_for", "key_id", "sealed")
        }
        db.session.add(SealedText(author_id=other, written_at=cast.NOW, **columns))
        db.session.flush()
        count = texts()
        with pytest.raises(DomainError, match="side by side"):
            merge_records("person", tobi, other, {}, tobi)
        db.session.rollback()
        assert texts() == count - 1


def test_no_coordinator_decides_by_merging_who_reads(in_app, pair, as_):
    """A mentee who never signed in, made one with somebody who does, would open to her what was written for the mentee."""
    with in_app():
        tobi, leon = cast.person_id("tobi"), cast.person_id("leon")
        db.session.get_one(Person, tobi).admitted_at = None
        db.session.commit()
    answer = as_("ines").post(f"/people/{leon}/same/{tobi}", data={}, follow_redirects=True)
    assert "no coordinator decides who reads them" in answer.text
    with in_app():
        assert db.session.get_one(Person, tobi).merged_into is None


def test_her_export_holds_what_she_may_read_and_nothing_else(in_app, pair):
    with in_app():
        hers, his = as_json(cast.person_id("tobi")).decode(), as_json(cast.person_id("dafydd")).decode()
        assert "plumbobtobi4onlyme" in hers and "plumbobdafydd3parked" in hers and "To wait longer" in hers
        assert "plumbobdafydd3onlyme" not in hers and "plumbobtobi4onlyme" not in his
        assert '"sealed_text"' not in hers and "plumbob" not in as_json(cast.person_id("ines")).decode()


def test_who_deletes_herself_leaves_no_text_and_no_open_pair(in_app, pair):
    with in_app():
        tobi = cast.person_id("tobi")
        erase_person(tobi)
        assert not db.session.execute(select(SealedText.id).where(SealedText.author_id == tobi)).first()
        assert db.session.get_one(Pairing, pair).ended_on


@pytest.mark.parametrize(
    ("day", "goes"),
    [
        (date(2026, 11, 10), date(2027, 11, 10)),
        (date(2028, 2, 29), date(2029, 3, 1)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_day_is_a_calendar_year_later(day, goes):
    assert keeping.goes_on(day) == goes
    assert day <= keeping.ended_by(goes) and day > keeping.ended_by(goes - timedelta(days=1))
