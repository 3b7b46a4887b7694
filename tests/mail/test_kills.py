"""The worker is killed at any moment, again and again, while the server accepts, puts off, refuses, hangs and hangs up.

Nothing is lost, and each kill costs at most one mail that comes twice, with the same Message-ID. ``KILLS=10`` is quicker.
"""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing

import pysqlite3
import pytest
from aiosmtpd.controller import Controller

from tests.mail.peer import free_port

KILLS = int(os.environ.get("KILLS", "100"))
MAILS_A_KILL = 6


class Moody:
    """A server of changing moods. ``stored`` holds what it took, ``answered`` what it also said so about."""

    def __init__(self, seed):
        self.dice, self.is_kind = random.Random(seed), False
        self.stored, self.answered, self.refused, self.moods = [], [], set(), Counter()
        self.step = threading.Semaphore(0)

    def mood(self, *weights):
        kinds = ("accepts", "puts off", "refuses", "hangs", "hangs up")
        mood = "accepts" if self.is_kind else self.dice.choices(kinds, weights)[0]
        self.moods[mood] += 1
        self.step.release()
        return mood

    async def handle_RCPT(self, server, session, envelope, address, options):
        mood = self.mood(85, 10, 5, 0, 0)
        if mood == "accepts":
            envelope.rcpt_tos.append(address)
            return "250 well"
        if mood == "refuses":
            self.refused.add(address)
        return "450 4.2.0 later" if mood == "puts off" else "550 5.1.1 nobody"

    async def handle_DATA(self, server, session, envelope):
        mood = self.mood(75, 5, 0, 6, 14)
        if mood == "puts off":
            return "451 4.3.0 later"
        copy = (envelope.rcpt_tos[0], next(one for one in envelope.content.splitlines() if b"essage-ID" in one))
        if mood == "accepts" or self.dice.random() < 0.5:
            self.stored.append(copy)
        if mood == "hangs":
            await asyncio.sleep(30)
        if mood == "hangs up":
            server.transport.abort()
        if mood == "accepts":
            self.answered.append(copy)
        return "250 taken"


class Forge:
    """Starts workers and kills them."""

    def __init__(self, *arguments):
        command = [sys.executable, "-m", "tests.mail.killed_worker", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def start(self):
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(10)


@pytest.fixture
def moody():
    handler = Moody(seed=20261110)
    handler.address = ("127.0.0.1", free_port())
    controller = Controller(handler, *handler.address)
    controller.start()
    yield handler
    controller.stop()


def rows(instance):
    columns = "to_address, message_id, sent_at, outcome, failed_at"
    with closing(pysqlite3.connect(instance / "staffroom.sqlite")) as database:
        return database.execute(f"SELECT {columns} FROM outbox_mail").fetchall()


def kill_again_and_again(forge, moody, dice):
    """After a few steps of the server, or where nothing moves, and a moment later by chance."""
    for _kill in range(KILLS):
        worker = forge.start()
        for _step in range(dice.randrange(0, 9)):
            if not moody.step.acquire(timeout=0.2):
                break
        threading.Event().wait(dice.uniform(0, 0.004))
        os.kill(worker, signal.SIGKILL)


def finish(forge, moody, instance):
    """A last worker and a kind server: whatever is left goes out."""
    moody.is_kind = True
    worker = forge.start()
    for _wait in range(400):
        if all(sent or failed for *_rest, sent, _outcome, failed in rows(instance)):
            break
        threading.Event().wait(0.05)
    os.kill(worker, signal.SIGKILL)


@pytest.fixture
def aftermath(tmp_path, moody):
    with closing(Forge(tmp_path, *moody.address, KILLS * MAILS_A_KILL)) as forge:
        kill_again_and_again(forge, moody, random.Random(7))
        during = len(moody.stored)
        finish(forge, moody, tmp_path)
    twice = sum(count - 1 for count in Counter(moody.answered).values())
    copies = sum(count - 1 for count in Counter(moody.stored).values())
    print(f"\n{KILLS} kills: {during} mails taken meanwhile, {len(moody.stored)} in all, {dict(moody.moods)};")
    print(f"{twice} came twice because of a kill, {copies - twice} because the server took them without a word")
    return rows(tmp_path), twice


def test_nothing_is_lost_and_a_kill_costs_at_most_one_mail_twice(aftermath, moody):
    mails, twice = aftermath
    assert len(mails) == KILLS * MAILS_A_KILL
    stored = {address for address, _message_id in moody.stored}
    for address, message_id, sent_at, outcome, failed_at in mails:
        assert (sent_at and address in stored) or (failed_at and outcome == "refused" and address in moody.refused)
        ids = {line for to, line in moody.stored if to == address}
        assert ids <= {f"Message-ID: {message_id}".encode()}, "a second copy is the same mail to its reader"
    assert twice <= KILLS
