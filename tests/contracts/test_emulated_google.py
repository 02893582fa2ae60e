"""An independent judge: somebody else's emulation of Google signs us in, renews, serves our calls, and forgets us.

It needs Node and two packages, inside the environment that the tests run in; `make test` puts
them there if it can.
"""

from __future__ import annotations

import html
import re
import threading
import urllib.parse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from builders.browsing import NOW, get, pages
from builders.emulated import MISSING, WHY_MISSING, Emulated, emulation
from toolkit.core.errors import SignInError
from toolkit.google.accounts import load, save, status
from toolkit.google.client import GoogleClient, is_empty, is_object, signed_in
from toolkit.google.endpoint import ROOT_VARIABLE
from toolkit.google.signin import APP_CREATED, Offer, revoke, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.google.client_secrets import ClientSecrets
    from toolkit.google.signin import SignedIn

pytestmark = pytest.mark.skipif(MISSING, reason=WHY_MISSING)


def signed_in_at(emulated: Emulated, client: ClientSecrets | None = None) -> SignedIn:
    kept: list[SignedIn] = []
    threads: list[threading.Thread] = []

    def show(offer: Offer) -> None:
        threads.append(threading.Thread(target=choose_the_first_account, args=(offer.url,), daemon=True))
        threads[-1].start()

    try:
        return sign_in(
            client or emulated.client,
            [APP_CREATED],
            show=show,
            keep=kept.append,
            pages=pages(),
            now=lambda: NOW,
            endpoint=emulated.endpoint,
            port=emulated.port,
            patience=30,
        )
    finally:
        for thread in threads:
            thread.join(30)


def choose_the_first_account(url: str) -> None:
    """The emulator's page has a form per account; its answer sends the browser on to us."""
    status_, page = get(url)
    assert status_ == 200, page
    form = [(name, html.unescape(value)) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', page)]
    action = urllib.parse.urljoin(url, html.unescape(re.findall(r'action="([^"]+)"', page)[0]))
    get(action, urllib.parse.urlencode(form).encode())  # urllib follows the redirect


@pytest.fixture
def emulated() -> Iterator[Emulated]:
    with emulation() as server:
        yield server


def test_it_signs_us_in_and_lets_us_renew(emulated: Emulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, emulated.root)
    made = signed_in_at(emulated)
    assert made.credentials.refresh_token
    save(tmp_path, made.credentials, signed_in=made.at)
    with signed_in(tmp_path) as client:
        client.renew()
    renewed = load(tmp_path)
    assert renewed is not None
    assert renewed.token != made.credentials.token
    assert status(tmp_path).kind == "ready"


def test_it_refuses_a_secret_that_is_not_ours(emulated: Emulated) -> None:
    with pytest.raises(SignInError) as caught:
        signed_in_at(emulated, replace(emulated.client, client_secret="another"))
    assert caught.value.problem.code == "google.client_refused"


def test_it_forgets_us_when_we_sign_out(emulated: Emulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, emulated.root)
    made = signed_in_at(emulated)
    save(tmp_path, made.credentials, signed_in=made.at)
    revoke(made.credentials, emulated.endpoint)
    with signed_in(tmp_path) as client, pytest.raises(SignInError) as caught:
        client.renew()
    assert caught.value.problem.code == "google.sign_in_gone"
    assert status(tmp_path).kind == "gone"


def test_it_takes_lists_and_deletes_what_we_send(emulated: Emulated) -> None:
    made = signed_in_at(emulated)
    with GoogleClient(made.credentials, endpoint=emulated.endpoint) as client:
        events: Any = client.service("calendar", "v3").events()
        body = {
            "summary": "Gặp chị Hoa",
            "start": {"dateTime": "2026-12-01T08:30:00+07:00"},
            "end": {"dateTime": "2026-12-01T09:30:00+07:00"},
        }
        event = client.send(
            events.insert(calendarId="so-tay", body=body), lambda reply: is_object(reply, summary="Gặp chị Hoa")
        )
        listed = client.send(events.list(calendarId="so-tay"), lambda reply: is_object(reply, kind="calendar#events"))
        assert [one["summary"] for one in listed["items"]] == ["Gặp chị Hoa"]
        assert client.scopes == {APP_CREATED}
        client.send(events.delete(calendarId="so-tay", eventId=event["id"]), is_empty)
        listed = client.send(events.list(calendarId="so-tay"), lambda reply: is_object(reply, kind="calendar#events"))
        assert not listed["items"]
