"""Every page there is: axe-core finds nothing, and nothing is wider than the window.

The addresses come from the access tables, so that a new page is met here by itself. Each is measured wide in the light
and, without loading it again, on a small phone in the dark, or the other way round: every second one is met as small as
the page before was left. axe-core is asked of each that has anything which no page of the same walk had before
(``structure.js``): most pages do.
"""

import pytest

from portal.coaching.models import STEPS
from tests.browser.conftest import RULES, SEEN_RULES
from tests.test_access_matrix import doors, table, url_of, values_once

pytestmark = pytest.mark.browser

# What a member sees otherwise than a coordinator; administration; the pages in front of the door.
MEMBERS = (
    "today_here.index", "statements.mine", "openings.show",
    "events.index", "events.show", "resources.show", "conversations.show", "network.index", "network.member", "network.leaving",
)  # fmt: skip
OUTSIDE = ("signing_in.", "public_", "help.", "acts.", "dev_mail.", "today.", "handed.")
# A mail as it is sent: its page lets nothing run, axe-core neither. The page around it is met. A file is saved, not shown.
NO_PAGE = ("dev_mail.html", "letters.preview_html", "digest.mail", "handed.document_file")
EVENTS = ("events.", "attendance.", "evaluation.", "certificates.", "calendars.", "event_file.")
PACKS = ("resources.", "standards.", "reviewing.", "toolkits.")
BOXES = ("kit.", "loans.", "kit_calendar.", "kit_rotations.", "kit_runs.", "box.", "box_return.")
# What two people see of themselves and no coordinator does, or otherwise than she; and what only their mentor sees.
PAIR = (
    "mentoring.",
    "agreements.",
    "log_sheets.",
    "note_keeping.",
    "pair_programmes.",
    "matching.",
    "coaching.",
    "handing_on.",
    "milestones.",
)
MENTORING = (*PAIR, "support.", "mentor_schools.", "openings.", "statements.", "programmes.")
OTHERWISE = ("mentoring.index", "mentoring.pair", "mentoring.contact", "matching.index", "milestones.one")
MENTOR = (
    "mentoring.index", "mentoring.edit_contact", "matching.ask", "matching.edit_ask", "matching.proposal", "handing_on.received",
)  # fmt: skip
# One address of several pages.
EACH = {"coaching.step": [{"step_name": step} for step in STEPS]}
# Whose walk, and what she meets on it. The coordinator's is several, so that two can be under way at a time.
WALKS = {
    "ines": lambda endpoint: (
        not endpoint.startswith((*OUTSIDE, *EVENTS, *PACKS, *BOXES, *MENTORING, "admin.")) and endpoint not in NO_PAGE
    ),
    "ines, events": lambda endpoint: endpoint.startswith(EVENTS),
    "ines, packs": lambda endpoint: endpoint.startswith(PACKS),
    "ines, boxes": lambda endpoint: endpoint.startswith(BOXES),
    "ines, mentoring": lambda endpoint: endpoint.startswith(MENTORING),
    "tobi, of a pair": lambda endpoint: (
        endpoint.startswith(PAIR) and (endpoint in OTHERWISE or table()[f"GET {endpoint}"]["ines"] != "may")
    ),
    "dafydd": lambda endpoint: endpoint in MENTOR,
    "tobi": lambda endpoint: endpoint in MEMBERS,
    "ravi": lambda endpoint: endpoint.startswith("admin."),
    "nobody": lambda endpoint: endpoint.startswith(OUTSIDE) and endpoint not in NO_PAGE,
}


def pages_of(app, in_app, as_, whose):
    """The whole pages on this walk, by address."""
    who = whose.partition(",")[0]
    values = values_once(app, in_app)
    browser = app.test_client() if who == "nobody" else as_(who)
    for key, rule in doors(app):
        if key.startswith("GET") and table()[key][who] == "may" and WALKS[whose](rule.endpoint):
            for path in [url_of(app, rule, values | one) for one in EACH.get(rule.endpoint, [{}])]:
                answer = browser.get(path)
                if answer.status_code == 200 and answer.mimetype == "text/html":
                    yield path
                answer.close()


@pytest.mark.parametrize("whose", WALKS)
def test_every_page_is_accessible_and_fits(app, in_app, as_, browse, whose):
    paths = list(pages_of(app, in_app, as_, whose))
    walk = browse(None if whose == "nobody" else whose.partition(",")[0])
    wrong: list[str] = []
    for number, path in enumerate(paths):
        walk.go(path)
        is_told, is_drawn = walk.whats_new()
        looks = [(walk.grow, RULES if is_told or is_drawn else []), (walk.shrink, SEEN_RULES if is_drawn else [])]
        for resize, rules in looks if number % 2 == 0 else reversed(looks):
            resize()
            wrong += walk.findings(rules)
    assert not wrong, "\n".join(wrong)
