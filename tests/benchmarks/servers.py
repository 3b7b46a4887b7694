"""Servers as in production (granian, 2 workers of 4 threads), what they cost in CPU and memory, and their instances."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(os.environ.get("BENCH_FOLDER", Path(tempfile.gettempdir()) / "staffroom-bench"))
TICKS = os.sysconf("SC_CLK_TCK")
# Seconds for a start: a machine that does other things as well may need them.
PATIENCE = 180


@dataclass
class Server:
    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    # Seconds until the first answer, and the CPU seconds that they took.
    cold_start: float = 0.0
    cold_cpu: float = 0.0

    def family(self) -> list[int]:
        """The server and all processes under it."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    parents[int(entry.name)] = int(_stat(int(entry.name))[1])
                except OSError:
                    continue
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def cpu(self) -> float:
        """Seconds of CPU that they have used so far, in user and kernel."""
        return sum((int(_stat(pid)[11]) + int(_stat(pid)[12])) / TICKS for pid in self.family())

    def memory(self) -> float:
        """Megabytes that are theirs (PSS): shared pages count by their share."""
        kilobytes = 0
        for pid in self.family():
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return kilobytes / 1024


def _stat(pid: int) -> list[str]:
    """The fields of /proc/pid/stat after the name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def surroundings(instance: Path, port: int = 0) -> dict[str, str]:
    """The environment of a production server that is reached without TLS, for measuring only."""
    url = f"http://127.0.0.1:{port}"
    own = {"PORTAL_ENV": "production", "PORTAL_SECURE_COOKIES": "0", "PORTAL_URL": url, "PORTAL_HOSTS": "127.0.0.1"}
    return {**os.environ, **own, "PORTAL_INSTANCE": str(instance), "PYTHONPATH": str(ROOT)}


def instance(scale: str) -> Path:
    """A filled instance of today; what is measured works on a copy, since writes change it."""
    made = KEPT / f"{scale}-{date.today().isoformat()}"
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    if not made.exists():
        draft = KEPT / f"{scale}-draft"
        shutil.rmtree(draft, ignore_errors=True)
        subprocess.run([*flask, "setup"], cwd=ROOT, env=surroundings(draft), check=True, stdout=subprocess.DEVNULL)
        filling = [*flask, "demo", "--scale", scale]
        subprocess.run(filling, cwd=ROOT, env=surroundings(draft), check=True, stdout=sys.stderr)
        draft.rename(made)
    copy = KEPT / f"{scale}-in-use"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(made, copy)
    # It may have been made earlier today, before a migration.
    subprocess.run([*flask, "setup"], cwd=ROOT, env=surroundings(copy), check=True, stdout=subprocess.DEVNULL)
    return copy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(name: str, folder: Path, target: str) -> Iterator[Server]:
    """A server with its workers, ended at the end with all of them."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--log-level", "warning", target]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings(folder, port), start_new_session=True)
    try:
        _wait(port, process)
        server = Server(name, port, process, time.monotonic() - started)
        server.cold_cpu = server.cpu()
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until somebody answers a real request."""
    ask = f"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The server ended before it answered (exit code {process.returncode}).")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(ask)
                if line.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"The server did not answer within {PATIENCE} seconds.")
