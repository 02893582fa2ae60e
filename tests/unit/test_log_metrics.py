"""Every figure of the report against a reckoning by hand, filters included."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.sitestats.adapters.database import open_database
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.adapters.ingest import Ingest
from toolkit.sitestats.adapters.rollup import own_host, roll_up
from toolkit.sitestats.metrics import METRICS, Filters

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from toolkit.sitestats.model import Who

Figures: TypeAlias = "dict[str, list[dict[str, Any]]]"
NOW = int(datetime(2026, 12, 22, 12, tzinfo=UTC).timestamp())
BEGIN = datetime(2026, 11, 20, 8, tzinfo=UTC)
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36"
)
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
GPTBOT = "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)"


def line(
    minute: float, address: int, path: str = "/", *, status: int = 200, size: int = 100, referrer: str = "-",
    agent: str = PHONE,
) -> str:  # fmt: skip
    at = BEGIN + timedelta(minutes=minute)
    when = f"{at:%d/%b/%Y:%H:%M:%S} +0000"
    return f'203.0.113.{address} - - [{when}] "GET {path} HTTP/1.1" {status} {size} "{referrer}" "{agent}"'


ALL: Final = Filters()


def each(tmp_path: Path, lines: Iterable[str], *chosen: Filters, only: Iterable[str] = METRICS) -> list[Figures]:
    """The panels `only` of these lines, once for each part of the traffic that is chosen."""
    log = tmp_path / "access.log"
    log.write_text("".join(f"{one}\n" for one in lines), "utf-8")
    (tmp_path / "site.duckdb").unlink(missing_ok=True)
    with open_database(tmp_path / "site.duckdb", tmp_path) as connection:
        ingest = Ingest(connection, zone="UTC", now=NOW, own_hosts=["shop.example"])
        ingest.file(log, name="combined")
        roll_up(connection, ingest.days)
        return [{name: run(connection, METRICS[name], one, None) for name in only} for one in chosen]


def figures(tmp_path: Path, lines: Iterable[str], filters: Filters = ALL) -> Figures:
    return each(tmp_path, lines, filters)[0]


def test_a_visit_ends_after_thirty_minutes_without_a_request(tmp_path: Path) -> None:
    found = figures(tmp_path, [line(0, 1, "/a"), line(29, 1, "/b"), line(59, 1, "/c"), line(89.5, 1, "/d")])
    assert [row["sessions"] for row in found["totals"]] == [2]
    assert {row["path"]: row["sessions"] for row in found["entry_pages"]} == {"/a": 1, "/d": 1}
    assert {row["path"]: row["sessions"] for row in found["exit_pages"]} == {"/c": 1, "/d": 1}


def test_within_a_second_the_log_says_what_came_first(tmp_path: Path) -> None:
    many = [line(0, 1, f"/{k}") for k in range(20)]
    for lines in (many, [*many, line(45, 1, "/later"), line(45, 1, "/last")]):
        found = figures(tmp_path, lines)
        assert {row["path"] for row in found["exit_pages"]} == ({"/19"} if len(lines) == 20 else {"/19", "/last"})
        assert {row["path"] for row in found["entry_pages"]} == ({"/0"} if len(lines) == 20 else {"/0", "/later"})


def test_a_visitor_is_an_address_with_an_agent_on_a_day(tmp_path: Path) -> None:
    found = figures(tmp_path, [line(0, 1), line(5, 1), line(5, 1, agent=DESK), line(5, 2), line(24 * 60, 1)])
    assert found["totals"][0]["visitors"] == 4
    assert [(row["date"], row["visitors"]) for row in found["days"]] == [
        (date(2026, 11, 20), 3),
        (date(2026, 11, 21), 1),
    ]


@pytest.mark.parametrize(
    ("path", "referrer", "agent", "meant"),
    [
        ("/", "-", DESK, ("", "direct")),
        ("/", "https://www.google.com.vn/", DESK, ("Google", "search")),
        ("/", "https://l.facebook.com/l.php", PHONE, ("Facebook", "social")),
        ("/", "https://chatgpt.com/", DESK, ("ChatGPT", "ai")),
        ("/", "https://news.vnexpress.net/bai", DESK, ("vnexpress.net", "referral")),
        ("/", "http://semalt.com/crawler", DESK, ("semalt.com", "spam")),
        ("/", "https://shop.example/gio-hang", DESK, ("", "direct")),
        ("/?utm_source=zalo&utm_campaign=tet2027", "https://l.facebook.com/", PHONE, ("Zalo", "campaign")),
        ("/?fbclid=x", "-", PHONE, ("Facebook", "social")),
        ("/?gclid=x", "-", PHONE, ("Google", "campaign")),
        ("/", "-", f"{PHONE} Zalo android/24080", ("Zalo", "social")),
        ("/", "android-app://com.zing.zalo/", PHONE, ("Zalo", "social")),
    ],
)
def test_where_a_visit_came_from(tmp_path: Path, path: str, referrer: str, agent: str, meant: tuple[str, str]) -> None:
    found = figures(tmp_path, [line(0, 1, path, referrer=referrer, agent=agent), line(1, 1, "/b", agent=agent)])
    assert [(row["source"], row["medium"]) for row in found["sources"]] == [meant]


MARKED = "/?utm_source=zalo&utm_campaign=tet2027"


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        ([line(0, 1), line(5, 1, MARKED)], [("Zalo", "campaign", 1)]),  # one's own campaign tried on an open site
        ([line(0, 1, "/a"), line(5, 1, "/b?utm_source=email"), line(6, 1, MARKED)], [("Email", "campaign", 1)]),
        ([line(0, 1, referrer="https://www.google.com/"), line(5, 1, MARKED)], [("Google", "search", 1)]),
        ([line(0, 1, "/a?utm_source=email"), line(5, 1, MARKED)], [("Email", "campaign", 1)]),
        ([line(0, 1), line(5, 1, "/x?fbclid=1")], [("Facebook", "social", 1)]),
        ([line(0, 1), line(40, 1, MARKED), line(41, 1)], [("", "direct", 1), ("Zalo", "campaign", 1)]),
        ([line(0, 1), line(5, 1, "/a.png?utm_source=zalo")], [("", "direct", 1)]),
    ],
)
def test_a_visit_belongs_to_the_first_marked_link_where_nobody_is_known_to_have_led_there(
    tmp_path: Path, lines: list[str], meant: list[tuple[str, str, int]]
) -> None:
    found = figures(tmp_path, lines)
    assert sorted((row["source"], row["medium"], row["sessions"]) for row in found["sources"]) == meant


def test_people_and_programs_are_told_apart_with_a_reason(tmp_path: Path) -> None:
    lines = [line(0, 1), line(0, 1, "/style.css"), line(0, 2, agent=GOOGLEBOT), line(0, 3, agent=GPTBOT)]
    lines += [line(0, 4, agent="-"), line(0, 5, "/robots.txt", agent=DESK)]
    lines += [line(k / 10, 6, f"/wp-{k}.php", status=404, agent=DESK) for k in range(12)]
    lines += [line(k / 60, 7, f"/{k}", agent=DESK) for k in range(90)]
    lines += [line(k, 8, f"/{k}", agent=DESK) for k in range(6)]
    found = figures(tmp_path, lines)
    assert {row["who"]: row["visitors"] for row in found["kinds"]} == {
        "human": 1, "search": 1, "ai": 1, "bot": 3, "uncertain": 2,
    }  # fmt: skip
    reasons = {(row["who"], row["reason"]) for row in found["programs"]}
    assert reasons == {
        ("search", "says_search"), ("ai", "says_ai"), ("uncertain", "no_agent"), ("bot", "asks_robots"),
        ("bot", "probes"), ("bot", "hurries"), ("uncertain", "no_assets"),
    }  # fmt: skip
    assert found["totals"][0]["bots"] == 1 + 1 + 1 + 12 + 90


def test_the_own_host_is_the_one_whose_pages_fetch_the_images(tmp_path: Path) -> None:
    lines = [line(k, k, f"/{k}.png", referrer="https://www.shop.example/") for k in range(5)]
    lines += [line(0, 9, "/", referrer="https://www.google.com/") for _ in range(20)]
    log = tmp_path / "access.log"
    log.write_text("\n".join(lines), "utf-8")
    with open_database(tmp_path / "site.duckdb", tmp_path) as connection:
        Ingest(connection, zone="UTC", now=NOW).file(log, name="combined")
        assert own_host(connection) == "shop.example"


@pytest.mark.parametrize(
    ("hosts", "referrer", "own"),
    [
        ([""], "https://l.facebook.com/", ""),  # whoever leads here fetches the images with their own name
        ([""], "https://www.google.com/", ""),
        ([""], "https://shop.example/", "shop.example"),
        (["www.shop.example:443"], "https://l.facebook.com/", "shop.example"),
        (["shop.example:80", "www.shop.example:443", "203.0.113.9:80"], "https://zalo.me/", "shop.example"),
        (["a.example:80", "b.example:80"], "https://zalo.me/", ""),
    ],
)
def test_the_own_host_is_the_one_that_the_log_names_and_no_network(
    tmp_path: Path, hosts: list[str], referrer: str, own: str
) -> None:
    log = tmp_path / "access.log"
    lines = [f"{host} {line(k, k, f'/{k}.png', referrer=referrer)}".lstrip() for k in range(9) for host in hosts]
    log.write_text("\n".join(lines), "utf-8")
    with open_database(tmp_path / "site.duckdb", tmp_path) as connection:
        Ingest(connection, zone="UTC", now=NOW).file(log, name="vhost" if hosts[0] else "combined")
        assert own_host(connection) == own


REQUESTS = st.lists(
    st.builds(
        line,
        st.integers(0, 3_000).map(lambda halves: halves / 2),
        st.integers(1, 4),
        st.sampled_from(["/", "/a", "/a/b", "/c.css", "/d.png", "/a_b", "/axb"]),
        status=st.sampled_from([200, 200, 304, 301, 404, 500]),
        size=st.integers(0, 5_000),
        referrer=st.sampled_from(["-", "https://zalo.me/", "https://shop.example/a"]),
        agent=st.sampled_from([PHONE, DESK, GOOGLEBOT]),
    ),
    min_size=1,
    max_size=60,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=REQUESTS)
def test_figures_are_what_counting_by_hand_gives(tmp_path: Path, lines: list[str]) -> None:
    found = figures(tmp_path, lines)
    pages: Counter[str] = Counter()
    by_path: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    statuses: Counter[int] = Counter()
    visitors: set[tuple[str, str, str]] = set()
    size = 0
    for one in lines:
        parts = one.split('"')
        path, status, answer = parts[1].split(" ")[1], int(parts[2].split()[0]), int(parts[2].split()[1])
        visitor = (parts[0].split(" ")[0], parts[5], parts[0].partition("[")[2][:11])
        statuses[status] += 1
        visitors.add(visitor)
        size += answer
        if status in (200, 304) and not path.endswith((".css", ".png")):
            pages[path] += 1
            by_path[path].add(visitor)
    totals = found["totals"][0]
    assert (totals["hits"], totals["bytes"], totals["visitors"]) == (len(lines), size, len(visitors))
    assert totals["page_views"] == pages.total()
    assert {row["code"]: row["n"] for row in found["statuses"]} == statuses
    assert {row["path"]: (row["hits"], row["visitors"]) for row in found["pages"]} == {
        path: (n, len(by_path[path])) for path, n in pages.items()
    }
    for panel in ("browsers", "systems", "devices", "countries", "kinds", "days"):
        column = "requests" if panel == "days" else "hits"
        assert sum(row[column] for row in found[panel]) == len(lines)
        assert sum(row["visitors"] for row in found[panel]) == len(visitors)
    assert sum(row["hits"] for row in found["hours"]) == len(lines)
    assert sum(row["sessions"] for row in found["sources"]) == totals["sessions"]
    assert sum(row["sessions"] for row in found["entry_pages"]) == sum(row["sessions"] for row in found["exit_pages"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=REQUESTS)
def test_parts_of_the_traffic_make_up_the_whole(tmp_path: Path, lines: list[str]) -> None:
    until = date(2026, 11, 21)
    kinds: tuple[Who, ...] = ("human", "search", "uncertain", "bot")
    chosen = [ALL, *(Filters(who=frozenset({who})) for who in kinds), Filters(until=until), Filters(since=until)]
    whole, *found = (one["totals"][0] for one in each(tmp_path, lines, *chosen, only=["totals"]))
    for parts in (found[:4], found[4:]):
        for name in ("hits", "visitors", "sessions", "page_views", "bytes"):
            assert sum(part[name] or 0 for part in parts) == whole[name]


def test_a_path_filter_takes_signs_as_they_are_and_a_star_for_anything(tmp_path: Path) -> None:
    lines = [line(0, 1, "/a_b"), line(0, 2, "/axb"), line(0, 3, "/blog/1"), line(0, 4, "/blog/2"), line(0, 4, "/a_b")]
    for path, hits, visitors in (("/a_b", 2, 2), ("/a_*", 2, 2), ("/blog/*", 2, 2), ("/none", 0, 0)):
        totals = figures(tmp_path, lines, Filters(path=path))["totals"][0]
        assert (totals["hits"], totals["visitors"]) == (hits, visitors)


def test_a_source_filter_keeps_the_whole_visits_of_that_source(tmp_path: Path) -> None:
    lines = [line(0, 1, referrer="https://zalo.me/"), line(1, 1, "/b"), line(0, 2), line(1, 2, "/b")]
    found = figures(tmp_path, lines, Filters(source="zalo"))
    assert (found["totals"][0]["hits"], found["totals"][0]["visitors"]) == (2, 1)
    assert [row["path"] for row in found["pages"]] == ["/", "/b"]


def test_a_long_path_is_cut_between_its_letters(tmp_path: Path) -> None:
    found = figures(tmp_path, [line(0, 1, "/" + "%E1%BA%BF" * 3_000)])
    assert found["pages"][0]["path"] == "/" + "ế" * 1_999
