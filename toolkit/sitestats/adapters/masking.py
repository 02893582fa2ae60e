"""Lines without what tells who asked: no address, no name of a machine, no query. For samples and for fingerprints."""

from __future__ import annotations

import re
from typing import Final

_V4: Final = re.compile(rb"(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])")
_V6: Final = re.compile(rb"(?<![0-9A-Za-z:/])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]{1,40}(?:\.[0-9.]{1,15})?(?![0-9A-Za-z:])")
_QUERY: Final = re.compile(rb"\?[^ \"\t]+")
_STARTS: Final = re.compile(rb"(?m)^(?![{#\[])(?![0-9]{4}[-/])[^ \n]{1,255} ")
_NOBODY: Final = b"*"


def without_addresses(raw: bytes) -> bytes:
    """Lines with every address of a machine taken out, and the name that a line of a server begins with."""
    return _V6.sub(_masked, _V4.sub(_NOBODY, _STARTS.sub(b"* ", raw)))


def _masked(found: re.Match[bytes]) -> bytes:
    # a time of day is no address: 10:21:22 has two colons and figures alone
    text = found[0]
    return _NOBODY if b"::" in text or text.count(b":") > 2 else text


def sample_of(line: str) -> str:
    """A line for the member to look at: addresses and queries taken out."""
    if "\x00" in line:
        line = line.replace("\x00", "?")
    return _QUERY.sub(b"?*", without_addresses(line.encode(errors="replace"))).decode(errors="replace")
