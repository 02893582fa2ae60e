"""Several commands one after the other in one process of their own, where starting would take longer than they do.

For what a process is given once: another locale, fewer rights. How each command ended is told.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from running import environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PROGRAM = """
import json, os, sys
from toolkit.cli import main

answer = os.dup(1)
told = []
for words in json.loads(sys.argv[1]):
    files = [os.memfd_create(name) for name in ("out", "err")]
    for place, file in enumerate(files, 1):
        os.dup2(file, place)
    code = main(words)
    sys.stdout.flush()
    sys.stderr.flush()
    told.append([code, *(os.pread(file, os.fstat(file).st_size, 0).hex() for file in files)])
os.write(answer, json.dumps(told).encode())
"""


class Ended(NamedTuple):
    """A command's exit code, its answer and its talk, in bytes."""

    code: int
    out: bytes
    err: bytes


def one_after_the_other(
    commands: Sequence[Sequence[str]], *, env: Mapping[str, str | None] | None = None,
    preexec_fn: Callable[[], None] | None = None,
) -> list[Ended]:  # fmt: skip
    """Run `toolkit WORDS` for each of the commands, in their order."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([list(words) for words in commands])],
        env=environment(env), capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
        preexec_fn=preexec_fn,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return [Ended(code, bytes.fromhex(out), bytes.fromhex(err)) for code, out, err in json.loads(done.stdout)]
