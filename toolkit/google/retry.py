"""What to do when Google says no, says nothing, or isn't Google: which failures to try again, how long to wait, and
what to tell the member when that's the end of it.
"""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from toolkit.core.errors import RemoteError, SignInError, ToolkitError
from toolkit.google.accounts import login_command
from toolkit.net import persistence
from toolkit.net.persistence import Judgement, clock_text, retry_after
from toolkit.net.transport import LateError, NotReachedError

if TYPE_CHECKING:
    from collections.abc import Mapping

SLOW_DOWN = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"})
USED_UP = frozenset({"quotaExceeded", "calendarUsageLimits", "variableTermLimitExceeded", "concurrentLimitExceeded"})
USED_UP_TODAY = frozenset({"dailyLimitExceeded", "dailyLimitExceededUnreg"})
TOO_NARROW = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
QUOTA_ZONE = ZoneInfo("America/Los_Angeles")  # Google's daily quotas begin anew at midnight Pacific time

PER_SECOND = 8.0  # Google's quota is 600 a minute and member; this leaves room for their other programs


class RefusedError(RemoteError):
    """Google understood the request and said no. `status` and `reason` are Google's own, `detail` its sentence."""

    def __init__(self, status: int, reason: str, detail: str) -> None:
        super().__init__("google.refused", status=status, reason=reason or "?", detail=detail[:300])
        self.status, self.reason, self.detail = status, reason, detail[:300]


class NotGoogleError(Exception):
    """An answer that Google wouldn't give: a login page, half a document, somebody else's event."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer that isn't a success, as far as it can be read."""

    status: int
    reason: str = ""
    detail: str = ""
    retry_after: float | None = None


class Persistence(persistence.Persistence):
    """Persistence with Google."""

    def judgement(self, error: Exception, now: datetime) -> Judgement | None:
        return judge(error, now)


def judge(error: Exception, now: datetime) -> Judgement | None:
    """What a failure means; None for one that isn't about the network, Google or the sign-in."""
    from google.auth.exceptions import GoogleAuthError
    from googleapiclient.errors import HttpError

    if isinstance(error, HttpError):
        return judge_answer(read_answer(error.resp.status, error.resp, error.content, now), now)
    if isinstance(error, GoogleAuthError):
        return _judge_sign_in(error, now)
    if isinstance(error, ToolkitError):
        return Judgement("stop" if isinstance(error, SignInError) else "never", error)
    return judge_silence(error)


def judge_silence(error: BaseException) -> Judgement | None:
    """A failure without any answer of Google's."""
    if isinstance(error, NotReachedError):
        return Judgement("again", RemoteError("google.unreachable"))
    if isinstance(error, LateError | TimeoutError):
        return Judgement("unsure", RemoteError("google.too_slow"))
    if isinstance(error, ssl.SSLCertVerificationError):
        return Judgement("never", RemoteError("google.false_certificate"))
    if isinstance(error, NotGoogleError | UnicodeDecodeError):  # the library's own, of a document cut inside a letter
        return Judgement("unsure", RemoteError("google.not_google"))
    if isinstance(error, OSError | http.client.HTTPException):
        return Judgement("unsure", RemoteError("google.cut_off"))
    return None


def judge_answer(answer: Answer, now: datetime) -> Judgement:
    """An answer of Google's that isn't a success (developers.google.com/calendar/api/guides/errors)."""
    wait = answer.retry_after or 0.0
    if answer.status == 429 or (answer.status == 403 and answer.reason in SLOW_DOWN):
        return Judgement("again", _busy(wait, now), wait)
    if answer.status == 403 and answer.reason in USED_UP_TODAY:
        return Judgement("stop", RemoteError("google.used_up_today", when=clock_text(_next_day(now))))
    if answer.status == 403 and answer.reason in USED_UP:
        return Judgement("stop", RemoteError("google.used_up"))
    if answer.status == 403 and answer.reason in TOO_NARROW:
        return Judgement("stop", SignInError("google.sign_in_narrow", command=login_command()))
    if answer.status == 401:
        return Judgement("stop", SignInError("google.sign_in_gone", command=login_command()))
    if answer.status >= 500 and answer.status != 501:
        return Judgement("unsure", _busy(wait, now), wait)
    if answer.status == 408:
        return Judgement("unsure", RemoteError("google.too_slow"), wait)
    if 300 <= answer.status < 400:
        return Judgement("unsure", RemoteError("google.not_google"))
    return Judgement("never", RefusedError(answer.status, answer.reason, answer.detail))


def read_answer(status: int, headers: Mapping[str, str], content: bytes | str, now: datetime) -> Answer:
    """Status, Google's reason and sentence, and Retry-After in seconds, out of an answer of whatever shape."""
    reason = detail = ""
    try:
        fault = json.loads(content)["error"]
        detail = str(fault.get("message", ""))
        entries = fault.get("errors") or fault.get("details") or ()
        reason = next((str(one["reason"]) for one in entries if one.get("reason")), str(fault.get("status") or ""))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        pass  # an HTML page or half a document: the status has to do
    wait = retry_after(headers.get("retry-after"), now, headers.get("date"))
    return Answer(int(status), reason, detail, wait)


def _judge_sign_in(error: Exception, now: datetime) -> Judgement:
    """A refresh that failed: either the token endpoint said no, or it couldn't be asked."""
    from google.auth.exceptions import RefreshError, TransportError

    cause = error.__cause__ or error.__context__ or (error.args[0] if error.args else None)
    if isinstance(error, TransportError) and isinstance(cause, BaseException):
        return judge_silence(cause) or Judgement("unsure", RemoteError("google.cut_off"))
    if isinstance(error, RefreshError) and getattr(error, "retryable", False):
        return Judgement("again", _busy(0.0, now))
    if isinstance(error, RefreshError) and _is_no_refusal(error):
        return Judgement("unsure", RemoteError("google.not_google"))
    return Judgement("stop", SignInError("google.sign_in_gone", command=login_command()))


def _is_no_refusal(error: Exception) -> bool:
    """Whether the token endpoint answered with something else than OAuth's `{"error": …}` (RFC 6749, 5.2)."""
    answer = error.args[1] if len(error.args) > 1 else None
    return str(error).lstrip("('\" ").startswith("<") or (isinstance(answer, dict) and "error" not in answer)


def _busy(wait: float, now: datetime) -> RemoteError:
    if wait > 0:
        return RemoteError("google.busy_until", when=clock_text(now + timedelta(seconds=wait)))
    return RemoteError("google.busy")


def _next_day(now: datetime) -> datetime:
    local = now.astimezone(QUOTA_ZONE)
    return datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), tzinfo=QUOTA_ZONE)
