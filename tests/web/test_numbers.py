"""Numbers of rows as they arrive: what no row can have is no number."""

import pytest

from portal.web.numbers import LARGEST, number_of


@pytest.mark.parametrize("typed", ["", None, "²", "-1", "1.0", "9" * 30, "9" * 5000, str(2**63), "one", "0x1"])
def test_what_is_no_number_of_a_row(typed):
    assert number_of(typed) is None


@pytest.mark.parametrize(("typed", "number"), [("7", 7), (" 7 ", 7), ("٧", 7), (str(LARGEST), LARGEST)])
def test_what_is_one(typed, number):
    assert number_of(typed) == number


@pytest.mark.parametrize("path", ["/people/{}", "/organisations/{}", "/n/tarn-and-tide/events/{}"])
def test_an_address_with_a_number_that_no_row_has_leads_nowhere(as_, path):
    assert as_("ines").get(path.format(2**63)).status_code == 404
