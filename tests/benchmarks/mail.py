"""How fast the outbox drains, and in how much memory: ``python -m tests.benchmarks.mail [mails]``.

A peer in a process of its own takes everything, once as fast as it comes and once so many a second; the worker is the
real command in a fresh instance.
"""

import asyncio
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from portal import Base, create_app
from portal.config import Settings
from portal.db import db, operation, writing
from portal.mail.models import OutboxMail
from portal.web import clock

ROOT = Path(__file__).parent.parent.parent
MAILS = 10_000
LIMITS = (20, 100)
SECONDS = 10
TEXT = "Hello Tobi,\n\n3 dates, 2 resources, 1 question.\n" + "One line of a digest that says something.\n" * 40
HTML = "<p>3 dates, 2 resources, 1 question.</p>" + "<p>One line of a digest that says something.</p>" * 40


class Peer:
    """Takes every mail; with a limit it answers so that no more than so many are taken in any second."""

    def __init__(self, per_second: int) -> None:
        self.gap, self.free_at = (1 / per_second if per_second else 0.0), 0.0
        self.taken: list[float] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                await self._turn()
                self.taken.append(time.monotonic())
            writer.write(b"250 well\r\n")
            if word == b"QUIT":
                break
        writer.close()

    async def _turn(self) -> None:
        now = time.monotonic()
        # Who was slow for a moment may catch up within the second, as servers count.
        self.free_at = max(self.free_at + self.gap, now - 1)
        await asyncio.sleep(max(0.0, self.free_at - now))


def serve(per_second: int, pipe: Connection) -> None:
    """In a process of its own: says its port, and when it took each mail once it is asked."""

    async def run() -> None:
        peer = Peer(per_second)
        server = await asyncio.start_server(peer.talk, "127.0.0.1", 0, limit=2**20)
        pipe.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(pipe.recv)
        pipe.send(peer.taken)

    asyncio.run(run())


@operation
def write(first: int, count: int) -> None:
    """So many mails, each to somebody else."""
    for number in range(first, first + count):
        address = f"p{number}@x.example"
        mail = OutboxMail(
            kind="digest", to_address=address, to_name="Tobi Larkhill", from_name="Tarn and Tide", text=TEXT, html=HTML,
            subject="3 dates, 2 resources, 1 question", headers={"List-Unsubscribe": "<https://x.example/a/1>"},
            message_id=f"<{number}@region.example>", queued_at=clock.now(), send_after=clock.now(),
        )  # fmt: skip
        db.session.add(mail)


def fill(instance: Path, count: int) -> None:
    app = create_app(replace(Settings(), instance=instance, environment="production"), testing=True)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        for first in range(0, count, 500):
            with writing():
                write(first, min(500, count - first))
        db.session.remove()
        db.engine.dispose()


def drain(count: int, per_second: int) -> tuple[int, float, float]:
    """Mails taken, mails a second from the first to the last, and the worker's highest memory in megabytes."""
    ours, theirs = multiprocessing.Pipe()
    peer = multiprocessing.get_context("spawn").Process(target=serve, args=(per_second, theirs), daemon=True)
    peer.start()
    where = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(ours.recv()), "SMTP_TLS": "none", "MAIL_PER_HOUR": "1000000"}
    with tempfile.TemporaryDirectory(prefix="staffroom-mail-") as folder:
        fill(Path(folder), count)
        settings = os.environ | where | {"PORTAL_INSTANCE": folder, "MAIL_FROM": "post@region.example"}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "mail", "send"]
        worker = subprocess.Popen(command, env=settings, cwd=ROOT, stdout=subprocess.DEVNULL)
        _pid, _status, used = os.wait4(worker.pid, 0)
        worker.returncode = 0
    ours.send("how many")
    taken: list[float] = ours.recv()
    peer.join()
    rate = (len(taken) - 1) / (taken[-1] - taken[0]) if len(taken) > 1 else 0.0
    return len(taken), rate, used.ru_maxrss / 1024


def main(mails: int) -> None:
    taken, rate, memory = drain(mails, 0)
    print(f"{taken} of {mails} mails as fast as they go: {rate:.0f} a second, {memory:.0f} MB at most")
    for limit in LIMITS:
        taken, rate, memory = drain(limit * SECONDS, limit)
        print(f"a server that takes {limit} a second: {rate:.1f} a second, {memory:.0f} MB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MAILS)
