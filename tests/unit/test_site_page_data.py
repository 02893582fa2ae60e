"""The data of a page: never larger than a page may be, and what is left of a table is what it was."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from toolkit.pages.page import embedded
from toolkit.sitestats.adapters.google_figures import SearchDay, Searched, Searches
from toolkit.sitestats.cubes import Facts
from toolkit.sitestats.views.page_data import LONGEST, MOST_SEARCH_DAYS, fitted, searches_of, short

NAMES = ("all", "hours", "goals", "pages", "sources", "not_found")
KEYS = st.tuples(st.text(max_size=40), st.lists(st.integers(0, 10**6), max_size=12))


@st.composite
def pages(draw: st.DrawFn) -> dict[str, Any]:
    panels = {}
    for name in NAMES:
        rows = draw(st.lists(KEYS, max_size=12))
        cubes = [{"dimensions": ["day"], "rows": [figures for _, figures in rows]} for _ in range(2)]
        panels[name] = {"values": ["hits"], "keys": [[key] for key, _ in rows], "left": draw(st.integers(0, 9)),
                        "cubes": cubes}  # fmt: skip
    return {"words": {"a": "b"}, "panels": panels}


@given(pages(), st.integers(0, 4_000))
def test_data_fits_and_tables_lose_their_last_rows_alone(data: dict[str, Any], most: int) -> None:
    made = fitted(data, most)
    smallest = {**data, "panels": {}}
    for name, panel in data["panels"].items():
        kept = made["panels"][name]
        rows = len(kept["keys"])
        whole = name in ("all", "hours", "goals")
        assert rows == len(panel["keys"]) if whole else rows >= min(1, len(panel["keys"]))
        assert kept["keys"] == panel["keys"][:rows]
        assert [cube["rows"] for cube in kept["cubes"]] == [cube["rows"][:rows] for cube in panel["cubes"]]
        assert kept["left"] - panel["left"] == len(panel["keys"]) - rows
        few = len(panel["keys"]) if whole else 1
        cubes = [{**cube, "rows": cube["rows"][:few]} for cube in panel["cubes"]]
        smallest["panels"][name] = {**panel, "keys": panel["keys"][:few], "left": 99, "cubes": cubes}
    size = len(embedded(made).encode())
    assert size <= max(most, len(embedded(smallest).encode()))
    if len(embedded(data).encode()) <= most:
        assert made == data


def test_the_longest_table_makes_room_first() -> None:
    def table(rows: int) -> dict[str, Any]:
        keys = [[f"/{n:04d}"] for n in range(rows)]
        return {
            "values": [],
            "keys": keys,
            "left": 0,
            "cubes": [{"dimensions": [], "rows": [[n] for n in range(rows)]}],
        }

    made = fitted({"panels": {"pages": table(2_000), "sources": table(20), "files": table(300)}}, 12_000)["panels"]
    assert len(made["sources"]["keys"]) == 20
    assert len(made["files"]["keys"]) == 300
    assert 200 < len(made["pages"]["keys"]) < 1_000


@given(st.text(max_size=3 * LONGEST))
def test_a_text_is_shown_whole_or_without_its_middle(text: str) -> None:
    made = short(text)
    assert len(made) <= LONGEST
    assert not [sign for sign in made if unicodedata.category(sign) in {"Cc", "Cf", "Cs"}]
    if text.isascii() and text.isprintable():
        begin, cut, end = made.partition("…")
        assert made == text if len(text) <= LONGEST else cut and text.startswith(begin) and text.endswith(end)


def searched(rows: list[SearchDay]) -> Searches:
    return Searches(date(2026, 11, 1), date(2026, 11, 30), Searched("", 0, 0, None), 0, (), (), tuple(rows))


def test_rare_searches_make_room_where_they_are_too_many() -> None:
    first = date(2026, 1, 1)
    rows = [
        SearchDay("query", first + timedelta(days=day), f"text {n}", 900 - n, 1_000, 5_000)
        for n in range(600)
        for day in range(90)
    ]
    facts = Facts(first, first + timedelta(days=89), "day", {}, {})
    days, tables = searches_of(searched(rows), facts)
    found = tables["searches"]
    assert len(days) == 90
    assert found["keys"] == [[f"text {n}"] for n in range(MOST_SEARCH_DAYS // 90)]
    assert found["left"] == 600 - len(found["keys"])


@given(
    st.lists(
        st.tuples(
            st.integers(0, 119), st.sampled_from("abc"), st.integers(0, 99), st.integers(0, 999), st.integers(0, 10**6)
        ),
        max_size=30,
    ),
    st.sampled_from(["day", "month"]),
)
def test_every_search_within_the_days_of_the_page_is_in_it(
    told: list[tuple[int, str, int, int, int]], step: str
) -> None:
    first, last = date(2026, 8, 10), date(2026, 10, 20)
    rows = [SearchDay("query", date(2026, 7, 20) + timedelta(days=day), *more) for day, *more in told]  # type: ignore[arg-type]
    days, tables = searches_of(searched(rows), Facts(first, last, step, {}, {}))
    within = [row for row in rows if first <= row.day <= last]
    assert days == sorted({(row.day if step == "day" else row.day.replace(day=1)).isoformat() for row in within})
    wanted: dict[tuple[str, str], list[int]] = {}
    for row in within:
        day = row.day if step == "day" else row.day.replace(day=1)
        sums = wanted.setdefault((row.key, day.isoformat()), [0, 0, 0])
        for place, value in enumerate((row.clicks, row.impressions, row.position)):
            sums[place] += value
    found = {}
    for [key], packed in zip(tables["searches"]["keys"], tables["searches"]["cubes"][0]["rows"], strict=True):
        at = 0
        for cell in range(0, len(packed), 5):
            at += packed[cell]
            found[key, days[at]] = packed[cell + 1 : cell + 4]
    assert found == wanted
