"""A real Chromium against a real server on 127.0.0.1: every page that a test meets is held to axe-core and to the policy.

``browse("ines")`` is a page in which that person is signed in; ``browse("ines", js=False, width=320)`` the same without
scripts on a small phone. When the page is closed at the end of the test, no request may have left the origin and no
policy may have been broken.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, TimeoutError, sync_playwright
from werkzeug.serving import make_server

from tests.browser.letterboxes import Keep, Post
from tests.mail.peer import free_port

AXE = next(Path(__file__).parent.glob("vendor/axe-core-*/axe.min.js")).read_text(encoding="utf-8")
# Each document of a window carries axe-core asleep. Half a megabyte sent to each page anew costs half of what asking does.
CARRIED = f"Object.defineProperty(window, 'wakeAxe', {{value() {{{AXE}\n}}}})"
ASK = """async (options) => {
  if (typeof window.axe !== "object") wakeAxe();
  const found = await axe.run(document, options);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What never leaves the machine; the last two are Chromium's own, as its PDF viewer is.
OWN = ("data:", "blob:", "about:", "chrome:", "chrome-extension:")
# What can differ when the very same page is seen smaller and in the dark.
SEEN_RULES = ["color-contrast", "target-size", "scrollable-region-focusable"]
STRUCTURE = (Path(__file__).parent / "structure.js").read_text(encoding="utf-8")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No page is open long enough to earn back what compiling its scripts to fast code costs.
    "--js-flags=--no-maglev --no-turbofan",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Flask-Compress leaves the files that it streams to the garbage collector."""
    quiet = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(quiet)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("SKIPPED: there is no Chromium on this machine (make test installs it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of an application that threads of this process serve on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    with served(app) as where:
        yield where


class Walk:
    """One browser window with what the portal promises of every page it meets."""

    def __init__(self, context: BrowserContext, address: str, js: bool = True) -> None:
        self.context = context
        self.address = address
        self.js = js
        if js:
            context.add_init_script(CARRIED)
        self.page: Page = context.new_page()
        self.drawn: set[str] = set()
        self.told: set[str] = set()
        self.outside: list[str] = []
        self.broken: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda message: self._hear(message.text))
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, *OWN)):
            self.outside.append(url)

    def _hear(self, text: str) -> None:
        if "Content Security Policy" in text or "Content-Security-Policy" in text:
            self.broken.append(text)

    def go(self, path: str) -> Page:
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None and answer.status < 400, f"{path} answered {answer and answer.status}"
        return self.page

    def sees(self, text: str) -> bool:
        # Waits: a page that is still on its way is not a page without the words.
        try:
            self.page.get_by_text(text).first.wait_for()
        except TimeoutError as missing:
            raise AssertionError(f"{text!r} is not on {self.page.url}:\n{self.page.inner_text('body')}") from missing
        return True

    def findings(self, rules: list[str] = RULES) -> list[str]:
        """What axe-core says of the page as it stands, and whether it is wider than the window."""
        page = self.page
        width = page.viewport_size["width"] if page.viewport_size else 0
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong = [f"{wide} px wide in a window of {width}"] if wide > width else []
        # axe-core cannot run where scripts are off; the same pages are asked with scripts.
        wrong += self._asked_axe(rules) if self.js and rules else []
        return [f"{page.url} ({width} px) {line}" for line in wrong]

    def _asked_axe(self, rules: list[str]) -> list[str]:
        return self.page.evaluate(ASK, {"runOnly": rules, "preload": False, "resultTypes": ["violations"]})

    def press(self, name: str, role: str = "button", within: Locator | None = None) -> Page:
        """Press a button or link by its words; the page that comes is looked over."""
        # No script means no swap: what comes is a page, and Playwright waits for it by itself.
        (within or self.page).get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state()
        try:
            self.check()
        except Error as error:
            # On a busy machine the next page may come while this one is looked at.
            if "context was destroyed" not in str(error):
                raise
            self.page.wait_for_load_state()
            self.check()
        return self.page

    def check(self) -> None:
        """Nothing for axe-core to say, nothing wider than the window."""
        wrong = self.findings()
        assert not wrong, "\n".join(wrong)

    def whats_new(self) -> tuple[bool, bool]:
        """Whether the page tells a screen reader, and whether it draws, anything that this walk has not met yet."""
        found = self.page.evaluate(STRUCTURE)
        told, drawn = set(found["told"]) - self.told, set(found["drawn"]) - self.drawn
        self.told |= told
        self.drawn |= drawn
        return bool(told), bool(drawn)

    def shrink(self) -> None:
        """The page as it stands, on a small phone in the dark."""
        self._resize(320, 700, "dark")

    def grow(self) -> None:
        self._resize(1280, 800, "light")

    def _resize(self, width: int, height: int, scheme: Literal["dark", "light"]) -> None:
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme=scheme)

    def keep(self, name: str) -> None:
        """A picture of the page, where PICTURES names a folder for them."""
        folder = os.environ.get("PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def end(self) -> None:
        self.context.close()
        assert not self.outside, f"requests left the origin: {self.outside}"
        assert not self.broken, f"the page complained: {self.broken}"


@pytest.fixture
def post(app: Flask, in_app: Callable) -> Iterator[Post]:
    """A real mail server that takes what the worker sends."""
    server = Controller(Keep(), hostname="127.0.0.1", port=free_port())
    server.start()
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(
        before, smtp_host=server.hostname, smtp_port=server.port, smtp_tls="none", mail_from="mail@tarn.example",
        mail_reply_domain="answers.tarn.example",
    )  # fmt: skip
    yield Post(app, in_app, server)
    app.config["SETTINGS"] = before
    server.stop()


@pytest.fixture
def browse(chromium: Browser, address: str, as_: Callable) -> Iterator[Callable[..., Walk]]:
    walks: list[Walk] = []

    def open_window(
        key: str | None = None, js: bool = True, width: int = 1280, dark: bool = False, at: str = address, **more: str
    ) -> Walk:
        context = chromium.new_context(
            java_script_enabled=js,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            base_url=at,
            reduced_motion="reduce",
            **more,
        )
        if key:
            cookie = as_(key).get_cookie("staffroom")
            context.add_cookies([{"name": "staffroom", "value": cookie.value, "url": address}])
        walk = Walk(context, at, js)
        walks.append(walk)
        return walk

    yield open_window
    for walk in walks:
        walk.end()
