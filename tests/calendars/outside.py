"""Programs of strangers that read our calendars: vdirsyncer fetches a feed, khal says what it understood of it."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from werkzeug.serving import make_server

FIELDS = ("uid", "start-long", "end-long", "title", "location", "description", "url", "status")
SYNC = """[general]
status_path = "{folder}/status"
[pair feed]
a = "remote"
b = "local"
collections = null
[storage remote]
type = "http"
url = "{url}"
[storage local]
type = "filesystem"
path = "{folder}/calendar"
fileext = ".ics"
"""
SHOW = """[calendars]
[[feed]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}
[sqlite]
path = {folder}/khal-{name}.db
[default]
default_calendar = feed
"""


@contextmanager
def served(app: object) -> Iterator[str]:
    """The address of a WSGI application that a thread of this process serves on a free port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def need(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"SKIPPED: {program} is not on this machine (make test installs it)")


def sync(url: str, folder: Path) -> None:
    """Fetch a feed into ``folder`` with vdirsyncer, as a computer does that follows it."""
    need("vdirsyncer")
    config = folder / "vdirsyncer.conf"
    if not config.exists():
        (folder / "calendar").mkdir()
        config.write_text(SYNC.format(folder=folder, url=url))
        _run("vdirsyncer", "-c", config, "discover", "feed")
    _run("vdirsyncer", "-c", config, "sync", "feed")


def shown(folder: Path, zone: str, first: str = "2020-01-01", last: str = "2031-01-01") -> dict[str, dict[str, str]]:
    """What khal understands of it, on the clocks of that place: by UID, the fields as it prints them."""
    need("khal")
    config = folder / "khal.conf"
    config.write_text(SHOW.format(folder=folder, zone=zone, name=zone.replace("/", "-")))
    told = "␟".join(f"{{{field}}}" for field in FIELDS) + "␞"
    said = _run("khal", "-c", config, "list", "--once", "-df", "", "-f", told, first, last)
    rows = [dict(zip(FIELDS, row.strip("\n").split("␟"), strict=True)) for row in said.split("␞") if row.strip()]
    return {row["uid"]: row for row in rows}


def _run(*command: object) -> str:
    # A program of the system's own Python: nothing of our environment may lead it astray.
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=120, check=False,
        env=kept | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout
