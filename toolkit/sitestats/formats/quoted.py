r"""The NCSA formats: common, combined, and combined with the virtual host before it.

`host ident user [time] "request" status bytes "referrer" "agent"`, where a quote within quotes is written `\"` and
bytes that can't be printed as `\x16` (Apache's mod_log_config and nginx's ngx_http_log_module say so).
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.sitestats.formats.moments import bracketed_moment
from toolkit.sitestats.model import Reject, Request

_QUOTED: Final = r'"((?:[^"\\]|\\.)*)"'
_LINE = re.compile(
    rf'"?((?:[^"\[]{{0,200}}\[\d{{1,9}}\]: )?[^"\[]{{1,600}})\[([^\]]{{20,40}})\] +{_QUOTED} +(\d{{3}}|-) +(\d+|-)'
    rf'(?: +{_QUOTED}(?: +{_QUOTED})?)?(?: .*|")?',  # some servers put the whole line in quotes
    re.DOTALL,
)
_METHOD = re.compile(r"[A-Z][A-Z-]{2,19}")
_VERSION = re.compile(r"HTTP/\d(?:\.\d)?", re.ASCII)
_NUMERIC = re.compile(
    r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{1,40}(?:%\w{1,16})?|::ffff:[\d.]{7,15}", re.ASCII
)
# An address and nothing else, wherever it stands: not the time of day that a journal writes before the line.
_CERTAIN = re.compile(
    r"(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}"
    r"|[0-9a-fA-F:]{0,30}::[0-9a-fA-F:]{0,30}(?:%\w{1,16})?|::ffff:[\d.]{7,15}",
    re.ASCII,
)
_NAMED = re.compile(r"\w[\w.-]{0,252}")  # some servers look the name of an address up
_HOST = re.compile(r"([\w.-]{1,253})(?::\d{1,5})?")
_MOST_BEFORE: Final = 12
"""Words that may stand before the address: what a journal or a container puts there."""
_HEXADECIMAL = re.compile(r"\\x([0-9a-fA-F]{2})")


def read(line: str) -> Request | Reject:
    """A line of any of the three formats."""
    found = _LINE.fullmatch(line)
    if found is None:
        return Reject("no_time" if "[" not in line[:2048] else "unknown_shape", line)
    head, time, request, status, size, referrer, agent = found.groups()
    at = bracketed_moment(time)
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
    may hold spaces, the address may be a list that proxies have made, and a journal may have put its own words before
    it all. ("", "") where no address is there."""
    if not words:
        return "", ""
    first = words[0].partition(",")[0]
    if _NUMERIC.fullmatch(first):
        return "", first
    if len(words) < 3:
        return "", ""
    if len(words) > 3 and words[1] != "-" and _NUMERIC.fullmatch(words[1]):
        host = _HOST.fullmatch(words[0])
        if host is not None:
            return host[1] if host[1] != "-" else "", words[1]
    if words[1] == "-":
        return "", words[0] if _NAMED.fullmatch(words[0]) else ""
    for place in range(1, min(len(words) - 2, _MOST_BEFORE)):
        if _CERTAIN.fullmatch(words[place]):
            return "", words[place]
    if len(words) > 3 and words[2] == "-" and _NAMED.fullmatch(words[1]) and (host := _HOST.fullmatch(words[0])):
        return host[1], words[1]
    return "", words[0] if len(words) == 3 and _NAMED.fullmatch(words[0]) else ""


def request_parts(request: str) -> tuple[str, str]:
    """(method, target) of a request line; ("", the whole line) for what isn't HTTP. A target may hold spaces where a
    version of HTTP stands behind it: some programs ask so, and servers log what was asked."""
    method, _, rest = request.partition(" ")
    if _METHOD.fullmatch(method):
        before, _, last = rest.rpartition(" ")
        versioned = _VERSION.fullmatch(last) is not None
        target = (before if versioned else rest).strip(" ")
        if target and (versioned or " " not in target):
            return method, unescaped(target)
    return "", unescaped(request)


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
