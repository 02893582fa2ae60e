"""The doctor: each line is fine, or says what to do next."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from builders.keyrings import keyring_in_memory, no_keyring
from running import environment, toolkit_command, unprivileged
from toolkit.caldav.sign_ins import keep
from toolkit.caldav.wire import Login
from toolkit.core.checkup import Check, Report
from toolkit.core.dates.clock import FixedClock
from toolkit.core.outcome import Exit, Outcome
from toolkit.google.accounts import token_file
from toolkit.shell.messages import Messages
from toolkit.shell.paths import Paths
from toolkit.store.store import Store
from toolkit.upkeep.amounts import Amount
from toolkit.upkeep.doctor import Doctor, Terminal

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
UTF_8 = Terminal("utf-8", is_terminal=True)


def look(terminal: Terminal = UTF_8, at: datetime = NOW) -> Outcome[Report]:
    return Doctor(Paths.find(), FixedClock(at), terminal).look()


def line(outcome: Outcome[Report], name: str) -> Check:
    return next(check for check in outcome.data.checks if check.name == name)


@pytest.fixture
def used(home: Path) -> Paths:
    """A home with a database and a backup of it."""
    paths = Paths.find()
    with Store.open(paths.database, backups=paths.backups, clock=FixedClock(NOW)) as store:
        store.backup()
    return paths


def test_a_machine_that_was_never_used_is_fine_and_nothing_is_made_on_it(home: Path) -> None:
    outcome = look()
    assert (outcome.status, outcome.exit_code, outcome.problems) == ("ok", 0, ())
    assert {check.state for check in outcome.data.checks} == {"ok", "note"}
    assert not home.exists()


def test_a_machine_in_use_is_fine(used: Paths) -> None:
    outcome = look()
    assert outcome.exit_code == 0
    assert line(outcome, "database").code == "upkeep.database_sealed"
    assert line(outcome, "backups").params["n"] == 1


def test_not_being_signed_in_is_a_neutral_line(used: Paths) -> None:
    outcome = look()
    assert line(outcome, "google") == Check("google", "note", "google.note_absent")
    assert outcome.status == "ok"


def test_a_home_in_a_folder_that_is_not_ours_is_fine_as_long_as_it_can_be_written_itself(tmp_path: Path) -> None:
    above = tmp_path / "của người khác"
    (above / "home").mkdir(parents=True)
    above.chmod(0o500)
    ended = subprocess.run(
        toolkit_command("doctor", "--json"), env=environment({"TOOLKIT_HOME": str(above / "home")}),
        preexec_fn=unprivileged, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    above.chmod(0o700)
    states = {check["name"]: check["state"] for check in json.loads(ended.stdout)["data"]["checks"]}
    assert states["home"] == "ok"


def test_a_terminal_without_vietnamese_letters_is_mentioned_and_no_fault(used: Paths) -> None:
    for encoding in ("cp437", "ascii", "cp1258", "không-có"):
        outcome = look(Terminal(encoding, is_terminal=False))
        assert line(outcome, "encoding").state == "note"
        assert outcome.exit_code == 0


def test_settings_that_cannot_be_read_are_named_with_their_line(used: Paths) -> None:
    used.config_file.write_text('lang = "vi"\nchưa biết = 1\n', "utf-8")
    outcome = look()
    assert line(outcome, "settings").state == "attention"
    assert outcome.exit_code == Exit.PARTIAL
    used.config_file.write_text('khong_co = "vi"\n', "utf-8")
    assert look().problems[0].place.row == 1


def test_a_damaged_backup_is_named(used: Paths) -> None:
    (backup,) = used.backups.iterdir()
    backup.write_bytes(backup.read_bytes()[:-1])
    outcome = look()
    assert [problem.code for problem in outcome.problems] == ["store.backup_damaged"]
    assert outcome.problems[0].place.file == backup.name


def test_an_old_backup_is_mentioned(used: Paths) -> None:
    assert line(look(at=NOW + timedelta(days=29)), "backups").state == "ok"
    assert line(look(at=NOW + timedelta(days=31)), "backups").state == "note"


def test_a_damaged_sign_in_is_named_with_the_way_out(used: Paths) -> None:
    used.google.mkdir(mode=0o700)
    token_file(used.google).write_text("{", "utf-8")
    outcome = look()
    assert [problem.code for problem in outcome.problems] == ["google.token_damaged"]


def test_a_disk_that_is_nearly_full_is_mentioned(used: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(used.home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=50 * 2**20))
    outcome = look()
    assert [(problem.code, problem.params["free"]) for problem in outcome.problems] == [("upkeep.disk_low", 50)]


def test_every_line_and_every_next_step_has_its_words_in_both_languages(used: Paths) -> None:
    for lang in ("vi", "en"):
        messages = Messages(lang)
        for check in look().data.checks:
            assert messages.knows(f"upkeep.check_{check.name}")
            assert messages.knows(f"shell.check_{check.state}")
            assert "{" not in messages.text(check.code, **check.params)


@pytest.mark.parametrize(
    ("size", "vi", "en"),
    [
        (0, "0 KB", "0 KB"),
        (12_288, "12 KB", "12 KB"),
        (3_565_158, "3,4 MB", "3.4 MB"),
        (1_048_576_000, "1,0 GB", "1.0 GB"),
        (126_701_535_232, "118 GB", "118 GB"),
    ],
)
def test_amounts_are_short(size: int, vi: str, en: str) -> None:
    assert (Amount(size).said(Messages("vi")), Amount(size).said(Messages("en"))) == (vi, en)


def test_where_keys_are_kept_is_told(used: Paths) -> None:
    assert line(look(), "secrets") == Check("secrets", "ok", "upkeep.secrets_in_files")
    used.config_file.write_text('secrets = "keyring"\n', encoding="utf-8")
    with keyring_in_memory() as memory:
        assert line(look(), "secrets").params == {"keyring": memory.name}
    with no_keyring():
        outcome = look()
    assert line(outcome, "secrets").state == "attention"
    assert [problem.code for problem in outcome.problems] == ["upkeep.no_keyring_here"]


def test_calendar_servers_are_told_and_a_damaged_sign_in_is_pointed_out(used: Paths) -> None:
    assert line(look(), "caldav") == Check("caldav", "note", "caldav.check_absent")
    keep(used.caldav, Login("https://lich.example.org", "lan", "bí mật"), "https://lich.example.org/")
    assert line(look(), "caldav").params == {"servers": "https://lich.example.org (lan)"}
    (used.caldav / "hỏng.json").write_text("{", encoding="utf-8")
    outcome = look()
    assert line(outcome, "caldav").state == "attention"
    assert [problem.code for problem in outcome.problems] == ["caldav.sign_in_damaged"]
