"""F03: asked to stop, a command finishes the step in hand, says so, and ends with the code that shells expect."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from running import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(60)

# A command that writes step by step, and one that only waits; both say on standard error when they have begun.
PROGRAM = """
import sys, time
import click
from toolkit.core.outcome import Outcome
from toolkit.shell.app import App, pass_app, run
from toolkit.shell.blocks import Line
from toolkit.shell.group import Group

@click.group(cls=Group)
def root() -> None:
    "Thử."

@root.command()
@pass_app
def write(app: App) -> None:
    "Viết."
    done = 0
    with app.stopping() as stop:
        print("begun", file=sys.stderr, flush=True)
        for _ in range(1000):
            if stop:
                break
            time.sleep(0.02)
            done += 1
    app.say(Outcome(done), lambda n: [Line(f"xong {n}")])

@root.command()
@pass_app
def stubborn(app: App) -> None:
    "Không nghe."
    with app.stopping():
        print("begun", file=sys.stderr, flush=True)
        time.sleep(60)

@root.command()
@pass_app
def ask(app: App) -> None:
    "Hỏi."
    with app.stopping():
        print("begun", file=sys.stderr, flush=True)
        app.ask.confirm("Nhập?")

@root.command()
def wait() -> None:
    "Đợi."
    print("begun", file=sys.stderr, flush=True)
    time.sleep(60)

@root.command()
def reckon() -> None:
    "Tính, bằng một thư viện có lời riêng."
    try:
        print("begun", file=sys.stderr, flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        pass
    raise RuntimeError("Query interrupted")

sys.exit(run(root))
"""


@pytest.fixture
def started(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *request.param],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == b"begun\n"
    yield process
    process.kill()
    process.communicate()


SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


@pytest.mark.parametrize("started", [["wait"], ["reckon"]], indirect=True)
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_waiting_ends_at_once_with_a_sentence(started: subprocess.Popen[bytes], number: int, code: int) -> None:
    started.send_signal(number)
    out, err = started.communicate(timeout=30)
    assert started.returncode == code
    assert not out
    assert err.decode().startswith("Đã dừng.\n")
    assert b"Traceback" not in err


@pytest.mark.parametrize("started", [["write"]], indirect=True)
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_writing_finishes_its_step_and_says_how_far_it_came(
    started: subprocess.Popen[bytes], number: int, code: int
) -> None:
    started.send_signal(number)
    out, err = started.communicate(timeout=30)
    assert started.returncode == code
    assert out.decode().startswith("xong ")
    assert b"Traceback" not in err


@pytest.mark.parametrize("started", [["stubborn"]], indirect=True)
def test_a_second_signal_does_not_wait(started: subprocess.Popen[bytes]) -> None:
    started.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        started.wait(timeout=0.5)
    started.send_signal(signal.SIGINT)
    started.communicate(timeout=30)
    assert started.returncode in {130, 143}


@pytest.mark.parametrize("started", [["wait", "--json"]], indirect=True)
def test_a_program_gets_an_envelope_when_we_are_stopped(started: subprocess.Popen[bytes]) -> None:
    started.send_signal(signal.SIGTERM)
    out, _ = started.communicate(timeout=30)
    assert json.loads(out)["problems"][0]["code"] == "shell.stopped"
    assert started.returncode == 143


def test_a_question_can_be_walked_away_from() -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-c", PROGRAM, "ask"], environment())
    seen = b""
    while "[không]".encode() not in seen:
        seen += os.read(terminal, 1000)
    os.write(terminal, b"\x03")
    with contextlib.suppress(OSError):
        while block := os.read(terminal, 1000):
            seen += block
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
    assert "Đã dừng." in seen.decode()


def test_a_closed_terminal_ends_the_command() -> None:
    child, terminal = pty.fork()
    if child == 0:
        os.execve(sys.executable, [sys.executable, "-c", PROGRAM, "write"], environment())
    seen = b""
    while b"begun" not in seen:
        seen += os.read(terminal, 1000)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 129
