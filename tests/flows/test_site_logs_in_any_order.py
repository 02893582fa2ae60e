"""Logs are written, rotated, packed, copied, cut off and read in any order: never is a line lost or counted twice."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from toolkit.disk import crash
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.sites import Sites
from toolkit.sitestats.service.keeping import add_logs, report_site
from toolkit.sitestats.service.reporting import report
from toolkit.sitestats.service.updating import update

BEGUN = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
NOW = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp())
ZONE = "Asia/Ho_Chi_Minh"
AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0",
    "curl/8.5.0",
)


class Killed(BaseException):
    """What stands for a process that ends at once."""


class Logs(RuleBasedStateMachine):
    """A server's logs, every line that was ever written to them, and a site that is kept of them."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="toolkit-logs-"))
        self.folder = self.root / "log"
        self.folder.mkdir()
        self.main, self.other = self.folder / "access.log", self.folder / "other.log"
        self.main.write_bytes(b"")
        self.other.write_bytes(b"")
        self.lines: list[str] = []
        self.number = 0
        self.half = b""
        self.write(1)
        sites = Sites(self.root / "sites")
        self.site = add_logs(
            sites, "shop", [str(self.main), str(self.other)], zone=ZONE, now=NOW, host="shop.example", known="combined"
        ).data.site

    def teardown(self) -> None:
        crash._fault = None
        self.update()
        self.check()
        self.compare_reports()
        shutil.rmtree(self.root)

    def line(self, kind: int = 0) -> bytes:
        self.number += 1
        moment = (BEGUN + timedelta(seconds=7 * self.number)).strftime("%d/%b/%Y:%H:%M:%S +0000")
        text = (
            f'203.0.113.{kind % 5} - - [{moment}] "GET /p/{self.number}?q=secret HTTP/1.1" 200 {self.number} '
            f'"https://zalo.me/" "{AGENTS[kind % 3]}"'
        )
        if kind == 4:
            text = f"unreadable {self.number} from 203.0.113.9"
        self.lines.append(text)
        return f"{text}\n".encode()

    @rule(n=st.integers(1, 12), kinds=st.integers(0, 10**6))
    def write(self, n: int, kinds: int = 0) -> None:
        with self.main.open("ab") as file:
            file.write(self.half)
            self.half = b""
            for place in range(n):
                file.write(self.line(kinds // 7**place % 5))

    @rule(n=st.integers(1, 3))
    def write_to_the_other(self, n: int) -> None:
        with self.other.open("ab") as file:
            for _ in range(n):
                file.write(self.line(1))

    @rule(cut=st.integers(1, 120))
    @precondition(lambda self: not self.half)
    def write_half_a_line(self, cut: int) -> None:
        whole = self.line()
        with self.main.open("ab") as file:
            file.write(whole[:cut])
        self.half = whole[cut:]

    @rule(packed=st.booleans())
    @precondition(lambda self: not self.half)
    def rotate(self, packed: bool) -> None:
        if (self.folder / "access.log.5").exists() or (self.folder / "access.log.5.gz").exists():
            self.update()
        for ending in ("", ".gz"):
            for n in range(5, 0, -1):
                old = self.folder / f"access.log.{n}{ending}"
                if old.exists():
                    old.rename(self.folder / f"access.log.{n + 1}{ending}")
            (self.folder / f"access.log.6{ending}").unlink(missing_ok=True)
        rotated = self.folder / "access.log.1"
        self.main.rename(rotated)
        self.main.write_bytes(b"")
        if packed:
            self.pack(1, keep=False)

    @rule(n=st.integers(1, 4), keep=st.booleans())
    def pack(self, n: int, keep: bool) -> None:
        plain = self.folder / f"access.log.{n}"
        if plain.exists():
            plain.with_name(f"{plain.name}.gz").write_bytes(gzip.compress(plain.read_bytes(), 1))
            if not keep:
                plain.unlink()

    @rule(n=st.integers(1, 4), share=st.floats(0.1, 0.9))
    def pack_and_look_meanwhile(self, n: int, share: float) -> None:
        plain, packed = self.folder / f"access.log.{n}", self.folder / f"access.log.{n}.gz"
        if plain.exists() and not packed.exists():
            whole = gzip.compress(plain.read_bytes(), 1)
            packed.write_bytes(whole[: int(len(whole) * share)])
            self.update()
            packed.write_bytes(whole)
            plain.unlink()

    @rule()
    @precondition(lambda self: not self.half and not (self.folder / "access.log.1").exists())
    def copy_and_truncate(self) -> None:
        shutil.copyfile(self.main, self.folder / "access.log.1")
        self.main.write_bytes(b"")

    @rule()
    def copy(self) -> None:
        shutil.copyfile(self.main, self.folder / "access.log.old")

    @rule()
    @precondition(lambda self: not self.half)
    def truncate(self) -> None:
        self.update()
        self.main.write_bytes(b"")

    @rule(share=st.floats(0, 1))
    @precondition(lambda self: not self.half)
    def cut_off_the_end(self, share: float) -> None:
        self.update()
        (self.folder / "access.log.old").unlink(missing_ok=True)
        lines = self.main.read_bytes().splitlines(keepends=True)
        self.main.write_bytes(b"".join(lines[: int(len(lines) * share)]))
        self.update()

    @rule(n=st.integers(1, 30))
    @precondition(lambda self: not self.half)
    def take_first_lines_away(self, n: int) -> None:
        self.update()
        (self.folder / "access.log.old").unlink(missing_ok=True)
        lines = self.main.read_bytes().splitlines(keepends=True)
        left = b"".join(lines[n:])
        if len(left) > 2048:
            self.main.write_bytes(left)

    @rule()
    def begin_another_log_with_the_same_lines(self) -> None:
        same = self.folder / f"other.log.{self.number}"
        whole = self.main.read_bytes()
        end = whole.rfind(b"\n", 0, -1) + 1
        if end > 0 and whole.endswith(b"\n"):
            first = whole[:end].decode()
            same.write_bytes(first.encode() + self.line(2))
            self.lines += first.splitlines()

    @rule()
    def update(self) -> None:
        outcome = update(self.site, now=NOW)
        assert {problem.code for problem in outcome.problems} <= {"sitestats.gzip_damaged", "sitestats.many_rejects"}
        self.check()

    @rule(n=st.integers(1, 9))
    def update_and_be_killed(self, n: int) -> None:
        left = n

        def killing(_: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        crash._fault = killing
        try:
            update(self.site, now=NOW)
        except Killed:
            pass
        finally:
            crash._fault = None

    def check(self) -> None:
        whole = self.whole_lines()
        with tempfile.TemporaryDirectory() as scratch, store.open_site(self.site, Path(scratch)) as connection:
            cursors = store.cursors(connection)
            paths: Counter[str] = Counter()
            paths.update(dict(connection.execute("SELECT path, count(*) FROM hits GROUP BY path").fetchall()))
        expected = Counter(line.split()[6].partition("?")[0] for line in whole if not line.startswith("unreadable"))
        assert paths == expected
        assert sum(cursor.lines for cursor in cursors) == len(whole)
        assert sum(cursor.rejected.total() for cursor in cursors) == len(whole) - expected.total()

    def whole_lines(self) -> list[str]:
        """All lines that were ever written, without the one that is only half there."""
        if not self.half:
            return self.lines
        end = self.half.decode().rstrip("\n")
        place = max(n for n, line in enumerate(self.lines) if line.endswith(end))
        return self.lines[:place] + self.lines[place + 1 :]

    def compare_reports(self) -> None:
        """What is kept says the same as one file of all lines that were ever written."""
        if self.half:
            return
        everything = self.root / "everything.log"
        everything.write_text("".join(f"{line}\n" for line in self.lines))
        counted: Any = report([everything], zone=ZONE, now=NOW, host="shop.example", name="combined")
        kept = report_site(self.site)
        assert kept.data.totals == counted.data.totals
        assert (kept.data.requests, kept.data.rejected) == (counted.data.requests, counted.data.rejected)
        assert kept.data.panels["sources"] == counted.data.panels["sources"]
        assert kept.data.panels["days"] == counted.data.panels["days"]


TestLogsInAnyOrder = Logs.TestCase
TestLogsInAnyOrder.settings = settings(max_examples=8, stateful_step_count=12, deadline=None)
