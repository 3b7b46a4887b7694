"""The search of packs: it finds what was meant, best first, says how it understood, and gives nothing away."""

from datetime import date

import pytest

from portal.activities.models import Use
from portal.admin.operations_synonyms import add_synonyms
from portal.db import db
from portal.files.models import FileReading, StoredFile
from portal.people.models import PersonWord
from portal.resources.models import Pack, PackBookmark, PackItem
from portal.standards.models import Framework, Standard
from portal.web import clock
from tests import cast
from tests.resources.packs import PAGE, make_pack, word_id

ROCKET, TORCH, CARDS = "Fractions of a rocket", "Circuits with a torch", "Binary cards"


@pytest.fixture
def shelf(in_app) -> dict[str, int]:
    """Three packs, one with a file that was read, one whose standard speaks of what its title does not."""
    with in_app():
        framework = Framework(code="CCSS.Math", name="Common Core", imported_at=clock.now())
        db.session.add(framework)
        db.session.flush()
        statement = "Solve problems involving scale drawings."
        db.session.add(Standard(framework_id=framework.id, code="7.G.A.1", key="7ga1", statement=statement))
        db.session.flush()
        made = {
            ROCKET: make_pack(title=ROCKET, strapline="Fly a third.", standards=("7.G.A.1", "MS-PS2-1"), minutes=30),
            TORCH: make_pack(
                title=TORCH, strapline="Light it.", licence="cc-by-nd-4.0", about="A rocket is not needed."
            ),
            CARDS: make_pack(
                title=CARDS,
                strapline="Count with dots.",
                phases=(word_id("phase", "primary"),),
                subjects=(word_id("subject", "computing"),),
                languages=(word_id("language", "cy"),),
                minutes=100,
                licence="permission",
            ),
        }
        add_synonyms("torch, flashlight", cast.person_id("ravi"))
        read = {"kind": "text", "state": "read", "text": "Roll the playdough flat.", "asked_at": clock.now()}
        file = StoredFile(
            sha256="a" * 64, name="g.md", kind="text", media_type="text/plain", size=9, uploaded_at=clock.now()
        )
        db.session.add_all([file, FileReading(sha256="a" * 64, **read)])
        db.session.flush()
        db.session.add(PackItem(pack_id=made[CARDS], title="The guide", file_id=file.id))
        db.session.commit()
    return made


def use(pack_id: int, who: str) -> Use:
    about = {"network_id": cast.network_id(), "subject_kind": "pack", "subject_id": pack_id}
    return Use(person_id=cast.person_id(who), used_on=date(2026, 3, 2), recorded_at=clock.now(), **about)


def found(page: str) -> list[str]:
    """Titles of the packs on a page in their order."""
    plain = page.replace("<mark>", "").replace("</mark>", "")
    return sorted((title for title in (ROCKET, TORCH, CARDS) if f">{title}</a>" in plain), key=plain.index)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=flashlights", [TORCH]),
        ("q=rocket", [ROCKET, TORCH]),
        ("q=playdough", [CARDS]),
        ("q=scale+drawing", [ROCKET]),
        ("q=ms+ps2+1", [ROCKET]),
        ("q=MSPS2-1", [ROCKET]),
        ("q=primary+dots", [CARDS]),
        ("q=year+4+dots", [CARDS]),
        ("q=welsh", [CARDS]),
        ("q=rocket+under+40+minutes", [ROCKET]),
        ("minutes=40", [ROCKET]),
        ("minutes=soon", [CARDS, TORCH, ROCKET]),
        ("q=fracshuns", [ROCKET]),
        ("q=fracshuns&exactly=yes", []),
        ("q=how+to+make+a+rocket", [ROCKET, TORCH]),
        ("q=rocket+fractions+parachute", [ROCKET, TORCH]),
        ("may=change", [ROCKET]),
        ("language=cy", [CARDS]),
        ("standing=reviewed", []),
        ("also=nonsense", [CARDS, TORCH, ROCKET]),
    ],
)
def test_what_was_meant_is_found_best_first(as_, shelf, query, titles):
    assert found(as_("tobi").get(f"{PAGE}?{query}").text) == titles


def test_the_page_says_how_it_understood(as_, shelf):
    tobi = as_("tobi")
    mended = tobi.get(PAGE + "?q=fracshuns").text
    assert "Shown for “fractions”." in mended and "Look for “fracshuns” instead?" in mended and "exactly=yes" in mended
    some = tobi.get(PAGE + "?q=rocket+fractions+parachute").text
    assert "No pack has all of these words" in some
    assert "1 pack has all of these words" in tobi.get(PAGE + "?q=rocket+fractions").text
    short = tobi.get(PAGE + "?q=rocket+under+40+minutes").text
    assert "Up to 40 minutes" in short and f'href="{PAGE}?q=rocket"' in short


def test_a_find_inside_shows_its_place(as_, shelf):
    tobi = as_("tobi")
    assert (
        "In the file The guide:" in (page := tobi.get(PAGE + "?q=playdough").text) and "<mark>playdough</mark>" in page
    )
    assert "In its standard 7.G.A.1:" in tobi.get(PAGE + "?q=drawings").text


def test_use_and_review_bring_a_pack_up_but_not_over_a_title(in_app, as_, shelf):
    with in_app():
        rival = make_pack(title="Another rocket of fractions", strapline="Fly a third.", minutes=30)
        for pack_id, uses in ((shelf[TORCH], 90), (rival, 4)):
            db.session.get(Pack, pack_id).uses_count = uses
        db.session.get(Pack, shelf[TORCH]).recommended_at = clock.now()
        db.session.commit()
    plain = as_("tobi").get(PAGE + "?q=rocket").text.replace("<mark>", "").replace("</mark>", "")
    order = sorted((ROCKET, "Another rocket of fractions", TORCH), key=lambda title: plain.index(f">{title}</a>"))
    assert order == ["Another rocket of fractions", ROCKET, TORCH] and "Recommended" in plain


def test_a_word_of_another_network_or_draft_is_never_shown(in_app, as_, shelf):
    with in_app():
        make_pack("kofi", network="fell-and-furrow", title="Photosynthesis here")
        make_pack("dafydd", shared=False, title="Electrolysis soon")
    for mistyped in ("photosinthesis", "electrolisis"):
        page = as_("tobi").get(f"{PAGE}?q={mistyped}").text.casefold()
        assert "shown for “" not in page and "photosynthesis" not in page and "electrolysis" not in page
    assert "Electrolysis" in as_("dafydd").get(PAGE + "?q=electrolisis&state=draft").text


def test_what_teachers_like_me_used_and_what_i_keep(in_app, as_, shelf):
    with in_app():
        for key in ("tobi", "leon"):
            db.session.add(PersonWord(person_id=cast.person_id(key), word_id=word_id("phase", "primary")))
        db.session.add(PackBookmark(person_id=cast.person_id("tobi"), pack_id=shelf[TORCH], kept_at=clock.now()))
        db.session.add_all([use(shelf[CARDS], "leon"), use(shelf[ROCKET], "tobi"), use(shelf[TORCH], "dafydd")])
        db.session.commit()
    assert found(as_("tobi").get(PAGE + "?also=like-me").text) == [CARDS]
    assert found(as_("tobi").get(PAGE + "?also=kept").text) == [TORCH]
    assert found(as_("leon").get(PAGE + "?also=kept").text) == []
    page = as_("tobi").get(PAGE).text
    assert 'Used by teachers like me <span class="soft">1</span>' in page and 'Kept by me <span class="soft">1<' in page


def test_beyond_a_bound_choices_are_offered_without_numbers(as_, shelf, monkeypatch):
    monkeypatch.setattr("portal.resources.routes_list.MOST", 2)
    page = as_("tobi").get(PAGE).text
    assert "Computing</label>" in page and "3 packs" in page
    assert found(as_("tobi").get(PAGE + "?subject=computing").text) == [CARDS]
    assert 'Physics <span class="soft">1</span>' in as_("tobi").get(PAGE + "?q=torch").text


@pytest.mark.parametrize(
    "query", ["q=fracshuns+torch&subject=physics&time=lesson&also=like-me", "q=playdough&may=change"]
)
def test_any_search_asks_little_of_the_database(as_, queries, shelf, query):
    tobi = as_("tobi")
    with queries() as seen:
        assert tobi.get(f"{PAGE}?{query}").status_code == 200
    assert len(seen) <= 12, "\n".join(seen)


def test_the_search_over_everything_knows_the_same(as_, shelf):
    leon = as_("leon")
    assert TORCH in leon.get("/search?q=flashlights").text.replace("<mark>", "").replace("</mark>", "")
    page = leon.get("/search?q=fracshuns").text
    assert "Shown for “fractions”." in page and "<mark>Fractions</mark>" in page
    assert "Shown for" in leon.get("/search?q=fracshuns&kind=packs").text
    assert "Nothing found" in leon.get("/search?q=fracshuns&exactly=yes").text
