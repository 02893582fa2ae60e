"""An independent judge: somebody else's emulation of Google signs us in, renews, serves our calls, and forgets us.

It needs Node and two packages, inside the environment that the tests run in; `make test` puts
them there if it can.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.browsing import NOW, get, pages
from toolkit.core.errors import SignInError
from toolkit.google.accounts import load, save, status
from toolkit.google.client import GoogleClient, is_empty, is_object, signed_in
from toolkit.google.client_secrets import ClientSecrets
from toolkit.google.endpoint import ROOT_VARIABLE, Endpoint
from toolkit.google.signin import APP_CREATED, Offer, revoke, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.google.signin import SignedIn

SERVER = Path(__file__).parents[1] / "judges" / "google" / "server.mjs"
INSTALLED = Path(sys.prefix) / "judges" / "google"
SECRET = "a secret with / + and ="

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (INSTALLED / "node_modules" / "@emulators" / "google").is_dir(),
    reason="needs Node and @emulators/google; make test installs them where there is npm and a network",
)


@dataclass(frozen=True)
class Emulated:
    root: str
    port: int  # the one that is registered for the browser to come back to

    @property
    def client(self) -> ClientSecrets:
        return ClientSecrets("judge", SECRET, f"{self.root}o/oauth2/v2/auth", f"{self.root}oauth2/token")

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.root)

    def sign_in(self, client: ClientSecrets | None = None) -> SignedIn:
        import threading

        kept: list[SignedIn] = []
        threads: list[threading.Thread] = []

        def show(offer: Offer) -> None:
            threads.append(threading.Thread(target=choose_the_first_account, args=(offer.url,), daemon=True))
            threads[-1].start()

        try:
            return sign_in(
                client or self.client,
                [APP_CREATED],
                show=show,
                keep=kept.append,
                pages=pages(),
                now=lambda: NOW,
                endpoint=self.endpoint,
                port=self.port,
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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    seed = {
        "users": [{"email": "lan@example.com", "name": "Lan"}],
        "oauth_clients": [
            {"client_id": "judge", "client_secret": SECRET, "redirect_uris": [f"http://127.0.0.1:{port}/"]}
        ],
        "calendars": [{"id": "so-tay", "user_email": "lan@example.com", "summary": "Sổ tay"}],
    }
    command = ["node", str(SERVER), str(INSTALLED), json.dumps(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stderr is not None
            address = running.stdout.readline().strip()
            assert address, running.stderr.read()
            yield Emulated(f"{address}/", port)
        finally:
            running.terminate()


def test_it_signs_us_in_and_lets_us_renew(emulated: Emulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, emulated.root)
    made = emulated.sign_in()
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
        emulated.sign_in(replace(emulated.client, client_secret="another"))
    assert caught.value.problem.code == "google.client_refused"


def test_it_forgets_us_when_we_sign_out(emulated: Emulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, emulated.root)
    made = emulated.sign_in()
    save(tmp_path, made.credentials, signed_in=made.at)
    revoke(made.credentials, emulated.endpoint)
    with signed_in(tmp_path) as client, pytest.raises(SignInError) as caught:
        client.renew()
    assert caught.value.problem.code == "google.sign_in_gone"
    assert status(tmp_path).kind == "gone"


def test_it_takes_lists_and_deletes_what_we_send(emulated: Emulated) -> None:
    made = emulated.sign_in()
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
