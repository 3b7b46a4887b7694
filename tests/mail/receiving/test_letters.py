"""The shapes in which real programs send answers, and the words that a person meant.

Beside each ``letters/<name>.eml`` stands what it should come to: its kind, its files, the text.
"""

from pathlib import Path

import pytest

from portal.mail.receiving_letter import open_letter

LETTERS = sorted((Path(__file__).parent / "letters").glob("*.eml"))
NAME = "Dafydd Okonjo-Reeve"
OURS = ["staffroom.example"]
UNREAD = ("bounce", "loop")


def raw_of(path):
    """As it comes off the wire: the collection is kept with plain line ends."""
    return path.read_bytes().replace(b"\n", b"\r\n")


def expected(path):
    kind, files, _blank, text = path.with_suffix(".txt").read_text(encoding="utf-8").split("\n", 3)
    return kind.removeprefix("kind: "), files.removeprefix("files: "), text.strip()


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_letter_comes_to_what_its_writer_meant(path, answering):
    with answering.app_context():
        letter = open_letter(raw_of(path), OURS)
        found = (letter.kind, ", ".join(file.name for file in letter.files), letter.text([NAME]))
    wanted = expected(path)
    assert found[0] == wanted[0]
    if wanted[0] not in UNREAD:
        assert found == wanted


def test_the_letters_are_there():
    assert len(LETTERS) >= 60


def test_an_encrypted_letter_says_so(answering):
    with answering.app_context():
        letter = open_letter(raw_of(LETTERS[0].parent / "smime_encrypted.eml"), OURS)
    assert letter.is_locked and not letter.text([NAME])
