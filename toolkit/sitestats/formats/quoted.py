r"""The NCSA formats: common, combined, and combined with the virtual host before it.

`host ident user [time] "request" status bytes "referrer" "agent"`, where a quote within quotes is written `\"` and
bytes that can't be printed as `\x16` (Apache's mod_log_config and nginx's ngx_http_log_module say so).
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.sitestats.formats.moments import clf_moment
from toolkit.sitestats.model import Reject, Request

_QUOTED: Final = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    rf"([^\"\[]{{1,600}})\[([^\]]{{20,32}})\] +{_QUOTED} +(\d{{3}}|-) +(\d+|-)(?: +{_QUOTED}(?: +{_QUOTED})?)?(?: .*)?",
    re.DOTALL,
)
_PLAIN = re.compile(r"([A-Z]{3,16}) (\S+)(?: +(HTTP/\d(?:\.\d)?))?")
_NUMERIC = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F:]{2,45}(?:%\w{1,16})?|::ffff:[\d.]{7,15}", re.ASCII)
_NAMED = re.compile(r"[\w.-]{1,253}")  # some servers look the name of an address up
_HOST = re.compile(r"([\w.-]{1,253})(?::\d{1,5})?")
_HEXADECIMAL = re.compile(r"\\x([0-9a-fA-F]{2})")


def read(line: str) -> Request | Reject:
    """A line of any of the three formats."""
    found = _LINE.fullmatch(line)
    if found is None:
        return Reject("no_time" if "[" not in line[:2048] else "unknown_shape", line)
    head, time, request, status, size, referrer, agent = found.groups()
    at = clf_moment(time)
    if at is None:
        return Reject("bad_time", line)
    host, address = _host_and_address(head.split())
    if not address:
        return Reject("no_address", line)
    code = int(status) if status != "-" else 0
    if not 100 <= code <= 599:
        return Reject("bad_status", line)
    method, target = request_parts(request)
    return Request(
        address, at, method, target, code, _size(size), unescaped(referrer or ""), unescaped(agent or ""), host
    )  # fmt: skip


def _host_and_address(words: list[str]) -> tuple[str, str]:
    """(virtual host, address) of what stands before the time: `[host[:port]] address ident user`, where a user's name
    may hold spaces. ("", "") where no address is there."""
    if not words:
        return "", ""
    if len(words) > 3 and words[1] != "-" and not _NUMERIC.fullmatch(words[0]) and _NUMERIC.fullmatch(words[1]):
        host = _HOST.fullmatch(words[0])
        return (host[1], words[1]) if host else ("", "")
    known = _NUMERIC.fullmatch(words[0]) or (len(words) > 2 and _NAMED.fullmatch(words[0]))
    return "", words[0] if known else ""


def request_parts(request: str) -> tuple[str, str]:
    """(method, target) of a request line; ("", the whole line) for what isn't HTTP."""
    found = _PLAIN.fullmatch(request)
    if found is None:
        return "", unescaped(request)
    return found[1], unescaped(found[2])


def unescaped(text: str) -> str:
    r"""The text without the log's own escapes: `\"` and `\\` are the characters, `\xHH` stays a byte of UTF-8 where
    it can be one and is written as it was where it can't. "-" is nothing."""
    if text == "-":
        return ""
    if "\\" not in text:
        return text
    if _HEXADECIMAL.search(text):
        text = _bytes_of(text)
    return text.replace('\\"', '"').replace("\\\\", "\\")


def _bytes_of(text: str) -> str:
    """Runs of `\\xHH` as the characters they are in UTF-8."""

    def character(found: re.Match[str]) -> str:
        raw = bytes.fromhex(found[0].replace("\\x", ""))
        try:
            decoded = raw.decode("utf-8")
        except UnicodeDecodeError:
            return found[0]
        return decoded if decoded.isprintable() else found[0]

    return re.sub(r"(?:\\x[0-9a-fA-F]{2})+", character, text)


def _size(text: str) -> int:
    """Bytes; more digits than any answer has are no size."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0
