"""One sign-in from the question to the tokens, against the loopback Google."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.browsing import NOW, Member, browse, get
from toolkit.core.errors import RemoteError, SignInError, StoreError, ToolkitError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.endpoint import Endpoint
from toolkit.google.signin import APP_CREATED, EVENTS_OWNED, Handshake, _seconds, revoke

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        yield server


def failure(member: Member, **more: Any) -> str:
    with pytest.raises(ToolkitError) as caught:
        member.sign_in(**more)
    assert not member.kept
    return caught.value.problem.code


def test_a_member_who_agrees_is_signed_in_and_the_browser_says_so(google: LoopbackGoogle) -> None:
    member = Member(google)
    signed_in = member.sign_in()
    credentials = signed_in.credentials
    assert member.kept == [signed_in]
    assert (signed_in.at, signed_in.ends) == (NOW, None)
    assert list(credentials.scopes or ()) == [APP_CREATED]
    assert credentials.expiry == (NOW + timedelta(seconds=3599)).replace(tzinfo=None)
    assert google.tokens.scopes(f"Bearer {credentials.token}") == {APP_CREATED}
    ((status, page),) = member.seen
    assert status == 200
    assert "&lt;done&gt;" in page
    assert (google.count("consent"), google.count("token")) == (2, 1)


def test_the_question_asks_for_no_more_than_was_wanted_and_ties_the_answer_to_this_sign_in(
    google: LoopbackGoogle,
) -> None:
    member = Member(google)
    member.sign_in((EVENTS_OWNED, APP_CREATED))
    member.sign_in()
    first, second = (parse_qs(urlsplit(url).query) for url in member.urls)
    assert first["scope"] == [f"{APP_CREATED} {EVENTS_OWNED}"]
    assert second["scope"] == [APP_CREATED]
    assert second["code_challenge_method"] == ["S256"]
    assert second["access_type"] == ["offline"]
    assert urlsplit(second["redirect_uri"][0]).hostname == "127.0.0.1"
    for secret in ("state", "code_challenge"):
        assert first[secret] != second[secret]
        assert len(second[secret][0]) >= 43


def test_every_handshake_has_secrets_of_its_own_and_shows_neither() -> None:
    shakes = [Handshake() for _ in range(50)]
    assert len({shake.state for shake in shakes} | {shake.verifier for shake in shakes}) == 100
    for shake in shakes:
        assert 43 <= len(shake.verifier) <= 128  # RFC 7636, 4.1
        digest = hashlib.sha256(shake.verifier.encode()).digest()
        assert shake.challenge == base64.urlsafe_b64encode(digest).decode().rstrip("=")
        assert shake.state not in repr(shake)
        assert shake.verifier not in repr(shake)


def test_a_member_who_says_no_has_changed_nothing(google: LoopbackGoogle) -> None:
    member = Member(google, lambda url: browse(url, "deny"))
    assert failure(member) == "google.consent_denied"
    assert "&lt;denied&gt;" in member.seen[0][1]
    assert google.count("token") == 0


def test_a_consent_without_the_needed_box_is_no_sign_in(google: LoopbackGoogle) -> None:
    member = Member(google, lambda url: browse(url, untick=(APP_CREATED,)))
    assert failure(member, scopes=(APP_CREATED, EVENTS_OWNED)) == "google.consent_narrow"
    assert "&lt;failed&gt;" in member.seen[0][1]


def test_what_else_google_sends_the_browser_back_with_is_named(google: LoopbackGoogle) -> None:
    def refused(url: str) -> tuple[int, str]:
        query = parse_qs(urlsplit(url).query)
        return get(f"{query['redirect_uri'][0]}?state={query['state'][0]}&error=admin_policy_enforced")

    with pytest.raises(SignInError) as caught:
        Member(google, refused).sign_in()
    assert caught.value.problem.code == "google.consent_failed"
    assert caught.value.problem.params["reason"] == "admin_policy_enforced"


def test_a_closed_browser_is_waited_for_only_so_long(google: LoopbackGoogle) -> None:
    begun = time.monotonic()
    assert failure(Member(google, lambda _: None), patience=0.6) == "google.sign_in_late"
    assert time.monotonic() - begun < 10


def test_a_project_in_testing_is_told_apart_by_the_end_that_google_gives(google: LoopbackGoogle) -> None:
    google.tokens.in_testing = True
    assert Member(google).sign_in().ends == NOW + timedelta(seconds=604_799)


@pytest.mark.parametrize(
    ("fault", "code", "tokens"),
    [
        ("503", "google.busy", 1),
        ("200html", "google.not_google", 1),
        ("truncated_json", "google.not_google", 1),
        ("reset_after", "google.cut_off", 1),
        ("invalid_grant", "google.code_refused", 1),
    ],
)
def test_a_code_is_good_once_so_a_failed_purchase_is_not_repeated(
    google: LoopbackGoogle, fault: Any, code: str, tokens: int
) -> None:
    google.faults.add("token", fault, times=9)
    member = Member(google)
    assert failure(member) == code
    assert google.count("token") == tokens
    assert "&lt;failed&gt;" in member.seen[0][1]


def test_a_client_whose_secret_was_changed_is_named(google: LoopbackGoogle) -> None:
    member = Member(google)
    client = member.client()
    google.tokens.client_secret = "another"
    assert failure(member, client=client) == "google.client_refused"


def test_a_token_endpoint_that_is_not_there_is_said_at_once(google: LoopbackGoogle) -> None:
    from dataclasses import replace

    member = Member(google)
    client = replace(member.client(), token_uri="http://127.0.0.1:9/token")
    assert failure(member, client=client) == "google.unreachable"


def test_the_secret_never_goes_to_a_host_that_must_not_be_reached(google: LoopbackGoogle) -> None:
    from dataclasses import replace

    member = Member(google)
    client = replace(member.client(), token_uri="https://oauth2.googleapis.com/token")
    assert failure(member, client=client) == "google.blocked_host"


def test_a_sign_in_without_a_lasting_key_is_none(google: LoopbackGoogle) -> None:
    def online(url: str) -> tuple[int, str]:
        return browse(url.replace("access_type=offline", "access_type=online"))

    assert failure(Member(google, online)) == "google.sign_in_incomplete"


def test_the_browser_hears_of_success_only_after_the_keys_are_kept(google: LoopbackGoogle) -> None:
    def full(_: object) -> None:
        raise StoreError("disk.full", path="x")

    member = Member(google)
    with pytest.raises(StoreError):
        member.sign_in(keep=full)
    assert "&lt;failed&gt;" in member.seen[0][1]


def test_no_listener_stays_behind(google: LoopbackGoogle) -> None:
    before = threading.active_count()
    member = Member(google)
    member.sign_in()
    address = parse_qs(urlsplit(member.urls[0]).query)["redirect_uri"][0]
    with pytest.raises(OSError, match="refused"):
        get(address)
    deadline = time.monotonic() + 10
    while threading.active_count() > before + 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() <= before + 1  # the loopback server's own connection to us may linger


def test_a_revoked_sign_in_is_forgotten_and_revoking_twice_is_fine(google: LoopbackGoogle) -> None:
    credentials = Member(google).sign_in().credentials
    assert google.tokens.standing == 1
    revoke(credentials, Endpoint(google.root))
    assert google.tokens.standing == 0
    revoke(credentials, Endpoint(google.root))


def test_revoking_is_tried_again_and_then_given_up(google: LoopbackGoogle) -> None:
    credentials = Member(google).sign_in().credentials
    google.faults.add("revoke", "503", times=3)
    with pytest.raises(RemoteError):
        revoke(credentials, Endpoint(google.root))
    assert google.tokens.standing == 1
    google.faults.add("revoke", "reset_before")
    revoke(credentials, Endpoint(google.root))
    assert google.tokens.standing == 0


@given(st.one_of(st.integers(), st.text(), st.none(), st.booleans(), st.floats(), st.lists(st.integers())))
def test_a_lifetime_is_a_number_of_seconds_or_unknown(given_: object) -> None:
    seconds = _seconds(given_)
    assert seconds is None or (type(seconds) is int and 0 < seconds < 10**10)
    assert _seconds("3599") == _seconds(3599) == 3599
