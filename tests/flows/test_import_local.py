"""A spreadsheet goes into the calendar on this machine, again and again, and nothing is doubled or lost."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders.calendar_sheets import HEADINGS, ROWS, counts, edit, imported, planned, sheet, standing, with_row

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

EVENT_KEYS = {
    "summary",
    "start",
    "end",
    "all_day",
    "timezone",
    "location",
    "description",
    "reminders",
    "attendees",
    "color",
    "recurrence",
    "source",
    "key",
    "change",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return sheet(tmp_path / "lịch.csv")


def test_a_plan_writes_nothing(cli: Cli, path: Path, home: Path) -> None:
    assert counts(cli, path) == {"create": 10}
    assert counts(cli, path) == {"create": 10}
    assert standing(home) == {}
    assert cli("calendar", "runs", "--json").json["data"] == []


def test_a_plan_for_a_program_has_the_promised_keys(cli: Cli, path: Path) -> None:
    data = planned(cli, path)
    assert set(data["counts"]) == {"create", "update", "delete", "unchanged", "conflict"}
    assert all(set(event) == EVENT_KEYS for event in data["events"])
    first, fair, night = data["events"][0], data["events"][4], data["events"][5]
    assert (first["summary"], first["start"], first["end"]) == ("Họp nhóm", "2026-12-12T08:30", "2026-12-12T09:30")
    assert (first["timezone"], first["location"], first["change"]) == ("Asia/Ho_Chi_Minh", "Phòng 2", "create")
    assert first["source"] == {"file": "lịch.csv", "sheet": None, "row": 2}
    assert (fair["all_day"], fair["start"], fair["end"]) == (True, "2026-12-16", "2026-12-17")
    assert (night["start"], night["end"]) == ("2026-12-17T22:00", "2026-12-18T06:00")


def test_a_refused_row_is_named_with_place_and_remedy_and_the_others_carry_on(cli: Cli, tmp_path: Path) -> None:
    path = sheet(tmp_path / "lịch.csv", with_row(3, "Gọi anh Tư", "32/13/2026", "9h", "ở nhà"))
    ran = cli("calendar", "plan", path, "--today", "2026-11-22", "--json")
    assert (ran.exit_code, ran.json["status"]) == (1, "partial")
    [problem] = ran.json["problems"]
    assert set(problem) == {"code", "file", "sheet", "row", "column", "value", "message", "suggestion"}
    assert (problem["file"], problem["row"], problem["column"], problem["value"]) == ("lịch.csv", 5, 2, "32/13/2026")
    assert problem["message"]
    assert problem["suggestion"]
    assert ran.json["data"]["counts"]["create"] == 9


def test_an_import_fills_the_calendar_and_the_second_one_changes_nothing(cli: Cli, path: Path, home: Path) -> None:
    first = imported(cli, path)
    assert first.exit_code == 0
    assert "toolkit calendar undo 1" in first.stdout
    before = standing(home)
    assert before.keys() == {row[0] for row in ROWS}
    second = imported(cli, path, "--json")
    assert (second.exit_code, second.json["data"]["run"], second.json["data"]["unchanged"]) == (0, None, 10)
    assert standing(home) == before
    assert len(cli("calendar", "runs", "--json").json["data"]) == 1


def test_one_edited_row_is_one_update(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    before = standing(home)
    sheet(path, with_row(1, "Gặp chị Hoa", "13/12/2026", "14h", "Quán cô Tư"))
    done = imported(cli, path, "--json").json["data"]
    assert (done["created"], done["updated"], done["deleted"]) == (0, 1, 0)
    after = standing(home)
    assert after["Gặp chị Hoa"].event.location == "Quán cô Tư"
    assert after["Gặp chị Hoa"].event_id == before["Gặp chị Hoa"].event_id
    assert {title for title in after if after[title] != before[title]} == {"Gặp chị Hoa"}


def test_a_changed_day_is_one_delete_and_one_create(cli: Cli, path: Path) -> None:
    imported(cli, path)
    sheet(path, with_row(1, "Gặp chị Hoa", "23/12/2026", "14h", "Quán cô Ba"))
    assert counts(cli, path) == {"unchanged": 9, "create": 1, "delete": 1}
    assert imported(cli, path).exit_code == 0


def test_a_title_in_capitals_is_an_update_and_one_in_another_unicode_form_is_nothing(cli: Cli, path: Path) -> None:
    imported(cli, path)
    sheet(path, with_row(0, "HỌP NHÓM", *ROWS[0][1:]))
    assert counts(cli, path) == {"unchanged": 9, "update": 1}
    sheet(path, with_row(0, unicodedata.normalize("NFD", "Họp nhóm"), *ROWS[0][1:]))
    assert counts(cli, path) == {"unchanged": 10}


def test_sorting_the_sheet_changes_nothing(cli: Cli, path: Path) -> None:
    imported(cli, path)
    sheet(path, sorted(ROWS, key=str, reverse=True))
    assert counts(cli, path) == {"unchanged": 10}


def test_a_vanished_row_is_deleted(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    sheet(path, ROWS[:-1])
    assert imported(cli, path, "--json").json["data"]["deleted"] == 1
    assert "Học nghề" not in standing(home)


def test_an_event_edited_in_the_calendar_is_kept_until_it_may_be_overwritten(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    theirs = replace(standing(home)["Họp nhóm"].event, location="nhà tôi")
    edit(home, "Họp nhóm", theirs)
    sheet(path, with_row(0, "Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 9"))
    kept = imported(cli, path, "--json")
    assert kept.exit_code == 1
    assert [problem["code"] for problem in kept.json["problems"]] == ["calendar.edited_by_hand"]
    assert standing(home)["Họp nhóm"].event.location == "nhà tôi"
    assert imported(cli, path, "--overwrite").exit_code == 0
    assert standing(home)["Họp nhóm"].event.location == "Phòng 9"


def test_an_event_removed_from_the_calendar_comes_back_only_when_asked_for(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    edit(home, "Họp nhóm", None)
    assert "Họp nhóm" in imported(cli, path).stderr
    assert "Họp nhóm" not in standing(home)
    imported(cli, path, "--overwrite")
    assert "Họp nhóm" in standing(home)


def test_a_row_typed_twice_is_reported_and_makes_one_event(cli: Cli, tmp_path: Path, home: Path) -> None:
    path = sheet(tmp_path / "lịch.csv", [*ROWS, ROWS[0]])
    ran = imported(cli, path, "--json")
    assert ran.exit_code == 1
    assert [(one["code"], one["row"]) for one in ran.json["problems"]] == [("calendar.row_repeated", 12)]
    assert len(standing(home)) == 10


def test_a_row_that_became_unreadable_keeps_its_event_until_it_is_mended(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    for _ in range(2):
        sheet(path, with_row(4, "Hội chợ", "16/13/2026", "", "Nhà văn hóa"))
        ran = imported(cli, path, "--json")
        assert ran.exit_code == 1
        assert "calendar.kept_for_unreadable_row" in {one["code"] for one in ran.json["problems"]}
        assert "Hội chợ" in standing(home)
    sheet(path, with_row(4, "Hội chợ", "16/12/2026", "", "Nhà văn hóa phường"))
    assert imported(cli, path, "--json").json["data"]["updated"] == 1


def test_a_row_that_never_could_be_read_doesnt_stop_others_from_vanishing(cli: Cli, path: Path, home: Path) -> None:
    bad = ("Tổng kết", "mai mốt tính", "", "")
    sheet(path, [*ROWS, bad])
    imported(cli, path)
    sheet(path, [*ROWS[1:], bad])
    assert imported(cli, path, "--json").json["data"]["deleted"] == 1
    assert "Họp nhóm" not in standing(home)


def test_a_copy_of_the_file_under_another_name_is_recognised(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path)
    copy = sheet(path.with_name("lịch (1).csv"))
    refused = imported(cli, copy)
    assert refused.exit_code == 4
    assert '--name "lịch"' in refused.stderr
    assert len(standing(home)) == 10
    assert counts(cli, copy, "--name", "lịch") == {"unchanged": 10}
    assert imported(cli, copy, "--name", "bản riêng").exit_code == 0


def test_two_calendars_on_this_machine_dont_know_each_other(cli: Cli, path: Path, home: Path) -> None:
    imported(cli, path, "--calendar", "Việc nhà")
    assert standing(home) == {}
    assert len(standing(home, "Việc nhà")) == 10
    assert counts(cli, path) == {"create": 10}


def test_an_import_that_nobody_confirmed_writes_nothing(cli: Cli, path: Path, home: Path) -> None:
    ran = cli("calendar", "import", path, "--today", "2026-11-22")
    assert ran.exit_code == 2
    assert "--yes" in ran.stderr
    assert "Họp nhóm" in ran.stdout
    assert standing(home) == {}


def test_a_sheet_without_a_single_readable_row_is_an_input_error(cli: Cli, tmp_path: Path) -> None:
    path = sheet(tmp_path / "lịch.csv", [("Họp", "32/13", "", "")])
    assert imported(cli, path).exit_code == 3
    assert imported(cli, sheet(tmp_path / "rỗng.csv", [])).exit_code == 3


def test_reminder_duration_and_zone_of_the_command_line_reach_the_event(cli: Cli, path: Path) -> None:
    chosen = planned(cli, path, "--duration", "90", "--reminder", "30", "--reminder", "1 ngày", "--tz", "Asia/Tokyo")
    event = chosen["events"][1]
    assert (event["start"], event["end"]) == ("2026-12-13T14:00", "2026-12-13T15:30")
    assert (sorted(event["reminders"]), event["timezone"]) == ([30, 1440], "Asia/Tokyo")


def test_an_id_column_lets_title_and_day_change_without_a_new_event(cli: Cli, tmp_path: Path) -> None:
    rows = [(f"M{n}", *row) for n, row in enumerate(ROWS)]
    path = sheet(tmp_path / "lịch.csv", rows, ("Mã", *HEADINGS))
    imported(cli, path)
    sheet(path, [("M0", "Họp toàn công ty", "22/12/2026", "10h", "Hội trường"), *rows[1:]], ("Mã", *HEADINGS))
    assert counts(cli, path) == {"unchanged": 9, "update": 1}


def test_the_runs_tell_what_was_imported_when(cli: Cli, path: Path) -> None:
    imported(cli, path)
    sheet(path, ROWS[:-1])
    imported(cli, path)
    newest, oldest = cli("calendar", "runs", "--json").json["data"]
    assert (oldest["run"], oldest["created"], oldest["state"]) == (1, 10, "done")
    assert (newest["run"], newest["deleted"], newest["file"]) == (2, 1, "lịch.csv")
    table = cli("calendar", "runs").stdout
    assert "lịch.csv" in table
    assert "xong" in table


def test_the_agenda_shows_the_days_that_hold_something(cli: Cli, path: Path) -> None:
    imported(cli, path)
    ran = cli("calendar", "agenda", "--from", "12/12/2026", "--days", "6", "--today", "2026-11-22")
    assert ran.exit_code == 0
    assert "T7 12/12" in ran.stdout
    assert "08:30–09:30" in ran.stdout
    assert "cả ngày" in ran.stdout
    assert "Họp tổ" not in ran.stdout
    data = cli("calendar", "agenda", "--from", "2026-12-16", "--until", "2026-12-16", "--json").json["data"]
    assert [(one["summary"], one["start"]) for one in data] == [("Hội chợ", "2026-12-16")]
    table = cli("calendar", "agenda", "--from", "2026-12-12", "--days", "9", "--csv").stdout
    assert table.count("\n") == 10
    empty = cli("calendar", "agenda", "--from", "2030-01-01")
    assert (empty.exit_code, len(empty.stdout.splitlines())) == (0, 1)
    assert cli("calendar", "agenda", "--from", "2026-12-12", "--until", "2026-12-11").exit_code == 2


def test_the_local_calendar_can_be_exported_and_again_after_a_change(cli: Cli, path: Path, tmp_path: Path) -> None:
    import icalendar

    imported(cli, path)
    out = tmp_path / "ra.ics"
    assert cli("calendar", "export", out).exit_code == 0
    first = out.read_bytes()
    assert len(icalendar.Calendar.from_ical(first).walk("VEVENT")) == 10
    assert cli("calendar", "export", out).exit_code == 0
    assert out.read_bytes() == first
    sheet(path, ROWS[:-1])
    imported(cli, path)
    cli("calendar", "export", out)
    events = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert {str(one["summary"]) for one in events} == {row[0] for row in ROWS[:-1]}


@pytest.mark.parametrize(("lang", "name"), [("vi", "lich.xlsx"), ("en", "my-calendar.xlsx")])
def test_the_template_says_what_to_type_next_and_never_writes_over_a_file(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = cli("calendar", "template", "--lang", lang, "--today", "2026-11-22")
    assert ran.exit_code == 0
    assert f'toolkit calendar plan "{name}"' in ran.stdout
    planned_from_it = cli("calendar", "plan", name, "--today", "2026-11-22", "--lang", lang)
    assert planned_from_it.exit_code == 0  # its examples are no events, and that is no failure
    assert "2, 3, 4, 5" in planned_from_it.stderr
    before = (tmp_path / name).read_bytes()
    assert cli("calendar", "template", "--lang", lang).exit_code == 4
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("to", ["gogle", "ics:", "local:x"])
def test_an_unknown_target_is_named_with_those_that_exist(cli: Cli, path: Path, to: str) -> None:
    ran = cli("calendar", "plan", path, "--to", to)
    assert ran.exit_code == 2
    assert "ics:" in ran.stderr


def test_rows_are_told_in_the_order_of_the_sheet_and_cancelled_ones_are_no_failure(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "hen.csv"
    path.write_text("Việc,Ngày,Giờ\nHỦY: họp,25/11/2026,8h\nGặp,31/2,8h\nHỦY: gọi,26/11/2026,8h\n", encoding="utf-8")
    ran = cli("calendar", "plan", path, "--today", "2026-11-22", "--json")
    assert [(problem["row"], problem["code"]) for problem in ran.json["problems"]] == [
        (2, "calendar.row_cancelled"),
        (3, "core.date_no_such_day"),
        (4, "calendar.row_cancelled"),
    ]
    path.write_text("Việc,Ngày,Giờ\nHỦY: họp,25/11/2026,8h\nHỦY: gọi,26/11/2026,8h\n", encoding="utf-8")
    all_cancelled = cli("calendar", "plan", path, "--today", "2026-11-22", "--json")
    assert (all_cancelled.exit_code, all_cancelled.json["status"]) == (0, "ok")
    assert len(all_cancelled.json["problems"]) == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "FILE", "--to", "ics:~nobody-of-that-name/x.ics"), "calendar.target_of_nobody"),
        (("plan", "FILE", "--calendar", "x" * 3000), "shell.text_too_long"),
        (("plan", "FILE", "--name", "x" * 3000), "shell.text_too_long"),
    ],
)
def test_an_impossible_choice_is_refused_in_words(cli: Cli, path: Path, words: tuple[str, ...], code: str) -> None:
    ran = cli("calendar", *(path if word == "FILE" else word for word in words), "--json")
    assert ran.exit_code == 2
    assert [problem["code"] for problem in ran.json["problems"]] == [code]


@pytest.mark.parametrize("verb", ["undo", "resume"])
def test_a_run_number_beyond_all_numbers_is_a_slip_of_typing(cli: Cli, verb: str) -> None:
    ran = cli("calendar", verb, "99999999999999999999", "--json")
    assert (ran.exit_code, ran.json["status"]) == (2, "error")


def test_a_circle_of_links_is_named(cli: Cli, path: Path, tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    ran = cli("calendar", "plan", path, "--to", f"ics:{tmp_path / 'a' / 'x.ics'}", "--json")
    assert ran.exit_code == 7
    assert ran.json["problems"][0]["code"] == "disk.link"
