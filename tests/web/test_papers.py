"""Papers are tagged PDF with a title and a language, the same each time they are made."""

import io

import pikepdf
import pytest

from portal.web import papers

TEMPLATE = '#import "paper.typ": *\n#show: sheet\n= #values.title\n#facts(((values.a, values.b),))\n'


@pytest.fixture
def template(app, tmp_path, monkeypatch):
    """A paper of its own, beside the sheet that all papers share."""
    folder = tmp_path / "templates" / "papers"
    folder.mkdir(parents=True)
    shared = (papers.Path(app.root_path).parent / "templates" / "papers" / "paper.typ").read_text(encoding="utf-8")
    (folder / "paper.typ").write_text(shared, encoding="utf-8")
    (folder / "tried.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(app, "root_path", str(tmp_path / "portal"))


def made(in_app, **values):
    with in_app():
        return papers.pdf("tried", values.pop("title", "A paper"), values.pop("locale", "en_GB"), values)


def test_it_is_tagged_and_says_its_title_and_language(in_app, template):
    with pikepdf.open(io.BytesIO(made(in_app, a="When", b="Thursday", locale="cy_GB"))) as read:
        assert read.Root.MarkInfo.Marked
        assert str(read.Root.Lang) == "cy"
        assert read.Root.StructTreeRoot is not None
        assert read.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid:part" in read.Root.Metadata.read_bytes()


def test_the_same_values_make_the_same_bytes(in_app, template):
    assert made(in_app, a="When", b="Thursday") == made(in_app, a="When", b="Thursday")


def test_a_sign_that_no_font_has_does_not_lose_the_paper(in_app, template):
    with pikepdf.open(io.BytesIO(made(in_app, a="Who", b="\U000f1234 Okonjo"))) as read:
        assert read.Root.StructTreeRoot is not None


def test_words_are_words_and_never_markup(in_app, template):
    assert made(in_app, a="#panic()", b='"] #read("/etc/passwd") *bold* $x$ @ref <label>')


def test_americans_print_on_letter(in_app, template):
    with pikepdf.open(io.BytesIO(made(in_app, a="", b="", locale="en_US"))) as read:
        assert [float(side) for side in read.pages[0].MediaBox[2:]] == [612.0, 792.0]
