"""A command killed at each of its crash points, quickly: one process loads the program, then forks a child a point."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from running import environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM = """
import io, json, os, shutil, sys
from toolkit.cli import main
from toolkit.disk import crash

kept, scratch, typed = sys.argv[1:4]
arguments = sys.argv[4:]
points = []

def run(name, fault):
    folder = os.path.join(scratch, name)
    shutil.copytree(kept, folder)
    os.environ["TOOLKIT_HOME"] = folder
    os.chdir(folder)
    crash._fault = fault
    sys.stdin = io.StringIO(typed)
    return main(arguments)

quiet = os.open(os.devnull, os.O_WRONLY)
answer = os.dup(1)
os.dup2(quiet, 1)
os.dup2(quiet, 2)
code = run("whole", points.append)
killed = []
for n in range(1, len(points) + 1):
    child = os.fork()
    if child == 0:
        os._exit(run(str(n), crash._Killing("", n)) or 1)
    killed.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
os.write(answer, json.dumps({"code": code, "points": points, "killed": killed}).encode())
"""


def killed_at_every_point(kept: Path, scratch: Path, arguments: Sequence[str], *, typed: str = "") -> list[str]:
    """Run `toolkit ARGUMENTS` on copies of the home `kept`: on `scratch/whole` to its end, on `scratch/1` until it is
    killed at its first crash point, on `scratch/2` at its second …, each in the folder of its home. Gives the names of
    the points. `typed` is what stands on standard input."""
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(kept), str(scratch), typed, *arguments],
        env=environment(), capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["code"] in (0, 1), told
    assert set(told["killed"]) == {-9}, told
    return list(told["points"])
