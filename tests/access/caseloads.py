"""The first page of Mentoring: every member sees her own pairs there, coordinators all pairs and mentors."""

from tests.access.mentoring import COORDINATORS, MEMBERS

MATRIX = {
    "GET mentoring.index": MEMBERS,
    "GET mentoring.mentors": COORDINATORS,
}


def prepare() -> dict[str, object]:
    """The pair of the table of mentoring."""
    return {}
