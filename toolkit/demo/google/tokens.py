"""Codes, access tokens and refresh tokens of the loopback Google."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from toolkit.demo.google.contract import ApiError, Json

if TYPE_CHECKING:
    from toolkit.demo.google.consent import Asked

LIFETIME_S = 3599
TESTING_LIFETIME_S = 604_799  # what Google says of a refresh token while the project is in "Testing"
CLIENT_ID, CLIENT_SECRET = "loopback.apps.example", "loopback-secret"  # both are this machine's own

_BAD_GRANT = "Token has been expired or revoked."


class Tokens:
    """Which tokens are good. Access tokens carry the scopes of the refresh token that bought them.

    `in_testing`: the member's project is in "Testing", so a new sign-in is told that it ends after seven days.
    `client_secret` is what the application must know.
    """

    def __init__(self) -> None:
        self.in_testing = False
        self.client_secret = CLIENT_SECRET
        self._codes: dict[str, tuple[Asked, frozenset[str]]] = {}
        self._refresh: dict[str, frozenset[str]] = {}
        self._access: dict[str, frozenset[str]] = {}
        self._lock = threading.Lock()

    def grant(self, scopes: frozenset[str]) -> tuple[str, str]:
        """A new sign-in: (access token, refresh token)."""
        refresh = secrets.token_urlsafe(24)
        with self._lock:
            self._refresh[refresh] = scopes
        return self._issue(scopes), refresh

    def promise(self, asked: Asked, scopes: frozenset[str]) -> str:
        """A code for what the member has agreed to; it buys tokens once."""
        code = f"4/{secrets.token_urlsafe(24)}"
        with self._lock:
            self._codes[code] = (asked, scopes)
        return code

    def expire(self) -> None:
        """Every access token stops working; refreshing still does."""
        with self._lock:
            self._access.clear()

    def revoke(self) -> None:
        """The member withdrew the consent, or the seven days of a project in testing are over."""
        with self._lock:
            self._access.clear()
            self._refresh.clear()

    @property
    def standing(self) -> int:
        """How many sign-ins are good now."""
        with self._lock:
            return len(self._refresh)

    def scopes(self, authorization: str) -> frozenset[str]:
        """What the bearer may do; ApiError 401 if the token isn't good."""
        kind, _, token = authorization.partition(" ")
        with self._lock:
            scopes = self._access.get(token) if kind == "Bearer" else None
        if scopes is None:
            raise ApiError(401, "authError", "Invalid Credentials")
        return scopes

    def answer(self, path: str, body: bytes, authorization: str = "") -> Json:
        """The token endpoint: buy, refresh and revoke. Its errors have OAuth's shape, not the API's.

        A client names itself in the body or, as `authorization`, by HTTP Basic (RFC 6749, 2.3.1).
        """
        form = {
            name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), max_num_fields=50).items()
        }
        if path == "/revoke":
            return self._revoke(form.get("token", ""))
        named = _basic(authorization) or (form.get("client_id"), form.get("client_secret"))
        if named != (CLIENT_ID, self.client_secret):
            raise OAuthError("invalid_client", "The OAuth client was not found.", 401)
        if form.get("grant_type") == "authorization_code":
            return self._buy(form)
        if form.get("grant_type") != "refresh_token":
            raise OAuthError("unsupported_grant_type", "Invalid grant_type")
        with self._lock:
            scopes = self._refresh.get(form.get("refresh_token", ""))
        if scopes is None:
            raise OAuthError("invalid_grant", _BAD_GRANT)
        return _sold(self._issue(scopes), scopes)

    def _buy(self, form: dict[str, str]) -> Json:
        with self._lock:
            promised = self._codes.pop(form.get("code", ""), None)
        if promised is None:
            raise OAuthError("invalid_grant", "Malformed auth code.")
        asked, scopes = promised
        if form.get("redirect_uri") != asked.redirect_uri:
            raise OAuthError("redirect_uri_mismatch", "Bad Request")
        if _challenge(form.get("code_verifier", "")) != asked.challenge:
            raise OAuthError("invalid_grant", "Invalid code verifier.")
        access, refresh = self.grant(scopes)
        sold = _sold(access, scopes)
        if asked.offline:
            sold["refresh_token"] = refresh
        if self.in_testing:
            sold["refresh_token_expires_in"] = TESTING_LIFETIME_S
        return sold

    def _revoke(self, token: str) -> Json:
        with self._lock:
            known = [tokens for tokens in (self._refresh, self._access) if token in tokens]
            for tokens in known:
                del tokens[token]
        if not known:
            raise OAuthError("invalid_token", "Token expired or revoked")
        return {}

    def _issue(self, scopes: frozenset[str]) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._access[token] = scopes
        return token


class OAuthError(ApiError):
    """A refusal of the token endpoint (RFC 6749, section 5.2)."""

    def __init__(self, code: str, detail: str, status: int = 400) -> None:
        super().__init__(status, code, detail)

    def body(self) -> Json:
        return {"error": self.reason, "error_description": self.message}


def _sold(access: str, scopes: frozenset[str]) -> dict[str, Json]:
    return {
        "access_token": access,
        "expires_in": LIFETIME_S,
        "token_type": "Bearer",
        "scope": " ".join(sorted(scopes)),
    }


def _basic(authorization: str) -> tuple[str, str] | None:
    kind, _, packed = authorization.partition(" ")
    if kind != "Basic":
        return None
    name, _, secret = base64.b64decode(packed).decode("utf-8", "replace").partition(":")
    return unquote(name), unquote(secret)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
