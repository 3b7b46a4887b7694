"""What is asked: the ten main pages and the four main writes of the portal, and their like on the yardstick."""

import gzip
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.benchmarks.known import Known
from tests.benchmarks.load import Ask, Client, Fields

HOME = "/n/tarn-and-tide"
TEXT = "We did it with **thirty** on one table. The timing held, and nobody needed the long cable."


@dataclass(frozen=True)
class Visit:
    """One kind of request: who asks (a list of cookies), what, and which page holds the CSRF token for it."""

    name: str
    who: str
    ask: Callable[[Client, Known], Ask]
    token_from: Callable[[Client, Known], str] | None = None
    # The same work on the yardstick.
    minimal: Callable[[Client, Known], Ask] | None = None
    # No more clients than there are rows to write in: two in one row would rightly be told of each other.
    is_by_row: bool = False

    @property
    def good(self) -> set[int]:
        return {303} if self.token_from else {200}


def _page(path: str) -> Callable[[Client, Known], Ask]:
    return lambda client, known: ("GET", path.format(**known.ids), [])


def _form(client: Client) -> Fields:
    return [("csrf_token", str(client.notes["token"])), ("form_key", secrets.token_hex(16))]


def _topic(client: Client, known: Known) -> int:
    return known.topics[client.number % len(known.topics)]


def _reply(client: Client, known: Known) -> Ask:
    return "POST", f"{HOME}/conversations/{_topic(client, known)}/replies", [*_form(client), ("body", TEXT)]


def _booking(client: Client, known: Known) -> Ask:
    """Book, give back, book again: each its own write."""
    client.notes["booked"] = has_place = not client.notes.get("booked", False)
    path = f"{HOME}/events/{known.ids['event']}/booking" + ("" if has_place else "/back")
    return "POST", path, _form(client)


def _attendance(client: Client, known: Known) -> Ask:
    """One row of the sheet, marked here and not here by turns."""
    person, before = known.rows[client.number % len(known.rows)]
    was, is_here = str(client.notes.get("was", before)), before.startswith("0.") == client.notes.get("even", True)
    client.notes["was"] = f"{known.ids['minutes'] if is_here else 0}.participant"
    client.notes["even"] = not client.notes.get("even", True)
    answer = [(f"was-{person}", was), (f"is-{person}", "here" if is_here else "away"), (f"cap-{person}", "participant")]
    return "POST", _sheet(client, known), [*_form(client), *answer]


def _talk(client: Client, known: Known) -> Ask:
    fields = [("when", "today"), ("length", "30"), ("mode", "in_person"), ("kind", "one_to_one"), ("focus", "")]
    notes = [("parked", "Bring the two plans on Friday."), ("only_me", "Ask about the lab."), ("same", "no")]
    return "POST", f"{HOME}/mentoring/pairs/{known.ids['pair']}/met", [*_form(client), *fields, *notes]


def _sheet(client: Client, known: Known) -> str:
    return f"{HOME}/events/{known.ids['sheet event']}/sessions/{known.ids['sheet']}/attendance"


def _minimal_reply(client: Client, known: Known) -> Ask:
    fields = [("csrf_token", str(client.notes["token"])), ("body", TEXT)]
    return "POST", f"/reply/{_topic(client, known)}", fields


VISITS = (
    Visit("today", "ines", _page(f"{HOME}/today/")),
    Visit("what’s on", "ines", _page(f"{HOME}/events/"), minimal=_page("/events")),
    Visit("event", "members", _page(f"{HOME}/events/{{event}}")),
    Visit("conversations", "members", _page(f"{HOME}/conversations/"), minimal=_page("/list")),
    Visit("topic", "members", _page(f"{HOME}/conversations/{{topic}}"), minimal=_page("/item/{topic}")),
    Visit("resources", "members", _page(f"{HOME}/resources/")),
    Visit("pack", "members", _page(f"{HOME}/resources/{{pack}}")),
    Visit("members", "ines", _page(f"{HOME}/members")),
    Visit("numbers", "ines", _page(f"{HOME}/numbers/")),
    Visit("search", "members", _page("/search?q=egg+drop"), minimal=_page("/search?q=egg+drop")),
    Visit("reply", "members", _reply, lambda c, k: f"{HOME}/conversations/{_topic(c, k)}", _minimal_reply),
    Visit("booking", "members", _booking, lambda c, k: f"{HOME}/events/{k.ids['event']}"),
    Visit("attendance", "ines", _attendance, _sheet, is_by_row=True),
    Visit("mentoring log", "mentor", _talk, lambda c, k: f"{HOME}/mentoring/pairs/{k.ids['pair']}/met"),
)


async def prepare(client: Client, path: str, ask: Callable[[str, str], Awaitable[tuple[int, bytes]]]) -> None:
    """Open the page that holds the form, as a browser would, and keep its token."""
    status, body = await ask("GET", path)
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', body)
    if status != 200 or not found:
        raise SystemExit(f"{path} answered {status} and holds no form")
    client.notes["token"] = found[1].decode()
    client.notes["booked"] = b'/booking/back"' in body
