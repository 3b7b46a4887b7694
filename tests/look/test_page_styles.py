"""What a page draws it also has the stylesheet for: the seldom ones are linked by the pages that use them."""

import re
from html.parser import HTMLParser

from tests.look.test_stylesheets import CSS, everywhere, rules
from tests.test_planted_html import pages


class Drawn(HTMLParser):
    """The classes of a page and the stylesheets it links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.classes: set[str] = set()
        self.sheets: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.classes |= set((held.get("class") or "").split())
        if tag == "link" and held.get("rel") == "stylesheet":
            self.sheets.add(re.search(r"/([\w-]+\.css)", held["href"])[1])


def test_a_page_links_the_sheet_of_what_it_draws(region):
    # How it prints is said once for all; that does not draw it.
    drawing = {path.name: rules(path).partition("@layer print {")[0] for path in CSS}
    held = {name: set(re.findall(r"\.([a-z][\w-]*)", text)) for name, text in drawing.items()}
    common = set().union(*(held[name] for name in everywhere()))
    bare, seen = [], set()
    for who in ("ines", "ravi", "dafydd"):
        for path, text in pages(region, who):
            page = Drawn(text)
            # A mail shown in a frame carries its own style and links none of ours.
            drawn = page.classes - common if page.sheets else set()
            for name in drawn & set().union(*held.values()):
                seen.add(name)
                if not page.sheets & {sheet for sheet, classes in held.items() if name in classes}:
                    bare.append(f"{path} draws .{name}")
    assert not bare
    assert {"fig", "month", "post", "names"} <= seen
