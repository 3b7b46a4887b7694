"""The boxes of a nation, what lies in them, and three years of loans: one after the other for each box, some to come."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from sqlalchemy import func, select

from portal.activities.models import Use
from portal.db import db
from portal.demo.national_pour import LINE, Here, Nation, Row, line
from portal.kit.codes import ALPHABET, LENGTH
from portal.kit.models import Kit, KitPart
from portal.lending.models import Loan

PARTS = 6
TURN_ROUND = 2
# So many weeks ahead the newest loan of a box begins at most.
AHEAD = 6
Rows = Iterator[tuple[type, Row]]


def make_kits(nation: Nation, total: int, loans: int) -> None:
    """``total`` kits over the networks, the larger ones with more of them, and about ``loans`` loans."""
    each = max(1, loans // total)
    # Uses of packs were numbered by the database; those of boxes are named by their loans.
    last: int = db.session.scalar(select(func.max(Use.id))) or 0
    nation.ids["use"] = count(last + 1)
    nation.pour_together(
        row
        for network, part in nation.shares(total)
        for number in range(1, part + 1)
        for row in _kit(nation, network, number, each)
    )


def _kit(nation: Nation, network: Here, number: int, loans: int) -> Rows:
    random, kit, made = nation.random, nation.next_id("kit"), nation.ago(1100)
    keeper = random.choice(network.members)
    told = list(_loans(nation, network, kit, keeper, loans))
    uses = [row for model, row in told if model is Use]
    about, html = nation.words.text()
    yield Kit, {
        "id": kit, "network_id": network.id, "owner_id": network.coordinators[0], "keeper_id": keeper,
        "title": nation.words.thing(), "strapline": nation.words.sentence(), "about": about, "about_html": html,
        "asset_code": f"Box {number}", "code": "".join(random.choices(ALPHABET, k=LENGTH)),
        "home": f"{nation.words.school()[0]}, store", "lends_to": random.choice(("network",) * 9 + ("region",)),
        "turn_round_days": TURN_ROUND, "currency": "GBP", "created_at": made, "changed_at": made, "listed_at": made,
        "uses_count": sum(use["classes"] for use in uses),
    }  # fmt: skip
    for place in range(PARTS):
        quantity = random.randint(1, 60)
        yield KitPart, {
            "kit_id": kit, "position": place, "title": nation.words.thing(), "quantity": quantity,
            "there": quantity - (random.randint(0, quantity) if random.random() < 0.1 else 0),
            "is_consumable": place % 3 == 0, "cost": random.randint(5, 4000),
        }  # fmt: skip
    yield from sorted(told, key=lambda row: row[0] is not Use)
    yield LINE, line(network, made, network.coordinators[0], "kit.listed", ("kit", kit), title="A box of the nation")


def _loans(nation: Nation, network: Here, kit: int, keeper: int, most: int) -> Rows:
    """Back from the one that is to come; each ends before the next begins, the days for turning it round included."""
    random, today = nation.random, nation.now.date()
    monday = today - timedelta(days=today.weekday())
    first = monday + timedelta(weeks=random.randint(0, AHEAD))
    for _number in range(most):
        weeks = random.randint(1, 4)
        last = first + timedelta(days=7 * weeks - 3)
        yield from _loan(nation, network, kit, keeper, first, last)
        first -= timedelta(weeks=random.randint(1, 6) + 4)


def _loan(nation: Nation, network: Here, kit: int, keeper: int, first: date, last: date) -> Rows:
    random, person, loan = nation.random, nation.random.choice(network.members), nation.next_id("loan")
    today, is_late = nation.now.date(), nation.random.random() < 0.03
    asked = min(_at(first - timedelta(days=random.randint(8, 30))), nation.now)
    yes = asked + timedelta(hours=14) if first <= today or random.random() < 0.8 else None
    out = min(_at(first), nation.now) if first <= today else None
    back = _at(last) if last < today and not (is_late and (today - last).days < 60) else None
    told = back is not None and random.random() < 0.85
    # What nobody told after two months was closed without it.
    ended = back if told or (today - last).days > 60 else None
    use = nation.next_id("use") if told else None
    if told:
        yield Use, _use(nation, network, kit, person, use, _at(last))
    yield Loan, {
        "id": loan, "kit_id": kit, "network_id": network.id, "person_id": person,
        "organisation_id": nation.works_at[person], "starts_on": first, "ends_on": last,
        "held_until": last + timedelta(days=TURN_ROUND), "classes": 2, "students": 56,
        "requested_at": asked, "requested_by": person, "approved_at": yes, "approved_by": keeper if yes else None,
        "out_at": out, "out_by": keeper if out else None, "returned_at": back, "checked_at": back,
        "checked_by": keeper if back else None, "use_told_at": back if told else None, "use_id": use,
        "closed_at": ended, "ended_at": ended, "closed_without": "" if told or not ended else "nobody told",
    }  # fmt: skip


def _use(nation: Nation, network: Here, kit: int, person: int, use: int | None, at: datetime) -> Row:
    return {
        "id": use, "network_id": network.id, "subject_kind": "kit", "subject_id": kit, "person_id": person,
        "organisation_id": nation.works_at[person], "used_on": at.date(), "year_group": "Year 8",
        "classes": nation.random.randint(1, 4), "students": nation.random.choice((None, 24, 28, 55, 90)),
        "what_changed": nation.words.sentence(), "recorded_at": at,
    }  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(15, 30), UTC)
