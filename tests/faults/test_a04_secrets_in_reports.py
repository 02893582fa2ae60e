"""A04: tokens, codes and members' own words never reach a report, a traceback or --debug."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.shell.app import run
from toolkit.shell.group import Group
from toolkit.shell.report import redact

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "CANARYx7Qp_2mZ-9"
LEAKS = [
    "access_token={}", '{{"refresh_token": "{}"}}', "client_secret='{}'", "Authorization: Bearer {}",
    "Authorization: {}", "GET /?state=abc&code={}&scope=x", "ya29.{}", "1//0{}", "GOCSPX-{}", "password = {}",
    "AIzaSy0000000000000000{}", "code_verifier={}", "eyJhbGciOi.{}.sig", "mật khẩu: {}", "id_token: {}",
    "https://x.test/cb?access_token={}#y", "Cookie: {}", "api_key={}", "lan.{}@gmail.com",
]  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS)
def test_a_secret_is_taken_out_however_it_is_written(leak: str) -> None:
    assert CANARY not in redact(leak.format(CANARY))


@pytest.mark.parametrize("phone", ["0912345678", "0912 345 678", "+84 912.345.678", "091-234-5678"])
def test_telephone_numbers_are_taken_out(phone: str) -> None:
    assert "345" not in redact(f"gọi {phone} nhé")


def test_what_is_no_secret_stays_readable() -> None:
    text = 'File "toolkit/shell/app.py", line 123, in run\nValueError: 20261122 1.250.000 không phải là ngày'
    assert redact(text) == text


@given(st.text(max_size=300))
def test_redaction_takes_any_text(text: str) -> None:
    redact(text)


@pytest.mark.parametrize("text", ["token=" * 20_000, "a@" * 50_000, "0 " * 50_000, "eyJ" * 30_000, "1//" * 30_000])
def test_redaction_is_quick_on_hostile_text(text: str) -> None:
    import time

    begun = time.process_time()
    redact(text)
    assert time.process_time() - begun < 1


def test_a_report_has_the_place_of_the_failure_but_not_what_was_typed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.group(cls=Group)
    def root() -> None:
        """Thử."""

    @root.command()
    @click.argument("words", nargs=-1)
    @click.option("--note", help="Ghi chú.")
    def broken(words: tuple[str, ...], note: str) -> None:
        """Hỏng."""
        raise RuntimeError(f"access_token={CANARY}")

    private = ["chị Hoa nợ 2tr", f"--note={CANARY}", "--note", "bí mật của Lan"]
    assert run(root, ["broken", *private, "--debug"]) == 70
    (report,) = (home / "reports").iterdir()
    text = report.read_text(encoding="utf-8")
    shown = capsys.readouterr()
    for said in (text, shown.out, shown.err):
        assert CANARY not in said
        assert "Hoa" not in said
        assert "bí mật" not in said
    assert "toolkit broken" in text
    assert "--note" in text
    assert "in broken" in text
