"""Persistence with a remote service: which failures to try again, how fast to ask, how long to wait.

What a failure means is the service's own business: each one judges its failures (`Persistence.judge`), this waits.
"""

from __future__ import annotations

import random
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal

from toolkit.net.transport import NotReachedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.core.errors import ToolkitError

# again: nothing was done, or doing it twice is harmless to try; unsure: it may have been done; never: asking again is
# pointless; stop: nothing else may be asked now either.
Verdict = Literal["again", "unsure", "never", "stop"]

LONGEST_READ = 31 * 86_400.0  # seconds of a Retry-After that are believed; no quota lasts longer than a month


@dataclass(frozen=True)
class Judgement:
    """What one failure means. `wait` is the least wait that the service asked for, in seconds; `error` is what the
    member is told if this was the last try."""

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

    A batch of n requests takes n tokens at once and the next one waits for them: services count a batch as its parts.
    """

    def __init__(
        self,
        per_second: float | None,
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


class Persistence(ABC):
    """Tries a request until it succeeds, or until trying on makes no sense.

    The clocks are injected: `monotonic` (inside Pace) measures waits, `now` only reads dates that the service sends.
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
        self.pace = pace or Pace(None)
        self._sleep, self._chance = sleep, chance
        self._now = now or _utc_now
        self._ever_reached = False

    def run(self, attempt: Callable[[], Any], *, tokens: int = 1, repeatable: bool = True, tried: int = 0) -> Any:
        """What `attempt` returns in the end. Raises RemoteError or SignInError.

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
        """What a failure means; one that isn't about the network, the service or the sign-in is raised again."""
        judgement = self.judgement(error, self._now())
        if judgement is None:
            raise error
        return judgement

    @abstractmethod
    def judgement(self, error: Exception, now: datetime) -> Judgement | None:
        """What a failure means at this service; None for one that isn't about it."""

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


def retry_after(text: str | None, now: datetime, said_at: str | None = None) -> float | None:
    """Seconds to wait, from a Retry-After header: delay-seconds or an HTTP-date (RFC 9110, 10.2.3). None if neither.

    `said_at` is the same answer's Date header: a date counts from there, as this machine's clock (`now`) may be wrong.
    Never more than LONGEST_READ: what is said must stay a moment that a clock can show.
    """
    if not text:
        return None
    text = text.strip()[:64]
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_READ)
    when = _http_date(text)
    if when is None:
        return None
    since = _http_date(said_at[:64]) if said_at else None
    return min(max(0.0, (when - (since or now)).total_seconds()), LONGEST_READ)


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def clock_text(moment: datetime) -> str:
    """A moment as the member's own clock shows it, to the minute, never earlier than the moment itself."""
    return (moment + timedelta(seconds=59)).astimezone().strftime("%H:%M %d/%m/%Y")


def _utc_now() -> datetime:
    return datetime.now(UTC)
