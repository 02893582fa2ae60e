"""What stands between the caldav library and the network: our own transport, and the member's password.

The library is given no user and no password: it can neither log them, nor write them to its files of communication,
nor send them where a redirect leads.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import parse_http_list, parse_keqv_list

from toolkit.net.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.net.transport import Gate

# Answers that the library would turn into errors, or into waits, of its own. 501 only says that this isn't CalDAV.
JUDGED_HERE = frozenset({401, 403, 408, 429, *range(500, 600)}) - {501}
LISTING = 4
_HASHES = {"MD5": "md5", "SHA-256": "sha256"}


@dataclass(frozen=True)
class Login:
    """Who signs in where. `server` is an origin (`https://cloud.example.org`)."""

    server: str
    user: str
    password: str = field(repr=False)


class RefusalError(Exception):
    """An answer that says no, or not now. `body` is what the server said about it."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        super().__init__(status)
        self.status, self.headers, self.body = status, headers, body


class Reply:
    """A reply in the shape in which the library expects one."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str], content: bytes) -> None:
        self.status_code, self.reason, self.content = status, reason, content
        self.headers = {name.title(): value for name, value in headers.items()}

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")


class Wire:
    """Stands where the library keeps its HTTP session: signs requests, follows no redirect. Threads may share it."""

    def __init__(self, gate: Gate, login: Login, *, deadline: float) -> None:
        """`deadline`: seconds for one exchange as a whole; a listing of years of events gets LISTING times as long."""
        self._transport = Transport(gate, deadline=deadline)
        self._listing = deadline * LISTING
        self._login = login
        self._digest: Digest | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        self._transport.close()

    def request(
        self, method: str, url: str, data: bytes | None = None, headers: Mapping[str, str] | None = None, **_unused: Any
    ) -> Reply:
        """Raises RefusalError for the answers that are judged here, and what Transport raises."""
        plain = {name: value for name, value in (headers or {}).items() if name.lower() != "authorization"}
        for again in (False, True):
            with self._lock:
                answered, authorization = self._digest, self._sign(method, url)
            signed = {**plain, "Authorization": authorization}
            patience = self._listing if method == "REPORT" else None
            response, content = self._transport.request(url, method, data or None, signed, deadline=patience)
            if response.status != 401 or again or not self._challenged(answered, response.get("www-authenticate", "")):
                break
        status = int(response.status)
        if status in JUDGED_HERE:
            raise RefusalError(status, dict(response), content[:4_000])
        return Reply(status, response.reason, response, content)

    def _sign(self, method: str, url: str) -> str:
        if self._digest is not None:
            return self._digest.sign(method, url, self._login).encode().decode("latin-1")  # as http.client sends it
        return "Basic " + base64.b64encode(f"{self._login.user}:{self._login.password}".encode()).decode("ascii")

    def _challenged(self, answered: Digest | None, challenge: str) -> bool:
        """Whether the server wants the password in another way than it was given: as the answer to another challenge
        than `answered`."""
        asked = read_challenge(challenge.encode("latin-1", "replace").decode("utf-8", "replace"))
        with self._lock:
            if self._digest is not answered:  # another thread has heard of a newer one
                return True
            if asked is None or (answered is not None and not asked.stale):
                return False
            self._digest = asked
        return True


@dataclass
class Digest:
    """A Digest challenge, and how many requests answered it (RFC 7616). `quality` is "auth", or "" for old servers."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    quality: str = ""
    opaque: str = ""
    stale: bool = False
    count: int = 0

    def sign(self, method: str, url: str, login: Login) -> str:
        """The Authorization header of one request."""
        parts = urlsplit(url)
        uri = parts.path + (f"?{parts.query}" if parts.query else "")
        self.count += 1
        turn, own = f"{self.count:08x}", secrets.token_hex(16)
        who = self._hash(f"{login.user}:{self.realm}:{login.password}")
        what = self._hash(f"{method}:{uri}")
        between = f"{self.nonce}:{turn}:{own}:{self.quality}" if self.quality else self.nonce
        fields = {
            "username": login.user, "realm": self.realm, "nonce": self.nonce, "uri": uri,
            "response": self._hash(f"{who}:{between}:{what}"), "opaque": self.opaque,
        }  # fmt: skip
        quoted = [f'{name}="{_escaped(value)}"' for name, value in fields.items() if value or name != "opaque"]
        bare = [f"algorithm={self.algorithm}"]
        if self.quality:
            bare += [f"qop={self.quality}", f"nc={turn}", f'cnonce="{own}"']
        return f"Digest {', '.join(quoted + bare)}"

    def _hash(self, text: str) -> str:
        return hashlib.new(_HASHES[self.algorithm], text.encode(), usedforsecurity=False).hexdigest()


def read_challenge(header: str) -> Digest | None:
    """The Digest challenge in a WWW-Authenticate header; None if there is none that we can answer."""
    _, found, rest = header[:4_000].partition("Digest ")
    if not found:
        return None
    fields = parse_keqv_list([part for part in parse_http_list(rest) if "=" in part])
    algorithm = fields.get("algorithm", "MD5").upper()
    qualities = {one.strip().lower() for one in fields.get("qop", "").split(",")} - {""}
    if not {"realm", "nonce"} <= fields.keys() or algorithm not in _HASHES or (qualities and "auth" not in qualities):
        return None
    return Digest(
        fields["realm"],
        fields["nonce"],
        algorithm,
        "auth" if qualities else "",
        fields.get("opaque", ""),
        fields.get("stale", "").lower() == "true",
    )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
