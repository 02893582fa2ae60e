"""What a page tells the collector: one small JSON text. Everything that isn't needed is left out before it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args
from urllib.parse import unquote, urlsplit

Kind = Literal["view", "event", "link"]
"""A page was seen; something was done that the site's owner gave a name; a link that leads away was followed."""

LARGEST: Final = 4_096
"""Bytes of a message."""
LONGEST_PATH: Final = 2_000
LONGEST_REFERRER: Final = 500
LONGEST_NAME: Final = 100
LONGEST_AGENT: Final = 500
_SITE: Final = 80
_KINDS: Final = frozenset(get_args(Kind))
_LEADS: Final = ("http", "https", "tel", "mailto", "sms")


@dataclass(frozen=True)
class Message:
    """What is kept of a message. `path` as people read it, `query` for the marks of a campaign in it (it isn't kept),
    `referrer` without what follows its path, `name` of the event, or where the link leads."""

    site: str
    kind: Kind
    path: str
    query: str
    referrer: str
    name: str


def read_message(raw: bytes) -> Message | None:
    """A message, None where it isn't one: too large, not UTF-8, not JSON, a field of another kind or too long."""
    if len(raw) > LARGEST:
        return None
    try:
        told = json.loads(raw.decode())
    except (ValueError, RecursionError):  # what json raises for nesting without end
        return None
    if not isinstance(told, dict):
        return None
    site, kind, target = _text(told, "s", _SITE), _text(told, "k", 10), _text(told, "p", LARGEST)
    referrer, name = _text(told, "r", LARGEST), _text(told, "n", LARGEST)
    if site is None or target is None or referrer is None or name is None or not target.startswith("/"):
        return None
    if kind == "link":
        name = lead(name)
    name = " ".join(visible(name).split())[:LONGEST_NAME]
    if kind not in _KINDS or (kind != "view" and not name):
        return None
    path, _, query = target.partition("?")
    known: Kind = "view" if kind == "view" else "event" if kind == "event" else "link"
    return Message(
        site, known, shown_path(path), query.partition("#")[0], bare_referrer(referrer), "" if kind == "view" else name
    )


def _text(told: dict[str, Any], key: str, longest: int) -> str | None:
    value = told.get(key, "")
    return value if isinstance(value, str) and len(value) <= longest else None


def visible(text: str) -> str:
    """A text on one line of a screen: what can't be printed is replaced, so that nobody can forge a line with it."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def shown_path(path: str) -> str:
    """A path as people read it, the same as a report on logs shows it."""
    text = path.partition("#")[0][:LONGEST_PATH] or "/"
    return visible(unquote(text, errors="replace") if "%" in text else text)


def bare_referrer(text: str) -> str:
    """The page that somebody came from, without its query, its fragment and any name of a person; "" for none."""
    try:
        parts = urlsplit(text[:LARGEST].strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:  # what urlsplit raises for broken brackets and ports
        return ""
    if parts.scheme not in ("http", "https", "android-app") or not host:
        return ""
    return visible(f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}")[:LONGEST_REFERRER]


def lead(text: str) -> str:
    """Where a link leads: host and path of a page, or the whole of tel:, mailto: and sms:, without what follows `?`."""
    try:
        parts = urlsplit(text.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme not in _LEADS:
        return ""
    if parts.scheme in ("http", "https"):
        return f"{host}{unquote(parts.path, errors='replace').rstrip('/')}" if host else ""
    return f"{parts.scheme}:{parts.path}" if parts.path else ""
