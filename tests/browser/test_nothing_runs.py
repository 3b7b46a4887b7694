"""Files that mean harm lie still in a real browser: whatever address of theirs is opened, nothing runs or calls out.

Each betrays itself by the title of the page that it would run in. Besides those made here, all real files are opened
where they are at hand; whether they are read and found is proved in ``tests/resources/test_looking.py``.
"""

import re

import pytest
from playwright.sync_api import Error

from tests.files import papers
from tests.resources.packs import make_pack
from tests.resources.test_looking import PHRASES, bring

pytestmark = pytest.mark.browser
FILES = "/n/tarn-and-tide/resources/{}/files/"


def test_files_that_mean_harm_run_nothing(in_app, browse):
    with in_app():
        pack = make_pack()
        items = bring(pack, papers.hostile())
    inside = FILES.format(pack)
    walk = browse("tobi")
    walk.page.on("dialog", lambda dialog: walk.broken.append(f"asked {dialog.message}"))
    for name, item in items.items():
        for path in (f"{inside}{item}", f"{inside}{item}/shown", f"{inside}{item}/look"):
            opened(walk, path, name)
    assert len(items) == len(papers.hostile())


@pytest.mark.shared
def test_real_files_run_nothing(in_app, browse, shared_data):
    folder = shared_data / "resource-files"
    with in_app():
        pack = make_pack()
        items = bring(pack, {name: (folder / name).read_bytes() for name in sorted(PHRASES)}, reads=False)
    walk = browse("tobi")
    for name, item in items.items():
        for path in (f"{FILES.format(pack)}{item}/shown", f"{FILES.format(pack)}{item}/look"):
            opened(walk, path, name)


def opened(walk, path, name):
    """As a page of its own where the browser shows it; what it saves instead never was a page."""
    page = walk.page
    try:
        page.goto(f"{walk.address}{path}", wait_until="load")
    except Error as saved:
        assert re.search("Download is starting|ERR_ABORTED", str(saved)), f"{name} at {path}: {saved}"
    assert page.title() != "RAN", f"{name} ran at {path}"
    assert page.url.startswith((walk.address, "about:")), f"{name} at {path} leads to {page.url}"
    # Chromium dresses a picture that it shows alone, and a policy of nothing forbids it that too.
    walk.broken = [complaint for complaint in walk.broken if "inline style" not in complaint]
