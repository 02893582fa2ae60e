"""`toolkit expenses` alone: a prompt where a line is an entry; and the questions that unclear sentences lead to."""

from __future__ import annotations

import stat
import tomllib
from typing import TYPE_CHECKING

import pytest

from builders.expense_books import dump, entries
from builders.terminals import Terminal
from toolkit.expenses.cli.prompt import command_in, taken_back

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(120)
TODAY = ("--today", "2026-11-18")
READY = "› "


def test_a_sitting_records_corrects_undoes_lists_and_ends(home: Path) -> None:
    with Terminal("expenses", *TODAY) as terminal:
        assert "Ctrl-D" in terminal.until(READY)
        terminal.enter("hôm qua ăn phở 45k")
        assert "Đã ghi 1. ăn phở · −45.000đ · ăn ngoài · T3 17/11\r\n" in terminal.until("17/11\r\n")
        terminal.enter("à nhầm, 54k")
        terminal.until("−54.000đ")
        terminal.enter("đổ xăng 60k")
        terminal.until("Đã ghi 2.")
        terminal.enter("hoàn tác")
        terminal.until("đổ xăng")
        terminal.until("Đã hoàn tác")
        terminal.enter("có nên mua xe không")
        terminal.until("câu hỏi")
        terminal.enter("?")
        terminal.until("à nhầm, 54k")
        terminal.enter("xem")
        terminal.until("54.000đ")
        terminal.until(READY)
        terminal.press("\x04")
        code, _ = terminal.ended()
    assert code == 0
    assert entries(home) == [("ăn phở", 54_000)]


def test_what_was_typed_comes_back_with_the_arrow_keys_and_is_private(home: Path) -> None:
    for expected in (1, 2):
        with Terminal("expenses", *TODAY) as terminal:
            terminal.until(READY)
            if expected == 1:
                terminal.enter("gửi xe 5k")
            else:
                terminal.press("\x1b[A\x1b[A")  # the line before "xong"
                terminal.until("gửi xe 5k")
                terminal.enter("")
            terminal.until(f"Đã ghi {expected}.")
            terminal.enter("xong")
            assert terminal.ended()[0] == 0
    history = home / "expenses" / "history"
    assert history.read_text("utf-8").splitlines()[0] == "gửi xe 5k"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700
    assert len(entries(home)) == 2


def test_ctrl_c_takes_back_a_line_and_leaves_where_there_is_none(home: Path) -> None:
    with Terminal("expenses", *TODAY) as terminal:
        terminal.until(READY)
        terminal.press("gửi xe 5k")
        terminal.until("gửi xe 5k")
        terminal.interrupt()
        terminal.until(READY)
        terminal.interrupt()
        code, rest = terminal.ended()
    assert code == 130
    assert "Đã dừng." in rest
    assert entries(home) == []


@pytest.mark.parametrize("asked", [False, True])
def test_a_closed_window_ends_the_sitting_and_keeps_what_was_recorded(asked: bool, home: Path) -> None:
    with Terminal("expenses", *TODAY) as terminal:
        terminal.until(READY)
        terminal.enter("gửi xe 5k")
        terminal.until("Đã ghi 1.")
        terminal.until(READY)
        if asked:
            terminal.enter("ăn vặt 30-40k")
            terminal.until("Chọn một số")
        assert terminal.hang_up() == 129
    assert entries(home) == [("gửi xe", 5_000)]
    assert "gửi xe 5k" in (home / "expenses" / "history").read_text("utf-8")


def test_a_command_typed_at_the_prompt_is_told_where_it_belongs(home: Path) -> None:
    with Terminal("expenses", *TODAY) as terminal:
        terminal.until(READY)
        for typed, told in (
            ("report", "toolkit expenses report"),
            ("delete 1", "toolkit expenses delete 1"),
            ("toolkit expenses debts", "rồi: toolkit expenses debts"),
        ):
            terminal.enter(typed)
            assert told in " ".join(terminal.until(told).split())
        terminal.enter("xong")
        assert terminal.ended()[0] == 0


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("xóa 1", "1"), ("xoá khoản 12", "12"), ("xoa khoan so 3 di", "3"), ("bỏ khoản 2", "2"), ("delete 007", "7"),
        ("bỏ khoản vừa rồi", ""), ("hủy", ""), ("huỷ", ""), ("Bỏ đi", ""), ("xóa", ""), ("bỏ cái vừa ghi", ""),
        ("bò 2", None), ("Huy 50", None), ("bỏ ống heo 50k", None), ("xóa nợ cho Nam 200k", None), ("xóa 1 2", None),
        ("hủy vé xem phim mất 90k", None), ("xóa 0", None), ("xóa 12345678901", None), ("", None), ("ăn phở 45k", None),
        ("xóa " * 5_000, None), ("xóa " + "9" * 50_000, None),
    ],
)  # fmt: skip
def test_a_wish_to_take_back_is_told_from_a_sentence(line: str, number: str | None) -> None:
    assert taken_back(line) == number


def test_a_wish_to_take_back_is_told_how_and_takes_nothing_back(home: Path) -> None:
    with Terminal("expenses", *TODAY) as terminal:
        terminal.until(READY)
        terminal.enter("gửi xe 5k")
        terminal.until("Đã ghi 1.")
        for typed, told in (
            ("xóa 1", "toolkit expenses delete 1"),
            ("bỏ khoản vừa rồi", "gõ undo"),
            ("hủy", "gõ undo"),
        ):
            terminal.enter(typed)
            assert "không kể" not in terminal.until(told)
        terminal.enter("xong")
        assert terminal.ended()[0] == 0
    assert entries(home) == [("gửi xe", 5_000)]


def test_ctrl_c_at_a_question_leaves_the_sentence_out_and_goes_on(home: Path) -> None:
    with Terminal("expenses", *TODAY) as terminal:
        terminal.until(READY)
        terminal.enter("ăn vặt 30-40k")
        terminal.until("Chọn một số")
        terminal.interrupt()
        terminal.until("Đã bỏ câu này")
        terminal.enter("gửi xe 5k")
        terminal.until("Đã ghi 1.")
        terminal.enter("q")
        assert terminal.ended()[0] == 0
    assert entries(home) == [("gửi xe", 5_000)]


def test_an_unclear_amount_is_asked_with_its_readings_and_any_other(home: Path) -> None:
    with Terminal("expenses", "add", "ăn vặt 30-40k, mua rau 20-30k", *TODAY) as terminal:
        question = terminal.until("Chọn một số")
        assert "30.000đ" in question
        assert "40.000đ" in question
        terminal.enter("2")
        terminal.until("Chọn một số")
        terminal.enter("3")
        terminal.until("hết bao nhiêu tiền?")
        terminal.enter("27k")
        assert terminal.ended()[0] == 0
    assert [amount for _, amount in entries(home)] == [40_000, 27_000]


def test_what_is_no_entry_after_all_is_left_out(home: Path) -> None:
    with Terminal("expenses", "add", "ăn vặt 30-40k", *TODAY) as terminal:
        assert "4. Không phải một khoản" in terminal.until("Chọn một số")
        terminal.enter("4")
        code, rest = terminal.ended()
    assert code == 0
    assert "Không ghi gì" in rest
    assert entries(home) == []


def test_a_question_that_is_left_open_goes_to_the_queue(home: Path) -> None:
    with Terminal("expenses", "add", "ăn vặt 30-40k", *TODAY) as terminal:
        terminal.until("Chọn một số")
        terminal.enter("")
        code, rest = terminal.ended()
    assert code == 1
    assert "toolkit expenses review" in rest
    assert len(dump(home)["expense_waiting"]) == 1


def test_an_unsure_category_offers_three_and_another_and_the_answer_is_learned(home: Path) -> None:
    with Terminal("expenses", "add", "zzkwq vbx 100k", *TODAY) as terminal:
        question = terminal.until("Chọn một số từ 1 đến 4")
        assert "4. Loại khác" in question
        terminal.enter("4")
        terminal.until("Tên loại")
        terminal.enter("thú nuôi")
        assert "thú nuôi" in terminal.ended()[1]
    with Terminal("expenses", "add", "zzkwq vbx 120k", *TODAY) as terminal:
        code, said = terminal.ended()
    assert code == 0
    assert "thú nuôi" in said
    assert "Chọn một số" not in said


def test_an_unusual_amount_is_confirmed_or_said_anew(home: Path) -> None:
    with Terminal("expenses", "add", "ăn phở 45tr", *TODAY) as terminal:
        terminal.until("đúng là 45.000.000đ không?")
        terminal.enter("không")
        terminal.until("hết bao nhiêu tiền?")
        terminal.enter("45")
        assert terminal.ended()[0] == 0
    assert entries(home) == [("ăn phở", 45_000)]


@pytest.mark.parametrize("answers", [("không", ""), ("", ""), ("không", "không nhớ")])
def test_an_amount_that_is_not_right_waits_outside_the_book(answers: tuple[str, str], home: Path) -> None:
    with Terminal("expenses", "add", "ăn phở 45tr", *TODAY) as terminal:
        terminal.until("đúng là 45.000.000đ không?")
        terminal.enter(answers[0])
        terminal.until("hết bao nhiêu tiền?")
        terminal.enter(answers[1])
        code, said = terminal.ended()
    assert code == 1
    assert "toolkit expenses review" in said
    assert entries(home) == []
    assert len(dump(home)["expense_waiting"]) == 1


@pytest.mark.parametrize("answer", ["không", ""])
def test_an_entry_that_is_not_agreed_to_is_not_written(answer: str, home: Path) -> None:
    with Terminal("expenses", "add", "2 lít xăng", *TODAY) as terminal:
        terminal.until("nhé? (có/không) [không]")
        terminal.enter(answer)
        assert "Không ghi gì" in terminal.ended()[1]
    assert entries(home) == []


def test_nothing_is_agreed_to_while_the_amount_is_open(home: Path) -> None:
    with Terminal("expenses", "add", "uống 2 xị rượu", *TODAY) as terminal:
        terminal.until("Chọn một số")
        terminal.enter("")
        code, said = terminal.ended()
    assert code == 1
    assert "nhé?" not in said
    assert len(dump(home)["expense_waiting"]) == 1


def test_an_amount_alone_is_asked_what_it_was_for(home: Path) -> None:
    with Terminal("expenses", "add", "50k", *TODAY) as terminal:
        terminal.until("50.000đ là khoản gì?")
        terminal.enter("gửi xe")
        assert terminal.ended()[0] == 0
    assert entries(home) == [("gửi xe", 50_000)]


def test_the_worth_of_a_xi_is_asked_once_for_good(home: Path) -> None:
    with Terminal("expenses", "add", "ăn sáng 2 xị", *TODAY) as terminal:
        terminal.until("một xị là bao nhiêu?")
        terminal.enter("1")
        assert "20.000đ" in terminal.ended()[1]
    assert tomllib.loads((home / "config.toml").read_text("utf-8"))["money"]["xi"] == 10_000
    with Terminal("expenses", "add", "ăn sáng 3 xị", *TODAY) as terminal:
        said = terminal.ended()[1]
    assert "30.000đ" in said
    assert "bao nhiêu?" not in said


def test_reviewing_goes_through_what_waits_and_what_is_unsure(home: Path) -> None:
    for text in ("ăn vặt 30-40k", "zzkwq vbx 100k"):
        with Terminal("expenses", "add", text, "--yes", *TODAY) as terminal:
            terminal.ended()
    with Terminal("expenses", "review", *TODAY) as terminal:
        terminal.until("Chọn một số")
        terminal.enter("1")
        terminal.until("Đã ghi")
        terminal.until("Đúng ra là loại nào?")
        terminal.enter("1")
        assert "Không có khoản nào cần xem lại." in terminal.ended()[1]
    assert sorted(amount for _, amount in entries(home)) == [30_000, 100_000]


def test_reviewing_tells_why_an_entry_is_in_the_queue(home: Path) -> None:
    with Terminal("expenses", "add", "ăn phở 45tr", "--yes", *TODAY) as terminal:
        terminal.ended()
    with Terminal("expenses", "review", *TODAY) as terminal:
        assert "hơi lạ" in terminal.until("Đúng ra là loại nào?")
        terminal.enter("")
        terminal.ended()


@pytest.mark.parametrize("typed", ["report 45k", "show ca nhạc 500k", "importance 5k", "phở 45k", "toolkits 45k"])
def test_a_sentence_that_begins_like_a_command_is_a_sentence(typed: str) -> None:
    assert not command_in(typed)
