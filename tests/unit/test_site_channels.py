"""Which visits a sale belongs to: by its channel, by codes, by the member's own words, and never by guessing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.kpi_books import sale
from toolkit.composed.channels import DIRECT, Came, Words, beside

if TYPE_CHECKING:
    from toolkit.composed.channels import By

CAME = [Came("Zalo", 40, 30), Came(DIRECT, 20, 20), Came("Facebook", 10, 9)]
WORDS = Words(
    sources=frozenset({"Zalo", "Facebook", "TikTok", "Google"}),
    campaigns={"tet2027": frozenset({"Zalo"}), "he-2026": frozenset({"Zalo", "Facebook"}), "Hoa": frozenset({"Zalo"})},
    pages=frozenset({"/", "/khuyen-mai", "/khuyen-mai/2"}),
    own={"bạn bè": DIRECT, "hội chợ": "campaign:tet2027", "KM8": "/khuyen-mai", "oa": "Zalo"},
)


def placed(by: By, **fields: Any) -> str:
    """The name of the row that one sale belongs to, or the reason for none."""
    found = beside(CAME, [sale(100, **{"sentence": "", "customer_name": "", **fields})], WORDS, by)
    rows = [row.name for row in found.rows if row.sales]
    assert len(rows) + len(found.apart) == 1
    return f"row:{rows[0]}" if rows else found.apart[0].reason


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        ({"channel": "zalo"}, "row:Zalo"),
        ({"channel": "Nhóm Zalo"}, "row:Zalo"),
        ({"channel": "OA"}, "row:Zalo"),
        ({"channel": "tiktok"}, "row:TikTok"),
        ({"channel": "shopee"}, "unknown_channel"),
        ({"channel": "zalo facebook"}, "several"),
        ({}, "no_channel"),
        ({"note": "bạn bè chỉ đến"}, f"row:{DIRECT}"),
        ({"channel": "facebook", "note": "bạn bè"}, "row:Facebook"),
        ({"note": "mã TET2027"}, "row:Zalo"),
        ({"note": "mã he 2026"}, "no_channel"),
        ({"note": "mã tet2027 và he-2026"}, "several"),
        ({"sentence": "bán cho chị Hoa 12tr"}, "no_channel"),
        ({"note": "%%tet2027%%"}, "no_channel"),
        ({"note": "tet20279"}, "no_channel"),
    ],
)
def test_a_sale_belongs_to_the_source_that_it_names(fields: dict[str, Any], meant: str) -> None:
    assert placed("source", **fields) == meant


@pytest.mark.parametrize(
    ("by", "fields", "meant"),
    [
        ("campaign", {"note": "TET2027"}, "row:tet2027"),
        ("campaign", {"order": "HE-2026"}, "row:he-2026"),
        ("campaign", {"note": "gặp ở hội chợ"}, "row:tet2027"),
        ("campaign", {"channel": "zalo"}, "no_code"),
        ("campaign", {"note": "tet2027 he-2026"}, "several"),
        ("entry", {"note": "vào từ /khuyen-mai/"}, "row:/khuyen-mai"),
        ("entry", {"note": "KM8"}, "row:/khuyen-mai"),
        ("entry", {"note": "/khuyen-mai/2, /khuyen-mai"}, "several"),
        ("entry", {"note": "/ hay gì đó"}, "no_code"),
    ],
)
def test_campaigns_and_pages_are_found_by_codes(by: By, fields: dict[str, Any], meant: str) -> None:
    assert placed(by, **fields) == meant


def test_revenue_per_visit_is_exact_and_none_where_nobody_came() -> None:
    sold = [sale(100, channel="zalo"), sale(7, channel="zalo", share=3333), sale(50, channel="tiktok")]
    found = {row.name: row for row in beside(CAME, sold, WORDS, "source").rows}
    assert found["Zalo"].revenue == 100 + Fraction(7 * 3333, 10_000)
    assert found["Zalo"].per_visit == found["Zalo"].revenue / 40
    assert (found["TikTok"].visits, found["TikTok"].revenue) == (0, Fraction(50))
    assert found["TikTok"].per_visit is None
    assert found["Facebook"].per_visit == 0


TOLD = st.builds(
    lambda amount, channel, note: sale(amount, channel=channel, note=note, sentence=""),
    st.integers(0, 10**9),
    st.sampled_from(["", "zalo", "Facebook", "shopee", "zalo fb", "web"]) | st.text(max_size=12),
    st.sampled_from(["", "tet2027", "he-2026 tet2027", "bạn bè", "/khuyen-mai", "KM8"]) | st.text(max_size=12),
)


@given(st.lists(TOLD, max_size=20), st.sampled_from(["source", "campaign", "entry"]))
def test_no_sale_is_lost_or_counted_twice(sold: list[Any], by: By) -> None:
    found = beside(CAME, sold, WORDS, by)
    assert sum(row.sales for row in found.rows) + sum(one.sales for one in found.apart) == len(sold)
    whole = sum((row.revenue for row in found.rows), Fraction(0)) + sum(
        (one.revenue for one in found.apart), Fraction(0)
    )
    assert whole == sum(one.credited for one in sold)
    assert [row.name for row in found.rows[: len(CAME)]] == [one.name for one in CAME]
