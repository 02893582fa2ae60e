"""F39, F40: a log through a pipe, however long, takes little memory and stops at a cap; what can't be read is named."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from running import environment, toolkit_command, unprivileged
from toolkit.sitestats.adapters.files import Trouble, chunks_of
from toolkit.sitestats.adapters.piping import Piped, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, RunToolkit

TODAY = "--today=2026-11-22"
AGENT = "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36"
LINE = f'203.0.113.7 - - [20/Nov/2026:08:00:00 +0700] "GET /bang-gia HTTP/1.1" 200 1000 "-" "{AGENT}"\n'.encode()
REPORT = ("sitestats", "report", "-", "--json", TODAY)

# `report -` in a process of its own with a cap of its own and less memory for its tables than usual; it says how much
# memory it took, in KB.
MEASURED = """
import sys
from toolkit.cli import main
from toolkit.sitestats.adapters import database, piping
piping.MOST = int(sys.argv[1])
database.MEMORY = "200MB"
code = main(["sitestats", "report", "-", "--json", "--today=2026-11-22"])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(code, peak, file=sys.stderr)
"""


def test_a_pipe_is_reported_as_its_file_is(cli: Cli, run_toolkit: RunToolkit, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_bytes(LINE * 700)
    of_file = cli("sitestats", "report", log, "--json", TODAY).json["data"]
    for piped in (LINE * 700, gzip.compress(LINE * 700), gzip.compress(LINE * 350) * 2):
        ran = run_toolkit(*REPORT, stdin=piped)
        assert ran.exit_code == 0
        assert ran.json["data"] == of_file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_a_named_pipe_and_a_file_are_one_report(tmp_path: Path) -> None:
    (tmp_path / "access.log").write_bytes(LINE * 3)
    os.mkfifo(tmp_path / "pipe")
    command = toolkit_command("sitestats", "report", tmp_path / "pipe", tmp_path / "access.log", "--json", TODAY)
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) as running:
        with (tmp_path / "pipe").open("wb") as pipe:
            pipe.write(LINE * 4)
        answer, _ = running.communicate(timeout=60)
    assert json.loads(answer)["data"]["totals"]["hits"] == 7


def test_words_that_never_end_are_refused_at_once() -> None:
    said = endless(b"y\n" * 5_000, cap=1 << 40)
    assert (said["exit"], said["codes"]) == (3, ["sitestats.not_a_log"])


def test_requests_that_never_end_stop_at_the_cap_and_those_before_it_are_reckoned() -> None:
    said = endless(LINE * 500, cap=len(LINE) * 20_000)
    assert (said["exit"], said["codes"]) == (1, ["sitestats.pipe_capped"])
    assert said["hits"] == 20_000


def test_a_line_that_never_ends_is_refused_and_little_of_it_is_held() -> None:
    said = endless(b"\0" * (1 << 20), cap=1 << 40)
    assert (said["exit"], said["codes"]) == (3, ["sitestats.not_a_log"])


def test_f39_a_long_pipe_takes_no_more_memory_than_it_is_given() -> None:
    # 210 MB; the tables have 200 MB here, what is beyond is Python with its libraries and the lines in hand
    said = endless(LINE * 500, cap=len(LINE) * 1_200_000)
    assert said["hits"] == 1_200_000
    assert said["peak"] < 600_000


def endless(block: bytes, *, cap: int) -> dict[str, Any]:
    """How `report -` ends on `block` again and again without an end."""
    with subprocess.Popen(
        [sys.executable, "-c", MEASURED, str(cap)], env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            while True:
                running.stdin.write(block)
        with contextlib.suppress(BrokenPipeError):
            running.stdin.close()
        running.stdin = None
        answer, talk = running.communicate(timeout=60)
    envelope = json.loads(answer)
    code, peak = talk.split()[-2:]
    hits = envelope["data"]["totals"]["hits"] if envelope["data"] else 0
    codes = [problem["code"] for problem in envelope["problems"]]
    return {"exit": int(code), "peak": int(peak), "hits": hits, "codes": codes}


def test_a_line_of_ten_megabytes_is_one_line_that_is_refused(run_toolkit: RunToolkit) -> None:
    ran = run_toolkit(*REPORT, stdin=LINE * 10 + LINE[:-2] + b"x" * 10_000_000 + b'"\n' + LINE * 10)
    totals = ran.json["data"]["totals"]
    assert (totals["valid"], totals["rejected"]) == (20, 1)
    assert len(ran.stdout) < 20_000


def test_an_empty_pipe_and_a_keyboard_are_told_apart(cli: Cli, run_toolkit: RunToolkit) -> None:
    assert [one["code"] for one in run_toolkit(*REPORT, stdin=b"").json["problems"]] == ["sitestats.pipe_empty"]
    at_a_keyboard = cli(*REPORT)  # text that is typed, no stream of bytes
    assert [one["code"] for one in at_a_keyboard.json["problems"]] == ["sitestats.nothing_piped"]


@pytest.mark.parametrize("cut", [1, 10, 40, -20, -5])
def test_f41_a_packed_pipe_that_is_cut_off_gives_what_came_before(cut: int) -> None:
    lines = b"".join(LINE.replace(b"203.0.113.7", f"203.0.{n // 250}.{n % 250}".encode()) for n in range(3_000))
    packed = gzip.compress(lines)
    trouble = Trouble()
    read = list(chunks_of(unpacked(io.BytesIO(packed[:cut])), trouble))
    text = "\n".join(chunk.text for chunk in read)
    if cut > 1:
        assert lines.decode().startswith(text.rstrip("\n"))
    assert trouble.code == ("sitestats.gzip_damaged" if cut != 1 else "")


def test_looking_at_the_beginning_takes_nothing_away() -> None:
    piped = Piped(io.BytesIO(b"a\nb\nc\n"), 5)
    assert piped.first_lines(2) == ["a", "b"]
    assert piped.first_lines() == ["a", "b", "c"]
    assert b"".join(iter(piped.read1, b"")) == b"a\nb\nc"
    assert piped.was_cut
    whole = Piped(io.BytesIO(b"a\nb"), 3)
    assert b"".join(iter(whole.read1, b"")) == b"a\nb"
    assert not whole.was_cut


def test_a_folder_is_refused_with_what_to_type_and_the_files_beside_it_are_read(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "access.log").write_bytes(LINE * 5)
    alone = cli("sitestats", "report", tmp_path, "--json", TODAY)
    assert alone.exit_code == 3
    assert [one["code"] for one in alone.json["problems"]] == ["sitestats.log_is_folder"]
    assert f"{tmp_path}/access.log" in " ".join(cli("sitestats", "report", tmp_path, TODAY).stderr.split())
    both = cli("sitestats", "report", tmp_path, tmp_path / "access.log", "--json", TODAY)
    assert both.exit_code == 1
    assert both.json["data"]["totals"]["hits"] == 5


@pytest.mark.skipif(sys.platform != "linux", reason="gives up the right to read everything as Linux does")
@pytest.mark.parametrize("said", [(), ("--format", "combined")])
def test_a_file_that_may_not_be_read_is_named_and_the_others_are_read(tmp_path: Path, said: tuple[str, ...]) -> None:
    good, secret = tmp_path / "a.log", tmp_path / "b.log"
    good.write_bytes(LINE * 5)
    secret.write_bytes(LINE)
    secret.chmod(0)
    for files, exit_code in (((secret, good), 1), ((secret,), 7)):
        command = toolkit_command("sitestats", "report", *files, *said, "--json", TODAY)
        ran = subprocess.run(
            command, env=environment(), capture_output=True, check=False, preexec_fn=unprivileged, timeout=60
        )
        answer = json.loads(ran.stdout)
        assert [one["code"] for one in answer["problems"]] == ["disk.no_permission"]
        assert str(secret) in json.dumps(answer["problems"])
        assert ran.returncode == exit_code
