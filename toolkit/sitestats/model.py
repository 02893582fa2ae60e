"""What the sitestats tool talks about. Moments are whole seconds since 1970 in UTC; days are cut in the site's zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

FormatName = Literal["combined", "common", "vhost", "caddy", "nginx-json", "cloudfront", "iis"]
"""Formats of access logs that are known. `vhost` is combined with the host before it; `iis` any W3C extended log."""

Who = Literal["human", "search", "ai", "bot", "uncertain"]
"""Who asked: a person, a search engine's crawler, a crawler of an AI company, another program, or nobody can say."""

Device = Literal["desktop", "phone", "tablet", "other", "bot"]
Medium = Literal["direct", "search", "social", "ai", "referral", "campaign", "internal", "spam"]
"""How a visit came about, by its referrer and the marks of its landing address."""

RejectReason = Literal["empty", "too_long", "no_time", "bad_time", "future", "no_address", "bad_status", "bad_json",
                       "no_fields", "unknown_shape", "error_log"]  # fmt: skip


class Request(NamedTuple):
    """One line of an access log, understood. Texts are as logged, at most as long as a line may be.

    `at`: seconds since 1970, UTC. `method` and `protocol` are "" where the request line isn't HTTP (TLS bytes, "-");
    then `target` is the whole of it. `size` is the number of bytes of the answer's body, 0 where the log says "-".
    """

    address: str
    at: int
    method: str
    target: str
    status: int
    size: int
    referrer: str = ""
    agent: str = ""
    host: str = ""


@dataclass(frozen=True)
class Reject:
    """A line that is no request: why, and the line itself (shortened), for the member to look at."""

    reason: RejectReason
    line: str


@dataclass(frozen=True)
class Goal:
    """What counts as success: a page (`path`, where `*` stands for anything) or an `event` by its name; never both.

    `value` is what one conversion is worth to the member, in đồng; None where they haven't said.
    """

    name: str
    path: str = ""
    event: str = ""
    value: int | None = None
