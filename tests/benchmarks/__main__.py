"""``make bench``: the tables that ``tests/benchmarks/__init__.py`` promises, as Markdown. Under ten minutes."""

import argparse
import asyncio
import os
import sys
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass

from tests.benchmarks.known import Known, look_into
from tests.benchmarks.load import Ask, Burst, Client, burst
from tests.benchmarks.servers import Server, instance, serving
from tests.benchmarks.visits import VISITS, Visit, prepare

CLIENTS = 16
ROUNDS = 2
MIXED = "mixed"


@dataclass
class Place:
    """A server to be measured, with what is known of its instance. ``is_minimal``: it is the yardstick."""

    server: Server
    known: Known
    is_minimal: bool = False

    def asks(self, visit: Visit) -> bool:
        return not self.is_minimal or visit.minimal is not None

    def ask(self, visit: Visit, client: Client) -> Ask:
        ask = visit.minimal if self.is_minimal and visit.minimal else visit.ask
        return ask(client, self.known)

    def clients(self, who: str) -> list[Client]:
        cookies = getattr(self.known, who)[:CLIENTS]
        return [Client(n, self.server.port, {self.known.cookie_name: cookie}) for n, cookie in enumerate(cookies)]

    async def measure(self, visit: Visit, seconds: float) -> Burst:
        """One burst of one kind of request, with the CPU that the server's processes used for it."""
        clients = self.clients(visit.who)[: len(self.known.rows) if visit.is_by_row else None]
        for client in clients:
            if self.is_minimal and visit.token_from:
                await prepare(client, "/list", client.ask)
            elif visit.token_from:
                await prepare(client, visit.token_from(client, self.known), client.ask)
        before = self.server.cpu()
        seen = await burst(clients, lambda client: self.ask(visit, client), seconds, visit.good)
        seen.cpu = self.server.cpu() - before
        for client in clients:
            client.close()
        return seen

    async def mixed(self, seconds: float) -> Burst:
        """Reads of all kinds by turns, each client at another place."""
        reads = [visit for visit in VISITS if self.asks(visit) and not visit.token_from]
        clients = self.clients("ines")

        def following(client: Client) -> Ask:
            turn = int(str(client.notes.get("turn", client.number)))
            client.notes["turn"] = turn + 1
            return self.ask(reads[turn % len(reads)], client)

        before = self.server.cpu()
        seen = await burst(clients, following, seconds, {200})
        seen.cpu = self.server.cpu() - before
        return seen


Found = dict[tuple[str, str], Burst]


async def run(places: list[Place], seconds: float) -> Found:
    """Every kind of request at every place, by turns, so that a busy moment of the machine hits all alike."""
    found: Found = defaultdict(Burst)
    for place in places:
        for visit in (visit for visit in VISITS if place.asks(visit) and not visit.token_from):
            await place.measure(visit, 0.3)
    for number in range(ROUNDS):
        for visit in VISITS:
            print(f"round {number + 1}: {visit.name}", file=sys.stderr)
            for place in (place for place in places if place.asks(visit)):
                found[place.server.name, visit.name].add(await place.measure(visit, seconds))
        for place in places:
            found[place.server.name, MIXED].add(await place.mixed(seconds * 2))
    return found


def tell(found: Found, places: list[Place], started: float) -> None:
    """The tables."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{CLIENTS} keep-alive clients, granian 2x4, {os.cpu_count()} cores, load averages at the end {load}.\n")
    print("| request | scale | requests/s | CPU ms | p50 ms | p99 ms | p99/p50 | KB sent | errors |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
    names = [visit.name for visit in VISITS] + [MIXED]
    for name in names:
        for place in places:
            seen = found.get((place.server.name, name))
            if seen:
                print(_row(name, place.server.name, seen))
    print(
        "\n| request | CPU national/demo | CPU portal/minimal, demo | CPU portal/minimal, national |\n|---|---:|---:|---:|"
    )
    for name in names:
        pairs = (("national", "demo"), ("demo", "minimal on demo"), ("national", "minimal on national"))
        print(f"| {name} | {' | '.join(_ratio(found, name, one, other) for one, other in pairs)} |")
    print("\n| server | cold start s | its CPU s | PSS MB of all its processes, after the load |\n|---|---:|---:|---:|")
    for place in places:
        server = place.server
        print(f"| {server.name} | {server.cold_start:.1f} | {server.cold_cpu:.1f} | {server.memory():.0f} |")
    print(f"\nThe whole run took {time.monotonic() - started:.0f} s.")


def _row(name: str, scale: str, seen: Burst) -> str:
    half, most = seen.part(0.5), seen.part(0.99)
    errors = f"{len(seen.errors)} ({', '.join(map(str, sorted(set(seen.errors))))})" if seen.errors else "0"
    figures = f"{seen.rate:.0f} | {seen.cpu_ms:.1f} | {half:.0f} | {most:.0f} | {most / half:.1f}"
    return f"| {name} | {scale} | {figures} | {seen.size / 1024:.1f} | {errors} |"


def _ratio(found: Found, name: str, one: str, other: str) -> str:
    first, second = found.get((one, name)), found.get((other, name))
    return f"{first.cpu_ms / second.cpu_ms:.2f}" if first and second and second.cpu_ms else ""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=2.0, help="how long each burst lasts")
    arguments.add_argument("--scales", nargs="+", default=["demo", "national"], choices=["demo", "national"])
    given = arguments.parse_args()
    started = time.monotonic()
    with ExitStack() as stack:
        places = []
        for scale in given.scales:
            folder = instance("region" if scale == "demo" else scale)
            known = look_into(folder, CLIENTS)
            ours = stack.enter_context(serving(scale, folder, "wsgi:app"))
            theirs = stack.enter_context(serving(f"minimal on {scale}", folder, "tests.benchmarks.minimal:app"))
            places += [Place(ours, known), Place(theirs, known, is_minimal=True)]
        found = asyncio.run(run(places, given.seconds))
        tell(found, places, started)


if __name__ == "__main__":
    main()
