"""What is fetched from Google in parts, in any order, is what is fetched at once; nothing that is typed breaks it."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders.google_figures import NUMBER, SCOPES, URL, a_site, fill
from builders.google_side import Counted, client_of
from toolkit.core.errors import UsageError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.measurement import read_property, read_search_site
from toolkit.sitestats.adapters.google_tables import TABLES, open_google
from toolkit.sitestats.service.pulling import Span, pull_analytics, pull_search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.sitestats.adapters.sites import Site

FIRST, LAST = date(2026, 11, 6), date(2026, 11, 12)
SPANS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.booleans(), st.integers(0, 12)), max_size=2)


@pytest.fixture(scope="module")
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle(scopes=SCOPES) as server:
        fill(server, first=FIRST, days=7)
        yield server


def kept(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    with tempfile.TemporaryDirectory() as scratch, open_google(site, Path(scratch)) as connection:
        assert connection is not None
        return {
            table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall())
            for tables in TABLES.values()
            for table in tables
        }


@given(SPANS)
@settings(max_examples=5)
@example([(0, 3, False, 0), (2, 4, True, 12), (0, 0, False, 3)])
def test_days_fetched_in_any_order_are_those_fetched_at_once(
    google: LoopbackGoogle, spans: list[tuple[int, int, bool, int]]
) -> None:
    now = datetime(2026, 11, 13, 12, tzinfo=UTC)
    whole = Span(FIRST, LAST)
    with tempfile.TemporaryDirectory() as home, client_of(google, Counted()) as client:
        parted, at_once = a_site(Path(home)), a_site(Path(home), "khac")
        for begin, length, again, later in spans:
            span = Span(FIRST + timedelta(days=begin), FIRST + timedelta(days=begin + length), again)
            pull_analytics(parted, client, NUMBER, span=span, now=now + timedelta(days=later))
            pull_search(parted, client, URL, span=span, now=now + timedelta(days=later))
        for site in (parted, at_once):
            pull_analytics(site, client, NUMBER, span=whole, now=now + timedelta(days=20))
            pull_search(site, client, URL, span=whole, now=now + timedelta(days=20))
        assert {table: [row for row in rows if row[0] <= LAST] for table, rows in kept(parted).items()} == kept(at_once)


@given(st.text(max_size=40) | st.from_regex(r"(properties/)?[0-9]{1,17}", fullmatch=True))
def test_a_property_is_digits_or_is_refused(typed: str) -> None:
    try:
        number = read_property(typed)
    except UsageError:
        return
    assert number.isascii()
    assert number.isdigit()
    assert number in typed


@given(st.text(max_size=40) | st.from_regex(r"(sc-domain:|https?://)[a-z.:/? -]{0,20}", fullmatch=True))
def test_a_site_of_search_console_has_no_room_for_anything_else(typed: str) -> None:
    try:
        site = read_search_site(typed)
    except UsageError:
        return
    assert site.startswith("sc-domain:") or site.endswith("/")
    assert not {*"?# \n"} & {*site}
    assert read_search_site(site) == site
