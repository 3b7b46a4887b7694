"""Behind every figure and every gap there is a page of rows, and a sheet of them, even when it is empty."""

import pytest

from portal.reports.queries import GAPS, RULES

KEYS = [counted.key for counted in (*RULES, *GAPS)]


@pytest.mark.parametrize("key", KEYS)
def test_rows_open_and_download(as_, key):
    ines = as_("ines")
    assert ines.get(f"/n/tarn-and-tide/numbers/rows/{key}").status_code == 200
    assert ines.get(f"/n/tarn-and-tide/numbers/rows/{key}?format=csv").status_code == 200
