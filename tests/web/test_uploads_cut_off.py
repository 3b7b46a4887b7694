"""The store after the process was killed in the middle of its work: every name still says what its bytes are."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.web.uploads import ContentStore

# The store alone: loading the whole portal for each writer is no test.
WRITER = """
import io, os, sys
from pathlib import Path
from types import ModuleType
sys.modules["portal"] = ModuleType("portal")
sys.modules["portal"].__path__ = ["portal"]
from portal.web.uploads_store import ContentStore
store = ContentStore(Path(sys.argv[1]))
store.put(io.BytesIO(b"The first makes the folders, however late this process gets its turn."))
print("ready", flush=True)
while True:
    print(store.put(io.BytesIO(os.urandom(300_000))).digest, flush=True)
"""


@pytest.mark.parametrize("wait", [0.02, 0.05, 0.1, 0.2])
def test_what_was_acknowledged_is_whole_and_nothing_half_has_a_name(tmp_path: Path, wait: float) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout and writer.stdout.readline() == "ready\n"
        time.sleep(wait)
        writer.kill()
        said = [line.strip() for line in writer.stdout if line.endswith("\n")]
    store = ContentStore(tmp_path)
    assert all(store.verify(digest) for digest in said)
    assert all(store.verify(digest) for digest in store.digests())
    store.sweep(older_than=-1)
    assert list((tmp_path / "incoming").iterdir()) == []
