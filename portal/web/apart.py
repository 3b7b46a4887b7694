"""Running a small program of ours for one file from outside, apart from everything that a fault in it could reach.

The program itself sets its bounds on memory and time; here it gets an environment without our keys, and patience ends.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

# What a program that was ended for its time answers here.
TOO_LONG = -1_000


def run_apart(script: str, *arguments: str, source: IO[bytes], output: IO[bytes], patience: float) -> int:
    """Run ``script`` (a path) with a file as its input; returns its exit code, negative when a signal ended it."""
    command = [sys.executable, "-P", str(Path(script)), *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=source,
            stdout=output,
            stderr=subprocess.DEVNULL,
            timeout=patience,
            env=bare_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return TOO_LONG
    return done.returncode


def bare_environment() -> dict[str, str]:
    """What Python needs to start and no more: the keys of this instance are nothing for a stranger's file."""
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if name in os.environ}
    return known | {"PYTHONUTF8": "1"}
