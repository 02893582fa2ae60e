"""What a newcomer types into `toolkit kpi` on the first day: slips, other ways of writing, commands out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

AS_OF = ("--as-of", "2026-11-20")


@pytest.fixture
def kpi(cli: Cli) -> Any:
    def run(*words: object) -> Ran:
        return cli("kpi", *words, *(AS_OF if "--as-of" not in words else ()))

    return run


@pytest.fixture
def two_jobs(kpi: Any) -> Any:
    for words in (("Công ty ABC", "--kind", "employee"), ("Shop Mẹ Bé",)):
        assert kpi("engagement", "add", *words).exit_code == 0
    return kpi


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("calendar", "leave"), "NGÀY"),
        (("import",), "TỆP"),
        (("delete",), "SỐ"),
        (("search",), "CHỮ"),
        (("okr", "add"), "MỤC-TIÊU"),
    ],
)
def test_what_a_command_still_needs_is_named_without_brackets_or_dots(
    cli: Cli, words: tuple[str, ...], missing: str
) -> None:
    ran = cli("kpi", *words)
    assert ran.exit_code == 2
    assert ran.stderr.splitlines()[0] == f"Lệnh này còn thiếu {missing}."


@pytest.mark.parametrize(
    ("typed", "week"), [("5,5", "5.5"), ("5½", "5.5"), ("6 ngày", "6"), ("6", "6"), ("7.0", "7"), ("5.5", "5.5")]
)
def test_the_working_week_is_understood_as_it_is_written_here(kpi: Any, typed: str, week: str) -> None:
    assert kpi("calendar", "week", typed).exit_code == 0
    plain, own = (kpi("calendar", "show", "--json").json["data"] for _ in range(2))
    assert plain == own
    assert kpi("calendar", "week", week).exit_code == 0
    assert kpi("calendar", "show", "--json").json["data"] == own


@pytest.mark.parametrize("typed", ["8", "0", "năm", "5,6", "", "-5", "5.5.5"])
def test_no_other_week_is_taken(kpi: Any, typed: str) -> None:
    assert kpi("calendar", "week", "--", typed).exit_code == 2


def test_an_empty_book_says_what_to_type(kpi: Any) -> None:
    assert "toolkit kpi log" in kpi("list").stdout
    assert "toolkit kpi target add" in kpi().stderr


def test_jobs_are_called_by_their_names(two_jobs: Any) -> None:
    for words in (("log", "bán 3 hộp sữa 1tr"), ("target", "add", "doanh số 50tr tháng 11")):
        ran = two_jobs(*words)
        assert ran.exit_code != 0
        assert "Công ty ABC, Shop Mẹ Bé" in ran.stderr, ran
    for words in (("log", "bán 3 hộp sữa 1tr"), ("target", "add", "doanh số 50tr tháng 11")):
        assert "Công ty ABC, Shop Mẹ Bé" in two_jobs(*words, "--engagement", "chợ").stderr


def test_a_plan_is_called_like_the_job_it_is_of(two_jobs: Any) -> None:
    ran = two_jobs("commission", "plan", "add", "5% doanh số", "--engagement", "cong ty abc", "--yes")
    assert "Công ty ABC" in ran.stdout + ran.stderr
    explained = two_jobs("commission", "explain")
    assert "Công ty ABC" in explained.stdout.splitlines()[0]
    assert "cong-ty-abc" not in explained.stdout
    again = two_jobs("commission", "plan", "add", "5% doanh số", "--engagement", "cong-ty-abc", "--yes", "--json")
    assert again.json["data"]["run"] is None


def test_a_plan_with_a_name_keeps_it(two_jobs: Any) -> None:
    two_jobs("commission", "plan", "add", "5% doanh số", "--engagement", "cong-ty-abc", "--label", "Cũ", "--yes")
    assert "Cũ" in two_jobs("commission", "explain").stdout.splitlines()[0]


def test_what_the_last_tier_lacks_is_said_in_money(kpi: Any) -> None:
    assert "Chưa rõ từ 100tr trở lên" in kpi("commission", "plan", "add", "3% đến 50tr, 5% đến 100tr").stderr


def test_a_deal_that_is_decided_says_when_as_people_write_days(kpi: Any) -> None:
    kpi("deal", "add", "anh Nam")
    kpi("deal", "won", "1")
    assert "ngày 20/11/2026" in kpi("deal", "won", "1").stderr


def test_the_way_shown_from_a_won_deal_to_its_sale_can_be_walked(kpi: Any) -> None:
    kpi("deal", "add", "anh Nam", "--product", "web")
    receipt = kpi("deal", "won", "1")
    for words in (("log", "bán web cho anh Nam 30tr"), ("deal", "reopen", "1"), ("deal", "won", "1", "--sale", "2")):
        shown = "toolkit kpi log" if words[0] == "log" else f"toolkit kpi {' '.join(words[:3])}"
        assert shown in receipt.stderr
        assert kpi(*words).exit_code == 0, words
    assert "30.000.000đ" in kpi("deal", "show", "1").stdout
    assert kpi("list", "--json").json["data"]["entries"], "the sale is still there"


def test_a_layout_that_there_is_not_is_named(kpi: Any, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("date,order_id,customer,product,quantity,amount,status,referrer,channel\n", encoding="utf-8")
    assert "“shope”" in kpi("import", own, "--profile", "shope").stderr


def test_pieces_without_a_name_are_counted_in_the_list(kpi: Any) -> None:
    kpi("log", "bán 2 hộp 500k")
    assert "2 món" in kpi("list").stdout


def test_dates_are_of_the_day_that_was_asked_for(kpi: Any) -> None:
    kpi("target", "add", "doanh số 5tr tháng 11")
    seen = kpi("dates", "--dry-run")
    assert "30/11" in seen.stdout
    assert "30/11" not in kpi("dates", "--dry-run", "--as-of", "2026-12-05").stdout


def test_a_member_with_two_jobs_is_asked_which_one_a_line_is_of(two_jobs: Any, home: Path) -> None:
    with Terminal("kpi", "log", "bán 3 hộp sữa cho chị Hoa 1tr", *AS_OF) as terminal:
        terminal.until("2. Shop Mẹ Bé")
        terminal.enter("2")
        code, said = terminal.ended()
    assert code == 0, said
    assert "1.000.000đ" in said
    [entry] = two_jobs("list", "--json").json["data"]["entries"]
    assert entry["engagement"] == "shop-me-be"


def test_nobody_has_to_say_which_job_a_line_is_of(two_jobs: Any, home: Path) -> None:
    with Terminal("kpi", "log", "bán 3 hộp sữa cho chị Hoa 1tr", *AS_OF) as terminal:
        terminal.until("Shop Mẹ Bé")
        terminal.enter("")
        code, said = terminal.ended()
    assert code == 2
    assert "--engagement" in said
    assert two_jobs("list", "--json").json["data"]["entries"] == []


@pytest.mark.parametrize(
    "line",
    [
        "bán 1 gói cho chị Hoa 5tr %% chị ấy đang bệnh %%",
        "bán 1 gói %%cho anh Ổi 9tr%% cho chị Hoa 5tr",
        "%% mới ly hôn, thêm 3 con %% bán 1 gói cho chị Hoa 5tr",
        "bán 1 gói cho chị Hoa 5tr %% đừng kể với bà Ổi",
    ],
)
def test_what_is_hidden_in_a_line_is_no_part_of_the_sale(kpi: Any, line: str) -> None:
    said = kpi("log", line, "--json").json["data"]
    plainly = kpi("log", "bán 1 gói cho chị Hoa 5tr", "--json").json["data"]
    assert (said["product"], said["customer"], said["amount"], said["quantity"], said["text"]) == (
        plainly["product"], plainly["customer"], 5_000_000, 1, line,
    )  # fmt: skip
    assert kpi("show", str(said["id"]), "--json").json["data"]["entry"]["text"] == line
    for looked in (kpi("product", "list"), kpi("contacts"), kpi("export")):
        for secret in ("bệnh", "Ổi", "ly hôn", "%%"):
            assert secret not in looked.stdout, looked


def test_a_line_that_is_hidden_altogether_records_nothing(kpi: Any) -> None:
    assert kpi("log", "%% bán 1 gói cho chị Hoa 5tr %%").exit_code == 3
    assert kpi("list", "--json").json["data"]["entries"] == []


def test_what_is_hidden_in_the_sentence_of_a_target_is_not_read(kpi: Any) -> None:
    target = kpi("target", "add", "doanh số 5tr tháng 11 %%sếp đòi 9tr quý 4%%", "--json").json["data"]["target"]
    assert (target["amount"], target["start"], target["end"]) == (5_000_000, "2026-11-01", "2026-12-01")


def test_targets_of_two_jobs_are_told_apart(two_jobs: Any) -> None:
    for job in ("cong-ty-abc", "shop-me-be"):
        assert two_jobs("target", "add", "doanh số 50tr tháng 11", "--engagement", job).exit_code == 0
    for words in ((), ("--plain",), ("target", "list"), ("status",)):
        seen = two_jobs(*words).stdout
        assert "Công ty ABC" in seen, seen
        assert "Shop Mẹ Bé" in seen, seen


def test_one_job_is_not_named_on_every_line(kpi: Any) -> None:
    kpi("engagement", "add", "Công ty ABC")
    kpi("target", "add", "doanh số 50tr tháng 11")
    assert "ABC" not in kpi().stdout


def test_several_targets_say_where_their_numbers_are(kpi: Any) -> None:
    kpi("target", "add", "doanh số 50tr tháng 11")
    assert "target list" not in kpi().stderr
    kpi("target", "add", "40 đơn tháng 11")
    assert "toolkit kpi target list" in kpi().stderr


def test_a_range_never_begins_below_what_there_is(kpi: Any) -> None:
    kpi("target", "add", "doanh số 120tr tháng 11")
    kpi("log", "bán 33.480.000đ", "--date", "2026-11-12")
    kpi("log", "bán 1.000đ", "--date", "2026-11-05")
    for words in ((), ("forecast",), ("why",)):
        seen = kpi(*words).stdout
        assert "33,5–" in seen or "33,5tr" in seen, seen
        assert " 33–" not in seen, seen
    assert "từ 33,5 triệu đến" in kpi("--plain").stdout


def test_a_period_without_a_day_to_come_has_no_range(kpi: Any) -> None:
    kpi("target", "add", "10 khách mới tuần này")
    kpi("log", "bán trà cho chị Hoa 100k", "--date", "2026-11-17")
    last = ("--as-of", "2026-11-22")
    assert "(80%)" not in kpi(*last).stdout
    assert "80%" not in kpi("--plain", *last).stdout


def test_goods_are_called_what_the_member_calls_them(kpi: Any) -> None:
    kpi("target", "add", "doanh số 50tr tháng 11")
    kpi("log", "bán 2 gói bảo hiểm cho chị Hoa 12tr")
    seen = kpi("why").stdout
    assert "chị Hoa: bảo hiểm" in seen
    assert "bao-hiem" not in seen


def test_why_without_a_number_is_of_the_target_that_runs(kpi: Any) -> None:
    assert "toolkit kpi target add" in kpi("why").stderr
    kpi("target", "add", "doanh số 50tr tháng 11")
    assert kpi("why", "--json").json == kpi("why", "1", "--json").json
    assert "Trong kỳ này chưa có gì được tính." in kpi("why").stdout
    kpi("target", "add", "40 đơn tháng 11")
    ran = kpi("why")
    assert ran.exit_code == 4
    assert "1, 2" in ran.stderr


def test_a_small_chance_is_no_more_than_what_is_said(kpi: Any) -> None:
    kpi("target", "add", "doanh số 900tr tháng 11")
    for day in range(2, 14):
        kpi("log", "bán 1tr", "--date", f"2026-11-{day:02}")
    assert "không quá 10%" in kpi("why", "--as-of", "2026-11-16").stdout


def test_runs_about_targets_say_which_metric(kpi: Any) -> None:
    kpi("target", "add", "doanh số 50tr tháng 11")
    kpi("target", "revise", "1", "--amount", "40tr")
    assert "Doanh số" in kpi("undo").stdout
    listed = kpi("undo", "--list").stdout
    assert "revenue" not in listed
    assert listed.count("Doanh số") == 3
    assert "Revenue" in kpi("undo", "--list", "--lang", "en").stdout


SLIPS = "Số phiếu,Ngày,Khách,Mặt hàng,SL,Tiền hàng\nP1,01/11/2026,Hoa,Trà,2,200.000\nP2,02/11/2026,Nam,Trà,1,90.000\n"


def test_a_file_that_is_explained_is_asked_about_its_days_too_and_remembered(home: Path, kpi: Any) -> None:
    file = home.parent / "phieu.csv"
    file.write_text(SLIPS, encoding="utf-8")
    assert "--date-order" in kpi("import", file, "--heading", "order=Số phiếu", "--heading", "day=Ngày",
                                 "--heading", "amount=Tiền hàng", "--yes").stderr  # fmt: skip
    with Terminal("kpi", "import", str(file), *AS_OF) as terminal:
        for question, said in (
            ("mã đơn?", "1"), ("ngày", "1"), ("đơn giá và số lượng", "1"), ("thành tiền của dòng", "4"),
            ("số lượng?", "3"), ("tên hàng?", "2"), ("trạng thái đơn?", "2"), ("tên khách?", "1"),
            ("ngày trước hay tháng trước?", "1"),
        ):  # fmt: skip
            terminal.until(question)
            terminal.until("để sau):")
            terminal.enter(said)
        terminal.until("vào sổ?")
        terminal.enter("có")
        code, told = terminal.ended()
    assert code == 0, told
    days = [(entry["date"], entry["amount"]) for entry in kpi("list", "--json").json["data"]["entries"]]
    assert days == [("2026-11-01", 200_000), ("2026-11-02", 90_000)]
    again = kpi("import", file, "--yes", "--json").json["data"]
    assert again["orders"] == {"new": 0, "updated": 0, "unchanged": 2}


@pytest.mark.parametrize(("typed", "near"), [("doanh xố", "revenue"), ("revenu", "revenue"), ("cuộc gọi đi", "calls")])
def test_a_metric_that_there_is_not_is_named_with_the_id_of_the_nearest(kpi: Any, typed: str, near: str) -> None:
    said = kpi("target", "add", "--metric", typed, "--amount", "5", "--period", "2026-11").stderr
    assert f"“{typed}”" in said
    assert f"Gần nhất là: {near}." in said


def test_a_metric_of_ones_own_is_said_to_be_written_down_with_its_id(kpi: Any) -> None:
    said = kpi("metric", "add", "điểm hài lòng", "--object", "feedback").stdout
    assert said.startswith("Đã ghi chỉ số điểm hài lòng, mã là diem-hai-long")
