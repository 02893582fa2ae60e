"""`toolkit kpi dates`: ends of targets and promised days in a calendar, through the calendar tool."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from builders.caldav_side import Radicale
from builders.kpi_books import CLOCK, NOW
from toolkit.composed.kpi_dates import target_ends
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.kpi.book import KpiBook
from toolkit.kpi.metrics import METRICS
from toolkit.kpi.model import MetricDef, Target
from toolkit.shell.messages import Messages
from toolkit.shell.paths import Paths
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli, Ran

TODAY = ("--today", "2026-11-20")
SECRETS = ("anh Nam", "Hoa", "hồ sơ", "bí mật", "%%")


@pytest.fixture
def member(cli: Cli) -> Cli:
    """A target with a name of its own, another without, and a promise to somebody, due in five days."""
    for words in (
        ("target", "add", "--metric", "revenue", "--amount", "120tr", "--period", "2026-11", "--label",
         "Đơn của chị Hoa %%bí mật%%"),
        ("target", "add", "--metric", "orders", "--amount", "90", "--period", "2026-12"),
        ("log", "hứa gửi hồ sơ cho anh Nam trước 25/11", "--yes"),
    ):  # fmt: skip
        ran = cli("kpi", *words, *TODAY)
        assert ran.exit_code == 0, ran.stderr
    return cli


@pytest.fixture
def google(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", server.root)
        server.sign_in(home / "google")
        yield server


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    with Radicale(tmp_path / "radicale") as server:
        server.sign_in(Paths.find().caldav)
        yield server


def dates(cli: Cli, *more: object, today: str = "2026-11-20") -> Ran:
    ran = cli("kpi", "dates", "--yes", "--today", today, *more)
    assert ran.exit_code == 0, ran.stdout + ran.stderr
    return ran


def agenda(cli: Cli) -> list[tuple[str, str]]:
    ran = cli("calendar", "agenda", "--from", "2026-11-01", "--until", "2027-02-01", "--json", *TODAY)
    return [(one["start"][:10], one["summary"]) for one in ran.json["data"]]


def rewritten(home: Path, table: str, **values: Any) -> None:
    """Other values in the first row of a table, as another command would write them."""
    with (
        Store.open(home / "toolkit.db", backups=home / "backups", clock=CLOCK) as store,
        KpiBook(store).recording("edit", at=NOW) as run,
    ):
        number = store.read().execute(f"SELECT min(id) FROM {table}").fetchone()[0]
        row = run.row(table, id=number)
        assert row is not None
        run.put(table, {**row, **values})


def test_looking_first_writes_nothing(member: Cli) -> None:
    ran = dates(member, "--dry-run")
    assert "tạo mới 3" in ran.stdout
    assert "--dry-run" in ran.stderr
    assert agenda(member) == []


def test_days_come_into_the_local_calendar_once(member: Cli) -> None:
    dates(member)
    expected = [
        ("2026-11-25", "Đã hứa anh Nam: gửi hồ sơ"),
        ("2026-11-30", "Hết kỳ: Đơn của chị Hoa"),
        ("2026-12-31", "Hết kỳ: Số đơn T12/2026"),
    ]
    assert agenda(member) == expected
    again = dates(member)
    assert "giữ nguyên 3" in again.stdout
    assert agenda(member) == expected


def test_what_changed_in_the_book_is_an_update_and_no_second_event(member: Cli, home: Path) -> None:
    dates(member)
    rewritten(home, "kpi_target", ends="2026-11-21", label="Nửa tháng")
    rewritten(home, "kpi_promise", due="2026-11-27")
    assert "sửa 2" in dates(member).stdout
    assert agenda(member) == [
        ("2026-11-20", "Hết kỳ: Nửa tháng"),
        ("2026-11-27", "Đã hứa anh Nam: gửi hồ sơ"),
        ("2026-12-31", "Hết kỳ: Số đơn T12/2026"),
    ]


def test_what_was_let_go_of_leaves_the_calendar_after_a_question_and_comes_back_with_undo(member: Cli) -> None:
    dates(member)
    assert member("kpi", "target", "drop", "1", *TODAY).exit_code == 0
    asked = member("kpi", "dates", *TODAY, stdin="")
    assert "xóa 1" in asked.stdout
    assert len(agenda(member)) == 3  # nobody answered
    assert "xóa 1" in dates(member).stdout
    assert [title for _, title in agenda(member)] == ["Đã hứa anh Nam: gửi hồ sơ", "Hết kỳ: Số đơn T12/2026"]
    assert member("calendar", "undo", "2", "--yes").exit_code == 0
    assert len(agenda(member)) == 3


def test_a_book_that_lost_its_targets_takes_nothing_out_of_the_calendar(member: Cli, home: Path) -> None:
    dates(member)
    with Store.open(home / "toolkit.db", backups=home / "backups", clock=CLOCK) as store, store.transaction() as db:
        db.execute("DELETE FROM kpi_target")
        db.execute("DELETE FROM kpi_promise")
    ran = member("kpi", "dates", "--yes", *TODAY)
    assert ran.exit_code == 4
    assert len(agenda(member)) == 3
    dates(member, "--delete", "3")
    assert agenda(member) == []


def test_a_kept_promise_has_no_day_any_more_and_the_last_one_leaves_an_empty_calendar(member: Cli) -> None:
    number = member("kpi", "promises", "list", "--json", *TODAY).json["data"]
    assert member("kpi", "promises", "keep", _only_id(number), *TODAY).exit_code == 0
    dates(member)
    assert [title for _, title in agenda(member)] == ["Hết kỳ: Đơn của chị Hoa", "Hết kỳ: Số đơn T12/2026"]
    for target in ("1", "2"):
        assert member("kpi", "target", "drop", target, *TODAY).exit_code == 0
    dates(member)
    assert agenda(member) == []
    assert "Chưa có mục tiêu" in dates(member).stdout


def _only_id(data: Any) -> int:
    promises = data if isinstance(data, list) else data["promises"]
    (one,) = promises
    number: int = one["id"]
    return number


def test_days_that_have_passed_since_stay_and_those_before_the_first_time_never_come(member: Cli, cli: Cli) -> None:
    ran = cli("kpi", "target", "add", "--metric", "calls", "--amount", "9", "--period", "2026-09", *TODAY)
    assert ran.exit_code == 0
    dates(member)
    before = agenda(member)
    assert len(before) == 3
    assert "giữ nguyên 3" in dates(member, today="2027-01-15").stdout
    assert agenda(member) == before


def test_without_anything_to_come_nothing_is_said_to_be_wrong(cli: Cli) -> None:
    ran = dates(cli)
    assert "Chưa có mục tiêu đang chạy hay lời hứa có ngày hẹn" in ran.stdout
    assert dates(cli, "--json").json == {"status": "ok", "data": [], "problems": []}


def test_a_file_for_others_names_nobody(member: Cli, tmp_path: Path) -> None:
    path = tmp_path / "kpi.ics"
    dates(member, "--to", f"ics:{path}")
    text = path.read_text("utf-8")
    assert "Hết kỳ: Doanh số T11/2026" in text
    assert "Việc đã hứa số" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_nothing_that_names_somebody_reaches_google(member: Cli, google: LoopbackGoogle) -> None:
    dates(member, "--to", "google")
    events = google.events()
    assert sorted(str(event["summary"]) for event in events)[:2] == [
        "Hết kỳ: Doanh số T11/2026", "Hết kỳ: Số đơn T12/2026",
    ]  # fmt: skip
    assert len(events) == 3
    assert not [secret for secret in SECRETS if secret in str(events)]
    google.forget_requests()
    dates(member, "--to", "google")
    assert google.writes == 0
    member("kpi", "target", "drop", "2", *TODAY)
    dates(member, "--to", "google")
    assert len(google.events()) == 2
    assert member("calendar", "undo", "1", "--yes").exit_code == 0


def test_nothing_that_names_somebody_reaches_a_calendar_server(member: Cli, radicale: Radicale, tmp_path: Path) -> None:
    dates(member, "--to", f"caldav:{radicale.url}")
    kept = "".join(
        path.read_text("utf-8") for path in (tmp_path / "radicale").rglob("*.ics") if ".Radicale" not in str(path)
    )
    assert kept.count("BEGIN:VEVENT") == 3
    assert not [secret for secret in SECRETS if secret in kept]
    assert "giữ nguyên 3" in dates(member, "--to", f"caldav:{radicale.url}").stdout


def test_own_words_for_a_metric_stay_at_home() -> None:
    own = MetricDef("diem", "manual", "sum", "number", label="Điểm chị Hoa chấm")
    target = Target(7, "diem", date(2026, 11, 1), date(2026, 12, 1), Fraction(9))
    known, since, words = {**METRICS, "diem": own}, date(2026, 11, 20), Messages("vi")
    assert [one.title for one in target_ends([target], known, since, words, named=True)] == [
        "Hết kỳ: Điểm chị Hoa chấm T11/2026"
    ]
    assert [one.title for one in target_ends([target], METRICS, since, words, named=False)] == [
        "Hết kỳ của mục tiêu số 7"
    ]
