"""The form of a pack: what files propose, whose work it is, which licence the original allows, ages of one's own country."""

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.db import db
from portal.files.models import StoredFile
from portal.files.telling import told_by_file
from portal.history.queries import lines_about
from portal.mail.models import OutboxMail
from portal.networks.models import Network
from portal.resources.licences import clash
from portal.resources.models import Pack
from portal.resources.operations import adapt_pack
from portal.resources.phases import usual_phases
from portal.resources.proposing import propose, tidy_name
from portal.vocabulary.models import Word
from tests import cast
from tests.resources.packs import PAGE, make_pack, text_file, typed, word_id


@pytest.fixture
def tobi(as_):
    return as_("tobi")


def send(in_app, browser, where=PAGE, files=(), **other):
    with in_app():
        form = typed(**other)
    return browser.post(where, data=form | {"files": list(files)}, content_type="multipart/form-data")


def last(app):
    with app.app_context():
        return db.session.execute(select(Pack).order_by(Pack.id.desc()).limit(1)).scalar_one()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("paper_bridges-final_v2.docx", "Paper bridges"),
        ("Copy of egg-drop (1).pptx", "Egg drop"),
        ("HCI - Heuristics lesson.pdf", "HCI - Heuristics lesson"),
        ("sugar%20test.txt", "Sugar test"),
        ("final_project_plan.docx", "Final project plan"),
        (".txt", ""),
    ],
)
def test_a_file_name_becomes_a_title(name, title):
    assert tidy_name(name) == title


@pytest.mark.shared
def test_real_files_propose_what_they_say_of_themselves(in_app, shared_data, monkeypatch):
    said = {}
    for path in sorted((shared_data / "resource-files").iterdir()):
        monkeypatch.setattr("portal.files.telling.open_file", lambda file, path=path: path.open("rb"))
        ending = path.suffix[1:].lower()
        said[path.name] = told_by_file(StoredFile(kind=ending, name=path.name))
    assert said["Intro Python 1.05 TEALS.pptx"].language == said["teals_python_2.04_lab.docx"].language == "en"
    assert sum(bool(one.title) for one in said.values()) >= 3
    assert all(len(one.title) <= 300 and one.title.isprintable() for one in said.values())


def test_minutes_are_read_from_names(in_app, monkeypatch):
    monkeypatch.setattr("portal.resources.proposing.words_of_files", lambda digests: "")
    files = [StoredFile(kind="text", name=name, sha256="0" * 64) for name in ("notes.txt", "egg drop 45 min.txt")]
    with in_app():
        found = propose(files)
    assert (found.title, found.minutes) == ("Notes", 45)


def test_bringing_files_first_proposes_and_saves_nothing(app, in_app, tobi):
    answer = tobi.post(
        PAGE,
        data={
            "files": [text_file("paper_bridges 50 min.md", "# Bridges of paper")],
            "preview": "files",
            "language": "en",
        },
        content_type="multipart/form-data",
    )
    page = answer.text
    assert answer.status_code == 200 and 'value="Bridges of paper"' in page and 'value="50"' in page
    assert "Proposed from your file" in page and 'name="files-kept"' in page and "Give it a title." not in page
    with app.app_context():
        assert db.session.execute(select(Pack.id)).first() is None


def test_the_form_offers_the_ages_of_its_own_country(in_app, as_):
    with in_app():
        db.session.add_all(
            Word(kind="phase", code=code, label=code.title()) for code in ("elementary", "middle", "high", "college")
        )
        db.session.commit()
    page = as_("tobi").get(f"{PAGE}new").text
    assert "Secondary" in page and "Elementary" not in page and "College" in page
    with in_app():
        db.session.get(Network, cast.network_id()).locale = "en_US"
        db.session.commit()
    page = as_("tobi").get(f"{PAGE}new").text
    assert "Elementary" in page and "Secondary" not in page


def test_an_age_that_a_pack_has_already_stays_on_its_form():
    words = [Word(id=1, kind="phase", code="primary"), Word(id=2, kind="phase", code="middle")]
    assert [word.id for word in usual_phases(words, "en_GB")] == [1]
    assert [word.id for word in usual_phases(words, "en_GB", [2])] == [1, 2]
    assert [word.id for word in usual_phases(words[1:], "en_GB")] == [2]


@pytest.mark.parametrize(
    ("original", "chosen", "why"),
    [
        ("cc-by-nd-4.0", "cc-by-nd-4.0", "nd"),
        ("cc-by-sa-2.0", "cc-by-sa-4.0", ""),
        ("cc-by-sa-4.0", "cc-by-4.0", "sa"),
        ("cc-by-nc-sa-4.0", "cc-by-nc-4.0", "sa"),
        ("cc-by-nc-4.0", "cc-by-4.0", "nc"),
        ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", ""),
        ("cc-by-4.0", "permission", ""),
        ("cc0-1.0", "cc-by-4.0", ""),
        ("", "cc-by-4.0", ""),
    ],
)
def test_which_licence_an_original_allows(original, chosen, why):
    assert clash(original, chosen) == why


def outside(**other):
    usual = {"right_to_share": "adapted", "source": "Egg safety", "source_author": "Ada Far", "licence": "cc-by-4.0"}
    return usual | {"source_address": "https://example.org/egg", "source_licence": "cc-by-4.0"} | other


def test_an_original_from_elsewhere_is_credited_on_the_pack(in_app, tobi):
    answer = send(in_app, tobi, **outside())
    page = tobi.get(answer.location).text
    assert 'href="https://example.org/egg"' in page and "by Ada Far" in page and "CC BY 4.0" in page


@pytest.mark.parametrize(
    ("licence", "said"), [("cc-by-nd-4.0", "allows no changed copies"), ("cc-by-sa-4.0", "keeps that licence")]
)
def test_a_licence_that_the_original_forbids_is_told_beside_the_field(in_app, tobi, licence, said):
    answer = send(in_app, tobi, **outside(source_licence=licence))
    assert answer.status_code == 422 and said in answer.text
    assert 'id="licence-error"' in answer.text and "Ada Far" in answer.text
    assert send(in_app, tobi, **outside(source_licence=licence, right_to_share="permission")).status_code == 303


def test_an_address_of_an_original_is_one(in_app, tobi):
    answer = send(in_app, tobi, **outside(source_address="javascript:alert(1)"))
    assert answer.status_code == 422 and "This is not the address of a page" in answer.text


def test_an_original_of_the_network_is_found_chosen_and_linked_both_ways(app, in_app, as_, tobi):
    with in_app():
        parent = make_pack("ines", title="Robot hand", author="Rosa Inglebright", licence="cc-by-sa-4.0")
        make_pack("ines", title="Robot draft", shared=False)
        sibling = adapt_pack(cast.person_id("tobi"), parent)
    looked = send(in_app, tobi, title="", preview="original", look_for="robot inglebright")
    assert (
        looked.status_code == 200
        and "Robot hand, by Rosa Inglebright" in looked.text
        and "Robot draft" not in looked.text
    )
    refused = send(in_app, tobi, right_to_share="adapted", original=str(parent))
    assert refused.status_code == 422 and "keeps that licence" in refused.text
    done = send(in_app, tobi, right_to_share="adapted", original=str(parent), licence="cc-by-sa-4.0")
    made = last(app)
    assert (made.adapted_from_id, made.source, made.source_author) == (parent, "Robot hand", "Rosa Inglebright")
    page = tobi.get(done.location).text
    assert (
        "Made from the same original" in page and f'href="{PAGE}{sibling}"' in page and f'href="{PAGE}{parent}"' in page
    )
    assert f'href="{PAGE}{made.id}"' in tobi.get(f"{PAGE}{parent}").text


def test_somebodys_draft_or_a_strange_pack_is_nobodys_original(in_app, tobi):
    with in_app():
        draft = make_pack("ines", shared=False)
        strange = make_pack("kofi", network="fell-and-furrow")
    for original in (draft, strange, 999_999):
        answer = send(in_app, tobi, right_to_share="adapted", original=str(original))
        assert answer.status_code == 422 and "can’t be the original" in answer.text


def test_a_translation_says_whether_a_teacher_has_checked_it(app, in_app, tobi):
    with in_app():
        parent = make_pack()
        adapt_pack(cast.person_id("tobi"), parent)
        copy = db.session.execute(select(Pack).where(Pack.adapted_from_id == parent)).scalar_one()
        copy.language, copy_id = "cy", copy.id
        db.session.commit()
    assert "no teacher has checked yet" in tobi.get(f"{PAGE}{copy_id}").text
    with in_app():
        db.session.get(Pack, copy_id).checked_language = True
        db.session.commit()
    assert "Welsh, checked by a teacher" in tobi.get(f"{PAGE}{copy_id}").text
    assert "Welsh (checked by a teacher)" in tobi.get(f"{PAGE}{parent}").text
    assert "checked" in tobi.get(f"{PAGE}{copy_id}/edit").text


def test_the_look_for_names_and_faces_stays_in_the_history(in_app):
    with in_app():
        lines = [line.sentence for line in lines_about("pack", make_pack())]
    assert any("no name and no face of a pupil in it without consent" in line for line in lines)


def test_a_pack_is_mailed_to_oneself_with_its_small_files(app, in_app, as_, tobi):
    with in_app():
        pack = make_pack()
    files = {"files": [text_file("guide.txt")]}
    tobi.post(f"{PAGE}{pack}/items", data=files, content_type="multipart/form-data")
    dafydd = as_("dafydd")
    answer = dafydd.post(f"{PAGE}{pack}/mail")
    assert answer.status_code == 303 and "It is on its way to" in dafydd.get(answer.location).text
    with app.app_context():
        mail = db.session.execute(select(OutboxMail)).scalar_one()
    assert mail.subject == "Paper bridges" and f"{PAGE}{pack}/archive" in mail.text and "guide.txt" in mail.text
    assert "List-Unsubscribe" not in mail.headers
    for _more in range(12):
        answer = dafydd.post(f"{PAGE}{pack}/mail")
    assert "twelve within an hour" in dafydd.get(answer.location).text
    with app.app_context():
        assert len(db.session.execute(select(OutboxMail.id)).all()) == 12


def test_i_changed_it_brings_the_files_along(in_app, as_, tobi):
    with in_app():
        pack = make_pack()
    tobi.post(f"{PAGE}{pack}/items", data={"files": [text_file("guide.txt")]}, content_type="multipart/form-data")
    answer = as_("dafydd").post(f"{PAGE}{pack}/adaptations")
    assert answer.location.endswith("/edit")
    page = as_("dafydd").get(answer.location).text
    assert 'value="adapted"' in page and "Paper bridges, by Tobi Larkhill" in page


def test_what_is_asked_of_the_database_stays_small(in_app, tobi, queries):
    with in_app():
        pack = make_pack()
        word_id("subject", "physics")
    for where in (f"{PAGE}new", f"{PAGE}{pack}/edit", f"{PAGE}{pack}/items", f"{PAGE}{pack}"):
        tobi.get(where)
        with queries() as seen:
            tobi.get(where)
        assert len(seen) <= 12, (where, len(seen))


def test_a_kept_file_is_counted_in_its_network(in_app, tobi):
    tobi.post(PAGE, data={"files": [text_file()], "preview": "files"}, content_type="multipart/form-data")
    with in_app():
        assert db.session.execute(select(StoredFile.network_id)).scalar_one() == cast.network_id()
        FileStorage(BytesIO(b""), "x.txt").close()
