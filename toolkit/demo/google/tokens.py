"""Access and refresh tokens of the loopback Google."""

from __future__ import annotations

import secrets
import threading
from urllib.parse import parse_qs

from toolkit.demo.google.contract import ApiError, Json

LIFETIME_S = 3599


class Tokens:
    """Which tokens are good. Access tokens carry the scopes of the refresh token that bought them."""

    def __init__(self) -> None:
        self._refresh: dict[str, frozenset[str]] = {}
        self._access: dict[str, frozenset[str]] = {}
        self._lock = threading.Lock()

    def grant(self, scopes: frozenset[str]) -> tuple[str, str]:
        """A new sign-in: (access token, refresh token)."""
        refresh = secrets.token_urlsafe(24)
        with self._lock:
            self._refresh[refresh] = scopes
        return self._issue(scopes), refresh

    def expire(self) -> None:
        """Every access token stops working; refreshing still does."""
        with self._lock:
            self._access.clear()

    def revoke(self) -> None:
        """The member withdrew the consent, or the seven days of a project in testing are over."""
        with self._lock:
            self._access.clear()
            self._refresh.clear()

    def scopes(self, authorization: str) -> frozenset[str]:
        """What the bearer may do; ApiError 401 if the token isn't good."""
        kind, _, token = authorization.partition(" ")
        with self._lock:
            scopes = self._access.get(token) if kind == "Bearer" else None
        if scopes is None:
            raise ApiError(401, "authError", "Invalid Credentials")
        return scopes

    def answer(self, path: str, body: bytes) -> Json:
        """The token endpoint: refresh and revoke. Its errors have OAuth's shape, not the API's."""
        form = {
            name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace"), max_num_fields=50).items()
        }
        if path == "/revoke":
            with self._lock:
                self._refresh.pop(form.get("token", ""), None)
                self._access.pop(form.get("token", ""), None)
            return {}
        if form.get("grant_type") != "refresh_token":
            raise OAuthError("unsupported_grant_type")
        with self._lock:
            scopes = self._refresh.get(form.get("refresh_token", ""))
        if scopes is None:
            raise OAuthError("invalid_grant")
        token = self._issue(scopes)
        return {
            "access_token": token,
            "expires_in": LIFETIME_S,
            "token_type": "Bearer",
            "scope": " ".join(sorted(scopes)),
        }

    def _issue(self, scopes: frozenset[str]) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._access[token] = scopes
        return token


class OAuthError(ApiError):
    """A refusal of the token endpoint (RFC 6749, section 5.2)."""

    def __init__(self, code: str) -> None:
        super().__init__(400, code, code)

    def body(self) -> Json:
        return {"error": self.reason, "error_description": "Token has been expired or revoked."}
