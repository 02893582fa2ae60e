"""The loopback Google's consent page: what a member sees in the browser when an application asks to sign in.

GET /o/oauth2/auth shows the page; its form posts the member's answer back, and the browser is sent on to the
application's own address with a code or with `access_denied`. What Google refuses before asking is refused here too
(developers.google.com/identity/protocols/oauth2/native-app).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.demo.google.tokens import Tokens

PATH = "/o/oauth2/auth"
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # base64url of a SHA-256, RFC 7636 section 4.2

Form = dict[str, list[str]]


@dataclass(frozen=True)
class Shown:
    """What the browser gets: a page, or (`location`) another address to go to."""

    status: int
    page: str = ""
    location: str = ""


@dataclass(frozen=True)
class Asked:
    """What an application asks of the member. A code is only good for all of it together."""

    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    challenge: str
    offline: bool


class Consent:
    """Shows the page and hears the answer. `client_id` is the one application that is known here."""

    def __init__(self, tokens: Tokens, client_id: str) -> None:
        self._tokens, self._client_id = tokens, client_id

    def answer(self, query: Form, form: Form | None) -> Shown:
        """The page; once its `form` is filled, what follows from `decision`: "allow" the ticked `scope`s, or "deny"."""
        one = {name: values[0] for name, values in query.items()}
        wrong = self._wrong_with(one, query)
        if wrong:
            return Shown(400, _page("Error 400", f"<p>{html.escape(wrong)}</p>"))
        asked = Asked(
            one["client_id"],
            one["redirect_uri"],
            frozenset(one["scope"].split()),
            one["code_challenge"],
            one.get("access_type") == "offline",
        )
        if form is None:
            return Shown(200, _question(asked.scopes))
        back = {"state": one["state"]} if "state" in one else {}
        ticked = asked.scopes & frozenset(form.get("scope", ()))
        if form.get("decision") != ["allow"] or not ticked:
            return _back(asked.redirect_uri, {**back, "error": "access_denied"})
        code = self._tokens.promise(asked, ticked)
        return _back(asked.redirect_uri, {**back, "code": code, "scope": " ".join(sorted(ticked))})

    def _wrong_with(self, one: Mapping[str, str], query: Mapping[str, Sequence[str]]) -> str:
        """Why Google wouldn't even ask; empty if it would."""
        twice = sorted(name for name, values in query.items() if len(values) > 1)
        if twice:
            return f"invalid_request: OAuth 2 parameters can only have a single value: {', '.join(twice)}"
        missing = [name for name in ("client_id", "redirect_uri", "response_type", "scope") if not one.get(name)]
        if missing:
            return f"invalid_request: Missing required parameter: {', '.join(missing)}"
        if one["client_id"] != self._client_id:
            return "invalid_client: The OAuth client was not found."
        if one["response_type"] != "code":
            return f"unsupported_response_type: {one['response_type']}"
        if not _is_loopback_address(one["redirect_uri"]):
            return f"redirect_uri_mismatch: {one['redirect_uri']}"
        challenge = one.get("code_challenge", "")
        if one.get("code_challenge_method") != "S256" or not CHALLENGE.fullmatch(challenge):
            return "invalid_request: this server asks for PKCE with S256"
        return ""


def _is_loopback_address(uri: str) -> bool:
    """What a desktop client may name as its own address."""
    parts = urlsplit(uri)
    return parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1"} and not parts.query and not parts.fragment


def _back(redirect_uri: str, answer: Mapping[str, str]) -> Shown:
    return Shown(302, location=f"{redirect_uri}?{urlencode(answer)}")


def _question(scopes: frozenset[str]) -> str:
    boxes = "".join(
        f'<p><label><input type="checkbox" name="scope" value="{html.escape(scope)}" checked>'
        f" {html.escape(scope)}</label></p>"
        for scope in sorted(scopes)
    )
    buttons = (
        '<button name="decision" value="deny">Không cho phép</button>'
        '<button name="decision" value="allow">Cho phép</button>'
    )
    return _page("Sổ tay muốn vào Google của bạn", f'<form method="post">{boxes}<p>{buttons}</p></form>')


def _page(title: str, body: str) -> str:
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>{body}</html>'
