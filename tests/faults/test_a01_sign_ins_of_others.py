"""A01: a browser that comes back with a wrong, missing, replayed or borrowed `state` buys nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from builders.browsing import Member, browse, consent, get, pages
from toolkit.core.errors import SignInError
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        yield server


def with_state(address: str, *states: str) -> str:
    """The address to which the browser is sent, with other `state`s in it."""
    parts = urlsplit(address)
    others = [(name, values[0]) for name, values in parse_qs(parts.query).items() if name != "state"]
    return parts._replace(query=urlencode([*others, *(("state", state) for state in states)])).geturl()


def state_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]


WRONG: dict[str, Callable[[str], list[str]]] = {
    "missing": lambda right: [],
    "empty": lambda right: [""],
    "another": lambda right: [secrets.token_urlsafe(32)],
    "in other letters": lambda right: [right.swapcase()],
    "cut short": lambda right: [right[:-1]],
    "longer": lambda right: [right + "A"],
    "given twice": lambda right: [right, right],
    "hidden among wrong ones": lambda right: ["x", right],
}


@pytest.mark.parametrize("way", WRONG)
def test_a_visit_with_a_wrong_state_makes_no_token_request_and_the_right_one_still_counts(
    google: LoopbackGoogle, way: str
) -> None:
    bought: list[int] = []

    def act(url: str) -> tuple[int, str]:
        right = consent(url)
        status, _ = get(with_state(right, *WRONG[way](state_of(right))))
        assert status == 403
        bought.append(google.count("token"))
        return get(right)

    member = Member(google, act)
    member.sign_in()
    assert bought == [0]
    assert google.count("token") == 1
    assert member.seen[0][0] == 200


def test_only_wrong_visits_end_in_nothing(google: LoopbackGoogle) -> None:
    def act(url: str) -> None:
        for _ in range(20):
            assert get(with_state(consent(url), secrets.token_urlsafe(32)))[0] == 403

    member = Member(google, act)
    with pytest.raises(SignInError) as caught:
        member.sign_in(patience=1.5)
    assert caught.value.problem.code == "google.sign_in_late"
    assert google.count("token") == 0
    assert not member.kept


def test_the_answer_to_an_earlier_sign_in_is_no_answer_to_this_one(google: LoopbackGoogle) -> None:
    earlier: list[str] = []

    def first(url: str) -> tuple[int, str]:
        earlier.append(consent(url))
        return get(earlier[0])

    Member(google, first).sign_in()
    bought = google.count("token")

    def second(url: str) -> tuple[int, str]:
        port = urlsplit(parse_qs(urlsplit(url).query)["redirect_uri"][0]).port
        replayed = urlsplit(earlier[0])._replace(netloc=f"127.0.0.1:{port}").geturl()
        assert get(replayed)[0] == 403
        assert google.count("token") == bought
        return browse(url)

    Member(google, second).sign_in()
    assert google.count("token") == bought + 1


def test_one_answer_counts_once_however_often_it_comes(google: LoopbackGoogle) -> None:
    import threading

    statuses: list[int] = []

    def act(url: str) -> None:
        answer = consent(url)

        def ask() -> None:
            try:
                statuses.append(get(answer)[0])
            except OSError:
                statuses.append(0)  # too late: the door is closed

        threads = [threading.Thread(target=ask) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    member = Member(google, act)
    member.sign_in()
    assert google.count("token") == 1
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 410, 0}


def test_a_second_answer_is_turned_away_while_the_first_is_being_dealt_with() -> None:
    import threading

    first: list[int] = []
    with Listener("s", pages()) as listener:
        address = f"{listener.redirect_uri}?state=s&code="
        waiting = threading.Thread(target=lambda: first.append(get(f"{address}1")[0]))
        waiting.start()
        visit = listener.wait(20)
        assert visit is not None
        assert visit.params["code"] == "1"
        assert get(f"{address}2")[0] == 410
        visit.finish(pages().done)
        waiting.join(20)
        assert listener.wait(0) is None
    assert first == [200]


def test_a_code_that_somebody_else_agreed_to_buys_nothing_here(google: LoopbackGoogle) -> None:
    """The right state with a stranger's code: the proof of possession (PKCE) doesn't fit."""
    codes: list[str] = []

    def stranger(url: str) -> None:
        codes.append(parse_qs(urlsplit(consent(url)).query)["code"][0])

    with pytest.raises(SignInError):
        Member(google, stranger).sign_in(patience=1.0)

    def act(url: str) -> tuple[int, str]:
        own = consent(url)
        query = {name: values[0] for name, values in parse_qs(urlsplit(own).query).items()} | {"code": codes[0]}
        return get(urlsplit(own)._replace(query=urlencode(query)).geturl())

    member = Member(google, act)
    with pytest.raises(SignInError) as caught:
        member.sign_in()
    assert caught.value.problem.code == "google.code_refused"
    assert not member.kept
