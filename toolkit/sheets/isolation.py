"""Start the reading process, believe it little, and turn what it sends into rows."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place, Problem
from toolkit.sheets.model import Kind, MergeRange, SheetInfo
from toolkit.sheets.wire import Found, WireError, unpack, whole_numbers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from toolkit.sheets.snapshot import Snapshot

MEMORY = 1_000_000_000  # bytes of address space: a million rows with as many texts need 350 MB
CPU_SECONDS = 600
SILENCE = 120.0  # seconds without a word, on a slow laptop, before the reading is given up
_LONGEST_LINE = 64_000_000

# The process gets our own search path and nothing from the environment: it must find the very same toolkit.
_START = """
import sys
kind, memory, cpu_seconds, *sys.path[:] = sys.argv[1:]
from toolkit.sheets.child import main
main(kind, int(memory), int(cpu_seconds))
"""

FoundRow = tuple[int, bool, list[Found | None]]
Item = SheetInfo | FoundRow | Problem | float


def read_isolated(
    snapshot: Snapshot, kind: Kind, *, memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS, silence: float = SILENCE
) -> Generator[Item]:
    """Each sheet's head, its rows, its problems, and now and then the share (0 to 1) of the file that was read.

    Raises InputError: whatever is wrong with the file, also when reading it ends the process.
    """
    with _process(snapshot, kind, memory, cpu_seconds) as process, _patience(process, silence) as patience:
        assert process.stdout is not None
        sheet: str | None = None
        ended = False
        try:
            while line := _line(process.stdout, patience):
                message = _message(line)
                if "sheet" in message:
                    sheet = str(message["sheet"])
                ended = ended or "end" in message
                yield from _items(message, snapshot.name, sheet)
        except (WireError, ValueError, RecursionError, KeyError, TypeError) as error:
            raise InputError("sheets.unreadable", Place(file=snapshot.name)) from error
        if not ended:
            code = "sheets.too_slow" if patience.lost else "sheets.unreadable"
            raise InputError(code, Place(file=snapshot.name, sheet=sheet))


@contextmanager
def _process(snapshot: Snapshot, kind: Kind, memory: int, cpu_seconds: int) -> Iterator[subprocess.Popen[bytes]]:
    snapshot.stream.seek(0)
    ours = str(Path(__file__).parents[2])
    search = [*filter(None, sys.path), ours]
    command = [sys.executable, "-I", "-S", "-c", _START, kind, str(memory), str(cpu_seconds), *search]
    process = subprocess.Popen(  # noqa: S603  (our own interpreter, our own code)
        command, stdin=snapshot.stream, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=1 << 16
    )
    try:
        yield process
    finally:
        process.kill()
        assert process.stdout is not None
        process.stdout.close()
        process.wait()


class _Patience:
    """Ends a process that has been silent for too long while it was being waited for."""

    def __init__(self, process: subprocess.Popen[bytes], silence: float) -> None:
        self.lost = False
        self._waiting_since: float | None = None
        self._process = process
        self._silence = silence
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(min(1.0, self._silence / 4)):
            since = self._waiting_since
            if since is not None and time.monotonic() - since > self._silence:
                self.lost = True
                self._process.kill()
                return

    def wait_for(self, out: IO[bytes]) -> bytes:
        self._waiting_since = time.monotonic()
        try:
            return out.readline(_LONGEST_LINE)
        finally:
            self._waiting_since = None

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._done.set()
        self._thread.join()


@contextmanager
def _patience(process: subprocess.Popen[bytes], silence: float) -> Iterator[_Patience]:
    patience = _Patience(process, silence)
    patience.begin()
    try:
        yield patience
    finally:
        patience.end()


def _line(out: IO[bytes], patience: _Patience) -> bytes:
    line = patience.wait_for(out)
    if line and not line.endswith(b"\n"):  # cut off: the process died while writing
        return b""
    return line


def _message(line: bytes) -> dict[str, object]:
    message = json.loads(line)
    if not isinstance(message, dict):
        raise WireError
    return message


def _items(message: dict[str, object], file: str, sheet: str | None) -> Iterator[Item]:
    if "rows" in message:
        rows = message["rows"]
        if not isinstance(rows, list):
            raise WireError
        for row in rows:
            number, hidden, cells = row
            if type(number) is not int or not isinstance(cells, list):
                raise WireError
            yield number, bool(hidden), [unpack(cell) for cell in cells]
        share = message.get("share")
        if isinstance(share, float):
            yield share
    elif "sheet" in message:
        merges = message["merges"]
        if not isinstance(merges, list):
            raise WireError
        ranges = tuple(MergeRange(*whole_numbers(merge, 4)) for merge in merges)
        hidden_columns = frozenset(whole_numbers(message["hidden"]))
        yield SheetInfo(str(message["sheet"]), bool(message["visible"]), hidden_columns, ranges)
    elif "remark" in message:
        place = Place(file, sheet or None, _number(message["row"]), _number(message["column"]))
        value = message["value"]
        shown = None if value is None else str(value)
        yield Problem(_code(message["remark"]), place, _params(message["params"]), shown)
    elif "more" in message:
        yield Problem("sheets.more_alike", Place(file), {"n": _number(message["times"]) or 0})
    elif "failure" in message:
        raise _failure(message["failure"], file)


def _failure(failure: object, file: str) -> InputError:
    if not isinstance(failure, dict):
        raise WireError
    place = Place(file, failure["sheet"] or None, _number(failure["row"]), _number(failure["column"]))
    return InputError(_code(failure["code"]), place, value=None, **_params(failure["params"]))


def _code(raw: object) -> str:
    """Only codes of this room: the process can't make us say anything else."""
    if not isinstance(raw, str) or not raw.startswith("sheets.") or not raw[7:].replace("_", "").isalpha():
        raise WireError
    return raw


def _number(raw: object) -> int | None:
    if raw is None or type(raw) is int:
        return raw
    raise WireError


def _params(raw: object) -> dict[str, str | int]:
    if not isinstance(raw, dict) or not all(isinstance(value, (str, int)) for value in raw.values()):
        raise WireError
    return {str(key): value for key, value in raw.items()}
