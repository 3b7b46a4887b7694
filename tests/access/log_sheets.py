"""The paper sheet: for the two of a pair alone."""

from tests.access.mentoring import THE_TWO

MATRIX = {
    "GET log_sheets.sheet": THE_TWO,
    "POST log_sheets.key_back": THE_TWO,
    "GET log_sheets.pdf": THE_TWO,
}


def prepare() -> dict[str, object]:
    """The pair of the table of mentoring."""
    return {}
