"""A plan in one line of Vietnamese: what it is read as, and what is said where it isn't clear."""

from __future__ import annotations

import time
from datetime import date
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.commission.grammar import PlanReading, read_plan
from toolkit.kpi.commission.plans import (
    Bonus,
    ByCompletion,
    Each,
    OnDay,
    Only,
    PerThing,
    Rate,
    Rule,
    Salary,
    Version,
)
from toolkit.kpi.commission.rates import Levels, Tier, Tiers

TODAY = date(2026, 11, 22)
MILLION = 1_000_000


def read(line: str) -> PlanReading:
    return read_plan(line, today=TODAY)


def percent(*rates: int) -> list[Fraction]:
    return [Fraction(rate, 100) for rate in rates]


THREE = Tiers(tuple(map(Tier, (0, 50 * MILLION, 100 * MILLION), percent(3, 5, 8))))


@pytest.mark.parametrize(
    "line",
    [
        "3% đến 50tr, 5% đến 100tr, 8% trở lên",
        "3% den 50tr,5% den 100tr,8% tro len",
        "3 % tới 50 triệu và 5 % tới 100 triệu và 8 % còn lại",
        "0-50tr 3%, 50-100tr 5%, trên 100tr 8%",
        "dưới 50tr: 3%; từ 50tr đến 100tr: 5%; từ 100tr trở lên: 8%",
        "3%, từ 50tr 5%, từ 100tr 8%",
        "hoa hồng 3% đến 50.000.000đ, 5% đến 100.000.000đ, 8% trên 100.000.000đ",
        "doanh số dưới 50tr hưởng 3%\ndoanh số từ 50tr đến 100tr hưởng 5%\ntừ 100tr hưởng 8%",
        "3% < 50tr, 5% 50-100tr, 8% >= 100tr",
        "3 phần trăm đến 50tr, 5 phần trăm đến 100tr, 8 phần trăm trở lên",
    ],
)
def test_three_tiers_in_any_wording(line: str) -> None:
    reading = read(line)
    assert reading.doubts == ()
    assert reading.rules == (Rule("tier", THREE),)
    assert not reading.mode_given


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("3% đến 50tr, 5% trở lên, tính trên toàn bộ doanh số", "retroactive"),
        ("3% đến 50tr, 5% trở lên, hồi tố", "retroactive"),
        ("3% đến 50tr, 5% từ 50tr trên tổng doanh số", "retroactive"),
        ("lũy tiến: 3% đến 50tr, 5% trở lên", "marginal"),
        ("3% đến 50tr, 5% trở lên, tính từng phần", "marginal"),
    ],
)
def test_the_line_may_say_how_tiers_pay(line: str, mode: str) -> None:
    reading = read(line)
    (rule,) = reading.rules
    assert isinstance(rule.pay, Tiers)
    assert (rule.pay.mode, reading.mode_given, reading.doubts) == (mode, True, ())


PAID = ((50, 2_500_000), (80, 6 * MILLION), (100, 10 * MILLION), (150, 18 * MILLION))
FOUR_LEVELS = Levels(tuple((Fraction(done, 100), paid) for done, paid in PAID), "linear")
TWO_RATES = Levels(((Fraction(4, 5), Fraction(1, 100)), (Fraction(1), Fraction(2, 100))))


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("hoa hồng 5%", Rule("basic", Rate(Fraction(1, 20)))),
        ("1,5% doanh số", Rule("basic", Rate(Fraction(3, 200)))),
        ("lương cứng 5tr", Rule("salary", Salary(5 * MILLION))),
        ("phụ kiện 10%", Rule("add_on", Rate(Fraction(1, 10)), Only(products=("phụ kiện",)), instead=True)),
        ("bảo hiểm sức khỏe thêm 2%", Rule("add_on", Rate(Fraction(1, 50)), Only(products=("bảo hiểm sức khỏe",)))),
        ("bán kèm ốp lưng 10%", Rule("add_on", Rate(Fraction(1, 10)), Only(products=("ốp lưng",)))),
        ("iPhone 15 thêm 1%", Rule("add_on", Rate(Fraction(1, 100)), Only(products=("iPhone 15",)))),
        ("đèn bàn 6%", Rule("add_on", Rate(Fraction(3, 50)), Only(products=("đèn bàn",)), instead=True)),
        ("qua shopee 4%", Rule("add_on", Rate(Fraction(1, 25)), Only(channels=("shopee",)), instead=True)),
        ("tái mua 2%", Rule("repurchase", Rate(Fraction(1, 50)), Only(repeat=True), instead=True)),
        ("khách cũ mua lại thêm 2%", Rule("repurchase", Rate(Fraction(1, 50)), Only(repeat=True))),
        ("khách mới 10%", Rule("basic", Rate(Fraction(1, 10)), Only(repeat=False), instead=True)),
        ("giới thiệu 5%", Rule("referral", Rate(Fraction(1, 20)), Only(referral=True), instead=True)),
        ("ref F1 thêm 5%", Rule("referral", Rate(Fraction(1, 20)), Only(referral=True))),
        ("200k mỗi khách giới thiệu", Rule("referral", PerThing(200_000, "order"), Only(referral=True))),
        ("20k mỗi đơn", Rule("fixed", PerThing(20_000, "order"))),
        ("20k/đơn", Rule("fixed", PerThing(20_000, "order"))),
        ("5k/sản phẩm", Rule("fixed", PerThing(5_000, "unit"))),
        ("mỗi gói bảo hiểm xe 50k", Rule("fixed", PerThing(50_000, "unit"), Only(products=("bảo hiểm xe",)))),
        ("100k mỗi khách mới", Rule("fixed", PerThing(100_000, "customer"))),
        ("50k mỗi cuộc hẹn", Rule("event", PerThing(50_000, "meeting"))),
        ("thưởng 1tr khi đủ 20 đơn", Rule("event", Bonus(MILLION, "order", 20))),
        ("cứ mỗi 10 đơn thưởng 500k", Rule("event", Bonus(500_000, "order", 10, again=True))),
        ("thưởng 2tr khi doanh số đạt 100tr", Rule("event", Bonus(2 * MILLION, "amount", 100 * MILLION))),
        ("thưởng Tết 2tr ngày 15/1/2027", Rule("event", OnDay(2 * MILLION, date(2027, 1, 15)), label="Tết")),
        (
            "đạt 50% thưởng 2,5tr, 80% 6tr, 100% 10tr, 150% 18tr, đường thẳng, chỉ tiêu 120tr",
            Rule("level", ByCompletion(FOUR_LEVELS, quota=120 * MILLION)),
        ),
        (
            "đạt 80% KPI: 1%, 100%: 2%",
            Rule("level", ByCompletion(TWO_RATES, rates=True)),
        ),
        (
            "từng đơn: dưới 5tr 10%, từ 5tr 15%",
            Rule("tier", Each(Tiers((Tier(0, Fraction(1, 10)), Tier(5 * MILLION, Fraction(15, 100)))))),
        ),
        ("trên 1 tỷ 2 hưởng 8%", Rule("tier", Tiers((Tier(0, Fraction(0)), Tier(1_200 * MILLION, Fraction(8, 100)))))),
    ],
)  # fmt: skip
def test_one_rule_of_each_kind(line: str, rule: Rule) -> None:
    reading = read(line)
    assert reading.doubts == ()
    assert reading.rules == (rule,)


def test_settings_stand_beside_the_rules() -> None:
    reading = read(
        "5% tiền đã thu theo quý; không trừ hàng hoàn; tối đa 20tr; tối thiểu 3tr".replace("5% ", "5% trên ")
    )
    assert reading.doubts == ()
    assert (reading.every, reading.base, reading.refunds) == ("quarter", "received", "none")
    assert (reading.cap, reading.floor) == (20 * MILLION, 3 * MILLION)
    assert read("5% doanh thu thuần").refunds == "own_period"


def test_what_a_line_says_nothing_of_stays_as_it_was() -> None:
    before = Version(None, (), "received", "none", "completed", cap=9 * MILLION, floor=MILLION)
    line = "4%, tối đa 8tr"
    rules = (Rule("basic", Rate(Fraction(1, 25))),)
    after = Version(TODAY, rules, "received", "none", "completed", 8 * MILLION, MILLION, line)
    assert read(line).version(TODAY, before) == after
    plain = read("4%").version(None)
    assert (plain.base, plain.refunds, plain.date, plain.cap) == ("revenue", "claw_back", "ordered", None)


def test_several_rules_keep_their_order() -> None:
    reading = read("lương cứng 5tr, 2% doanh số, phụ kiện 10%, tái mua thêm 1%, 20k mỗi đơn")
    assert [rule.kind for rule in reading.rules] == ["salary", "basic", "add_on", "repurchase", "fixed"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", "kpi.commission_line_empty"),
        ("tối đa 20tr", "kpi.commission_line_empty"),
        ("blah blah", "kpi.commission_clause_unknown"),
        ("3% đến 50", "kpi.commission_clause_unknown"),
        ("120%", "kpi.commission_clause_unknown"),
        ("thuế 10%", "kpi.commission_clause_unknown"),
        ("5%, phạt 2%", "kpi.commission_clause_unknown"),
        ("5%, tuyến dưới 1%", "kpi.commission_second_level"),
        ("3% đến 50tr", "kpi.commission_tiers_open"),
        ("5% đến 100tr, 8% từ 120tr", "kpi.commission_tiers_gap"),
        ("5% đến 100tr, 8% từ 80tr", "kpi.commission_tiers_gap"),
        ("5% đến 100tr, 4% đến 50tr, 8% trở lên", "kpi.commission_tiers_gap"),
        ("ref 5%, tầng 2 2%", "kpi.commission_second_level"),
        ("ref F1 5%, F2 2%", "kpi.commission_second_level"),
        ("giới thiệu cấp hai 1%", "kpi.commission_second_level"),
        ("đạt 80% thưởng 6tr, 100% 2%", "kpi.commission_levels_mixed"),
        ("5%, tối đa 2tr, tối thiểu 3tr", "kpi.commission_cap_below_floor"),
        ("5%" + " " * 1000, "kpi.commission_line_too_long"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_said(line: str, code: str) -> None:
    reading = read(line)
    assert [doubt.code for doubt in reading.doubts][:1] == [code]
    with pytest.raises(ValueError, match="understood"):
        reading.version(None)


@given(
    st.lists(st.integers(1, 900), min_size=1, max_size=4),
    st.lists(st.integers(0, 400), min_size=5, max_size=5),
    st.sampled_from(["upto", "ranges", "below"]),
)
def test_tiers_that_are_written_out_are_read_back(gaps: list[int], tenths: list[int], form: str) -> None:
    ends = [end * MILLION for end in accumulate(gaps)]
    rates = [Fraction(tenth, 1000) for tenth in tenths[: len(ends) + 1]]
    said = [f"{tenth // 10},{tenth % 10}%" for tenth in tenths]
    if form == "ranges":
        starts = [0, *ends]
        parts = [f"{said[n]} từ {starts[n] // MILLION}tr đến {end // MILLION}tr" for n, end in enumerate(ends)]
    else:
        word = "đến" if form == "upto" else "dưới"
        parts = [f"{said[n]} {word} {end // MILLION}tr" for n, end in enumerate(ends)]
    reading = read(", ".join([*parts, f"{said[len(ends)]} trở lên"]))
    assert reading.doubts == ()
    (rule,) = reading.rules
    assert rule.pay == Tiers(tuple(map(Tier, [0, *ends], rates)))


SAID = (
    "3% 5% 80% 100% 50tr 1tỷ 20k 20 đơn sản-phẩm đạt thưởng đến từ trên dưới trở-lên tái-mua giới-thiệu mỗi thêm , ; :"
    " / - và lương-cứng tối-đa toàn-bộ ngày-15/1 tầng-2 phụ-kiện khách-mới đủ khi %% ( < ≥"
)
WORDS = st.sampled_from([word.replace("-", " ") for word in SAID.split()])


@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_line_is_read_without_an_error_and_pays_only_what_can_be_kept(line: str) -> None:
    reading = read(line)
    assert reading.rules or reading.doubts
    if not reading.doubts:
        version = reading.version(None)
        assert version.rules == reading.rules
        assert all(rule.pay is not None for rule in version.rules)


@pytest.mark.parametrize(
    "line",
    ["them " * 200, "5% " * 300, "P A N " * 160, "1" * 1000, "1.1" * 330, "a " * 45 + "5%", "cho " * 48 + "x 5% ",
     "0-" * 500, "3% đến " * 140, "một " * 50 + "đơn 5k", "," * 1000, "%" * 1000],
)  # fmt: skip
def test_no_line_takes_long(line: str) -> None:
    began = time.perf_counter()
    read(line[:1000])
    assert time.perf_counter() - began < 1
