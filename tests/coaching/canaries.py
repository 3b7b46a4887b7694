"""A canary in every field of needs, goals and cycles, for any walk over the portal's pages."""

from datetime import UTC, datetime

from portal.coaching.operations_cycles import step_of
from portal.coaching.operations_goals import close_goal, make_goal, mark_needs
from portal.coaching.operations_observing import note_line, show_notes
from portal.coaching.saving import Told
from portal.coaching.steps import OURS
from portal.coaching.writing import seen_nothing
from portal.mentoring.talks import Talk
from tests.coaching.pairs import key, the_cycle, write

OURS_ALL = [
    f"plumb{name}"
    for name in (
        "need",
        "what",
        "see",
        "by",
        "growth",
        *(f"{step}{name}" for step, names in OURS.items() for name in names),
        "line",
        "about",
        "saw",
        "question",
        "standard",
    )
]
HIS, HERS = ["plumbhisthought", "plumbhisnote", "plumbhidden"], ["plumbherthought", "plumbhernote"]


def plant(cycle_id):
    """Every field of everything filled by one who may; the mentor's notes shown, the mentee's kept to herself.

    Returns the values of the addresses on which they stand. Belongs into ``in_app``.
    """
    made, pairing = the_cycle(cycle_id)
    dafydd, tobi = pairing.mentor_id, pairing.mentee_id
    mark_needs(pairing, tobi, {"need_classroom": "most", "note": "plumbneed"}, seen_nothing(key()), key())
    words = {name: f"plumb{name}" for name in ("what", "see", "by")}
    goal = make_goal(pairing, tobi, words, key())
    close_goal(goal, pairing, tobi, "met", {"growth": "plumbgrowth"}, seen_nothing(key()), key())
    for step, names in OURS.items():
        write(made, pairing, step, {name: f"plumb{step}{name}" for name in names})
    visit = step_of(made, "observation")
    note_line(visit, dafydd, "10:42", 1, "plumbline", key())
    write(made, pairing, "observation", {"about": "plumbabout", "thought": "plumbhisthought"}, dafydd, "only_me")
    show_notes(visit, dafydd, key())
    note_line(visit, tobi, "10:43", 1, "plumbherthought", key())
    said = {"saw": "plumbsaw", "question": "plumbquestion", "standard_9001": "plumbstandard"}
    told = Told(Talk(at=datetime(2026, 11, 3, 12, tzinfo=UTC), minutes=45, activities=("after-observation",)))
    write(made, pairing, "conversation", said, dafydd, told=told, lines=[9001])
    write(made, pairing, "conversation", {"thought": "plumbhisnote"}, dafydd, "only_me")
    write(made, pairing, "conversation", {"thought": "plumbhernote"}, tobi, "only_me")
    write(made, pairing, "observation", {"thought": "plumbhidden"}, dafydd, "only_me")
    return {"pairing_id": pairing.id, "goal_id": goal.id, "cycle_id": made.id, "line_number": 1}
