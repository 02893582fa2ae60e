"""W3C extended logs: IIS (fields between spaces) and CloudFront (between tabs). `#Fields:` says what stands where, and
may say something new in the middle of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from toolkit.sitestats.formats.moments import iso_moment
from toolkit.sitestats.model import Reject, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

DIRECTIVE: Final = "#Fields:"
# CloudFront's standard logs, in the order they had before `#Fields:` could be chosen.
CLOUDFRONT: Final = (
    "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status",
    "cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id",
    "x-host-header", "cs-protocol", "cs-bytes", "time-taken",
)  # fmt: skip


class Fields:
    """The columns that a `#Fields:` line names."""

    def __init__(self, names: Sequence[str], separator: str) -> None:
        self.separator = separator
        self._place = {name.lower(): place for place, name in reversed(list(enumerate(names)))}
        self._least = max(
            (self._place[name] for name in ("date", "time", "sc-status") if name in self._place), default=0
        )
        self.known = {"time", "sc-status", "cs-uri-stem"} <= self._place.keys()

    @classmethod
    def of(cls, line: str) -> Fields:
        """The columns of a `#Fields:` line. CloudFront parts them with spaces too, but its rows with tabs."""
        names = line[len(DIRECTIVE) :].split()
        tabbed = any(name.lower().startswith("x-edge-") for name in names)
        return cls(names, "\t" if tabbed else " ")

    def read(self, line: str, day: str = "") -> Request | Reject:
        """A row. `day` is what `#Date:` said, for logs whose rows have the time of day alone."""
        parts = line.split(self.separator)
        if not self.known or len(parts) <= self._least:
            return Reject("no_fields", line)

        def at(*names: str) -> str:
            for name in names:
                place = self._place.get(name)
                if place is not None and place < len(parts) and parts[place] != "-":
                    return parts[place]
            return ""

        moment = iso_moment(f"{at('date') or day} {at('time')}")
        if moment is None:
            return Reject("bad_time", line)
        address = at("c-ip")
        if not address or len(address) > 64:
            return Reject("no_address", line)
        status = at("sc-status")
        if not (status.isascii() and status.isdigit() and 100 <= int(status[:4]) <= 599):
            return Reject("bad_status", line)
        stem, query = at("cs-uri-stem"), at("cs-uri-query")
        size = at("sc-bytes")
        return Request(
            address,
            moment,
            at("cs-method"),
            f"{stem}?{query}" if query else stem,
            int(status),
            int(size) if size.isascii() and size.isdigit() and len(size) <= 15 else 0,
            self._spoken(at("cs(referer)")),
            self._spoken(at("cs(user-agent)")),
            at("x-host-header", "cs-host", "cs(host)"),
        )

    def _spoken(self, text: str) -> str:
        """IIS writes spaces as `+`; CloudFront encodes a text like a part of an address, some of it twice."""
        if self.separator == " ":
            return text.replace("+", " ")
        return unquote(unquote(text)) if "%25" in text else unquote(text)
