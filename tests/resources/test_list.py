"""Finding a pack: every filter is in the address and says how many packs it would leave."""

import pytest

from portal.db import db
from portal.resources.models import Pack
from tests.resources.packs import PAGE, make_pack, word_id


@pytest.fixture
def three(in_app) -> dict[str, int]:
    with in_app():
        computing, primary = word_id("subject", "computing"), word_id("phase", "primary")
        return {
            "bridges": make_pack(standards=("MS-PS2-1",)),
            "binary": make_pack(
                title="Binary cards",
                strapline="Count with dots.",
                subjects=(computing,),
                phases=(primary,),
                minutes=100,
                lessons=2,
                licence="cc-by-sa-4.0",
                language="cy",
                standards=("CSTA:1B-DA-06",),
            ),
            "day": make_pack(title="A day of rockets", strapline="Build, fly, argue.", minutes=300, lessons=6),
        }


TITLES = {"bridges": "Paper bridges", "binary": "Binary cards", "day": "A day of rockets"}


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", {"bridges", "binary", "day"}),
        ("q=bridge", {"bridges"}),
        ("q=BRIDGES+sugar", {"bridges"}),
        ("subject=physics", {"bridges", "day"}),
        ("subject=physics&subject=computing", {"bridges", "binary", "day"}),
        ("phase=primary", {"binary"}),
        ("time=lesson", {"bridges"}),
        ("time=two", {"binary"}),
        ("time=day", {"day"}),
        ("standard=ms+ps2+1", {"bridges"}),
        ("standard=1b-da", {"binary"}),
        ("licence=cc-by-sa-4.0", {"binary"}),
        ("language=cy", {"binary"}),
        ("subject=physics&time=two", set()),
        ("state=draft", set()),
        ("state=retired", set()),
        ("time=nonsense&state=nonsense&subject=", {"bridges", "binary", "day"}),
        ("q=%22%22+OR+*", set()),
    ],
)
def test_a_filter_leaves_what_fits(as_, three, query, left):
    page = as_("tobi").get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert {
        key
        for key, title in TITLES.items()
        if f">{title}</a>" in page.text.replace("<mark>", "").replace("</mark>", "")
    } == left


def test_counts_beside_the_filters_leave_their_own_kind_out(as_, three):
    page = as_("tobi").get(PAGE + "?subject=computing").text
    assert 'Physics <span class="soft">2</span>' in page
    assert 'Two lessons <span class="soft">1</span>' in page and "One lesson or less" not in page


def test_a_filter_that_is_on_is_a_chip_that_takes_it_away(as_, three):
    page = as_("tobi").get(PAGE + "?subject=computing&phase=primary&q=dots").text
    assert f'href="{PAGE}?subject=computing&amp;q=dots"' in page and f'href="{PAGE}?phase=primary&amp;q=dots"' in page


@pytest.mark.parametrize(
    ("sort", "first"),
    [("short", "Paper bridges"), ("title", "A day of rockets"), ("new", "A day of rockets"), ("used", "Binary cards")],
)
def test_the_order_is_chosen(app, in_app, as_, three, sort, first):
    with in_app():
        db.session.get(Pack, three["binary"]).uses_count = 3
        db.session.commit()
    page = as_("tobi").get(f"{PAGE}?sort={sort}").text
    assert min(TITLES.values(), key=page.index) == first


def test_how_long_stands_in_the_margin(as_, three):
    page = as_("tobi").get(PAGE).text
    assert "<b>2 × 50</b> min" in page and "<b>50</b> min" in page


def test_the_list_is_a_spreadsheet_too(as_, three):
    answer = as_("tobi").get(PAGE + "?format=csv&subject=physics")
    assert answer.mimetype == "text/csv" and "Paper bridges" in answer.text and "Binary" not in answer.text


def test_packs_of_other_networks_are_nowhere(in_app, as_, three):
    with in_app():
        make_pack("kofi", network="fell-and-furrow", title="Fenwater proofs")
    assert "Fenwater proofs" not in as_("tobi").get(PAGE).text
    assert "Fenwater proofs" not in as_("tobi").get(PAGE + "?q=Fenwater").text


def test_an_empty_list_says_how_to_begin(as_):
    page = as_("tobi").get(PAGE).text
    assert "No packs yet" in page and PAGE + "new" in page
    assert PAGE + "new" not in as_("petra").get(PAGE).text


def test_the_list_asks_little_of_the_database(in_app, as_, queries, three):
    tobi = as_("tobi")
    tobi.get(PAGE)
    with queries() as seen:
        assert tobi.get(PAGE + "?q=bridges&subject=physics&standard=MS").status_code == 200
    assert len(seen) <= 12, "\n".join(seen)
