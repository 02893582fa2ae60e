"""Lines of one log, read exactly: by the format that was found, and by the others where that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.sitestats.formats import quoted, structured
from toolkit.sitestats.formats.w3c import CLOUDFRONT, DIRECTIVE, Fields
from toolkit.sitestats.model import Reject, Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.sitestats.model import FormatName

LONGEST: Final = 65_536
"""Characters of a line that are looked at; a longer one is no request that a server would have answered."""
SAMPLE: Final = 300
"""Characters of a rejected line that are kept."""
_A_DAY: Final = 86_400
_CONTAINED: Final = '{"log":'
"""How Docker's json-file driver begins every line of a container."""


class LineReader:
    """Reads lines one after the other; remembers what the directives of a W3C log have said.

    `now` (seconds since 1970) is to know a date that hasn't come: more than a day ahead is a wrong clock. `directives`
    are those that hold now, for `resume`.
    """

    def __init__(self, name: FormatName, now: int) -> None:
        self.name = name
        self._latest = now + _A_DAY
        self._fields: Fields | None = Fields(CLOUDFRONT, "\t") if name == "cloudfront" else None
        self._day = ""
        self.directives: dict[str, str] = {}

    def resume(self, directives: Iterable[str]) -> None:
        """Go on where another reader has stopped: these are the directives that held there."""
        for line in directives:
            self._directive(line)

    def read(self, line: str) -> Request | Reject | None:
        """A request, why it is none, or None for a line that isn't meant to be one (a directive)."""
        if len(line) > LONGEST:
            return Reject("too_long", line[:SAMPLE])
        stripped = line.rstrip("\r\n").lstrip("\ufeff")
        if not stripped.strip():
            return Reject("empty", "")
        if stripped[0] == "#":
            return self._directive(stripped)
        found = self._any(stripped)
        if isinstance(found, Request):
            return found if found.at <= self._latest else Reject("future", stripped[:SAMPLE])
        return Reject(found.reason, stripped[:SAMPLE])

    def _directive(self, line: str) -> Reject | None:
        if line.startswith(DIRECTIVE):
            self._fields = Fields.of(line)
            self.directives["fields"] = line
        elif line.startswith("#Date:"):
            self.directives["date"] = line
            self._day = line[6:].strip().partition(" ")[0]
        elif not line.startswith(("#Software:", "#Version:", "#Start-Date:", "#End-Date:", "#Remark:")):
            return Reject("unknown_shape", line[:SAMPLE])
        return None

    def _any(self, line: str) -> Request | Reject:
        if line.startswith(_CONTAINED):
            line = structured.inner_line(line) or line
        if line[0] == "{":
            first, second = structured.read_caddy, structured.read_nginx
            if self.name == "nginx-json":
                first, second = second, first
            found = first(line)
            return second(line) if isinstance(found, Reject) and found.reason == "no_fields" else found
        if self._fields is not None:
            found = self._fields.read(line, self._day)
            if isinstance(found, Request):
                return found
            other = quoted.read(line)
            return other if isinstance(other, Request) else found
        return quoted.read(line)
