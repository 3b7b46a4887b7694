"""What becomes of private texts: for the two of a pair alone."""

from tests.access.mentoring import THE_TWO

MATRIX = {
    "POST note_keeping.keep": THE_TWO,
    "POST note_keeping.let_go": THE_TWO,
    "GET note_keeping.ask_to_delete": THE_TWO,
    "POST note_keeping.delete": THE_TWO,
}


def prepare() -> dict[str, object]:
    """The pair of the table of mentoring."""
    return {}
