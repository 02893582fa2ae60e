"""F05–F12, F16, F17, F19: whatever goes wrong with Google or on the way to it, a day's figures are there whole or not
at all, the member is told what it was, and the same command goes on where it was."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.google_figures import NUMBER, SCOPES, TODAY, URL, a_site, fill
from builders.google_side import Counted, client_of
from toolkit.core.errors import RemoteError, SignInError
from toolkit.core.outcome import Exit
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.client import GoogleClient
from toolkit.google.endpoint import Endpoint
from toolkit.sitestats.adapters.google_tables import open_google
from toolkit.sitestats.service.pulling import Pulled, Span, pull_analytics, pull_search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Cli, RunToolkit
    from toolkit.core.outcome import Outcome
    from toolkit.demo.google.faults import Kind
    from toolkit.sitestats.adapters.sites import Site

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SPAN = Span(since=date(2026, 11, 1), last=date(2026, 11, 14))
DAYS = [SPAN.since + timedelta(days=n) for n in range(14)] if SPAN.since else []
METHODS = {"ga4": "properties.batchRunReports", "gsc": "searchanalytics.query"}
WHOLE = {"ga4": (14, 14 * 5, 14 * 2), "gsc": (14, 14 * 2, 14 * 2)}
BEFORE = {"ga4": 1, "gsc": 5}
"""Requests after which some days have been fetched, and not all."""


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle(scopes=SCOPES) as server:
        fill(server)
        yield server


@pytest.fixture
def site(home: Path) -> Site:
    return a_site(home)


def pull(kind: str, site: Site, client: GoogleClient) -> Outcome[Pulled]:
    if kind == "ga4":
        return pull_analytics(site, client, NUMBER, span=SPAN, now=NOW)
    return pull_search(site, client, URL, span=SPAN, now=NOW)


def deadline_of(fault: str) -> float:
    """Seconds for an exchange: few where one never ends."""
    return 0.5 if fault in {"hang", "slow_body"} else 20.0


def standing(kind: str, site: Site) -> tuple[int, ...]:
    """How many rows each table has; that they belong to whole days is demanded."""
    tables = {"ga4": ("ga_days", "ga_pages", "ga_sources"), "gsc": ("gsc_days", "gsc_queries", "gsc_pages")}[kind]
    with tempfile.TemporaryDirectory() as scratch, open_google(site, Path(scratch)) as connection:
        if connection is None:
            return (0, 0, 0)
        days: list[Any] = connection.execute("SELECT day FROM pulled WHERE kind = ?", [kind]).fetchall()
        found = [connection.execute(f"SELECT day, count(*) FROM {name} GROUP BY day").fetchall() for name in tables]
    for rows, whole in zip(found, WHOLE[kind], strict=True):
        assert sorted(day for day, _ in rows) == sorted(day for (day,) in days)
        assert {n for _, n in rows} <= {whole // 14}
    return tuple(sum(n for _, n in rows) for rows in found)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        *(("ga4", fault) for fault in ("403rate", "403userrate", "429", "500", "503", "408", "200html", "cut_body",
                                       "truncated_json", "reset_before", "reset_after", "hang", "slow_body")),
        *(("gsc", fault) for fault in ("502html", "truncated_json", "hang")),
    ],
)  # fmt: skip
def test_what_passes_is_waited_for(google: LoopbackGoogle, site: Site, kind: str, fault: Kind) -> None:
    google.faults.add(METHODS[kind], fault, after=BEFORE[kind], times=2)
    with client_of(google, clock := Counted(), deadline=deadline_of(fault)) as client:
        outcome = pull(kind, site, client)
    assert (outcome.problems, len(outcome.data.fetched)) == ((), 14)
    assert standing(kind, site) == WHOLE[kind]
    assert len(clock.slept) >= 2


@pytest.mark.parametrize(
    ("kind", "fault", "code", "exit_code"),
    [
        ("ga4", "403quota", "google.used_up", Exit.REMOTE),
        ("gsc", "403daily", "google.used_up_today", Exit.REMOTE),
        ("ga4", "429", "google.busy", Exit.REMOTE),
        ("ga4", "503", "google.busy", Exit.REMOTE),
        ("gsc", "502html", "google.busy", Exit.REMOTE),
        ("ga4", "200html", "google.not_google", Exit.REMOTE),
        ("gsc", "200html", "google.not_google", Exit.REMOTE),
        ("ga4", "truncated_json", "google.not_google", Exit.REMOTE),
        ("ga4", "reset_before", "google.cut_off", Exit.REMOTE),
        ("ga4", "hang", "google.too_slow", Exit.REMOTE),
        ("gsc", "400", "google.refused", Exit.REMOTE),
        ("ga4", "403scope", "google.sign_in_narrow", Exit.SIGN_IN),
    ],
)
def test_what_doesnt_pass_ends_it_and_what_was_fetched_stays(
    google: LoopbackGoogle, site: Site, kind: str, fault: Kind, code: str, exit_code: Exit
) -> None:
    plan = google.faults.add(METHODS[kind], fault, after=BEFORE[kind], times=99)
    with client_of(google, Counted(), deadline=deadline_of(fault)) as client:
        outcome = pull(kind, site, client)
    assert [problem.code for problem in outcome.problems] == [code]
    assert outcome.exit == exit_code
    assert plan.hits <= 6, "no storm of our own"
    there = outcome.data.fetched
    assert 0 < len(there) < 14
    assert standing(kind, site)[0] == len(there)
    google.faults.clear()
    with client_of(google, Counted()) as client:
        more = pull(kind, site, client)
    assert more.data.fetched == DAYS[len(there) :]
    assert standing(kind, site) == WHOLE[kind]


@pytest.mark.parametrize("kind", METHODS)
def test_where_nothing_could_be_fetched_nothing_is_kept(google: LoopbackGoogle, site: Site, kind: str) -> None:
    google.faults.add(METHODS[kind], "503", times=99)
    with client_of(google, Counted()) as client, pytest.raises(RemoteError):
        pull(kind, site, client)
    assert standing(kind, site) == (0, 0, 0)


@pytest.mark.parametrize("kind", METHODS)
def test_f05_nobody_there_is_one_sentence(site: Site, kind: str) -> None:
    with LoopbackGoogle(scopes=SCOPES) as gone:
        credentials = gone.credentials()
    clock = Counted()
    with (
        GoogleClient(credentials, endpoint=Endpoint(gone.root), persistence=clock.persistence()) as client,
        pytest.raises(RemoteError) as refused,
    ):
        pull(kind, site, client)
    assert refused.value.problem.code == "google.unreachable"
    assert standing(kind, site) == (0, 0, 0)


@pytest.mark.parametrize(("kind", "as_date"), [("ga4", False), ("gsc", True)])
def test_f11_google_is_given_the_time_it_asks_for(google: LoopbackGoogle, site: Site, kind: str, as_date: bool) -> None:
    clock = Counted(at=datetime.now(UTC))
    asked: str | int = format_datetime(clock.at + timedelta(seconds=40), usegmt=True) if as_date else 40
    google.faults.add(METHODS[kind], "429", after=BEFORE[kind], retry_after=asked)
    with client_of(google, clock) as client:
        assert pull(kind, site, client).problems == ()
    assert 38 <= max(clock.slept) <= 41
    assert standing(kind, site) == WHOLE[kind]


def test_f11_a_wait_of_hours_ends_it_with_the_time_to_go_on(google: LoopbackGoogle, site: Site) -> None:
    kind = "ga4"
    google.faults.add(METHODS[kind], "429", after=BEFORE[kind], times=99, retry_after=7_200)
    with client_of(google, clock := Counted()) as client:
        outcome = pull(kind, site, client)
    assert [problem.code for problem in outcome.problems] == ["google.busy_until"]
    assert sum(clock.slept) == 0


@pytest.mark.parametrize("kind", METHODS)
def test_f16_a_token_that_ends_on_the_way_is_renewed(google: LoopbackGoogle, site: Site, kind: str) -> None:
    google.faults.add(METHODS[kind], "401", after=BEFORE[kind])
    with client_of(google, Counted()) as client:
        assert pull(kind, site, client).problems == ()
    assert google.count("token") == 1
    assert standing(kind, site) == WHOLE[kind]


@pytest.mark.parametrize("kind", METHODS)
def test_f17_a_sign_in_that_was_withdrawn_keeps_what_is_there(google: LoopbackGoogle, site: Site, kind: str) -> None:
    google.faults.add(METHODS[kind], "401", after=BEFORE[kind], times=99)
    google.faults.add("token", "invalid_grant", times=99)
    with client_of(google, Counted()) as client:
        outcome = pull(kind, site, client)
    assert [problem.code for problem in outcome.problems] == ["google.sign_in_gone"]
    assert outcome.exit == Exit.SIGN_IN
    assert standing(kind, site)[0] == len(outcome.data.fetched) > 0
    with client_of(google, Counted()) as client, pytest.raises(SignInError):
        pull(kind, site, client)


@pytest.mark.parametrize("kind", METHODS)
@pytest.mark.parametrize(
    "portal",
    [{}, {"rows": "x"}, {"reports": []}, {"kind": "analyticsData#batchRunReports", "reports": [1, 2, 3]}, [], "x", None,
     {"responseAggregationType": "BY_PAGE", "rows": [{"keys": [1]}]},
     {"responseAggregationType": "BY_PAGE", "rows": [{"keys": ["x"], "clicks": 9, "impressions": 1, "position": 1}]},
     {"responseAggregationType": "BY_PAGE", "rows": [{"keys": ["1999-01-01"], "clicks": 0, "impressions": 1,
                                                      "position": 1}]}],
)  # fmt: skip
def test_f19_an_answer_of_somebody_else_is_never_taken_for_googles(
    google: LoopbackGoogle, site: Site, kind: str, portal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        client_of(google, Counted()) as client,
        _answering(monkeypatch, portal),
        pytest.raises(RemoteError) as refused,
    ):
        pull(kind, site, client)
    assert refused.value.problem.code == "google.not_google"
    assert standing(kind, site) == (0, 0, 0)


@contextmanager
def _answering(monkeypatch: pytest.MonkeyPatch, answer: Any) -> Iterator[None]:
    """Every request of the client library is answered with this."""
    from googleapiclient.http import HttpRequest

    with monkeypatch.context() as patched:
        patched.setattr(HttpRequest, "execute", lambda *_: answer)
        yield


@pytest.mark.parametrize(("kind", "where"), [("ga4", "before_commit"), ("gsc", "committed")])
def test_killed_while_a_stretch_is_kept_it_goes_on(
    google: LoopbackGoogle, site: Site, home: Path, run_toolkit: RunToolkit, kind: str, where: str
) -> None:
    google.sign_in(home / "google", SCOPES)
    origin = ("--property", NUMBER) if kind == "ga4" else ("--url", URL)
    command = ("sitestats", kind, "pull", "shop", *origin, "--from", "2026-11-01", "--to", "2026-11-14",
               "--today", TODAY.isoformat())  # fmt: skip
    fault = {"TOOLKIT_FAULT": f"kill@sitestats.pull.{where}", "TOOLKIT_GOOGLE_ROOT": google.root}
    assert run_toolkit(*command, env=fault).exit_code == -9
    first = 7 if kind == "ga4" else 1
    assert standing(kind, site)[0] == (first if where == "committed" else 0)
    assert run_toolkit(*command, env={"TOOLKIT_GOOGLE_ROOT": google.root}).exit_code == 0
    assert standing(kind, site) == WHOLE[kind]


def test_two_pulls_at_once_take_turns(google: LoopbackGoogle, site: Site) -> None:
    from threading import Thread

    found: list[Outcome[Pulled]] = []

    def one() -> None:
        with client_of(google, Counted()) as client:
            found.append(pull("ga4", site, client))

    threads = [Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(outcome.data.fetched) for outcome in found) == [0, 14]
    assert standing("ga4", site) == WHOLE["ga4"]


def test_what_hostile_visitors_have_sent_to_google_is_only_text(
    cli: Cli, google: LoopbackGoogle, site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.demo.google.measurement import Property, View

    monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", google.root)
    google.sign_in(home / "google", SCOPES)
    bad = [
        "/\x1b[2J",
        "/\0",
        "'); DROP TABLE ga_days; --",
        "=cmd()",
        "/\ud800".encode("utf-8", "replace").decode(),
        "x" * 9_000,
    ]
    google.analytics.properties[NUMBER] = Property(
        views=[View(date(2026, 11, 2), "u", "s", path, path) for path in bad]
    )
    ran = cli("sitestats", "ga4", "pull", "shop", "--property", NUMBER, "--from", "2026-11-01", "--to", "2026-11-03",
              "--today", TODAY.isoformat())  # fmt: skip
    assert ran.exit_code == 0, ran.stdout + ran.stderr
    assert "\x1b" not in ran.stdout + ran.stderr
    with tempfile.TemporaryDirectory() as scratch, open_google(site, Path(scratch)) as connection:
        assert connection is not None
        assert connection.execute("SELECT count(*) FROM ga_pages").fetchall() == [(len(bad),)]
