"""Targets as a member types them: set, seen, changed, let go, taken back; the figures a program reads; and why."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_ledgers import AT, sale
from builders.terminals import Terminal
from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Engagement, Line, Sale
from toolkit.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from running import Cli, Ran

AS_OF = "--as-of=2026-11-20"
KEYS = {
    "id", "metric", "start", "end", "target", "actual", "expected", "gap", "pace_index", "run_rate", "required",
    "safe_days", "working_days", "forecast", "state",
}  # fmt: skip


def write(home: Path, sales: Iterable[Sale], *, engagements: Iterable[Engagement] = ()) -> None:
    """Sales as an import or a line would have put them into the book."""
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        book = KpiBook(store)
        for engagement in engagements:
            with book.recording("engagement", at=AT) as recording:
                recording.put("kpi_engagement", _engagement(engagement))
        with book.recording("import", at=AT) as recording:
            for one in sales:
                recording.add(one)


def _engagement(one: Engagement) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "kind": one.kind, "own_contacts": 0, "started": "", "ended": ""}


def kpi(cli: Cli, *words: object) -> Ran:
    return cli("kpi", *words, AS_OF)


def data(cli: Cli, *words: object) -> Any:
    ran = kpi(cli, *words, "--json")
    assert ran.exit_code == 0, ran.stdout
    return ran.json["data"]


def add(cli: Cli, metric: str = "revenue", amount: object = 120_000_000, *more: object) -> int:
    done = data(cli, "target", "add", "--metric", metric, "--amount", amount, *(more or ("--period", "2026-11")))
    number: int = done["id"]
    return number


def status(cli: Cli, *words: object) -> Any:
    return data(cli, "status", *words)["targets"]


# --- the worked numbers, through the whole command ---


def vector(name: str) -> Any:
    shared = Path(__file__).parents[1] / "builders" / "kpi_numbers.json"
    return json.loads(shared.read_text("utf-8"))[name]


@pytest.mark.parametrize("case", vector("pace"), ids=lambda case: case["week"])
def test_the_worked_paces_come_out_of_status(cli: Cli, home: Path, case: dict[str, Any]) -> None:
    write(home, [sale(date(2026, 11, 2), 40_000_000), sale(date(2026, 11, 20), 26_000_000)])
    assert cli("kpi", "calendar", "week", case["week"][0]).exit_code == 0
    number = add(cli, amount=case["T"])
    (now,) = status(cli, number)
    assert now.keys() >= KEYS
    assert (now["target"], now["actual"]) == (case["T"], case["A"])
    assert now["working_days"] == {"total": case["N"], "elapsed": case["n"], "remaining": case["N"] - case["n"]}
    for key in ("expected", "gap", "run_rate", "projection", "required"):
        assert now[key] == pytest.approx(case[key], abs=1e-4), key
    assert now["pace_index"] == pytest.approx(case["index"], abs=5e-5)
    assert now["safe_days"] == case["safe"]
    assert now["state"] == "running"


def test_the_worked_count_comes_out_of_status(cli: Cli, home: Path) -> None:
    """18 orders in 15 working days of November, 4 in the 5 before: P(Y ≥ 6) = 0.461343, 80 % in [2, 9]."""
    case = vector("gamma_poisson")
    before = [date(2026, 10, 26 + n) for n in (0, 1, 2, 4)]
    working = [day for n in range(20) if (day := date(2026, 11, 1) + timedelta(days=n)).weekday() < 5]
    orders = [*before, *(working[n % 15] for n in range(case["k"]))]
    write(home, [sale(day, 100_000) for day in orders])
    number = add(cli, "orders", case["T"])
    (now,) = status(cli, number)
    assert (now["actual"], now["working_days"]["elapsed"], now["working_days"]["remaining"]) == (18, 15, 5)
    ahead = now["forecast"]
    assert (ahead["low"], ahead["high"]) == (18 + case["q10"], 18 + case["q90"])
    assert ahead["mid"] == pytest.approx(18 + case["mean"])
    assert ahead["computed"] == pytest.approx(case["p_hit"], abs=1e-6)
    assert ahead["probability"] == 0.45  # twenty own days: said to 5 %


def test_the_worked_amounts_come_out_of_status(cli: Cli, home: Path) -> None:
    """Twenty days of sales in millions, ten to come: 80 % in [84.35, 113.65], P(≥ 100) = 0.4644."""
    case = vector("student_t")
    first = date(2026, 6, 1)
    assert cli("kpi", "calendar", "week", "7").exit_code == 0
    write(home, [sale(first + timedelta(days=n), value * 10**6) for n, value in enumerate(case["daily"]) if value])
    add(cli, "revenue", case["T"] * 10**6, "--start", "2026-06-01", "--end", "2026-07-01")
    ran = cli("kpi", "status", "--as-of=2026-06-20", "--json")
    (now,) = ran.json["data"]["targets"]
    assert (now["actual"], now["working_days"]["remaining"]) == (case["A"] * 10**6, case["R"])
    ahead = now["forecast"]
    for key, name in (("low", "lo"), ("mid", "mid"), ("high", "hi")):
        assert ahead[key] / 10**6 == pytest.approx(case[name], abs=1e-4), key
    assert ahead["computed"] == pytest.approx(case["p"], abs=1e-4)
    assert (ahead["level"], ahead["probability"], ahead["n"], ahead["method"]) == (0.8, 0.45, 20, "even")


# --- setting ---


def test_a_target_is_set_in_a_sentence_and_stands_in_the_overview(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 2), 40_000_000), sale(date(2026, 11, 20), 26_000_000)])
    ran = kpi(cli, "target", "add", "doanh số 120tr tháng 11")
    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout.splitlines()[:2] == [
        "Đã đặt mục tiêu 1: Doanh số T11/2026, 120.000.000đ.",
        "Tính từ CN 01/11/2026 đến hết T2 30/11/2026.",
    ]
    assert "toolkit kpi undo" in ran.stderr
    line = kpi(cli).stdout
    assert line.startswith("Doanh số T11  66/120tr ▓▓▓▓▓▓░░│░░░  55%  nhịp 73% · cần 10,8tr/ngày × 5 ngày · ")
    assert line.rstrip().endswith("(80%)")


def test_no_words_are_needed_and_the_same_target_again_changes_nothing(cli: Cli) -> None:
    first = data(cli, "target", "add", "--metric", "doanh so", "--amount", "120tr", "--period", "tháng 11")
    again = data(cli, "target", "add", "120tr doanh số tháng 11/2026")
    assert (first["change"], first["target"]["amount"], first["target"]["end"]) == ("added", 120_000_000, "2026-12-01")
    assert (again["change"], again["id"], again["run"]) == ("already", first["id"], None)
    assert len(status(cli)) == 1


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        (("--period", "2026-11"), "2026-11-01", "2026-12-01"),
        (("--period", "quý 4"), "2026-10-01", "2027-01-01"),
        (("--period", "tuần này"), "2026-11-16", "2026-11-23"),
        (("--period", "năm 2026"), "2026-01-01", "2027-01-01"),
        (("--period", "20/11/2026"), "2026-11-20", "2026-11-21"),
        (("--start", "2026-11-03", "--end", "2026-11-05"), "2026-11-03", "2026-11-05"),
        (("--start", "2027-02-01", "--end", "2027-03-01"), "2027-02-01", "2027-03-01"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_any_period_its_end_exclusive(cli: Cli, words: tuple[str, ...], start: str, end: str) -> None:
    (now,) = status(cli, add(cli, "orders", 10, *words))
    assert (now["start"], now["end"]) == (start, end)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("revenue 1tr", "kpi.target_incomplete"),
        ("revenue 1tr --period 2026-11 --start 2026-11-01", "kpi.period_and_days"),
        ("revenue 1tr --start 2026-11-01", "kpi.period_half"),
        ("revenue 1tr --start 2026-11-09 --end 2026-11-09", "kpi.period_backwards"),
        ("revenue 1tr --start 1950-01-01 --end 1950-02-01", "kpi.period_far"),
        ("revenue 1tr --start 2020-01-01 --end 2040-01-01", "kpi.period_long"),
        ("moon 1 --period 2026-11", "kpi.metric_unknown"),
        ("revenue nhiều --period 2026-11", "kpi.not_an_amount"),
        ("revenue -5 --period 2026-11", "kpi.not_an_amount"),
        ("orders ba --period 2026-11", "kpi.not_a_number"),
        ("win_rate 30 --period 2026-11", "kpi.not_a_share"),
        ("orders 3 --period 2026-11 --weight 0", "kpi.weight_range"),
        ("orders 3 --period 2026-11 --engagement x", "kpi.target_engagement_unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_type(cli: Cli, typed: str, code: str) -> None:
    metric, amount, *more = typed.split()
    words = ("--metric", metric, f"--amount={amount}", *more)
    ran = kpi(cli, "target", "add", *words, "--json")
    assert ran.exit_code in (2, 3, 4)
    assert ran.json["problems"][0]["code"] == code
    spoken = kpi(cli, "target", "add", *words)
    assert "→" in spoken.stderr
    assert status(cli) == []


def test_whoever_sells_for_two_is_asked_for_which(cli: Cli, home: Path) -> None:
    jobs = [Engagement("cty-a", "Công ty A", "employee"), Engagement("shop", "Shop nhà", "ctv")]
    write(
        home,
        [sale(date(2026, 11, 2), 5_000_000, engagement="cty-a"), sale(date(2026, 11, 3), 7_000_000, engagement="shop")],
        engagements=jobs,
    )
    words = ("target", "add", "--metric", "revenue", "--amount", "10tr", "--period", "2026-11")
    assert kpi(cli, *words, "--json").json["problems"][0]["code"] == "kpi.target_engagement_which"
    for engagement in (("shop nha",), ("shop", "cty-a")):
        assert kpi(cli, *words, *(part for one in engagement for part in ("--engagement", one))).exit_code == 0
    assert [now["actual"] for now in status(cli)] == [7_000_000, 12_000_000]


def test_a_job_that_a_sentence_names_is_found_or_told_of(cli: Cli, home: Path) -> None:
    ran = kpi(cli, "target", "add", "doanh số bên FWD 80tr tháng 11")
    assert (ran.exit_code, "FWD" in ran.stderr) == (0, True)
    assert status(cli)[0]["engagements"] == []
    write(home, [], engagements=[Engagement("fwd", "FWD", "agent"), Engagement("shop", "Shop nhà", "ctv")])
    assert kpi(cli, "target", "add", "doanh số bên FWD 90tr tháng 11").exit_code == 0
    assert [now["engagements"] for now in status(cli)] == [[], ["fwd"]]
    assert kpi(cli, "target", "add", "doanh số bên Manulife 90tr tháng 11").exit_code == 4


def test_a_target_set_before_any_job_was_told_of_stays_with_the_first(cli: Cli, home: Path) -> None:
    add(cli)
    write(home, [sale(date(2026, 11, 2), 1), sale(date(2026, 11, 2), 2, engagement="z-first")],
          engagements=[Engagement("z-first", "Z", "employee")])  # fmt: skip
    assert status(cli)[0]["actual"] == 3
    write(home, [sale(date(2026, 11, 2), 4, engagement="a-second")], engagements=[Engagement("a-second", "A", "ctv")])
    assert status(cli)[0]["actual"] == 3


def test_two_readings_are_named_in_a_script_and_asked_for_at_a_terminal(cli: Cli) -> None:
    ran = kpi(cli, "target", "add", "doanh số 120 tháng 11", "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (3, "kpi.target_amount_several")
    assert status(cli) == []
    with Terminal("kpi", "target", "add", "doanh số 120 tháng 11", AS_OF) as terminal:
        terminal.until("bao nhiêu")
        terminal.enter("1")
        terminal.until("120.000.000đ")
        assert terminal.ended()[0] == 0
    with Terminal("kpi", "target", "add", "10 đơn T2", AS_OF) as terminal:
        terminal.until("kỳ nào")
        terminal.enter("2")
        terminal.until("23/11/2026")
        assert terminal.ended()[0] == 0
    assert [now["target"] for now in data(cli, "target", "list")["targets"]] == [120_000_000, 10]


def test_a_product_that_the_sentence_names_is_counted_alone(cli: Cli) -> None:
    for sold in ("bán bảo hiểm cho chị Hoa 12tr", "bán khóa học cho Lan 5tr"):
        assert kpi(cli, "log", sold).exit_code == 0
    for sentence in ("doanh số bảo hiểm 80tr tháng 11", "doanh so 100tr thang 11"):
        assert kpi(cli, "target", "add", sentence).exit_code == 0
    assert [now["actual"] for now in status(cli)] == [12_000_000, 17_000_000]
    assert kpi(cli).stdout.startswith("Doanh số bảo hiểm T11")


@pytest.mark.parametrize("sentence", ["phở", "5 đơn", "120tr mỗi tháng", "doanh số tháng 11", "x" * 600])
def test_a_sentence_that_is_no_target_is_refused_in_words(cli: Cli, sentence: str) -> None:
    ran = kpi(cli, "target", "add", sentence)
    assert ran.exit_code in (2, 3)
    assert "kpi." not in ran.stderr
    assert "→" in ran.stderr
    assert status(cli) == []


# --- changing ---


def test_a_revision_keeps_the_history_and_bends_the_line(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3), 66_000_000)])
    number = add(cli)
    done = data(cli, "target", "revise", number, "--amount", "100tr", "--from", "2026-11-16")
    assert (done["change"], done["before"]) == ("revised", 120_000_000)
    assert done["target"]["revisions"] == [{"from": "2026-11-16", "amount": 100_000_000, "note": None}]
    (now,) = status(cli)
    assert (now["target"], now["expected"], now["required"]) == (100_000_000, 80_000_000, 6_800_000)
    shown = kpi(cli, "target", "show", number).stdout
    assert "120.000.000đ" in shown
    assert "từ T2 16/11/2026" in shown
    assert [run["kind"] for run in data(cli, "target", "show", number)["runs"]] == ["target_revise", "target_add"]
    assert kpi(cli, "undo").exit_code == 0
    assert status(cli)[0]["target"] == 120_000_000


def test_the_last_word_of_a_day_counts_and_a_day_before_the_period_is_its_first(cli: Cli) -> None:
    number = add(cli)
    for amount, since in (("90tr", "2026-11-16"), ("80tr", "2026-11-16"), ("70tr", "2026-10-15")):
        assert kpi(cli, "target", "revise", number, "--amount", amount, "--from", since).exit_code == 0
        kept = data(cli, "target", "show", number)["revisions"]
        assert [(one["amount"], one["from"]) for one in kept] == [(int(amount[:-2]) * 10**6, max(since, "2026-11-01"))]
    assert status(cli)[0]["target"] == 70_000_000


def test_a_target_that_is_let_go_stays_in_the_book_and_comes_back(cli: Cli) -> None:
    number = add(cli)
    assert kpi(cli, "target", "drop", number).exit_code == 0
    assert status(cli) == []
    assert [now["state"] for now in data(cli, "target", "list", "--all")["targets"]] == ["dropped"]
    assert [now["state"] for now in status(cli, number)] == ["dropped"]
    again = kpi(cli, "target", "drop", number, "--json")
    assert (again.exit_code, again.json["problems"][0]["code"]) == (4, "kpi.target_dropped_already")
    assert kpi(cli, "undo").exit_code == 0
    assert [now["state"] for now in status(cli)] == ["running"]


def test_a_revision_of_what_is_over_or_unknown_is_refused(cli: Cli) -> None:
    number = add(cli, "orders", 3, "--period", "2026-10")
    for words, code in (
        ((number, "--amount", "5"), "kpi.revision_after_end"),
        ((99, "--amount", "5"), "kpi.target_unknown"),
    ):
        assert kpi(cli, "target", "revise", *words, "--json").json["problems"][0]["code"] == code
    assert data(cli, "target", "revise", number, "--amount", "3", "--from", "2026-10-05")["change"] == "unchanged"


# --- looking ---


def test_an_empty_book_says_what_to_type(cli: Cli) -> None:
    ran = kpi(cli)
    assert ran.exit_code == 0
    assert ran.stdout == "Bạn chưa đặt mục tiêu nào.\n"
    assert "toolkit kpi target add" in ran.stderr
    add(cli, "orders", 5, "--period", "2026-12")
    assert kpi(cli).stdout == "Hôm nay không có mục tiêu nào đang chạy (1 sắp tới, 0 đã kết thúc).\n"


def test_forty_columns_are_two_short_lines(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home, [sale(date(2026, 11, 3), 66_000_000)])
    add(cli)
    monkeypatch.setenv("COLUMNS", "40")
    assert kpi(cli).stdout.splitlines() == ["Doanh số T11 66/120tr 55%", "▓▓▓▓▓▓░░│░░░ cần 10,8tr/ngày × 5 ngày"]


def test_a_screen_reader_hears_words(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3) + timedelta(days=n), 4_125_000) for n in range(16)])
    add(cli)
    (spoken,) = kpi(cli, "--plain").stdout.splitlines()
    amount, *rest = spoken.split(", ")
    assert amount == "Doanh số tháng 11/2026: 66 triệu trên 120 triệu"
    assert rest[:3] == ["55%", "nhịp 73%", "cần 10,8 triệu mỗi ngày trong 5 ngày làm việc"]
    assert not set(spoken) & set("▓░│█·×–")


def test_colour_is_never_used(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3), 1_000_000)])
    add(cli)
    assert "\x1b" not in kpi(cli).stdout


def test_the_same_in_english(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3), 66_000_000)])
    add(cli)
    assert kpi(cli, "--lang", "en").stdout.startswith(
        "Revenue month 11  66/120m ▓▓▓▓▓▓░░│░░░  55%  pace 73% · 10.8m/day × 5 days"
    )


def test_csv_has_plain_numbers(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3), 66_000_000)])
    add(cli)
    for words in (("target", "list"), ("status",)):
        lines = kpi(cli, *words, "--csv").stdout.splitlines()
        assert (
            lines[1]
            == "1,Doanh số T11/2026,revenue,2026-11-01,2026-12-01,120000000,66000000,90000000,10800000,đang chạy"
        )


def test_weights_are_told_in_one_line_and_rank_nobody(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3), 60_000_000)])
    add(cli)
    assert data(cli, "status")["weighted_completion"] is None
    add(cli, "orders", 4, "--period", "2026-11", "--weight", "3")
    assert data(cli, "status")["weighted_completion"] == (0.5 + 3 * 0.25) / 4
    assert "Tính chung theo trọng số: 31%" in kpi(cli).stdout


def test_orders_of_an_unknown_status_are_named_and_not_counted(cli: Cli, home: Path) -> None:
    write(home, [sale(date(2026, 11, 3), 1), sale(date(2026, 11, 4), 2, status="unknown")])
    number = add(cli)
    ran = kpi(cli, "status")
    assert "1 đơn có trạng thái chưa rõ" in ran.stderr
    why = data(cli, "why", number)
    assert why["left_out"] == [{"reason": "unknown", "ids": [2], "amount": 2}]


# --- why ---


def test_why_tells_every_figure_with_its_computation(cli: Cli, home: Path) -> None:
    write(
        home,
        [
            sale(date(2026, 11, 2), 40_000_000, customer_name="chị Hoa", lines=(Line("bao-hiem", Fraction(2)),)),
            sale(date(2026, 11, 20), 52_000_000, share=5_000),
            sale(date(2026, 11, 5), 5_000_000, status="open"),
            sale(date(2026, 11, 5), 3_000_000, kind="refund"),
            sale(date(2026, 11, 25), 9_000_000),
            sale(date(2026, 10, 31), 9_000_000),
        ],
    )
    number = add(cli)
    text = re.sub(r"\s+", " ", kpi(cli, "why", number).stdout)
    for part in (
        "Đã có: 66.000.000đ", "chị Hoa: bao-hiem", "26.000.000đ (phần của bạn 50%)",
        "Không tính 1 mục: đơn chưa hoàn tất (5tr, số 3)", "Không tính 1 mục: tiền hoàn được tính riêng (3tr, số 4)",
        "Không tính 1 mục: sau ngày đang xem (9tr, số 5)",
        "20 ngày làm trong kỳ, đã qua 15, còn lại 5 (tuần làm 5 ngày)", "T3 24/11 (Ngày Văn hóa Việt Nam)",
        "120tr × 15/20 ngày = 90.000.000đ", "66tr − 90tr = −24.000.000đ", "66tr / 90tr = 73%",
        "66tr / 15 = 4.400.000đ", "(120tr − 66tr) / 5 ngày = 10.800.000đ", "= −4",
    ):  # fmt: skip
        assert part in text, part
    told = data(cli, "why", number)
    assert [(one["id"], one["counts"]) for one in told["counted"]] == [(1, 40_000_000), (2, 26_000_000)]
    assert {one["reason"]: one["ids"] for one in told["left_out"]} == {"after": [5], "open": [3], "refund": [4]}
    assert told["days_off"] == [{"date": "2026-11-24", "reason": "holiday", "holiday": "culture"}]
    assert told["formulas"]["expected"] == "120000000 * 15 / 20"
    names = {"max": max, "floor": lambda value: int(value // 1)}
    for name, formula in told["formulas"].items():
        reckoned = eval(formula, {"__builtins__": {}}, names)  # our own formulas, to hold them against the figures
        assert reckoned == pytest.approx(told["status"][name]), name


def test_why_of_every_shipped_metric_has_an_answer(cli: Cli, home: Path) -> None:
    from toolkit.kpi.metrics import METRICS

    write(home, [sale(date(2026, 11, 2), 4_000_000, customer_name="Hoa", referral=True, lines=(Line("x"),))])
    for metric in METRICS.values():
        number = add(cli, metric.id, "30%" if metric.unit == "share" else "5")
        ran = kpi(cli, "why", number)
        assert ran.exit_code == 0, (metric.id, ran.stderr)
        assert "kpi." not in ran.stdout, metric.id
    assert kpi(cli).exit_code == 0


# --- figures of the member's own ---


def test_an_own_figure_is_recorded_and_held_against_a_target(cli: Cli) -> None:
    assert data(cli, "metric", "add", "điểm hài lòng", "--object", "feedback")["metric"]["id"] == "diem-hai-long"
    for value, day in (("4,6", "2026-11-16"), ("5", "2026-11-17"), ("3", "2026-12-02")):
        assert kpi(cli, "metric", "record", "diem hai long", value, "--date", day).exit_code == 0
    assert data(cli, "metric", "record", "điểm hài lòng", "5", "--date", "2026-11-17")["run"] is None
    number = add(cli, "điểm hài lòng", "4,5")
    (now,) = status(cli)
    assert (now["actual"], now["expected"], now["required"], now["state"]) == (4.8, 4.5, None, "running")
    used = kpi(cli, "metric", "drop", "điểm hài lòng", "--json")
    assert (used.exit_code, used.json["problems"][0]["code"]) == (4, "kpi.metric_used")
    assert kpi(cli, "target", "drop", number).exit_code == 0
    assert kpi(cli, "metric", "drop", "điểm hài lòng").exit_code == 0
    assert kpi(cli, "undo").exit_code == 0
    assert "diem-hai-long" in {metric["id"] for metric in data(cli, "metric", "list")}


def test_a_metric_of_one_product_one_channel_one_share(cli: Cli, home: Path) -> None:
    both = (Line("bao-hiem", amount=30_000_000), Line("the", amount=10_000_000))
    write(home, [sale(date(2026, 11, 2), 40_000_000, lines=both, channel="zalo"), sale(date(2026, 11, 3), 60_000_000)])
    for words, metric, amount in (
        (("doanh số bảo hiểm", "--product", "bao-hiem"), "doanh-so-bao-hiem", "80tr"),
        (("đơn Zalo", "--aggregate", "count", "--channel", "zalo"), "don-zalo", "5"),
        (("phần Zalo", "--over", "revenue", "--channel", "zalo"), "phan-zalo", "50%"),
    ):
        assert kpi(cli, "metric", "add", *words).exit_code == 0
        add(cli, metric, amount)
    assert [now["actual"] for now in status(cli)] == [30_000_000, 1, 0.4]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "!!!"), "kpi.metric_name"),
        (("add", "x", "--object", "activity", "--aggregate", "avg"), "kpi.metric_aggregate"),
        (("add", "x", "--object", "payment", "--channel", "zalo"), "kpi.metric_filter"),
        (("add", "x", "--over", "win_rate"), "kpi.metric_over"),
        (("add", "revenue"), "kpi.metric_shipped"),
        (("record", "doanh số", "5"), "kpi.metric_not_entered"),
        (("drop", "revenue"), "kpi.metric_shipped"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_metric_that_makes_no_sense_is_refused(cli: Cli, words: tuple[str, ...], code: str) -> None:
    ran = cli("kpi", "metric", *words, "--json")
    assert ran.exit_code in (2, 3, 4)
    assert ran.json["problems"][0]["code"] == code
