"""The photo of the signed sheet stays with the event, for coordinators alone, and can be taken away and put back."""

import io

from sqlalchemy import select

from portal.db import db
from portal.events.models_papers import EventPaper
from tests.attendance.sheets import Evening
from tests.web import heic


def sent(browser, evening, *files):
    data = {"files": [(io.BytesIO(content), name) for content, name in files]}
    return browser.post(f"{evening.url}/paper/photos", data=data, content_type="multipart/form-data")


def kept(in_app):
    with in_app():
        papers = db.session.execute(select(EventPaper).order_by(EventPaper.id)).scalars()
        return [(one.id, one.kind, one.readers, one.title, one.removed_at is None) for one in papers]


def test_several_pages_are_kept_as_a_telephone_sends_them(as_, in_app):
    evening = Evening(in_app, "tobi")
    pages = (heic.picture(1, 2), "page 1.heic"), (heic.TILE.read_bytes(), "page 2.HEIC")
    assert sent(as_("ines"), evening, *pages).status_code == 303
    one, two = kept(in_app)
    assert one[1:] == ("sheet", "coordinators", "page 1.jpg", True) and two[3] == "page 2.jpg"
    assert "2 photos of the signed sheet" in as_("ines").get(evening.url).text
    with as_("ines").get(f"{evening.url}/paper/photos/{one[0]}") as photo:
        assert photo.mimetype == "image/jpeg" and photo.data.startswith(b"\xff\xd8")


def test_it_is_not_for_other_members(as_, in_app):
    evening = Evening(in_app, "tobi")
    sent(as_("ines"), evening, (heic.TILE.read_bytes(), "a.heic"))
    [(photo, *_rest)] = kept(in_app)
    for who, status in (("tobi", 403), ("petra", 403), ("kofi", 404)):
        assert as_(who).get(f"{evening.url}/paper/photos/{photo}").status_code == status


def test_taken_away_and_put_back(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    sent(ines, evening, (heic.TILE.read_bytes(), "a.heic"))
    [(photo, *_rest)] = kept(in_app)
    url = f"{evening.url}/paper/photos/{photo}"
    page = ines.post(f"{url}/removal", follow_redirects=True).text
    assert f"{url}/return" in page and ines.get(url).status_code == 404
    ines.post(f"{url}/return")
    with ines.get(url) as answer:
        assert answer.status_code == 200


def test_what_is_no_photo_is_refused_in_words_and_the_good_one_is_kept_for_the_next_try(as_, in_app):
    evening = Evening(in_app, "tobi")
    ines = as_("ines")
    answer = sent(ines, evening, (heic.TILE.read_bytes(), "good.heic"), (heic.TILE.read_bytes()[:400], "bad.heic"))
    assert answer.status_code == 422 and "bad.heic" in answer.text and "good.jpg" in answer.text
    assert kept(in_app) == []
    assert "Only photos and PDF" in sent(ines, evening, (b"just words", "notes.txt")).text
    assert "Choose a photo" in sent(ines, evening).text
