"""The HTML of a mail, made from its plain text, so that both always say the same.

A text is paragraphs with blank lines between them. Four shapes mean something::

    [ I’m coming ]                   a button, with its bare address below for whoever can't press it
    https://…

        Thursday 26 November, …      indented: what the mail is about, in a band of its own

    A sentence before an address:    a link
    https://…

    --                               the foot, small and grey
"""

import re

from flask import render_template
from markupsafe import Markup, escape

BUTTON = re.compile(r"\[ (.+) \]\n(https?://\S+)")
ADDRESS = re.compile(r"(https?://[^\s<>]+)")
# A line of the foot: what the link is for, and the link.
NAMED = re.compile(r"(.+): (https?://\S+)")
FOOT = "\n-- \n"


def dress(text: str, title: str) -> Markup:
    """A whole HTML mail. Whatever people typed is escaped."""
    body, _sign, foot = text.partition(FOOT)
    pieces = [_piece(block) for block in _blocks(body)]
    lines = [line.strip() for line in foot.splitlines() if line.strip()]
    links = [found.groups() for line in lines if (found := NAMED.fullmatch(line))]
    words = [_linked(line) for line in lines if not NAMED.fullmatch(line)]
    return Markup(render_template("mails/dressed.html", title=title, pieces=pieces, foot=words, links=links))


def _blocks(text: str) -> list[str]:
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text) if block.strip()]


def _piece(block: str) -> dict[str, object]:
    """What one block is, for the template: buttons, band or words."""
    lines = block.splitlines()
    pressed = BUTTON.findall(block)
    if pressed and len(pressed) * 2 == len(lines):
        return {"kind": "buttons", "buttons": pressed}
    if all(line.startswith("    ") for line in lines):
        return {"kind": "band", "lines": [_linked(line.strip()) for line in lines]}
    return {"kind": "words", "lines": [_linked(line.strip()) for line in lines]}


def _linked(line: str) -> Markup:
    parts = ADDRESS.split(line)
    return Markup("").join(
        Markup('<a href="{}" style="color:inherit;word-break:break-all">{}</a>').format(part, part)
        if at % 2
        else escape(part)
        for at, part in enumerate(parts)
    )
