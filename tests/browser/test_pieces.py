"""Every piece, in a real browser: both lights, wide and small, forced colours, right to left, by keyboard."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (320, True)])
def test_every_piece_is_accessible_and_fits(browse, width, dark):
    walk = browse("ines", width=width, dark=dark)
    walk.go("/dev/pieces")
    walk.check()
    walk.keep(f"pieces-{width}-{'dark' if dark else 'light'}")


def test_nothing_scrolls_sideways_between(browse):
    page = browse("ines").go("/dev/pieces")
    for width in (375, 600, 768, 960, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_the_line_changes_sides_with_the_language(browse):
    page = browse("ines").go("/dev/pieces")
    page.evaluate("document.documentElement.dir = 'rtl'")
    heading, head = page.locator("h1").bounding_box(), page.locator(".margin").bounding_box()
    assert head["x"] > heading["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_text_spacing_of_readers_fits(browse):
    """WCAG 1.4.12: their line height, paragraph, letter and word spacing break nothing at 320 px."""
    page = browse("ines", width=320).go("/dev/pieces")
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        const wide = 'letter-spacing: .12em !important; word-spacing: .16em !important;';
        sheet.replaceSync(`* { line-height: 1.5 !important; ${wide} }`);
        document.adoptedStyleSheets.push(sheet); }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_error_takes_the_focus(browse):
    page = browse("ines").go("/dev/pieces")
    assert page.evaluate("document.activeElement.className") == "problems"
    assert page.title().startswith("Error:")


def test_menus_open_without_a_script(browse):
    page = browse("ines", js=False, width=320).go("/dev/pieces")
    page.locator(".menu summary").click()
    page.get_by_role("link", name="My networks").wait_for()


def test_a_draft_is_kept_in_the_tab(browse):
    page = browse("ines").go("/dev/pieces")
    page.get_by_label("Your reply").fill("Half a thought")
    page.get_by_text("Draft kept").wait_for()
    page.reload()
    assert page.get_by_label("Your reply").input_value() == "Half a thought"


def test_controls_are_large_enough_to_touch(browse):
    """WCAG 2.5.8: 24 px at least; what stands in a sentence is exempt."""
    page = browse("ines", width=320).go("/dev/pieces")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, select, input, .button, .tabs a, .pager a')]
        .filter(e => e.type !== 'hidden' && e.checkVisibility() && !e.closest('.cells, .find'))
        .filter(e => { const b = e.getBoundingClientRect(); return Math.min(b.width, b.height) < 22; })
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert not small


def test_a_draft_is_not_for_the_next_person(browse):
    walk = browse("ines")
    page = walk.go("/dev/pieces")
    page.get_by_label("Your reply").fill("Only mine")
    page.get_by_text("Draft kept").wait_for()
    page.evaluate("sessionStorage.setItem('who', 'somebody before')")
    page.reload()
    assert page.get_by_label("Your reply").input_value() == ""
