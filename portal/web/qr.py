"""A square that a phone's camera reads: an address on paper, drawn on the server."""

import io

import segno
from markupsafe import Markup


def square(text: str, title: object) -> Markup:
    """``text`` as an SVG: dark on white with its quiet edge, whatever the colours of the page."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None, title=str(title)
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))


def drawing(text: str) -> str:
    """The same as an SVG file of its own, for papers."""
    target = io.BytesIO()
    segno.make(text, error="m", micro=False).save(target, kind="svg", border=2, xmldecl=False, nl=False)
    return target.getvalue().decode()
