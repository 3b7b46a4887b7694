"""Where the doors of the room hang: under Mentoring, whose tab is lit and with which it closes."""

from flask_babel import lazy_gettext as _l

from portal.networks.scope import room_blueprint
from portal.networks.tabs import Tab, declare_tab
from portal.people.own_means import only_by_her_own_means

matching = room_blueprint("matching", __name__, path="/mentoring/matching", room="mentoring")
# Somebody who made a slip for her could come in with it: what is private stays closed.
matching.before_request(only_by_her_own_means)
declare_tab("mentoring", Tab("matching", _l("Matching"), "matching.index", 20))
for place, (key, label) in enumerate(
    (("offers", _l("Offers")), ("proposals", _l("Proposals")), ("endings", _l("What pairs say at the end")))
):
    declare_tab(
        "mentoring",
        Tab(key, label, f"matching.{key}", place, shown=lambda member: member.is_coordinator, under="matching"),
    )
