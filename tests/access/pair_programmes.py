"""A pair's programmes and months: coordinators put it in and open a month again, the two of it ask for one."""

from tests.access.mentoring import COORDINATORS, THE_TWO

MATRIX = {
    "GET pair_programmes.index": COORDINATORS,
    "POST pair_programmes.join": COORDINATORS,
    "POST pair_programmes.leave": COORDINATORS,
    "POST pair_programmes.stay": COORDINATORS,
    "POST pair_programmes.ask_month": THE_TWO,
    "POST pair_programmes.reopen_month": COORDINATORS,
    "POST pair_programmes.keep_month": COORDINATORS,
}


def prepare() -> dict[str, object]:
    return {"month": "2026-10"}
