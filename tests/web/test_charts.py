"""Charts are sound SVG without style or script, say what they show, and stay inside their frame."""

import re
from xml.etree import ElementTree

import pytest

from portal.web.charts import WIDTH, Pair, bar_pairs
from portal.web.charts_pairs import round_step

ROWS = [("Spring 25", (96, 61)), ("Summer 25", (71, 49)), ("Autumn 26", (112, 67), True)]
SERIES = ("attendances", "different people")


def drawn(*args: object, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(str(bar_pairs(*args, **options)))  # type: ignore[arg-type]


def bars(chart: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [bar for bar in chart.iter("rect") if name in (bar.get("class") or "").split()]


def words(chart: ElementTree.Element, name: str | None = None) -> list[str]:
    return [text.text or "" for text in chart.iter("text") if name is None or text.get("class") == name]


def test_a_chart_says_what_it_is() -> None:
    chart = drawn(ROWS, SERIES, "Attendances by term")
    assert (chart.get("role"), chart.get("class")) == ("img", "chart")
    assert (chart.find("title").text, chart.get("viewBox").split()[2]) == ("Attendances by term", "340")  # type: ignore[union-attr]
    assert {"Spring 25", "attendances", "different people"} <= set(words(chart))


def test_bars_are_as_long_as_their_values() -> None:
    chart = drawn(ROWS, SERIES, "t")
    first, second = bars(chart, "bar")[1:], bars(chart, "bar-2")[1:]
    scale = float(first[0].get("width") or 0) / 96
    for row, solid, outlined in zip(ROWS, first, second, strict=True):
        assert float(solid.get("width") or 0) == pytest.approx(row[1][0] * scale, abs=0.2)
        assert float(outlined.get("width") or 0) == pytest.approx(row[1][1] * scale, abs=0.2)
    assert words(chart, "value") == ["96", "61", "71", "49", "112 so far", "67"]


def test_an_unfinished_row_is_in_pencil() -> None:
    chart = drawn(ROWS, SERIES, "t")
    assert len(bars(chart, "unfinished")) == 2


def test_a_hidden_value_has_words_and_no_bar() -> None:
    chart = drawn([Pair("Small", (None, 0), texts=("under 5", None))], SERIES, "t")
    assert len(list(chart.iter("rect"))) == 2
    assert words(chart, "value") == ["under 5", "0"]


def test_no_style_no_script_and_every_word_escaped() -> None:
    evil = "</text><script>alert(1)</script>\"' onload=x"
    html = str(bar_pairs([(evil, (1, 2))], (evil, evil), title=evil))
    assert "<script" not in html and "style" not in html and not re.search(r"<[^>]*\bon\w+=", html)
    assert drawn([(evil, (1, 2))], (evil, evil), title=evil).find("title").text == evil  # type: ignore[union-attr]


@pytest.mark.parametrize("is_rtl", [False, True])
@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        [],
        [("x", (0, 0))],
        [("A very long name of a term that goes on and on", (1_234_567, 0.5))],
        [("x", (None, None))],
        [(str(number), (number, number * 3)) for number in range(40)],
    ],
)
def test_everything_stays_inside_the_frame(rows: list[object], is_rtl: bool) -> None:
    chart = drawn(rows, SERIES, "t", is_rtl=is_rtl)
    height = float(chart.get("viewBox", "").split()[3])
    for bar in chart.iter("rect"):
        x, width = float(bar.get("x") or 0), float(bar.get("width") or 0)
        assert x >= -0.1 and x + width <= WIDTH + 0.1
    for text in chart.iter("text"):
        assert 0 <= float(text.get("x") or 0) <= WIDTH and 0 <= float(text.get("y") or 0) <= height
    if not is_rtl:
        ends = [
            float(text.get("x") or 0) + len(text.text or "") * 7.7
            for text in chart.iter("text")
            if not text.get("text-anchor")
        ]
        assert max(ends, default=0) <= WIDTH + 1


def test_long_names_of_series_stand_one_below_the_other() -> None:
    chart = drawn(ROWS, ("attendances at events of all kinds", "different people who came"), "t")
    assert [bar.get("y") for bar in list(chart.iter("rect"))[:2]] == ["2", "22"]


def test_a_page_from_right_to_left_is_mirrored() -> None:
    plain, mirrored = drawn(ROWS, SERIES, "t"), drawn(ROWS, SERIES, "t", is_rtl=True)
    for one, other in zip(plain.iter("rect"), mirrored.iter("rect"), strict=True):
        width = float(one.get("width") or 0)
        assert float(other.get("x") or 0) == pytest.approx(WIDTH - float(one.get("x") or 0) - width, abs=0.2)


@pytest.mark.parametrize(
    ("largest", "step"), [(0, 1), (3, 1), (4, 1), (5, 2), (128, 50), (200, 50), (201, 100), (1234, 500), (0.5, 1)]
)
def test_grid_lines_are_round(largest: float, step: float) -> None:
    assert round_step(largest) == step
