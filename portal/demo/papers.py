"""Small real files for the story: a guide, a table, a one-page PDF, the picture of a signed sheet."""

import io
from collections.abc import Sequence
from random import Random
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, ImageDraw, ImageFont


def paper(kind: str, name: str, told: dict[str, Any]) -> bytes:
    """The bytes of one file of a pack, by its ending."""
    if kind == "pdf":
        return _pdf([told["title"], name, *_wrapped(told["strapline"]), "", *_wrapped(told["safety"])])
    if kind == "docx":
        return _document(name, told)
    if kind == "csv":
        return (
            "Item,How many,Note\r\n" + "".join(f"{one.strip()},,\r\n" for one in told["materials"].split(","))
        ).encode()
    return "\n\n".join(
        (f"# {told['title']}", told["strapline"], f"You need: {told['materials']}.", told["safety"])
    ).encode()


def _document(name: str, told: dict[str, Any]) -> bytes:
    """A file of a word processor, in as little as such a program reads: headings and paragraphs."""
    lines = [
        told["title"],
        name,
        told["strapline"],
        f"You need: {told['materials']}",
        told["safety"],
        *told["about"].split("\n"),
    ]
    body = "".join(f"<w:p><w:r><w:t>{escape(line.replace('*', ''))}</w:t></w:r></w:p>" for line in lines if line)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", _DECLARED + _TYPES)
        parts.writestr("_rels/.rels", _DECLARED + _RELATIONS)
        parts.writestr(
            "word/document.xml", f'{_DECLARED}<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_WORDS = f"{_OFFICE}/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def page(lines: Sequence[str]) -> bytes:
    """A one-page PDF with these lines."""
    return _pdf(list(lines))


PAPER, TABLE, INK, RULE = (246, 243, 236), (122, 96, 74), (38, 52, 120), (120, 124, 130)
SHEET = (900, 1200)


def signed_sheet(title: str, names: Sequence[str]) -> bytes:
    """A printed list, signed by hand, as a telephone sees it on a table. The strokes are nobody's signature."""
    sheet = Image.new("RGB", SHEET, PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((60, 50), title, fill=(30, 34, 40), font=ImageFont.load_default(34))
    for place, name in enumerate(names[:18]):
        top = 150 + 56 * place
        pen.line((60, top + 46, 840, top + 46), fill=RULE, width=2)
        pen.text((66, top + 12), _in_print(name), fill=(30, 34, 40), font=ImageFont.load_default(24))
        pen.line(_stroke(Random(name), 560, top + 30), fill=INK, width=3, joint="curve")
    photo = Image.new("RGB", (1120, 1400), TABLE)
    photo.paste(sheet, (110, 100))
    out = io.BytesIO()
    photo.rotate(-2, fillcolor=TABLE).save(out, "JPEG", quality=70)
    return out.getvalue()


def _in_print(name: str) -> str:
    """The font that comes with Pillow knows few letters: a name beyond them is printed with an initial."""
    given, *rest = name.split()
    return name if name.isascii() or not rest else f"{given} {rest[-1][0]}."


def _stroke(hand: Random, left: int, middle: int) -> list[tuple[int, int]]:
    length = hand.randint(14, 26)
    return [(left + 9 * step, middle + hand.randint(-16, 12)) for step in range(length)]


def _wrapped(text: str, width: int = 70) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def _pdf(lines: list[str]) -> bytes:
    """A one-page PDF of plain lines, in the standard font that every reader has."""
    text = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    stream = f"BT /F1 13 Tf 20 TL 60 780 Td {text}ET".encode("latin-1", "replace")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )


def _escaped(line: str) -> str:
    plain = line.replace("’", "'").replace("“", '"').replace("”", '"').replace("–", "-")
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
