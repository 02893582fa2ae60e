"""Signing in to Google from a program on the member's own machine: OAuth 2.0 for native apps (RFC 8252) with PKCE
(RFC 7636, S256), through the browser and back to a listener on loopback.

google-auth-oauthlib's Flow isn't used: under it lies oauthlib, which refuses a token endpoint on loopback and turns a
narrowed consent into a warning unless two environment variables are set for the whole process, and which sends through
a transport of its own that keeps none of our promises (`toolkit.net.transport`). A test holds our address against
Flow's.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from toolkit.core.errors import SignInError
from toolkit.google.accounts import CLIENT_GONE
from toolkit.google.listener import HOSTS, Listener, Pages
from toolkit.google.retry import NotGoogleError, Persistence, RefusedError
from toolkit.net.hosts import is_loopback
from toolkit.net.persistence import Pace, Patience
from toolkit.net.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from google.oauth2.credentials import Credentials

    from toolkit.google.client_secrets import ClientSecrets
    from toolkit.google.endpoint import Endpoint

APP_CREATED = "https://www.googleapis.com/auth/calendar.app.created"
EVENTS_OWNED = "https://www.googleapis.com/auth/calendar.events.owned"

REVOKE_URI = "https://oauth2.googleapis.com/revoke"
WAIT_S = 300.0  # a member who reads Google's warnings carefully needs a minute or two


@dataclass(frozen=True)
class Offer:
    """What the member is to open in a browser. `port`: where the listener is, not always the one that was asked for."""

    url: str
    port: int


@dataclass(frozen=True)
class SignedIn:
    """A sign-in that has just been made. `ends`: when Google will end it (a project in "Testing"); None if it didn't
    say."""

    credentials: Credentials
    at: datetime
    ends: datetime | None = None


@dataclass(frozen=True)
class Handshake:
    """The two secrets of one sign-in: `state` ties the browser's visit to it, `verifier` the code."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def sign_in(
    client: ClientSecrets,
    scopes: Iterable[str],
    *,
    show: Callable[[Offer], None],
    keep: Callable[[SignedIn], None],
    pages: Pages,
    now: Callable[[], datetime],
    endpoint: Endpoint,
    port: int = 0,
    hosts: Iterable[str] = HOSTS,
    patience: float = WAIT_S,
) -> SignedIn:
    """Let the member sign in. `show` opens the browser or prints the address; `keep` saves what came of it, before the
    browser says that all is well. `patience`: seconds until the browser has to be back.

    Raises SignInError("google.sign_in_late" | "google.consent_denied" | "google.consent_narrow" | …), RemoteError when
    Google can't be asked for the tokens, and whatever `show` and `keep` raise.
    """
    wanted = sorted(set(scopes))
    shake = Handshake()
    with Listener(shake.state, pages, port=port, hosts=hosts) as listener:
        show(Offer(consent_url(client, wanted, listener.redirect_uri, shake), listener.port))
        visit = listener.wait(patience)
        if visit is None:
            raise SignInError("google.sign_in_late", minutes=max(1, round(patience / 60)))
        page = pages.failed
        try:
            if "error" in visit.params:
                page = pages.denied if visit.params["error"] == "access_denied" else pages.failed
                raise _refusal_of_consent(visit.params["error"])
            signed_in = _redeem(
                client,
                visit.params["code"],
                listener.redirect_uri,
                shake,
                wanted=wanted,
                endpoint=endpoint,
                now=now,
            )
            keep(signed_in)
            page = pages.done
        finally:
            visit.finish(page)
    return signed_in


def consent_url(client: ClientSecrets, scopes: Iterable[str], redirect_uri: str, shake: Handshake) -> str:
    """The address of Google's question. `prompt=consent`: without it a second sign-in gets no refresh token."""
    query = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(sorted(scopes)),
        "state": shake.state,
        "code_challenge": shake.challenge,
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    return f"{client.auth_uri}{'&' if urlsplit(client.auth_uri).query else '?'}{urlencode(query)}"


def revoke(credentials: Credentials, endpoint: Endpoint) -> None:
    """Have Google forget a sign-in. One that it has forgotten already is fine. Raises RemoteError."""
    token_uri = credentials.token_uri or ""
    here = is_loopback(urlsplit(token_uri).hostname or "")
    address = urljoin(token_uri, "revoke") if here else REVOKE_URI
    with Transport(endpoint, deadline=20.0) as transport:
        answer = _post(transport, address, {"token": credentials.refresh_token or ""}, repeatable=True)
    error = str(answer.get("error", ""))
    if error not in {"", "invalid_token"}:
        raise RefusedError(400, error, str(answer.get("error_description", "")))


def _redeem(
    client: ClientSecrets,
    code: str,
    redirect_uri: str,
    shake: Handshake,
    *,
    wanted: list[str],
    endpoint: Endpoint,
    now: Callable[[], datetime],
) -> SignedIn:
    """Buy the tokens. The code is good once, so a try of which nothing is known isn't repeated."""
    from google.oauth2.credentials import Credentials

    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "client_id": client.client_id,
        "client_secret": client.client_secret,
        "code_verifier": shake.verifier,
    }
    with Transport(endpoint, deadline=60.0) as transport:
        answer = _post(transport, client.token_uri, form, repeatable=False)
    at = now()
    if "error" in answer:
        raise SignInError("google.client_refused" if answer["error"] in CLIENT_GONE else "google.code_refused")
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        raise SignInError("google.sign_in_incomplete")
    granted = answer.get("scope")
    scopes = (
        granted.split() if isinstance(granted, str) else wanted
    )  # left out, it is what was asked for (RFC 6749, 5.1)
    if not set(wanted) <= set(scopes):
        raise SignInError("google.consent_narrow")
    lifetime, ends = _seconds(answer.get("expires_in")), _seconds(answer.get("refresh_token_expires_in"))
    credentials = Credentials(
        token=access,
        refresh_token=refresh,
        token_uri=client.token_uri,
        client_id=client.client_id,
        client_secret=client.client_secret,
        scopes=sorted(scopes),
        expiry=_naive_utc(at + timedelta(seconds=lifetime or 0)),
    )
    return SignedIn(credentials, at, at + timedelta(seconds=ends) if ends else None)


def _post(transport: Transport, address: str, form: dict[str, str], *, repeatable: bool) -> dict[str, Any]:
    """What an OAuth endpoint answers: `{"error": …}` when it says no (RFC 6749, 5.2). Raises RemoteError."""
    from googleapiclient.errors import HttpError

    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}

    def attempt() -> dict[str, Any]:
        response, content = transport.request(address, "POST", urlencode(form), headers)
        if response.status == 429 or response.status >= 500:
            raise HttpError(response, content, uri=address)
        try:
            answer = json.loads(content or b"{}")
        except (ValueError, RecursionError):
            raise NotGoogleError from None
        if not isinstance(answer, dict) or (response.status != 200 and not isinstance(answer.get("error"), str)):
            raise NotGoogleError
        return answer

    answer: dict[str, Any] = Persistence(pace=Pace(None), patience=Patience(tries=3)).run(
        attempt, repeatable=repeatable
    )
    return answer


def _refusal_of_consent(error: str) -> SignInError:
    if error == "access_denied":
        return SignInError("google.consent_denied")
    return SignInError("google.consent_failed", reason=error[:100])


def _seconds(given: object) -> int | None:
    """A number of seconds as an OAuth answer gives it; None if it isn't one."""
    if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 12:
        given = int(given)
    return given if isinstance(given, int) and not isinstance(given, bool) and 0 < given < 10**10 else None


def _naive_utc(moment: datetime) -> datetime:
    """As google-auth keeps an expiry."""
    return moment.astimezone(UTC).replace(tzinfo=None)
