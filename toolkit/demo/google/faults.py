"""Faults on demand: which answers go wrong, how, after how many, how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Literal

from toolkit.demo.google.contract import ApiError

Kind = Literal[
    "400", "401", "403rate", "403userrate", "403quota", "403daily", "403usage", "403forbidden", "403scope", "404",
    "408", "409", "410", "410sync", "412", "429", "500", "502html", "503", "504", "invalid_grant",
    "200html", "truncated_json", "wrong_id", "cut_body", "reset_before", "reset_after", "hang", "slow_body",
]  # fmt: skip

# Google's own status, domain, reason and message for each refusal.
REFUSALS: dict[str, tuple[int, str, str, str]] = {
    "400": (400, "global", "badRequest", "Bad Request"),
    "401": (401, "global", "authError", "Invalid Credentials"),
    "403rate": (403, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded"),
    "403userrate": (403, "usageLimits", "userRateLimitExceeded", "User Rate Limit Exceeded"),
    "403quota": (403, "usageLimits", "quotaExceeded", "Calendar usage limits exceeded."),
    "403daily": (403, "usageLimits", "dailyLimitExceeded", "Daily Limit Exceeded"),
    "403usage": (403, "usageLimits", "calendarUsageLimits", "Calendar usage limits exceeded."),
    "403forbidden": (403, "global", "forbidden", "Forbidden"),
    "403scope": (403, "global", "insufficientPermissions", "Request had insufficient authentication scopes."),
    "404": (404, "global", "notFound", "Not Found"),
    "408": (408, "global", "requestTimeout", "Request Timeout"),
    "409": (409, "global", "duplicate", "The requested identifier already exists."),
    "410": (410, "global", "deleted", "Resource has been deleted"),
    "410sync": (410, "calendar", "fullSyncRequired", "Sync token is no longer valid, a full sync is required."),
    "412": (412, "global", "conditionNotMet", "Precondition Failed"),
    "429": (429, "usageLimits", "rateLimitExceeded", "Too Many Requests"),
    "500": (500, "global", "backendError", "Backend Error"),
    "503": (503, "global", "backendError", "Service Unavailable"),
    "504": (504, "global", "backendError", "Gateway Timeout"),
}
# Faults of the connection itself; they can't happen to one part of a batch.
WIRE = frozenset({"reset_before", "reset_after", "hang", "slow_body", "cut_body"})
# The server did the work before the answer went wrong.
AFTER_THE_FACT = frozenset({"reset_after", "truncated_json", "wrong_id", "cut_body", "slow_body"})


@dataclass
class Fault:
    """One planned fault. `on` is a method id ("events.insert"), "batch", "token", or "*" for any method; the first
    `after` matching requests are spared, the next `times` are hit. `applied`: the server does the work first."""

    on: str
    kind: Kind
    after: int = 0
    times: int = 1
    retry_after: str | None = None
    applied: bool = False
    hits: int = field(default=0, init=False)
    _spared: int = field(default=0, init=False)

    def refusal(self) -> ApiError | None:
        if self.kind not in REFUSALS:
            return None
        status, domain, reason, message = REFUSALS[self.kind]
        return ApiError(status, reason, message, domain=domain, retry_after=self.retry_after)

    def meets(self, on: str) -> bool:
        """Whether this fault strikes a request of this kind; counts it either way."""
        if self.on not in {on, "*"} or self.hits >= self.times:
            return False
        if self._spared < self.after:
            self._spared += 1
            return False
        self.hits += 1
        return True


class Faults:
    """The plan. Safe to change while the server answers."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []
        self._lock = threading.Lock()

    def add(
        self,
        on: str,
        kind: Kind,
        *,
        after: int = 0,
        times: int = 1,
        retry_after: str | float | None = None,
        applied: bool = False,
    ) -> Fault:
        """Plan a fault; see `Fault`. `retry_after` is the header's value: seconds, or an HTTP date."""
        done = applied or kind in AFTER_THE_FACT
        fault = Fault(on, kind, after, times, None if retry_after is None else str(retry_after), done)
        with self._lock:
            self._planned.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._planned.clear()

    def next(self, on: str, *, part: bool = False) -> Fault | None:
        """The fault that strikes this request, if any. A part of a batch is never struck by a fault of the wire."""
        with self._lock:
            for fault in self._planned:
                if not (part and fault.kind in WIRE) and fault.meets(on):
                    return fault
        return None
