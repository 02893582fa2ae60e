"""Lists on a narrow screen leave columns out instead of cutting every cell into words; pipes and programs lose none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from toolkit.shell.layout import cell_width

if TYPE_CHECKING:
    from running import Cli

TODAY = "--today=2026-11-18"
SENTENCES = ("hôm qua đổ xăng 60k", "mua bàn học 1tr2", "lương tháng này 15tr", "ăn phở với Lan 45k")
COLUMNS = ["Số", "Ngày", "Số tiền", "Loại", "Nội dung", "Ví"]
Shown = Callable[..., list[str]]


@pytest.fixture
def shown(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Shown:
    """`shown(40, "list")`: the lines that a screen of 40 columns gets, with four entries in the book; None: a pipe."""
    for sentence in SENTENCES:
        assert cli("expenses", "add", sentence, TODAY).exit_code == 0

    def run(width: int | None, *words: str) -> list[str]:
        if width is None:
            monkeypatch.delenv("COLUMNS", raising=False)
        else:
            monkeypatch.setenv("COLUMNS", str(width))
        return cli("expenses", *words, TODAY).stdout.splitlines()

    return run


def named(heading: str) -> list[str]:
    return [part.strip() for part in heading.split("  ") if part.strip()]


@pytest.mark.parametrize(
    ("width", "left_out"),
    [(None, set()), (100, set()), (64, set()), (63, {"Ví"}), (56, {"Ví"}), (55, {"Ví", "Loại"}), (40, {"Ví", "Loại"})],
)
@pytest.mark.parametrize("words", [("list",), ("search", "ban")], ids=["list", "search"])
def test_the_wallet_is_left_out_first_and_then_the_category(
    shown: Shown, width: int | None, left_out: set[str], words: tuple[str, ...]
) -> None:
    lines = shown(width, *words)
    assert named(lines[0]) == [name for name in COLUMNS if name not in left_out]
    assert width is None or max(map(cell_width, lines)) <= width


def test_on_a_telephone_an_entry_is_a_line_or_two(shown: Shown) -> None:
    lines = shown(40, "list")
    assert len(lines) <= 2 + len(SENTENCES) + 2  # the two longest notes take two
    assert any("T4 18/11" in line and "−1.200.000đ" in line and "mua bàn học" in line for line in lines)


def test_on_a_narrow_screen_a_run_that_was_taken_back_still_says_so(shown: Shown) -> None:
    shown(None, "undo")
    for width, headings in ((100, ["Lần", "Khi nào", "Việc", "Nội dung", "Tình trạng"]),
                            (40, ["Lần", "Khi nào", "Việc", "Nội dung"])):  # fmt: skip
        lines = shown(width, "undo", "--list")
        assert named(lines[0]) == headings
        assert max(map(cell_width, lines)) <= width
        assert "đã hoàn tác" in " ".join(" ".join(lines).split())
    assert any("T4 18/11" in line and "mua bàn học" in line for line in lines)


@pytest.mark.parametrize("words", [("list",), ("undo", "--list"), ("recurring", "list")], ids=" ".join)
def test_a_spreadsheet_gets_every_column_whatever_the_screen(shown: Shown, words: tuple[str, ...]) -> None:
    assert shown(40, *words, "--csv") == shown(None, *words, "--csv")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("zzzz",), "Không có khoản nào có chữ “zzzz”."), (("xăng", "zzzz"), "Không có khoản nào có chữ “zzzz”."),
        (("xăng", "phở"), "Không có khoản nào có đủ các chữ “xăng”, “phở”."),
    ],
)  # fmt: skip
def test_a_search_that_finds_nothing_names_the_word(shown: Shown, words: tuple[str, ...], told: str) -> None:
    assert shown(None, "search", *words) == [told]


def test_a_list_without_entries_names_no_word(shown: Shown) -> None:
    assert shown(None, "list", "--month", "2025-01") == ["Chưa có khoản nào ở đây."]


def test_what_an_account_will_hold_on_a_day_to_come_is_refused(cli: Cli) -> None:
    ran = cli("expenses", "accounts", "set", "momo", "--holds", "300k", "--on", "19/11/2026", TODAY)
    assert ran.exit_code == 2
    assert "19/11/2026 chưa tới" in ran.stderr
    assert cli("expenses", "undo", "--list", TODAY, "--json").json["data"] == []
    assert cli("expenses", "accounts", "set", "momo", "--holds", "300k", "--on", "18/11/2026", TODAY).exit_code == 0
