"""Small real files for the packs of the story: a guide, a table, a one-page PDF."""

from typing import Any


def paper(kind: str, name: str, told: dict[str, Any]) -> bytes:
    """The bytes of one file of a pack, by its ending."""
    if kind == "pdf":
        return _pdf([told["title"], name, *_wrapped(told["strapline"]), "", *_wrapped(told["safety"])])
    if kind == "csv":
        return (
            "Item,How many,Note\r\n" + "".join(f"{one.strip()},,\r\n" for one in told["materials"].split(","))
        ).encode()
    return "\n\n".join(
        (f"# {told['title']}", told["strapline"], f"You need: {told['materials']}.", told["safety"])
    ).encode()


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
