"""The stylesheets keep what they promise: small, in their layers, colours by meaning, readable in both lights."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CSS = sorted((ROOT / "static" / "css").glob("*.css"))
LAYERS = ["rescue", "pico", "tokens", "base", "layout", "pieces", "pages", "print"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
FIRST_VISIT = 17 * 1024
PHYSICAL = re.compile(
    r"(?<![-\w])(margin|padding|border)-(left|right|top|bottom)\b|(?<![-\w])(left|right|top|bottom)\s*:"
    r"|text-align:\s*(left|right)|float:\s*(left|right)"
)


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)


def everywhere() -> set[str]:
    """The sheets of every page, as base.html names them."""
    named = re.search(r"for sheet in \[([^\]]+)\]", (ROOT / "templates" / "base.html").read_text(encoding="utf-8"))
    return {f"{name}.css" for name in re.findall(r"'(\w+)'", named[1])}


def linked(template: Path) -> set[str]:
    """The sheets that a page asks for beside those of every page."""
    return set(re.findall(r"asset\('css/([\w-]+\.css)'\)", template.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", [page for page in TEMPLATES if linked(page)], ids=lambda page: page.stem)
def test_a_first_visit_is_light(page):
    sheets = [ROOT / "static" / "css" / name for name in everywhere() | linked(page)]
    assert sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in sheets) <= FIRST_VISIT


def test_every_sheet_is_linked():
    asked = everywhere().union(*map(linked, TEMPLATES)) | {"ladder.css"}  # the pieces of rooms to come, on /dev/pieces
    assert {path.name for path in CSS} == asked


def test_the_layers_stand_in_order():
    entry = rules(ROOT / "static" / "css" / "staffroom.css")
    assert f"@layer {', '.join(LAYERS)};" in entry


def test_every_rule_lies_in_a_known_layer():
    for path in CSS:
        outside = re.sub(r"@layer [\w, ]+;|@import [^;]+;", "", rules(path))
        assert set(re.findall(r"^@layer ([\w]+) \{", outside, re.M)) <= set(LAYERS)
        assert not [line for line in outside.splitlines() if line and not line.startswith(("@layer", " ", "}"))], path


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_only_logical_properties(path):
    assert not PHYSICAL.findall(rules(path))


@pytest.mark.parametrize("path", [path for path in CSS if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_are_named_by_meaning(path):
    assert not re.findall(r"(?<!--raw-sheet: )#[0-9a-f]{3,8}\b|rgba?\(", rules(path))
    assert not re.findall(r"var\((--raw-[\w-]+)", rules(path))


def test_each_sheet_says_which_classes_it_holds():
    for path in CSS:
        assert path.read_text(encoding="utf-8").startswith("/*")


def lights() -> dict[str, dict[str, str]]:
    """The raw colours by light, as tokens.css gives them."""
    text = rules(ROOT / "static" / "css" / "tokens.css")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    by_device, by_choice = dark.split(':root[data-theme="dark"]')
    pick = lambda part: dict(re.findall(r"--raw-([\w-]+): (#[0-9a-f]{6})", part))  # noqa: E731
    assert pick(by_device) == pick(by_choice), "the two ways into the dark differ"
    return {"light": pick(light), "dark": pick(by_device)}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("sheet", "desk", "well")
ROOMS = ("to", "ev", "co", "re", "ki", "me", "im", "te", "pa", "op", "su", "nu")
READ = [
    *product(("ink", "ink-2", "pen", "pen-2", "green", "red", "amber"), GROUNDS),
    *(("on-" + name, name) for name in ("pen", "red", "hl")),
    *((name, f"{name}-tint") for name in ("green", "red", "amber", "pen")),
    *product(ROOMS, ("sheet", "desk")),
    *((room, f"{room}-tint") for room in ROOMS),
    *(("ink-2", f"{room}-tint") for room in ROOMS),
]


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_is_readable_on_its_ground(light, text, ground):
    colours = lights()[light]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), [*product(("edge", "focus"), GROUNDS)])
def test_edges_and_focus_can_be_seen(light, edge, ground):
    colours = lights()[light]
    assert contrast(colours[edge], colours[ground]) >= 3
