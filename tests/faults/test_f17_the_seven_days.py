"""F17: a sign-in dies between two runs. Its death is remembered, explained if it can be, and one command mends it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.browsing import use_browser
from builders.calendar_sheets import imported, sheet
from builders.google_side import Ids, operation
from toolkit.calendar.adapters.google import GoogleTarget
from toolkit.core.dates.clock import FixedClock
from toolkit.core.errors import SignInError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.accounts import KeptSignIn, SignInKind, load, problem_of, save, status, token_file
from toolkit.google.client import signed_in
from toolkit.google.endpoint import ROOT_VARIABLE
from toolkit.shell.paths import Paths
from toolkit.upkeep.doctor import Doctor, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from google.oauth2.credentials import Credentials

    from running import Cli

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        monkeypatch.setenv(ROOT_VARIABLE, server.root)
        use_browser(monkeypatch)
        yield server


@pytest.mark.parametrize("account", ["default", "cong-ty"])
def test_an_import_whose_sign_in_is_gone_says_what_to_type_and_goes_on_afterwards(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path, account: str
) -> None:
    client = google.client_file(tmp_path / "client.json")
    options = () if account == "default" else ("--account", account)
    command = " ".join(["toolkit google login", *options])
    path = sheet(tmp_path / "lịch.csv")
    assert cli("google", "login", "--client", client, *options).exit_code == 0
    google.faults.add("events.insert", "401", after=4, times=99)
    google.faults.add("token", "invalid_grant", times=99)
    cut = imported(cli, path, *options, to="google")
    assert cut.exit_code == 5
    assert f"Gõ: {command}" in cut.stderr
    assert "Traceback" not in cut.stderr
    begun = len(google.events())
    assert begun == 4

    google.tokens.revoke()
    refused = imported(cli, path, *options, to="google")
    assert (refused.exit_code, len(google.events())) == (5, begun)
    told = cli("google", "status", "--json")
    assert (told.exit_code, told.json["data"]["accounts"][0]["state"]) == (1, "gone")
    assert command in told.json["problems"][0]["suggestion"]
    assert command in cli("doctor").stderr

    google.faults.clear()
    assert cli("google", "login", *options).exit_code == 0
    assert imported(cli, path, *options, to="google").exit_code == 0
    assert len(google.events()) == 10
    assert cli("google", "status").exit_code == 0


def test_the_token_endpoint_is_asked_once_not_once_a_row(google: LoopbackGoogle, home: Path) -> None:
    google.sign_in(home / "google")
    with signed_in(home / "google") as client:
        target = GoogleTarget(client, "Học", Ids())
        assert next(target.perform([operation("insert", 999)])).kind == "done"
        google.tokens.revoke()
        with pytest.raises(SignInError) as caught:
            list(target.perform([operation("insert", number) for number in range(120)]))
    assert caught.value.problem.params["command"] == "toolkit google login"
    assert google.count("token") == 1
    assert status(home / "google").kind == "gone"


def test_who_was_never_signed_in_is_told_how(google: LoopbackGoogle, cli: Cli, tmp_path: Path) -> None:
    ran = imported(cli, sheet(tmp_path / "lịch.csv"), "--account", "cong-ty", to="google")
    assert ran.exit_code == 5
    assert "toolkit google login --account cong-ty" in ran.stderr


def test_two_accounts_have_calendars_of_their_own(google: LoopbackGoogle, cli: Cli, tmp_path: Path) -> None:
    client = google.client_file(tmp_path / "client.json")
    path = sheet(tmp_path / "lịch.csv")
    for account in ("default", "cong-ty"):
        assert cli("google", "login", "--client", client, "--account", account).exit_code == 0
        assert imported(cli, path, "--account", account, to="google").exit_code == 0
    assert [len(calendar.live()) for calendar in google.calendars] == [10, 10]
    assert cli("calendar", "undo", "2", "--yes").exit_code == 0
    assert sorted(len(calendar.live()) for calendar in google.calendars) == [0, 10]


def test_a_project_in_testing_is_announced_when_signing_in_and_recognised_when_it_is_over(
    google: LoopbackGoogle, cli: Cli, tmp_path: Path, home: Path
) -> None:
    google.tokens.in_testing = True
    ran = cli("google", "login", "--client", google.client_file(tmp_path / "client.json"))
    assert "Testing" in ran.stdout
    assert "console.cloud.google.com/auth/audience" in ran.stdout
    assert "Testing" in cli("google", "status").stdout
    assert "Testing" in cli("doctor").stdout

    after = FixedClock(datetime.now(UTC) + 8 * DAY)
    outcome = Doctor(Paths.find(), after, Terminal("utf-8", is_terminal=True)).look()
    assert [problem.code for problem in outcome.problems] == ["google.testing_over"]
    google.tokens.revoke()
    path = token_file(home / "google")
    fields = json.loads(path.read_bytes())
    path.write_text(json.dumps(fields | {"ends": (datetime.now(UTC) - DAY).isoformat()}), "utf-8")
    ended = imported(cli, sheet(tmp_path / "lịch.csv"), to="google")
    assert ended.exit_code == 5
    assert "7 ngày" in ended.stderr
    assert "Publish app" in ended.stderr


def credentials(google: LoopbackGoogle, expiry: datetime | None) -> Credentials:
    made = google.credentials()
    made.expiry = expiry.replace(tzinfo=None) if expiry else None
    return made


@pytest.mark.parametrize(
    ("signed_in", "ends", "renewed", "kind"),
    [
        (NOW - 9 * DAY, NOW - 2 * DAY, NOW - 3 * DAY, "testing_over"),
        (NOW - 6 * DAY, NOW + 1 * DAY, NOW - 2 * DAY, "gone"),  # too early for the seven days: withdrawn
        (NOW - 9 * DAY, None, NOW - 3 * DAY, "testing_likely"),
        (NOW - 9 * DAY, None, None, "testing_likely"),
        (NOW - 30 * DAY, None, NOW - 2 * DAY, "gone"),  # it lived on after its seventh day
        (NOW - 3 * DAY, None, NOW - 2 * DAY, "gone"),
        (None, None, NOW - 20 * DAY, "gone"),
    ],
)
def test_why_a_sign_in_died_is_told_from_when_it_lived(
    google: LoopbackGoogle,
    tmp_path: Path,
    signed_in: datetime | None,
    ends: datetime | None,
    renewed: datetime | None,
    kind: SignInKind,
) -> None:
    kept = credentials(google, renewed)
    save(tmp_path, kept, signed_in=signed_in, ends=ends)
    refusal = KeptSignIn(tmp_path, "default", kept, lambda: NOW).refused("invalid_grant")
    state = status(tmp_path, now=lambda: NOW)
    assert state.kind == kind
    assert (state.signed_in, state.ends) == (signed_in, ends)
    told = problem_of(state)
    assert refusal is not None
    assert told is not None
    assert refusal.problem == told.problem
    assert not state.usable
    assert load(tmp_path) is not None  # it is tried all the same


def test_a_sign_in_that_works_again_is_no_longer_called_gone(google: LoopbackGoogle, tmp_path: Path) -> None:
    kept = credentials(google, NOW)
    save(tmp_path, kept, signed_in=NOW)
    sign_in = KeptSignIn(tmp_path, "default", kept, lambda: NOW)
    sign_in.refused("invalid_grant")
    assert status(tmp_path, now=lambda: NOW).kind == "gone"
    sign_in.renewed()
    assert status(tmp_path, now=lambda: NOW).kind == "ready"


def test_a_client_that_was_deleted_is_another_story(google: LoopbackGoogle, tmp_path: Path) -> None:
    kept = credentials(google, NOW)
    save(tmp_path, kept, signed_in=NOW)
    sign_in = KeptSignIn(tmp_path, "default", kept, lambda: NOW)
    refusal = sign_in.refused("deleted_client")
    assert refusal is not None
    assert refusal.problem.code == "google.client_refused"
    assert sign_in.refused("temporarily_unavailable") is None
    assert status(tmp_path, now=lambda: NOW).kind == "ready"


moments = st.none() | st.text(max_size=50) | st.datetimes().map(datetime.isoformat) | st.integers() | st.just("9" * 39)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(dict.fromkeys(("signed_in", "ends", "gone", "expiry"), moments)), st.datetimes())
def test_no_moment_in_a_file_breaks_the_judgement(tmp_path: Path, given_: dict[str, Any], at: datetime) -> None:
    keys = {"client_id": "c", "client_secret": "s", "refresh_token": "r"}
    token_file(tmp_path).write_text(json.dumps(keys | given_), "utf-8")
    token_file(tmp_path).chmod(0o600)
    state = status(tmp_path, now=lambda: at.replace(tzinfo=UTC))
    assert state.kind in {"ready", "gone", "testing_over", "testing_likely"}
    assert load(tmp_path) is not None
