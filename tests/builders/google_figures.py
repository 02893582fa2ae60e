"""A small shop as Google has measured it: what Analytics and Search Console know of it on a loopback Google."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.demo.google.measurement import Property, Searched, View
from toolkit.google.measurement import ANALYTICS_READONLY, SEARCH_READONLY
from toolkit.sitestats.adapters.sites import Sites

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.demo.google_calendar import LoopbackGoogle
    from toolkit.sitestats.adapters.sites import Site

NUMBER = "123456789"
URL = "sc-domain:shop.example"
TODAY = date(2026, 11, 22)
SCOPES = (ANALYTICS_READONLY, SEARCH_READONLY)


def views(first: date, days: int, *, a_day: int = 4) -> list[View]:
    """On each day `a_day` people, each with one visit of two pages, every other one from Facebook."""
    return [
        View(first + timedelta(days=n), f"u{who}", f"s{n}-{who}", path, *source)
        for n in range(days)
        for who in range(a_day)
        for source in [("facebook", "social", "tet2027") if who % 2 else ("(direct)", "(none)", "(not set)")]
        for path in ("/", f"/ao-dai-{who}")
    ]


def searches(first: date, days: int) -> list[Searched]:
    """On each day two search texts that Google tells and one that it keeps to itself."""
    return [
        Searched(first + timedelta(days=n), query, page, clicks, shown, place)
        for n in range(days)
        for query, page, clicks, shown, place in (
            ("áo dài tết", "https://shop.example/ao-dai", 3, 40, 4.5),
            ("may áo dài", "https://shop.example/", 1, 10, 12.0),
            ("", "https://shop.example/ao-dai", 2, 5, 2.0),
        )
    ]


def fill(google: LoopbackGoogle, *, first: date = date(2026, 11, 1), days: int = 21) -> None:
    """Give the loopback Google a property and a site that the member may see."""
    google.analytics.properties[NUMBER] = Property(views=views(first, days))
    google.search.sites[URL] = searches(first, days)


def a_site(home: Path, name: str = "shop") -> Site:
    """A site that is kept, without any log as yet."""
    return Sites(home / "sites").add(name, zone="Asia/Ho_Chi_Minh", host="shop.example")
