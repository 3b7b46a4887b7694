"""No question breaks a page, whatever stands behind the question mark."""

import json

import pytest

from tests.sweeping import answer_of

ODD = (
    {"page": "-1", "sort": "x", "format": "zip", "q": "%"},
    {"page": "9999999999999999999999", "sort": "-name", "format": "csv\x00", "q": "\x00"},
    {"page": "²", "q": '"', "from": "2026-02-31", "to": "9999-12-31", "period": "x", "month": "0000-00"},
    {
        "page": "1e9",
        "q": "' OR 1=1 --",
        "from": "0001-01-01",
        "to": "0001-01-01",
        "period": "custom",
        "month": "9999-12",
    },
    {
        "subject": str(2**63),
        "phase": "-1",
        "network": str(2**70),
        "version": str(2**63),
        "kind": "\ufffe",
        "month": "²",
    },
    {"q": "NEAR(", "only": "x", "standing": "x", "framework": str(2**63), "show": "x", "whose": "region", "state": "%"},
)


def questions(shared_data):
    """Odd ones of our own, and naughty strings of the public list by turns."""
    naughty = json.loads((shared_data / "unicode-names" / "blns.json").read_text(encoding="utf-8"))
    return [*ODD, *({"q": text, "place": text, "words": text} for text in naughty[::45])]


@pytest.mark.shared
def test_no_question_breaks_a_page(region, shared_data):
    asked, wrong, count = questions(shared_data), [], 0
    for place, (key, rule) in enumerate(region.doors("GET")):
        browser = region.browser(region.who_may(key))
        for number, question in enumerate(asked):
            # By turns: two of the odd ones a page, and two of the long list.
            if number % (3 if number < len(ODD) else 6) != place % (3 if number < len(ODD) else 6):
                continue
            answer, broken = answer_of(browser, region.url(rule), query_string=question)
            count += 1
            if broken or answer.status_code not in (200, 303, 400, 404, 410):
                wrong.append(f"{key} {question}: {broken or answer.status_code}"[:300])
    assert not wrong, "\n".join(wrong)
    assert count > 350


def test_numbers_that_no_row_has_lead_nowhere(region):
    wrong = []
    for key, rule in region.doors("GET"):
        for number in (0, 2**63):
            numbers = {name: number for name in rule.arguments if name.endswith(("_id", "_number"))}
            if not numbers or "int" not in rule.rule:
                continue
            answer, broken = answer_of(region.browser(region.who_may(key)), region.url(rule, **numbers))
            if broken or answer.status_code not in (303, 404, 405):
                wrong.append(f"{key} with {number}: {broken or answer.status_code}")
    assert not wrong, "\n".join(wrong)
