"""What visits come to, against reckoning by hand: goals, funnels, reading times, coming back."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.sitestats import conversion
from toolkit.sitestats.adapters.database import open_database
from toolkit.sitestats.adapters.figures import run, sql_of
from toolkit.sitestats.adapters.ingest import Ingest
from toolkit.sitestats.adapters.rollup import roll_up
from toolkit.sitestats.metrics import Filters
from toolkit.sitestats.model import Goal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

NOW = int(datetime(2026, 12, 22, 12, tzinfo=UTC).timestamp())
BEGIN = datetime(2026, 11, 20, 8, tzinfo=UTC)
AGENT = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36"
)
THANKS = Goal("mua", "/cam-on")


class Asked(NamedTuple):
    """A request, by the half minute, of one of a few visitors."""

    half: int
    address: int
    path: str
    method: str = "GET"
    status: int = 200
    referrer: str = "-"

    @property
    def line(self) -> str:
        when = f"{BEGIN + timedelta(seconds=30 * self.half):%d/%b/%Y:%H:%M:%S} +0000"
        asked = f'"{self.method} {self.path} HTTP/1.1" {self.status} 100 "{self.referrer}" "{AGENT}"'
        return f"203.0.113.{self.address} - - [{when}] {asked}"


def figures(folder: Path, asked: Iterable[Asked], *metrics: Any, chosen: Filters = Filters()) -> list[Any]:  # noqa: B008
    log = folder / "access.log"
    log.write_text("".join(f"{one.line}\n" for one in asked), "utf-8")
    with open_database(None, folder) as connection:
        ingest = Ingest(connection, zone="UTC", now=NOW, own_hosts=["shop.example"])
        ingest.file(log, name="combined")
        roll_up(connection, ingest.days)
        return [run(connection, metric, chosen, None) for metric in metrics]


def by_hand(asked: Sequence[Asked]) -> list[list[Asked]]:
    """The visits: requests of one address on one day, a new one after more than 30 minutes."""
    visits: dict[tuple[int, int], list[list[Asked]]] = defaultdict(list)
    for one in sorted(asked, key=lambda one: one.half):  # stable: within a moment the log's own order
        of = visits[one.address, (BEGIN + timedelta(seconds=30 * one.half)).day]
        if not of or one.half - of[-1][-1].half > 60:
            of.append([])
        of[-1].append(one)
    return [visit for each in visits.values() for visit in each]


def visitor(visit: Sequence[Asked]) -> tuple[int, int]:
    return visit[0].address, (BEGIN + timedelta(seconds=30 * visit[0].half)).day


def reached(one: Asked, path: str) -> bool:
    fits = one.path.startswith(path[:-1]) if path.endswith("*") else one.path == path
    shown = one.method == "GET" and (one.status < 300 or one.status == 304)
    return fits and (shown or (one.method == "POST" and one.status < 400))


PATHS = ("/", "/a", "/a/b", "/cam-on", "/cam-on/2", "/x.css")
ASKED = st.builds(
    Asked, st.integers(0, 2_500), st.integers(1, 3), st.sampled_from(PATHS),
    st.sampled_from(["GET", "GET", "POST", "HEAD"]), st.sampled_from([200, 200, 200, 304, 302, 404]),
    st.sampled_from(["-", "https://zalo.me/", "https://www.google.com/"]),
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(ASKED, min_size=1, max_size=60))
def test_conversions_are_visits_in_which_the_goal_was_reached(tmp_path: Path, asked: list[Asked]) -> None:
    goals = (THANKS, Goal("xem", "/a*"))
    found, sources, days = figures(
        tmp_path, asked, conversion.conversions(*goals), conversion.conversions_by(THANKS, "source"),
        conversion.conversions_by(THANKS, "day"),
    )  # fmt: skip
    visits = by_hand(asked)
    for row, goal in zip(found, goals, strict=True):
        times = [sum(reached(one, goal.path) for one in visit) for visit in visits]
        assert (row["conversions"], row["reached"]) == (sum(map(bool, times)), sum(times))
        assert row["visitors"] == len({visitor(visit) for visit, n in zip(visits, times, strict=True) if n})
    for rows in (sources, days):
        assert sum(row["visits"] for row in rows) == len(visits)
        assert sum(row["conversions"] for row in rows) == found[0]["conversions"]
        assert sum(row["reached"] for row in rows) == found[0]["reached"]


def through(visit: Sequence[Asked], steps: Sequence[str]) -> int:
    """How many steps of a funnel a visit came to."""
    done = 0
    for one in visit:
        if done < len(steps) and reached(one, steps[done]):
            done += 1
    return done


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.lists(ASKED, min_size=1, max_size=80),
    steps=st.lists(st.sampled_from([*PATHS, "/a*", "/cam-on*"]), min_size=1, max_size=4),
)
def test_a_funnel_counts_visits_that_came_so_far_in_this_order(
    tmp_path: Path, asked: list[Asked], steps: list[str]
) -> None:
    goals = [Goal(step, step) for step in steps]
    [whole], parts = figures(tmp_path, asked, conversion.funnel(goals), conversion.funnel(goals, "source"))
    depth = Counter(through(visit, steps) for visit in by_hand(asked))
    for place in range(1, len(steps) + 1):
        meant = sum(n for done, n in depth.items() if done >= place)
        assert whole[f"step_{place}"] == meant
        assert sum(row[f"step_{place}"] for row in parts) == meant
    assert whole["visits"] == sum(row["visits"] for row in parts) == depth.total()


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(ASKED, min_size=1, max_size=60))
def test_reading_times_and_coming_back_are_what_counting_by_hand_gives(tmp_path: Path, asked: list[Asked]) -> None:
    times, often = figures(tmp_path, asked, conversion.reading_times, conversion.visits_a_day)
    gaps: dict[str, list[int]] = defaultdict(list)
    visits = by_hand(asked)
    for visit in visits:
        pages = [
            one for one in visit if one.method == "GET" and one.status in (200, 304) and not one.path.endswith(".css")
        ]
        for one, following in pairwise(pages):
            gaps[one.path].append(30 * (following.half - one.half))
    assert {row["path"]: (row["views"], row["seconds"]) for row in times} == {
        path: (len(each), sorted(each)[(len(each) - 1) // 2]) for path, each in gaps.items()
    }
    counted = Counter(map(visitor, visits))
    assert {row["visits"]: row["visitors"] for row in often} == Counter(counted.values())


def test_within_one_second_the_log_says_which_step_came_first(tmp_path: Path) -> None:
    there = [Asked(0, 1, "/a"), Asked(0, 1, "/cam-on")]
    steps = [Goal("a", "/a"), Goal("b", "/cam-on")]
    for asked, second in ((there, 1), (there[::-1], 0)):
        [[row]] = figures(tmp_path, asked, conversion.funnel(steps))
        assert (row["step_1"], row["step_2"]) == (1, second)


def test_one_request_is_never_two_steps(tmp_path: Path) -> None:
    steps = [Goal("a", "/a*"), Goal("b", "/a/b")]
    [[row]] = figures(tmp_path, [Asked(0, 1, "/a/b")], conversion.funnel(steps))
    assert (row["step_1"], row["step_2"]) == (1, 0)


@pytest.mark.parametrize(
    ("method", "status", "meant"),
    [("GET", 200, 1), ("GET", 304, 1), ("GET", 302, 0), ("GET", 404, 0), ("POST", 303, 1), ("POST", 422, 0),
     ("HEAD", 200, 0)],
)  # fmt: skip
def test_a_goal_is_reached_by_a_page_shown_or_a_form_taken(
    tmp_path: Path, method: str, status: int, meant: int
) -> None:
    [[row]] = figures(tmp_path, [Asked(0, 1, "/cam-on", method, status)], conversion.conversions(THANKS))
    assert row["conversions"] == meant


def test_filters_choose_visits_and_the_goal_is_looked_for_in_all_of_them(tmp_path: Path) -> None:
    asked = [Asked(0, 1, "/a", referrer="https://zalo.me/"), Asked(2, 1, "/cam-on"), Asked(0, 2, "/cam-on")]
    for chosen in (Filters(path="/a"), Filters(source="Zalo")):
        [[row], rows] = figures(
            tmp_path, asked, conversion.conversions(THANKS), conversion.conversions_by(THANKS, "entry_source"),
            chosen=chosen,
        )  # fmt: skip
        assert row["conversions"] == 1
        assert [(one["entry"], one["source"], one["visits"], one["conversions"]) for one in rows] == [
            ("/a", "Zalo", 1, 1)
        ]


def test_a_conversion_is_of_the_source_and_the_page_that_the_visit_began_with(tmp_path: Path) -> None:
    asked = [Asked(0, 1, "/a", referrer="https://zalo.me/"), Asked(1, 1, "/cam-on", referrer="https://shop.example/a")]
    asked += [Asked(0, 2, "/?utm_campaign=tet2027&utm_source=zalo"), Asked(9, 2, "/cam-on"), Asked(9, 3, "/")]
    rows = figures(tmp_path, asked, *(conversion.conversions_by(THANKS, by) for by in conversion.BY))
    found = dict(zip(conversion.BY, rows, strict=True))
    assert [(row["campaign"], row["conversions"]) for row in found["campaign"]] == [("tet2027", 1)]
    assert {(row["entry"], row["conversions"], row["visits"]) for row in found["entry"]} == {("/a", 1, 1), ("/", 1, 2)}
    assert [(row["source"], row["medium"], row["conversions"]) for row in found["source"]] == [
        ("Zalo", "campaign", 1), ("Zalo", "social", 1), ("", "direct", 0),
    ]  # fmt: skip


def test_events_are_no_pages_and_pages_no_events(tmp_path: Path) -> None:
    with open_database(None, tmp_path) as connection:
        log = tmp_path / "access.log"
        log.write_text(Asked(0, 1, "/gui").line + "\n", "utf-8")
        ingest = Ingest(connection, zone="UTC", now=NOW)
        ingest.file(log, name="combined")
        connection.execute(f"INSERT INTO hits SELECT * REPLACE ('{conversion.EVENT}' AS method) FROM hits")
        roll_up(connection, ingest.days)
        found = run(connection, conversion.conversions(Goal("a", "/gui"), Goal("b", event="/gui")), Filters(), None)
    assert [row["reached"] for row in found] == [1, 1]


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark", "clickhouse"])
def test_every_figure_can_be_asked_of_every_engine(dialect: str) -> None:
    goals = [THANKS, Goal("b", event="gui")]
    metrics = [conversion.conversions(*goals), conversion.funnel(goals), conversion.funnel(goals, "entry_source")]
    metrics += [*(conversion.conversions_by(THANKS, by) for by in conversion.BY), *conversion.FIGURES.values()]
    assert all(sql_of(metric, Filters(path="/a*"), 5, dialect) for metric in metrics)
