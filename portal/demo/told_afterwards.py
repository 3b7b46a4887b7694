"""What is left of an evening: papers, costs, certificates with their corrections, and the hours from elsewhere."""

import io
from datetime import datetime
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.activities.operations import Mark
from portal.attendance.operations import close_sheet, mark_sheet, reopen_sheet
from portal.certificates.operations import make_anew, make_certificates
from portal.certificates.queries_event import EVENT
from portal.credit.operations_outside import OutsideDraft, add_outside
from portal.credit.queries_certificates import certificates_about
from portal.db import db
from portal.demo.papers import page
from portal.demo.story import TIME_ZONE, Story, at, read
from portal.demo.told_credit import credit_type
from portal.event_file.drafts import CostDraft
from portal.event_file.operations import add_cost
from portal.events.drafts_papers import PapersDraft
from portal.events.models import Event
from portal.events.operations_papers import add_papers
from portal.files.operations import keep


def tell_afterwards(story: Story) -> None:
    """Once people came and said what it was worth to them."""
    told = read("afterwards")
    for one in told["event"]:
        event = db.session.execute(select(Event).where(Event.title == one["title"])).scalar_one()
        first, by = event.sessions[0].starts_at, story.who(one["by"])
        for paper in one.get("papers", []):
            with at(story.days_from(first, paper["after"], "19:40")):
                add_papers(event, _paper(paper, event, by), by)
        for cost in one.get("costs", []):
            with at(story.days_from(first, cost.get("paid", 3), "20:05")):
                add_cost(event, _cost(story, cost, first), by)
        if "issued" in one:
            with at(story.days_from(first, one["issued"], "16:15")):
                make_certificates(event, TIME_ZONE, by)
        if "corrected" in one:
            with at(story.days_from(first, one["corrected"]["after"], "16:50")):
                _correct(story, one["corrected"], event, by)
    for handle, entries in told["outside"].items():
        for entry in entries:
            _bring(story, story.who(handle), entry)


def _paper(told: dict[str, Any], event: Event, by: int) -> PapersDraft:
    files = (_file(told["file"], [told["title"], event.title], by),) if "file" in told else ()
    links = ((told["link"], told["title"]),) if "link" in told else ()
    words = told.get("words", "").strip()
    return PapersDraft(told["kind"], told["readers"], told["title"], file_ids=files, links=links, words=words)


def _file(name: str, lines: list[str], by: int) -> int:
    return keep(FileStorage(io.BytesIO(page(lines)), name), by).id


def _cost(story: Story, told: dict[str, Any], first: datetime) -> CostDraft:
    if "minutes" in told:
        return CostDraft(told["kind"], told["what"], minutes=told["minutes"])
    paid = story.days_from(first, told["paid"], "12:00").date()
    return CostDraft(told["kind"], told["what"], told["amount"], "GBP", paid_on=paid)


def _correct(story: Story, told: dict[str, Any], event: Event, by: int) -> None:
    """The sheet is opened and put right; one person's papers are made anew, another's say what was."""
    session = event.sessions[0]
    marks = {story.who(handle): minutes for handle, minutes in (told["anew"] | told["differs"]).items()}
    reopen_sheet(session, by)
    mark_sheet(session, [Mark(person_id, minutes) for person_id, minutes in marks.items()], TIME_ZONE, by)
    close_sheet(session, 0, by)
    db.session.flush()
    for handle in told["anew"]:
        for one in certificates_about(EVENT, event.id, story.who(handle)):
            make_anew(one, event, TIME_ZONE, by)


def _bring(story: Story, person_id: int, told: dict[str, Any]) -> None:
    day = story.ago(told["ago"]).date()
    with at(story.ago(told["ago"] - 1, "19:00")):
        proof = _file(told["proof"], [told["title"], told["provider"]], person_id) if "proof" in told else None
        draft = OutsideDraft(
            title=told["title"],
            provider=told["provider"],
            started_on=day,
            ended_on=day,
            minutes=told["minutes"],
            credit_type_id=credit_type(told["kind"]).id if "kind" in told else None,
            reference=told.get("reference", ""),
            proof_id=proof,
        )
        add_outside(person_id, draft)
