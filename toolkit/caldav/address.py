"""Addresses of CalDAV servers and calendars, as members copy them, and who may be talked to because of them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from toolkit.core.errors import RemoteError, UsageError
from toolkit.core.text import nfc
from toolkit.net.hosts import is_loopback

LONGEST = 2_000  # characters
LOOPBACK_VARIABLE = "TOOLKIT_LOOPBACK_ONLY"
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?|[0-9a-f:.]{2,45}")
_KEPT = "/@:!$&'()*+,;=~"  # what stands in a path as it is (RFC 3986, 3.3)


def read_address(typed: str) -> str:
    """The address that a member means, in one spelling: https unless it is on this machine, no query, no fragment.

    Raises UsageError("caldav.not_an_address" | "caldav.needs_https" | "caldav.secret_in_address"); the last one never
    repeats what was typed.
    """
    text = nfc(typed.strip())
    if "//" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except (ValueError, UnicodeError) as error:
        raise UsageError("caldav.not_an_address", value=_harmless(typed)) from error
    if "@" in parts.netloc:
        raise UsageError("caldav.secret_in_address")
    whole = not any(letter.isspace() or not letter.isprintable() for letter in text)
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or not whole or len(text) > LONGEST:
        raise UsageError("caldav.not_an_address", value=_harmless(typed))
    if parts.scheme == "http" and not is_loopback(host):
        raise UsageError("caldav.needs_https", value=_harmless(typed))
    name = f"[{host}]" if ":" in host else host
    place = name if port in {None, 443 if parts.scheme == "https" else 80} else f"{name}:{port}"
    return urlunsplit((parts.scheme, place, quote(unquote(parts.path), safe=_KEPT) or "/", "", ""))


def origin_of(address: str) -> str:
    """Scheme, host and port: what a password belongs to."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class AddressGate:
    """Admits the server at `address`, and over TLS its siblings: big services keep calendars on other hosts of their
    own (caldav.icloud.com on p01-caldav.icloud.com). With TOOLKIT_LOOPBACK_ONLY=1, only this machine."""

    address: str

    def admit(self, url: str) -> None:
        """Raises RemoteError("caldav.blocked_host") if the member's password mustn't go there."""
        if not self.admits(url):
            raise RemoteError("caldav.blocked_host", host=urlsplit(url).hostname or url[:100])

    def admits(self, url: str) -> bool:
        wanted, own = urlsplit(url), urlsplit(self.address)
        host, mine = wanted.hostname or "", own.hostname or ""
        if os.environ.get(LOOPBACK_VARIABLE, "") not in {"", "0"} and not is_loopback(host):
            return False
        if (wanted.scheme, wanted.netloc) == (own.scheme, own.netloc):
            return True
        family = mine.partition(".")[2]
        siblings = family.count(".") > 0 and not is_loopback(mine) and host.endswith(f".{family}")
        return siblings and wanted.scheme == own.scheme == "https" and wanted.port == own.port


def _harmless(typed: str) -> str:
    """What was typed, without what may be a password."""
    before, at, after = typed.strip()[:200].rpartition("@")
    return f"…@{after}" if at and "//" in before else before + at + after
