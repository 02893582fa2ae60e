"""Backing up and going back, as a member types it."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from toolkit.shell.ask import Ask
from toolkit.shell.paths import Paths
from toolkit.store.store import Store

if TYPE_CHECKING:
    from running import Cli, RunToolkit


@pytest.fixture
def paths(home: Path) -> Paths:
    paths = Paths.find()
    mark(paths, 1)
    return paths


def mark(paths: Paths, number: int) -> None:
    """Change the member's data in a way that can be recognised."""
    with Store.open(paths.database, backups=paths.backups) as store, store.transaction() as db:
        db.execute(
            "INSERT INTO calendar_event (calendar, id, starts, body, import_name, key, content, run) "
            "VALUES ('c', ?, '', '{}', '', '', '', '')",
            (str(number),),
        )


def marks(paths: Paths) -> list[int]:
    with Store.open(paths.database, backups=paths.backups) as store:
        return sorted(int(row[0]) for row in store.read().execute("SELECT id FROM calendar_event"))


def test_a_backup_and_the_way_back_as_the_answers_say_to_type_it(paths: Paths, cli: Cli) -> None:
    made = cli("backup")
    assert made.exit_code == 0
    assert str(paths.backups) in made.stdout
    way_back = made.stderr.partition("toolkit restore ")[2].split()[0]
    mark(paths, 2)
    restored = cli("restore", way_back, "--yes")
    assert restored.exit_code == 0
    assert marks(paths) == [1]
    again = cli("restore", way_back, "--yes")
    assert again.exit_code == 0
    assert "không có gì thay đổi" in again.stdout
    kept = restored.stderr.split()[-1]
    assert cli("restore", kept, "--yes").exit_code == 0
    assert marks(paths) == [1, 2]


def test_restore_without_a_name_takes_the_newest_backup_and_asks_first(paths: Paths, cli: Cli) -> None:
    cli("backup")
    mark(paths, 2)
    asked = cli("restore", stdin="có\n")
    assert asked.exit_code == 2  # nobody sits there
    assert "--yes" in asked.stderr
    assert marks(paths) == [1, 2]
    assert cli("restore", "--yes").exit_code == 0
    assert marks(paths) == [1]


def test_a_restore_that_was_declined_says_that_nothing_happened(
    paths: Paths, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("backup")
    mark(paths, 2)
    monkeypatch.setattr(Ask, "is_possible", property(lambda _: True))
    for words in ((), ("--salvage",)):
        declined = cli("restore", *words, stdin="không\n")
        assert declined.exit_code == 0
        assert "Không khôi phục gì" in declined.stderr
    assert marks(paths) == [1, 2]


def test_a_folder_that_is_not_there_yet_is_made_for_the_backup_and_the_way_back_is_typed_as_it_is_said(
    paths: Paths, cli: Cli, tmp_path: Path
) -> None:
    for folder in (tmp_path / "sao lưu" / "backups", tmp_path / "backups"):
        for _ in range(2):
            made = cli("backup", folder)
            assert made.exit_code == 0
            assert Path(made.stdout.partition(": ")[2].rpartition(" (")[0]).parent == folder
        mark(paths, 2)
        way_back = shlex.split(made.stderr.partition("toolkit restore ")[2])[0]
        assert cli("restore", way_back, "--yes").exit_code == 0
        assert marks(paths) == [1]


def test_the_list_names_every_backup_and_a_damaged_one_as_such(paths: Paths, cli: Cli) -> None:
    cli("backup")
    listed = cli("backup", "--list")
    assert listed.exit_code == 0
    names = {path.name for path in paths.backups.iterdir()}
    assert len(names) == 2  # the day's own and the one asked for
    assert all(name in listed.stdout for name in names)
    broken = min(paths.backups.iterdir())
    broken.write_bytes(b"")
    listed = cli("backup", "--list")
    assert listed.exit_code == 1
    assert broken.name in listed.stderr


def test_programs_get_the_same_answers(paths: Paths, cli: Cli) -> None:
    made = cli("backup", "--json")
    assert made.json["status"] == "ok"
    assert made.json["data"]["kind"] == "manual"
    assert cli("backup", "--list", "--json").json["data"]["copies"][0]["name"] == made.json["data"]["name"]
    mark(paths, 2)
    back = cli("restore", "--json", "--yes").json["data"]
    assert back["changed"] is True
    assert back["replaced"]
    assert {check["name"] for check in cli("doctor", "--json").json["data"]["checks"]} >= {"database", "backups"}


def test_nothing_to_back_up_is_no_reason_to_make_something(home: Path, cli: Cli) -> None:
    assert cli("backup").exit_code == 4
    assert cli("restore", "--yes").exit_code == 4
    assert not home.exists()


def test_a_file_that_is_there_is_not_overwritten_by_a_backup(paths: Paths, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "luận văn.db").write_text("quý")
    ran = cli("backup", tmp_path / "luận văn.db")
    assert ran.exit_code == 4
    assert (tmp_path / "luận văn.db").read_text() == "quý"


def test_a_backup_that_does_not_exist_is_said_so(paths: Paths, cli: Cli) -> None:
    for wanted in ("không có.db", "../ngoài.db"):
        ran = cli("restore", wanted, "--yes")
        assert ran.exit_code == 4
        assert "toolkit backup --list" in ran.stderr


def test_a_sound_database_needs_no_salvage(paths: Paths, cli: Cli) -> None:
    before = paths.database.read_bytes()
    ran = cli("restore", "--salvage", "--yes")
    assert ran.exit_code == 0
    assert "không có gì thay đổi" in ran.stdout
    assert paths.database.read_bytes() == before


def test_settings_that_cannot_be_read_stand_in_nobodys_way(paths: Paths, cli: Cli) -> None:
    paths.config_file.write_text("= hỏng", "utf-8")
    assert cli("backup").exit_code == 0
    assert cli("restore", "--yes").exit_code == 0


@pytest.mark.parametrize("words", [("doctor",), ("backup",), ("backup", "--list"), ("restore", "--yes")])
def test_the_commands_work_in_a_process_of_their_own(
    paths: Paths, run_toolkit: RunToolkit, words: tuple[str, ...]
) -> None:
    if words[0] == "restore":
        run_toolkit("backup")
    for lang in ("vi", "en"):
        ran = run_toolkit(*words, "--lang", lang)
        assert ran.exit_code == 0, ran.stderr
        assert "upkeep." not in ran.stdout + ran.stderr
