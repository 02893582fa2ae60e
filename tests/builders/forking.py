"""Commands in processes of their own that start in a twentieth of a second, so that they can be killed by the hundred.

One process loads the program and then does nothing but fork: each command runs in a fork, with a home and an
environment of its own, and dies as any process dies. Two things differ from a command that a member types. Waiting
between two tries takes no time. And the moments before and after each request to Google are crash points as well
(`request.before`, `request.after`), so that `kill@n` also falls between Google's work and its answer.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from running import Ran

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

TESTS = Path(__file__).parents[1]


class Forking:
    """Runs commands; use it as a context. `folder` takes what they print."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=60)

    def __call__(self, *arguments: object, **variables: str) -> Ran:
        """One command with these environment variables added."""
        out, err = self._folder / "out", self._folder / "err"
        wish = {"arguments": [str(one) for one in arguments], "env": variables, "out": str(out), "err": str(err)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        ended = self._process.stdout.readline()
        assert ended, "the forking process is gone"
        return Ran(int(ended), out.read_text("utf-8"), err.read_text("utf-8"))


def main() -> None:
    load()
    for line in sys.stdin:
        wish = json.loads(line)
        child = os.fork()
        if not child:
            run(wish["arguments"], wish["env"], wish["out"], wish["err"])
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def load() -> None:
    """Everything that an import to Google needs, read once."""
    for module in (
        "googleapiclient.discovery", "googleapiclient.http", "toolkit.cli", "toolkit.calendar.cli",
        "toolkit.calendar.reading", "toolkit.calendar.service", "toolkit.google.client",
    ):  # fmt: skip
        importlib.import_module(module)
    from toolkit.disk.crash import crashpoint
    from toolkit.net.persistence import Patience
    from toolkit.net.transport import Transport

    Patience.__init__.__defaults__ = (6, 0.0, 0.0, 120.0)
    send = Transport.request

    def sent(transport: Transport, *arguments: Any, **more: Any) -> Any:
        crashpoint("request.before")
        answer = send(transport, *arguments, **more)
        crashpoint("request.after")
        return answer

    Transport.request = sent  # type: ignore[method-assign, assignment]


def run(arguments: list[str], variables: Mapping[str, str], out: str, err: str) -> None:
    """In the fork: the command, and the end of the process."""
    from toolkit.cli import main as toolkit
    from toolkit.disk import crash

    os.environ.update(variables)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, path in enumerate((os.devnull, out, err)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, number)
    sys.stdin = os.fdopen(0, encoding="utf-8")  # the one from before the fork has been read from
    counted = Path(os.environ.get("TOOLKIT_FAULT_COUNT", os.devnull))
    crash._fault = crash._from_environment(os.environ.get("TOOLKIT_FAULT", ""), str(counted))
    exit_code = 70
    try:
        exit_code = toolkit(arguments)
    except BaseException:  # noqa: BLE001 (whatever it is, the process ends here and says so)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        if isinstance(crash._fault, crash._Counting):
            names = crash._fault._names
            counted.write_text("\n".join([str(len(names)), *names]), "utf-8")
        os._exit(exit_code)


if __name__ == "__main__":
    main()
