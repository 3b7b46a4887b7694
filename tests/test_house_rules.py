"""The rules of the house that no other tool holds. import-linter holds who may import whom (pyproject.toml)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "portal").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CSS = sorted((ROOT / "static" / "css").glob("*.css"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def found(pattern: str, paths: list[Path], but: tuple[str, ...] = ()) -> list[str]:
    """``file:line`` of every match, except in the files named in ``but``."""
    wanted = re.compile(pattern)
    return [
        f"{name(path)}:{number}"
        for path in paths
        if name(path) not in but
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_module_is_named_for_nothing():
    assert not [name(path) for path in MODULES if path.stem in FORBIDDEN_NAMES]


def test_files_fit_on_a_screen_or_two():
    assert not [f"{name(path)} {lines(path)}" for path in MODULES if lines(path) > 250]
    assert not [f"{name(path)} {lines(path)}" for path in TEMPLATES if lines(path) > 120]
    assert not [f"{name(path)} {lines(path)}" for path in CSS if lines(path) > 250]


def test_functions_are_short():
    long = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    long.append(f"{name(path)}:{node.lineno} {node.name} {length}")
    assert not long


def test_only_operations_commit():
    assert not found(r"\.commit\(", MODULES, but=("portal/db.py", "portal/web/gathered.py"))


def test_htmx_headers_stand_in_one_place():
    assert not found(r"[\"']HX-", MODULES, but=("portal/web/hypermedia.py",))


def test_what_only_sqlite_has_stands_in_its_modules():
    sqlite_only = ("portal/db.py", "portal/cli.py", "portal/fulltext/fts.py", "portal/search/fts.py")
    assert not found(r"PRAGMA|BEGIN IMMEDIATE|\bfts5\b|sqlite_master", MODULES, but=sqlite_only)


def test_operations_and_policies_know_no_request():
    """They are handed plain objects, so they can be read and tested without one."""
    inside = [path for path in MODULES if path.stem.startswith(("operations", "policy"))]
    assert not found(r"current_user|from flask import|import flask\b|request\.", inside)


@pytest.mark.parametrize(
    "pattern", [r"<[a-z][^>]*\sstyle=", r"<script(?![^>]*\bsrc=)", r"\bon[a-z]+=\"", r"hx-on", r"js:", r"\|\s*safe\b"]
)
def test_pages_hold_no_inline_code(pattern):
    allowed = ("templates/web/search.html",) if "safe" in pattern else ()
    # Most mail programs know no other styles than those of the element itself.
    pages = [path for path in TEMPLATES if path.parent.name != "mails"] if "style" in pattern else TEMPLATES
    assert not found(pattern, pages, but=allowed)


def test_nothing_is_loaded_from_elsewhere():
    assert not found(r"(src|href)=\"(https?:)?//", TEMPLATES)
    assert not found(r"url\([\"']?(https?:)?//|@import\s+[\"']?https?:", CSS)


def test_margins_follow_the_writing_direction():
    """Physical sides break right-to-left pages; logical properties do not."""
    assert not found(r"(margin|padding|border)-(left|right)\s*:|text-align\s*:\s*(left|right)|float\s*:", CSS)


def test_no_work_is_left_for_later_in_the_code():
    assert not found(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|[Cc]oming soon", MODULES + TEMPLATES)


def test_every_room_says_what_it_is_for():
    for package in sorted((ROOT / "portal").iterdir()):
        init = package / "__init__.py"
        if init.is_file():
            assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))), f"{name(init)} has no docstring"


def test_words_that_people_do_not_want_to_read():
    """From the voice of the portal: plain words, no jargon of software."""
    assert not found(
        r"_\(['\"][^'\"]*\b(please note|oops|successfully|invalid|dashboard|forum|lurker)\b", TEMPLATES + MODULES
    )
