"""What to do when Google says no, says nothing, or isn't Google: which failures to try again, how long to wait, and
what to tell the member when that's the end of it.
"""

from __future__ import annotations

import http.client
import json
import random
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from toolkit.core.errors import RemoteError, SignInError, ToolkitError
from toolkit.google.accounts import login_command
from toolkit.google.transport import LateError, NotReachedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

# again: nothing was done, or doing it twice is harmless to try; unsure: it may have been done; never: asking again is
# pointless; stop: nothing else may be asked now either.
Verdict = Literal["again", "unsure", "never", "stop"]

SLOW_DOWN = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"})
USED_UP = frozenset({"quotaExceeded", "calendarUsageLimits", "variableTermLimitExceeded", "concurrentLimitExceeded"})
USED_UP_TODAY = frozenset({"dailyLimitExceeded", "dailyLimitExceededUnreg"})
TOO_NARROW = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "PERMISSION_DENIED"})
QUOTA_ZONE = ZoneInfo("America/Los_Angeles")  # Google's daily quotas begin anew at midnight Pacific time

LONGEST_READ = 31 * 86_400.0  # seconds of a Retry-After that are believed; no quota lasts longer than a month

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


@dataclass(frozen=True)
class Judgement:
    """What one failure means. `wait` is the least wait that Google asked for, in seconds; `error` is what the member is
    told if this was the last try."""

    verdict: Verdict
    error: ToolkitError
    wait: float = 0.0


@dataclass(frozen=True)
class Patience:
    """How long to try. Waits are drawn from 0 … min(`longest`, `base`·2ⁿ) seconds (full jitter); a Retry-After longer
    than `longest_asked` ends the run instead, with the time at which to go on."""

    tries: int = 6
    base: float = 1.0
    longest: float = 32.0
    longest_asked: float = 120.0


class Pace:
    """At most `per_second` requests on average, `burst` at once: a token bucket. None lifts the limit.

    A batch of n requests takes n tokens at once and the next one waits for them: Google counts a batch as its parts.
    """

    def __init__(
        self,
        per_second: float | None = PER_SECOND,
        burst: float = 8.0,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._per_second, self._burst = per_second, burst
        self._monotonic, self._sleep = monotonic, sleep
        self._paid_until = float("-inf")

    def take(self, tokens: int = 1) -> None:
        """Wait until these requests may be sent."""
        if self._per_second is None:
            return
        now = self._monotonic()
        self._paid_until = max(self._paid_until, now)
        wait = self._paid_until - self._burst / self._per_second - now
        self._paid_until += tokens / self._per_second
        if wait > 0:
            self._sleep(wait)


class Persistence:
    """Tries a request until it succeeds, or until trying on makes no sense.

    The clocks are injected: `monotonic` (inside Pace) measures waits, `now` only reads dates that Google sends.
    """

    def __init__(
        self,
        *,
        patience: Patience | None = None,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[float, float], float] = random.uniform,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.patience = patience or Patience()
        self.pace = pace or Pace()
        self._sleep, self._chance = sleep, chance
        self._now = now or _utc_now
        self._ever_reached = False

    def run(self, attempt: Callable[[], Any], *, tokens: int = 1, repeatable: bool = True, tried: int = 0) -> Any:
        """What `attempt` returns in the end. Raises RefusedError, another RemoteError, or SignInError.

        `repeatable` is False for a request that would make a second thing when sent twice: it is tried again only when
        it is certain that the first one wasn't carried out. `tried` counts earlier tries elsewhere.
        """
        number = tried
        while True:
            number += 1
            self.pace.take(tokens)
            try:
                result = attempt()
            except Exception as error:
                judgement = self.judge(error)
                if number >= self.patience.tries or not self._worth_another(judgement, error, repeatable=repeatable):
                    raise judgement.error from error
                self._sleep(max(judgement.wait, self._jitter(number)))
            else:
                self._ever_reached = True
                return result

    def judge(self, error: Exception) -> Judgement:
        """What a failure means; one that isn't about the network, Google or the sign-in is raised again."""
        judgement = judge(error, self._now())
        if judgement is None:
            raise error
        return judgement

    def wait_after(self, judgements: Iterable[Judgement]) -> ToolkitError | None:
        """Wait as long as the hardest of these failures asks, before their requests are sent again; if that is too long
        to wait for, gives back what to tell the member instead."""
        hardest = max(judgements, key=lambda judgement: judgement.wait)
        if hardest.wait > self.patience.longest_asked:
            return hardest.error
        self._sleep(max(hardest.wait, self._jitter(1)))
        return None

    def _worth_another(self, judgement: Judgement, error: Exception, *, repeatable: bool) -> bool:
        if judgement.verdict in {"never", "stop"} or judgement.wait > self.patience.longest_asked:
            return False
        if judgement.verdict == "unsure" and not repeatable:
            return False
        # Whoever is offline from the start wants to hear so now; a connection that drops in the middle comes back.
        return self._ever_reached or not isinstance(error, NotReachedError)

    def _jitter(self, number: int) -> float:
        return self._chance(0.0, min(self.patience.longest, self.patience.base * 2 ** (number - 1)))


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
    if isinstance(error, NotGoogleError):
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
        return Judgement("stop", RemoteError("google.used_up_today", when=_clock_text(_next_day(now))))
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
        entries = fault.get("errors") or fault.get("details") or [{}]
        reason = str(entries[0].get("reason") or fault.get("status") or "")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        pass  # an HTML page or half a document: the status has to do
    return Answer(int(status), reason, detail, retry_after(headers.get("retry-after"), now))


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds to wait, from a Retry-After header: delay-seconds or an HTTP-date (RFC 9110, 10.2.3). None if neither.

    Never more than LONGEST_READ: what is said must stay a moment that a clock can show.
    """
    if not text:
        return None
    text = text.strip()[:64]
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_READ)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (when - now).total_seconds()), LONGEST_READ)


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


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _busy(wait: float, now: datetime) -> RemoteError:
    if wait > 0:
        return RemoteError("google.busy_until", when=_clock_text(now + timedelta(seconds=wait)))
    return RemoteError("google.busy")


def _next_day(now: datetime) -> datetime:
    local = now.astimezone(QUOTA_ZONE)
    return datetime.combine(local.date() + timedelta(days=1), datetime.min.time(), tzinfo=QUOTA_ZONE)


def _clock_text(moment: datetime) -> str:
    """A moment as the member's own clock shows it, to the minute, never earlier than the moment itself."""
    return (moment + timedelta(seconds=59)).astimezone().strftime("%H:%M %d/%m/%Y")
