"""A small load generator: keep-alive clients over asyncio streams, each with its own cookie, latencies to the microsecond."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

Fields = list[tuple[str, str]]
# What the next request of a client is: method, path and form fields.
Ask = tuple[str, str, Fields]
Next = Callable[["Client"], Ask]


@dataclass
class Client:
    """One browser: its connection, its cookie, and a place for what a visit wants to remember."""

    number: int
    port: int
    cookies: dict[str, str]
    notes: dict[str, object] = field(default_factory=dict)
    # Of the last answer.
    headers: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, fields: Fields = ()) -> tuple[int, bytes]:  # type: ignore[assignment]
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(fields).encode()
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {jar}\r\nAccept-Encoding: gzip\r\n"
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            head += f"Origin: http://127.0.0.1:{self.port}\r\nSec-Fetch-Site: same-origin\r\n"
        self.writer.write(f"{head}\r\n".encode() + body)
        await self.writer.drain()
        return await self._answer()

    async def _answer(self) -> tuple[int, bytes]:
        assert self.reader is not None
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        headers = {}
        for line in filter(None, lines):
            name, _colon, value = line.partition(":")
            if name.lower() == "set-cookie":
                cookie, _equals, rest = value.strip().partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
            headers[name.lower()] = value.strip()
        self.headers = headers
        return int(first.split(" ")[1]), await self._body(headers)

    async def _body(self, headers: dict[str, str]) -> bytes:
        assert self.reader is not None
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int((await self.reader.readline()).strip(), 16):
                parts.append(await self.reader.readexactly(size))
                await self.reader.readline()
            await self.reader.readline()
            return b"".join(parts)
        return await self.reader.readexactly(int(headers.get("content-length", "0")))

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass
class Burst:
    """What one burst showed."""

    seconds: float = 0.0
    cpu: float = 0.0
    size: int = 0
    latencies: list[float] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)

    def add(self, other: "Burst") -> None:
        self.seconds += other.seconds
        self.cpu += other.cpu
        self.size = other.size or self.size
        self.latencies += other.latencies
        self.errors += other.errors

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / max(1, len(self.latencies))

    def part(self, share: float) -> float:
        """A percentile of the latencies in milliseconds."""
        found = sorted(self.latencies)
        return 1000 * found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


async def burst(clients: list[Client], following: Next, seconds: float, good: set[int]) -> Burst:
    """All clients ask without a pause for so long; every answer must have one of the good statuses."""
    seen = Burst()
    started = time.perf_counter()

    async def go(client: Client) -> None:
        while time.perf_counter() - started < seconds:
            ask = following(client)
            sent = time.perf_counter()
            status, body = await client.ask(*ask)
            seen.latencies.append(time.perf_counter() - sent)
            seen.size = max(seen.size, len(body))
            if status not in good:
                seen.errors.append(status)

    await asyncio.gather(*(go(client) for client in clients))
    seen.seconds = time.perf_counter() - started
    return seen
