"""Customers, deals, funnels and promises: the worked numbers, and what must hold whatever is in the book."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.kpi.model import Activity, Line, Opportunity, Promise, Sale, StageEvent
from toolkit.kpi.people.buyers import buyer, is_nobody
from toolkit.kpi.people.customers import Bought, customers
from toolkit.kpi.people.deals import By, counted, decisions, grouped
from toolkit.kpi.people.funnel import Told, count_stages, known_stages
from toolkit.kpi.people.returning import returning
from toolkit.kpi.people.word import standing, word

AT = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 11, 1)
END = date(2027, 1, 1)


def sale(number: int = 1, **fields: object) -> Sale:
    known: dict[str, object] = {"engagement": "own", "kind": "sale", "status": "done", "ordered": DAY, "amount": 100}
    return Sale(id=number, run=1, made_at=AT, **(known | fields))  # type: ignore[arg-type]


def deal(number: int, outcome: str = "open", **fields: object) -> Opportunity:
    known: dict[str, object] = {"opened": DAY, "closed": None if outcome == "open" else DAY}
    return Opportunity(id=number, engagement="own", outcome=outcome, run=1, made_at=AT, **(known | fields))  # type: ignore[arg-type]


def days(*offsets: int) -> list[date]:
    return [DAY + timedelta(days=offset) for offset in offsets]


def test_two_of_seven_customers_came_back_with_how_sure_that_is() -> None:
    visits = [(1, 0), (1, 9), (2, 1), (2, 4), (3, 1), (4, 2), (5, 2), (6, 3), (7, 5)]
    sales = [sale(n, customer=who, ordered=DAY + timedelta(days=day)) for n, (who, day) in enumerate(visits)]
    found = returning(sales, None, END)
    assert found.repeat.value == Fraction(2, 7)
    assert found.repeat.low == pytest.approx(0.1253, abs=5e-5)
    assert found.repeat.high == pytest.approx(0.5275, abs=5e-5)
    assert found.gap == 6
    assert found.gaps == 2
    assert {number for _, number, _ in found.who} == {1, 2}


def test_being_sent_by_an_old_customer_is_not_coming_back() -> None:
    found = returning([sale(1, customer=1, referral=True, referrer="khách cũ"), sale(2, customer=2)], None, END)
    assert found.repeat.part == 0
    assert (found.referred.part, found.referred.whole) == (1, 2)


def test_two_purchases_of_one_day_are_one_visit_unless_the_member_says_otherwise() -> None:
    assert returning([sale(1, customer=1), sale(2, customer=1)], None, END).repeat.part == 0
    assert not customers([sale(1, customer=1), sale(2, customer=1)], None, END).known["own", 1, ""].came_back
    assert returning([sale(1, customer=1, repeat=True)], None, END).repeat.part == 1


def test_who_bought_in_an_earlier_month_comes_back_in_this_one() -> None:
    first, second = DAY, DAY + timedelta(days=40)
    sales = [sale(1, customer=1, ordered=first), sale(2, customer=1, ordered=second)]
    assert returning(sales, second, END).repeat.part == 1
    assert returning(sales, first, second).repeat.part == 0
    assert returning(sales, second, END, within=39).repeat.part == 0
    assert returning(sales, second, END, within=40).repeat.part == 1
    assert returning(sales, second + timedelta(days=1), END).repeat.whole == 0


@pytest.mark.parametrize("name", ["Khách lẻ", "KHACH LE", "khách vãng lai", "Guest", "Walk-in customer", ""])
def test_a_walk_in_customer_is_nobody(name: str) -> None:
    assert is_nobody(name)
    assert buyer(sale(customer_name=name)) is None
    found = returning([sale(1, customer_name=name), sale(2, customer_name=name, ordered=DAY + timedelta(1))], None, END)
    assert found.repeat.value is None
    assert found.unnamed == 2


def test_a_contact_called_like_a_walk_in_is_nobody_and_one_without_a_name_is_somebody() -> None:
    assert buyer(sale(customer=4, customer_name="Khách lẻ")) is None
    assert buyer(sale(customer=4, customer_name="")) == ("own", 4, "")


def test_equal_names_with_different_phones_are_two_customers() -> None:
    one, other = sale(1, customer=1, customer_name="chị Hoa"), sale(2, customer=2, customer_name="chị Hoa")
    assert len(customers([one, other], None, END).known) == 2
    spelled = [sale(1, customer_name="chị Hoa"), sale(2, customer_name="Chi Hoa")]
    assert len(customers(spelled, None, END).known) == 1
    elsewhere = [sale(1, customer_name="chị Hoa"), sale(2, customer_name="chị Hoa", engagement="bao-hiem")]
    assert len(customers(elsewhere, None, END).known) == 2


def test_a_customer_is_worth_the_members_share_with_refunds_apart() -> None:
    sales = [
        sale(1, customer=1, amount=1001, share=5000),
        sale(2, customer=1, amount=300, kind="refund", share=5000),
        sale(3, customer=1, amount=999, status="cancelled"),
        sale(4, customer=1, amount=999, status="open"),
        sale(5, customer=1, amount=999, status="unknown"),
        sale(6, customer=1, amount=999, ordered=END),
    ]
    found = customers(sales, None, END).known["own", 1, ""]
    assert (found.purchases, found.open, found.refund_count) == (1, 1, 1)
    assert (found.amount, found.refunds, found.net) == (Fraction(1001, 2), Fraction(150), Fraction(701, 2))


SALES = st.lists(
    st.builds(
        lambda who, offset, amount, share, kind, status, repeat, referral: sale(
            offset * 31 + who + 5000, customer=who, customer_name="" if who else "Khách lẻ", amount=amount, share=share,
            ordered=DAY + timedelta(days=offset), kind=kind, status=status, repeat=repeat, referral=referral,
        ),
        st.integers(0, 4), st.integers(-40, 40), st.integers(0, 10**12), st.integers(0, 10_000),
        st.sampled_from(["sale", "refund"]), st.sampled_from(["done", "open", "cancelled", "returned", "unknown"]),
        st.booleans(), st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


@given(SALES, st.integers(-45, 45))
def test_shares_lie_between_nothing_and_everything_and_the_order_of_entry_changes_nothing(
    sales: list[Sale], offset: int
) -> None:
    since = DAY + timedelta(days=offset)
    found = returning(sales, since, END)
    for one in (found.repeat, found.referred):
        assert one.value is None or 0 <= one.value <= 1
    again = returning(sales[::-1], since, END)
    assert (again.repeat, again.gap, again.referred) == (found.repeat, found.gap, found.referred)
    assert customers(sales, None, END).known == customers(sales[::-1], None, END).known


@given(SALES)
def test_two_records_of_one_person_add_up_to_the_person(sales: list[Sale]) -> None:
    from dataclasses import replace

    apart = customers(sales, None, END)
    as_one = customers([replace(one, customer=1) if one.customer == 2 else one for one in sales], None, END)
    both = apart.known.get(("own", 1, ""), Bought()) + apart.known.get(("own", 2, ""), Bought())
    assert as_one.known.get(("own", 1, ""), Bought()) == both
    assert as_one.all == apart.all
    assert apart.all == sum(apart.known.values(), apart.nobody)


def test_nine_deals_won_and_twelve_lost_with_open_ones_beside_them() -> None:
    lost = [deal(n, "lost", reason="giá cao quá", reason_kind="price") for n in range(12)]
    open_ones = [deal(n + 100) for n in range(30)]
    found = counted(decisions(lost + open_ones, [sale(n) for n in range(9)], None, END))
    assert (found.won, found.lost) == (9, 12)
    assert found.rate.value == Fraction(9, 21)
    assert found.ratio == Fraction(3, 4)


def test_a_deal_won_and_its_sale_are_one() -> None:
    won = deal(1, "won", sale=5)
    assert counted(decisions([won], [sale(5), sale(6)], None, END)).won == 2
    assert counted(decisions([deal(1, "won")], [sale(5)], None, END)).won == 2
    assert counted(decisions([deal(1, "lost", closed=END)], [], None, END)).lost == 0


def test_orders_of_an_export_are_no_deals() -> None:
    assert decisions([], [sale(1, source="shopee", order="A1")], None, END) == ()


def test_reasons_are_kept_to_the_letter_under_their_kind() -> None:
    told = [
        deal(1, "lost", reason="Giá cao quá!", reason_kind="price"),
        deal(2, "lost", reason="đắt", reason_kind="price"),
        deal(3, "lost", reason="Giá cao quá!", reason_kind="price"),
        deal(4, "lost"),
        deal(5, "won"),
    ]
    groups = grouped(decisions(told, [], None, END), "reason")
    assert [(group.name, group.deals.lost, group.words) for group in groups] == [
        ("price", 3, ("Giá cao quá!", "đắt")),
        ("", 1, ()),
    ]


def test_deals_by_month_source_and_product() -> None:
    sales = [
        sale(1, referral=True, lines=(Line("bảo hiểm"),)),
        sale(2, channel="Zalo", ordered=DAY + timedelta(days=40), lines=(Line("a"), Line("b"))),
    ]
    decided = decisions([deal(3, "lost", source="zalo", product="Bảo hiểm")], sales, None, END)

    def shape(by: By) -> list[tuple[str, int, int]]:
        return [(group.name, group.deals.won, group.deals.lost) for group in grouped(decided, by)]

    assert shape("month") == [("2026-11", 1, 1), ("2026-12", 1, 0)]
    assert shape("source") == [("referral", 1, 0), ("zalo", 1, 1)]
    assert shape("product") == [("bảo hiểm", 1, 1), ("", 1, 0)]


def activity(kind: str, count: int, offset: int = 0) -> Activity:
    return Activity(1, "own", DAY + timedelta(days=offset), kind, count, 1, AT)


def test_a_hundred_and_eighty_conversations_for_twelve_sales() -> None:
    told = Told([activity("lead", 120), activity("meeting", 40), activity("meeting", 8), activity("quote", 20)], [],
                [sale(n) for n in range(8)])  # fmt: skip
    found = count_stages(("lead", "meeting", "quote", "won"), told, None, END)
    assert found.counts == (120, 48, 20, 8)
    assert found.needed(12) == 180
    assert [step.of_previous for step in found.steps][1:] == [Fraction(2, 5), Fraction(5, 12), Fraction(2, 5)]


def test_a_deal_counts_once_at_each_stage_in_the_period_it_came_there() -> None:
    lead, quote = days(0, 20)
    one = deal(1, stages=(StageEvent("lead", lead), StageEvent("quote", quote), StageEvent("quote", quote)))
    told = Told([activity("quote", 3)], [one], [])
    assert count_stages(("lead", "quote"), told, lead, quote).counts == (1, 3)
    assert count_stages(("lead", "quote"), told, quote, END).counts == (0, 1)
    assert count_stages(("quote",), told, None, END, counted="activities").counts == (3,)
    assert count_stages(("quote",), told, None, END, counted="deals").counts == (1,)


def test_orders_count_what_shops_sold_too_and_deals_only_what_was_decided() -> None:
    sales = [sale(1), sale(2, source="shopee"), sale(3, status="open")]
    told = Told([], [deal(1, "won", sale=1)], sales, sales)
    assert count_stages(("won", "orders"), told, None, END).counts == (1, 2)
    assert count_stages(("won",), told, None, END, counted="activities").counts == (0,)


def test_stages_of_the_members_own_follow_the_usual_ones() -> None:
    told = deal(1, stages=(StageEvent("ký hợp đồng", DAY), StageEvent("lead", DAY)))
    assert known_stages([activity("quote", 1)], [told]) == ("lead", "quote", "won", "ký hợp đồng")


def promise(outcome: str = "open", **fields: object) -> Promise:
    return Promise(1, "own", "gửi báo giá", DAY, 1, AT, outcome=outcome, **fields)  # type: ignore[arg-type]


def test_a_promise_stands_as_it_did_on_the_day_that_is_looked_at() -> None:
    one, two, three = days(1, 2, 3)
    assert [standing(promise(due=two), day) for day in (one, two, three)] == ["open", "today", "unmarked"]
    assert standing(promise("kept", due=one, closed=three), two) == "unmarked"
    assert standing(promise("kept", due=one, closed=three), three) == "kept"
    assert standing(promise(), three) == "open"


def test_ones_word_is_what_was_kept_of_what_was_due_to_be() -> None:
    known = [promise("kept", closed=DAY), promise("kept", closed=DAY), promise("broken", closed=DAY)]
    known += [promise("released", closed=DAY), promise(), promise(due=DAY)]
    found = word(known, DAY + timedelta(days=1))
    assert (found.kept, found.broken, found.released, found.open, found.unmarked) == (2, 1, 1, 1, 1)
    assert found.share.value == Fraction(2, 3)
    assert word([], DAY).share.value is None
    assert word(known, DAY - timedelta(days=1)).share.whole == 0
