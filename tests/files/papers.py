"""Documents made by code, for tests of what is read in them, and files that are taken although they mean harm."""

import io
import struct
import zipfile

import docx
import pptx
import xlsxwriter
from odfdo import Document, DrawPage, Frame, Paragraph
from PIL import Image


def pdf(*pages: str, size: str = "595 842", more: str = "") -> bytes:
    """Pages with one line of text each."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    parts = [
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        f"2 0 obj << /Type /Pages /Kids [{kids}] /Count {len(pages)} >> endobj",
        "3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj",
    ]
    for number, words in enumerate(pages):
        drawn = f"BT /F1 24 Tf 50 700 Td ({words}) Tj ET" if not words.startswith("%") else words[1:]
        parts += [
            f"{10 + 2 * number} 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {11 + 2 * number} 0 R >> endobj",
            f"{11 + 2 * number} 0 obj << /Length {len(drawn)} >> stream\n{drawn}\nendstream endobj",
        ]
    return "\n".join(["%PDF-1.7", *parts, more, "trailer << /Root 1 0 R >>", "%%EOF\n"]).encode()


def word(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.add_table(1, 1).cell(0, 0).text = "In a cell"
    document.sections[0].header.paragraphs[0].text = "On every page"
    return _saved(document)


def slides(title: str, notes: str) -> bytes:
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = title
    slide.notes_slide.notes_text_frame.text = notes
    show.slides.add_slide(show.slide_layouts[6])
    return _saved(show)


def workbook(**sheets: list[list[object]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name.startswith("hidden"):
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def open_slides(*lines: str) -> bytes:
    document = Document("presentation")
    document.body.clear()
    for number, line in enumerate(lines):
        page = DrawPage(f"p{number}")
        page.append(Frame.text_frame(Paragraph(line), size=("10cm", "5cm")))
        document.body.append(page)
    return _saved(document)


def open_text(*lines: str) -> bytes:
    document = Document("text")
    document.body.clear()
    for line in lines:
        document.body.append(Paragraph(line))
    return _saved(document)


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, form)
    return target.getvalue()


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


CORNERS = ((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))
FACES = ((0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3))


def stl() -> bytes:
    facets = [struct.pack("<12fH", 0, 0, 0, *(x for corner in face for x in CORNERS[corner]), 0) for face in FACES]
    return b" " * 80 + struct.pack("<I", len(facets)) + b"".join(facets)


def stl_as_text() -> bytes:
    facets = ["facet normal 0 0 0\nouter loop\n" + "".join(f"vertex {' '.join(map(str, CORNERS[c]))}\n" for c in face)
              + "endloop\nendfacet\n" for face in FACES]  # fmt: skip
    return ("solid a\n" + "".join(facets) + "endsolid a\n").encode()


def ply(binary: bool) -> bytes:
    head = (
        f"ply\nformat {'binary_little_endian' if binary else 'ascii'} 1.0\nelement vertex 4\nproperty float x\n"
        "property float y\nproperty float z\nelement face 4\nproperty list uchar int vertex_indices\nend_header\n"
    ).encode()
    if binary:
        corners = b"".join(struct.pack("<3f", *corner) for corner in CORNERS)
        return head + corners + b"".join(struct.pack("<B3i", 3, *face) for face in FACES)
    lines = [" ".join(map(str, corner)) for corner in CORNERS] + [f"3 {' '.join(map(str, face))}" for face in FACES]
    return head + "\n".join(lines).encode() + b"\n"


# Sets the title of whatever page it would run in, and so betrays itself.
RUNS = "document.title='RAN'"
PAGE = (
    f'<!doctype html><html lang=en><title>Bridges</title><script>{RUNS}</script><body onload="{RUNS}">'
    f'<h1>Strain gauge</h1><p>Glue it along the beam.</p><img src=x onerror="{RUNS}"><svg onload="{RUNS}"></svg>'
    f'<a href="javascript:{RUNS}">more</a><iframe srcdoc="<script>{RUNS}</script>"></iframe>'
    "<meta http-equiv=refresh content='0;url=https://evil.example'><form action=https://evil.example><input></form>"
)


def hostile() -> dict[str, bytes]:
    """Files that mean harm and are taken all the same, since nothing in them can act once they are kept and sent."""
    gif = picture("GIF") + f"/*<script>{RUNS}</script>*/=1;{RUNS}".encode()
    return {
        "page.html": PAGE.encode(),
        "wide.html": PAGE.encode("utf-16"),
        "odd.html. . ": PAGE.encode(),
        "script.gif": gif,
        "also-a-page.pdf": pdf("A bridge of straws", more=f"% <html><script>{RUNS}</script>"),
        "page.txt": PAGE.encode(),
        "page.md": PAGE.encode() + f"\n\n[x](javascript:{RUNS}) <script>{RUNS}</script>".encode(),
        "page.csv": f'name,mark\n<script>{RUNS}</script>,=HYPERLINK("javascript:{RUNS}")\n'.encode(),
        "cues.vtt": f"WEBVTT\n\n00:00.000 --> 00:09.000\n<script>{RUNS}</script><v Ann>Fold it.\n".encode(),
        "page.docx": word(PAGE),
        "page.pptx": slides(PAGE[:200], PAGE),
        "photo.jpg.png": picture(),
        "photo\u202egnp.png": picture(),
        "names.zip": zipped(**{f"<img src=x onerror={RUNS}>.txt": b"x"}),
    }


def _saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()
