"""A password that is asked for in a terminal doesn't show there, and is taken to the letter."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from builders.caldav_side import USER, Radicale
from running import environment, toolkit_command

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty")
PASSWORD = "  bí  mật: o\u0302 "  # spaces and letters in two pieces stay as they are


def typed(command: list[str], *answers: tuple[str, str], env: dict[str, str | None] | None = None) -> tuple[int, str]:
    """Run a command at a terminal of its own; each answer is typed once its question stands there. What was seen."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(env)) as running:
        os.close(theirs)
        seen, waiting, deadline = b"", list(answers), time.monotonic() + 60
        while time.monotonic() < deadline:
            if waiting and waiting[0][0].encode() in seen:
                time.sleep(0.3)  # the echo is switched off just before the question
                os.write(ours, waiting.pop(0)[1].encode() + b"\n")
            if select.select([ours], [], [], 0.1)[0]:
                try:
                    seen += os.read(ours, 65536)
                except OSError:  # Linux says so when the other end closes
                    break
            elif running.poll() is not None:
                break
        running.kill() if running.poll() is None else None
    os.close(ours)
    return running.returncode, seen.decode(errors="replace")


def test_a_password_is_asked_for_unseen_and_kept_to_the_letter(tmp_path: Path) -> None:
    with Radicale(tmp_path / "radicale", password=PASSWORD) as radicale:
        code, seen = typed(
            [*toolkit_command("caldav", "login", radicale.url)],
            ("Tên đăng nhập của bạn", USER),
            ("không hiện ra", PASSWORD),
        )
    assert code == 0, seen
    assert "Đã đăng nhập" in seen
    assert "bí  mật" not in seen
    assert USER in seen


def test_an_import_asks_whom_it_doesnt_know_and_keeps_nothing(tmp_path: Path, home: Path) -> None:
    sheet = tmp_path / "lịch.csv"
    sheet.write_text("Tiêu đề,Ngày\nHọp,1/12/2026\n", encoding="utf-8")
    with Radicale(tmp_path / "radicale", password=PASSWORD) as radicale:
        code, seen = typed(
            [*toolkit_command("calendar", "plan", sheet, "--to", f"caldav:{radicale.url}", "--today", "2026-11-22")],
            ("Tên đăng nhập của bạn", USER),
            ("không hiện ra", PASSWORD),
        )
    assert code == 0, seen
    assert "tạo mới 1" in seen
    assert "toolkit caldav login" in seen
    assert "bí  mật" not in seen
    assert not (home / "caldav").exists()


def test_an_empty_answer_ends_the_question(tmp_path: Path) -> None:
    with Radicale(tmp_path / "radicale") as radicale:
        code, seen = typed([*toolkit_command("caldav", "login", radicale.url, "--user", USER)], ("không hiện ra", ""))
    assert code == 2
    assert "Chưa có mật khẩu" in seen
    assert not radicale.seen


def test_the_terminal_shows_letters_again_after_an_interruption() -> None:
    import termios

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "toolkit", "caldav", "login", "https://lich.example.org", "--user", "lan"],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=environment(),
    ) as running:  # fmt: skip
        seen, deadline = b"", time.monotonic() + 30
        while "không hiện ra".encode() not in seen and time.monotonic() < deadline:
            seen += os.read(ours, 65536)
        time.sleep(0.3)
        assert not termios.tcgetattr(theirs)[3] & termios.ECHO
        running.send_signal(2)
        running.wait(timeout=30)
        assert termios.tcgetattr(theirs)[3] & termios.ECHO
    os.close(theirs)
    os.close(ours)
    assert running.returncode == 130
