"""A browser as far as a sign-in needs one: it shows the consent page, fills its form, and follows where it is sent.

Run as a script it is what BROWSER names: `python browsing.py URL [deny]`.
"""

from __future__ import annotations

import html
import re
import shlex
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
import webbrowser
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from toolkit.demo.google_calendar import LoopbackGoogle
    from toolkit.google.client_secrets import ClientSecrets
    from toolkit.google.listener import Pages
    from toolkit.google.signin import SignedIn

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
SCRIPT = Path(__file__)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Doesn't follow: says where it was sent."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def get(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and text, whatever the status."""
    request = urllib.request.Request(url, body, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def consent(url: str, decision: str = "allow", untick: tuple[str, ...] = ()) -> str:
    """Answer Google's question; the address to which the browser is sent then."""
    status, page = get(url)
    assert status == 200, page
    ticked = [html.unescape(scope) for scope in re.findall(r'name="scope" value="([^"]+)"', page)]
    form = [("decision", decision), *(("scope", scope) for scope in ticked if scope not in untick)]
    try:
        urllib.request.build_opener(_Stay).open(url, urllib.parse.urlencode(form).encode(), timeout=30)
    except urllib.error.HTTPError as sent:
        with sent:
            return str(sent.headers["Location"])
    raise AssertionError("nobody was sent anywhere")


def browse(url: str, decision: str = "allow", untick: tuple[str, ...] = ()) -> tuple[int, str]:
    """The whole way, to the page on which the member ends."""
    return get(consent(url, decision, untick))


@dataclass
class Member:
    """Signs in at a loopback Google. `act` is what they do with the address, in a browser of their own."""

    google: LoopbackGoogle
    act: Callable[[str], Any] = browse
    seen: list[Any] = field(default_factory=list)
    kept: list[SignedIn] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def client(self) -> ClientSecrets:
        from toolkit.demo.google.tokens import CLIENT_ID
        from toolkit.google.client_secrets import ClientSecrets

        root = self.google.root
        return ClientSecrets(CLIENT_ID, self.google.tokens.client_secret, f"{root}o/oauth2/auth", f"{root}token")

    def sign_in(self, scopes: tuple[str, ...] | None = None, **more: Any) -> SignedIn:
        from toolkit.google.endpoint import Endpoint
        from toolkit.google.signin import APP_CREATED, Offer, sign_in

        threads: list[threading.Thread] = []

        def show(offer: Offer) -> None:
            self.urls.append(offer.url)
            threads.append(threading.Thread(target=lambda: self.seen.append(self.act(offer.url)), daemon=True))
            threads[-1].start()

        given = {"patience": 30.0, "client": self.client(), "now": lambda: NOW, "keep": self.kept.append, **more}
        try:
            return sign_in(
                scopes=scopes or (APP_CREATED,),
                show=show,
                pages=pages(),
                endpoint=Endpoint(self.google.root),
                **given,
            )
        finally:
            for thread in threads:
                thread.join(30)


def pages() -> Pages:
    from toolkit.google.listener import Page, Pages

    return Pages("vi", *(Page(f"<{name}>", f"{name} & co") for name in ("done", "denied", "failed", "stray")))


def as_browser(decision: str = "allow") -> str:
    """What to put into BROWSER for a program that is started."""
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(SCRIPT))} %s {decision}"


def use_browser(monkeypatch: pytest.MonkeyPatch, decision: str = "allow") -> None:
    """Be the browser of this process from now on; the standard library reads BROWSER once and remembers."""
    monkeypatch.setenv("BROWSER", as_browser(decision))
    monkeypatch.setattr(webbrowser, "_tryorder", None)


if __name__ == "__main__":
    browse(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "allow")
