"""The member's own money, moved between the member's own accounts, is neither spent nor earned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.accounts import BANK, CASH, ELSEWHERE, SAVINGS
from toolkit.expenses.statements.descriptions import understand
from toolkit.expenses.statements.model import Line
from toolkit.expenses.statements.moves import MOST_FEE, Move, Owns, Side, moved, pairs

DAY = date(2026, 11, 12)
OWNS = Owns({"0351000646393": "vietcombank", "19035551234567": "techcombank"}, frozenset({"nguyen thi mai"}))


def move(text: str, amount: int, account: str, **more: str) -> Move | None:
    line = Line(DAY, amount, text, **more)  # type: ignore[arg-type]
    return moved(line, understand(text, incoming=amount > 0, name=line.name), account, OWNS)


@pytest.mark.parametrize(
    ("text", "amount", "account", "counter"),
    [
        ("RUT TIEN ATM 970436", -2_000_000, "vietcombank", CASH),
        ("NOP TIEN MAT TAI QUAY", 2_000_000, "vietcombank", CASH),
        ("NAP TIEN VI MOMO 0901234567", -500_000, "vietcombank", "momo"),
        ("Ecom.EW17090104559828.MOMO.0989231616.CashIn.", -500_000, "vietcombank", "momo"),
        ("Nạp tiền từ ngân hàng liên kết", 500_000, "momo", BANK),
        ("Nạp tiền từ ngân hàng Techcombank", 500_000, "momo", "techcombank"),
        ("Nạp tiền từ VPBank", 500_000, "zalopay", "vpbank"),
        ("Rút tiền về ngân hàng", -300_000, "momo", BANK),
        ("MOMO RUT TIEN", 300_000, "vietcombank", "momo"),
        ("GUI TIET KIEM ONLINE 6 THANG", -10_000_000, "acb", SAVINGS),
        ("TAT TOAN SO TIET KIEM GOC VA LAI", 10_100_000, "acb", SAVINGS),
        ("Nạp tiền vào Túi Thần Tài", -1_000_000, "momo", SAVINGS),
        ("CHUYEN KHOAN NOI BO", -1_000_000, "acb", ELSEWHERE),
        ("chuyen.CT tu 0351000646393 NGUYEN THI MAI toi 19035551234567 X", -1, "vietcombank", "techcombank"),
    ],
)  # fmt: skip
def test_words_and_numbers_say_where_own_money_went(text: str, amount: int, account: str, counter: str) -> None:
    found = move(text, amount, account)
    assert found is not None
    assert found.counter == counter


@pytest.mark.parametrize(
    ("text", "amount", "account"),
    [
        ("MOMO Highlands Coffee", -85_000, "vietcombank"),
        ("Nạp tiền điện thoại Viettel", -100_000, "momo"),
        ("Nhận tiền lãi Túi Thần Tài", 3_180, "momo"),
        ("LUONG THANG 11", 15_000_000, "vietcombank"),
        ("NGUYEN VAN NAM chuyen tien", 200_000, "vietcombank"),
        ("an trua", -45_000, "vietcombank"),
    ],
)
def test_spending_and_earning_stay_what_they_are(text: str, amount: int, account: str) -> None:
    assert move(text, amount, account) is None


def test_the_owners_name_on_the_other_side_says_that_it_is_own_money() -> None:
    assert move("chuyen tien", -1_000_000, "vietcombank", name="NGUYEN THI MAI") == Move(ELSEWHERE)
    found = move("chuyen tien", -1_000_000, "vietcombank", name="NGUYEN THI MAI", bank="ACB")
    assert found == Move("acb")
    assert move("chuyen tien", -1_000_000, "vietcombank", name="NGUYEN VAN MAI") is None
    said = understand("NGUYEN THI MAI chuyen tien", incoming=True, holder="NGUYEN THI MAI")
    assert moved(Line(DAY, 1, "NGUYEN THI MAI chuyen tien"), said, "acb", Owns()) == Move(ELSEWHERE)
    # What the owner sends begins with the owner's name too, whoever it goes to.
    said = understand("NGUYEN THI MAI chuyen tien", incoming=False, holder="NGUYEN THI MAI")
    assert moved(Line(DAY, -1, "NGUYEN THI MAI chuyen tien"), said, "acb", Owns()) is None


def side(
    account: str,
    amount: int,
    *,
    counter: str | None = None,
    days: int = 0,
    text: str = "x",
    name: str = "",
    kept: bool = False,
) -> Side:
    line = Line(DAY + timedelta(days=days), amount, text, name=name)
    return Side(account, line, None if counter is None else Move(counter), kept)


def test_the_two_ends_of_a_transfer_are_one() -> None:
    ends = [side("vietcombank", -500_000, counter="momo"), side("momo", 500_000, counter=BANK, days=1)]
    (pair,) = pairs(ends)
    assert (pair.out, pair.into, pair.fee) == (0, 1, 0)


def test_equal_amounts_alone_are_no_transfer() -> None:
    assert pairs([side("vietcombank", -5_000_000), side("techcombank", 5_000_000)]) == []


def test_a_line_that_names_another_account_is_not_paired_with_this_one() -> None:
    assert pairs([side("vietcombank", -500_000, counter="momo"), side("zalopay", 500_000, counter=BANK)]) == []
    assert pairs([side("vietcombank", -500_000, counter=CASH), side("techcombank", 500_000)]) == []


def test_four_days_apart_or_the_same_account_is_no_transfer() -> None:
    assert pairs([side("vietcombank", -1, counter="momo"), side("momo", 1, days=4)]) == []
    assert pairs([side("momo", -1, counter=SAVINGS), side("momo", 1, counter=SAVINGS)]) == []


def test_the_nearest_days_go_together() -> None:
    sides = [
        side("vietcombank", -500_000, counter="momo"),
        side("vietcombank", -500_000, counter="momo", days=2),
        side("momo", 500_000, counter=BANK, days=2),
        side("momo", 500_000, counter=BANK),
    ]
    assert {(pair.out, pair.into) for pair in pairs(sides)} == {(0, 3), (1, 2)}


def test_a_fee_may_get_lost_on_the_way_where_both_ends_speak_of_a_transfer() -> None:
    out, into = (
        side("vietcombank", -1_003_300, counter="techcombank"),
        side("techcombank", 1_000_000, counter=ELSEWHERE),
    )
    assert [pair.fee for pair in pairs([out, into])] == [3_300]
    assert pairs([out, replace(into, move=None)]) == []
    assert pairs([replace(out, line=replace(out.line, amount=-1_000_000 - MOST_FEE - 1)), into]) == []


def test_lines_that_are_in_the_book_already_are_only_paired_with_new_ones() -> None:
    out, into = side("vietcombank", -1, counter="momo", kept=True), side("momo", 1, counter=BANK, kept=True)
    assert pairs([out, into]) == []
    assert len(pairs([out, replace(into, kept=False)])) == 1


SIDES = st.lists(
    st.builds(
        side,
        st.sampled_from(["vietcombank", "momo", "acb"]),
        st.sampled_from([-500_000, 500_000, -503_300, 1_000_000, -1_000_000]),
        counter=st.sampled_from([None, "momo", "acb", BANK, ELSEWHERE, CASH]),
        days=st.integers(0, 5),
        kept=st.booleans(),
    ),
    max_size=10,
)


@given(SIDES)
def test_every_line_is_in_one_pair_at_most_and_money_only_goes_from_one_account_to_another(sides: list[Side]) -> None:
    found = pairs(sides)
    used = [place for pair in found for place in (pair.out, pair.into)]
    assert len(used) == len(set(used))
    for pair in found:
        out, into = sides[pair.out], sides[pair.into]
        assert out.account != into.account
        assert out.line.amount + into.line.amount + pair.fee == 0
        assert abs((out.line.day - into.line.day).days) <= 3
