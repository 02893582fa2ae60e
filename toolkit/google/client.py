"""The only place that builds a Google client: from the discovery document that ships with the library, with every
address rewritten to one root, so that neither a call nor a batch can go anywhere else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from toolkit.core.errors import SignInError, ToolkitError
from toolkit.google.accounts import DEFAULT_ACCOUNT, KeptSignIn, load, login_command
from toolkit.google.endpoint import REAL_ROOT, Endpoint
from toolkit.google.retry import PER_SECOND, NotGoogleError, Persistence
from toolkit.net.persistence import Judgement, Pace
from toolkit.net.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    import httplib2
    from google.auth.credentials import Credentials
    from googleapiclient.http import HttpRequest

BATCH = 50  # Google allows 1,000; a batch this small is over before its first part is forgotten

Check = Callable[[Any], bool]


class _Pending(Enum):
    PENDING = "pending"


PENDING = _Pending.PENDING


@dataclass(frozen=True)
class Part:
    """One request of a batch, how to know its reply, and what it costs of the quota."""

    request: HttpRequest
    check: Check
    tokens: int = 1


@dataclass(frozen=True)
class Batched:
    """What became of a batch: for each part, in order, its reply, the ToolkitError it ended in, or PENDING.

    PENDING stands for a part that failed in a way worth another try, or about which nothing is known: send it on its
    own, unless `ended` says why nothing more may be sent now.
    """

    found: list[Any]
    ended: ToolkitError | None = None


def is_object(reply: object, **wanted: object) -> bool:
    """Whether a reply is a JSON object in which these fields have these values."""
    return isinstance(reply, dict) and all(reply.get(name) == value for name, value in wanted.items())


def is_empty(reply: object) -> bool:
    """Whether a reply is the nothing that Google answers to a delete."""
    return reply in ("", b"", {})


class GoogleClient:
    """One signed-in member's way to Google's services. Close it, or use it as a context.

    Raises SignInError("google.not_signed_in") without credentials.
    """

    def __init__(
        self,
        credentials: Credentials | None,
        *,
        endpoint: Endpoint | None = None,
        persistence: Persistence | None = None,
        deadline: float = 60.0,
        kept: KeptSignIn | None = None,
    ) -> None:
        """`deadline`: seconds for one exchange as a whole, connecting and reading included. `kept`: hears of every
        renewal of the credentials, and of their end."""
        if credentials is None:
            raise SignInError("google.not_signed_in", command=login_command())
        self._endpoint = endpoint or Endpoint.from_environment()
        self._transport = Transport(self._endpoint, deadline=deadline)
        _hush()
        self._credentials = credentials
        self._http = _Authorized(credentials, self._transport, kept)
        # A server on this machine has no quota to keep to.
        self._persistence = persistence or Persistence(pace=Pace(None if self._endpoint.stays_here else PER_SECOND))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    @property
    def scopes(self) -> frozenset[str]:
        """What the member agreed to, as far as the credentials know."""
        return frozenset(getattr(self._credentials, "scopes", None) or ())

    def renew(self) -> None:
        """Ask Google for a new access token: that shows whether the sign-in still works. SignInError, RemoteError."""
        self._persistence.run(self._http.renew)

    def service(self, name: str, version: str) -> Any:
        """The library's resource for one API ("calendar", "v3"); its requests go to `send` and `send_batch`."""
        from googleapiclient import discovery

        build: Any = discovery.build_from_document  # type: ignore[attr-defined]  # the stubs leave it out
        return build(_document(name, version, self._endpoint.root), http=self._http)

    def send(
        self, request: HttpRequest, check: Check, *, tokens: int = 1, repeatable: bool = True, tried: int = 0
    ) -> Any:
        """Send one request until it succeeds; see `Persistence.run` for what is raised.

        `check` says whether the reply is the one that was asked for; one that isn't counts as a failure: captive
        portals answer 200 with a login page. `tried`: how often it was sent before, in a batch.
        """
        return self._persistence.run(
            lambda: _checked(request.execute(), check), tokens=tokens, repeatable=repeatable, tried=tried
        )

    def send_batch(self, service: Any, requests: Sequence[Part]) -> Batched:
        """Send up to BATCH requests as one, once. Where Google asked for patience, this has already waited."""
        from googleapiclient.errors import HttpError

        found: list[Any] = [PENDING] * len(requests)
        pending: list[Judgement] = []

        def receive(position: str, reply: object, error: Exception | None) -> None:
            if error is None and requests[int(position)].check(reply):
                found[int(position)] = reply
                return
            failure = error or NotGoogleError()
            if isinstance(failure, HttpError):
                failure.resp.setdefault("date", self._http.answered_at)  # a part has none of its own
            judgement = self._persistence.judge(failure)
            if judgement.verdict == "never":
                found[int(position)] = judgement.error
            else:
                pending.append(judgement)

        self._persistence.pace.take(sum(part.tokens for part in requests))
        try:
            self._send_batch_once(service, requests, receive)
        except Exception as failure:  # noqa: BLE001 (what is not about the network is raised again)
            judgement = self._persistence.judge(failure)
            if judgement.verdict == "stop":
                return Batched(found, judgement.error)
            pending.append(judgement)
        return Batched(found, self._persistence.wait_after(pending) if pending else None)

    def _send_batch_once(
        self, service: Any, requests: Sequence[Part], receive: Callable[[str, object, Exception | None], None]
    ) -> None:
        from googleapiclient.errors import BatchError

        batch = service.new_batch_http_request(callback=receive)
        for position, part in enumerate(requests):
            batch.add(part.request, request_id=str(position))
        # A part that answers 401 makes the library renew the token through a new connection of its own, past every rule
        # of ours, unless it is told how; it then sends those parts once more by itself.
        renew = cache(self._http.renew)
        batch._refresh_and_apply_credentials = lambda *_: renew()  # noqa: SLF001
        try:
            batch.execute(http=self._http)
        except OSError:
            raise
        except (BatchError, LookupError, ValueError, AttributeError, TypeError) as error:
            raise NotGoogleError from error  # how the library fails on an answer that isn't a batch's


@contextmanager
def signed_in(directory: Path, account: str = DEFAULT_ACCOUNT) -> Iterator[GoogleClient]:
    """A client with the sign-in that is kept in `directory`; a renewed access token is kept there at once.

    Raises SignInError("google.not_signed_in" | "google.token_damaged" | "google.token_unreadable").
    """
    credentials = load(directory, account)
    if credentials is None:
        raise SignInError("google.not_signed_in", command=login_command(account))
    with GoogleClient(credentials, kept=KeptSignIn(directory, account, credentials)) as client:
        yield client


class _Authorized:
    """A transport that signs its requests, and that renews the token through that same transport."""

    def __init__(self, credentials: Credentials, transport: Transport, kept: KeptSignIn | None) -> None:
        self._credentials = credentials
        self._transport = transport
        self._kept = kept
        self.answered_at = ""  # the newest answer's Date header

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_unused: Any,
    ) -> tuple[httplib2.Response, bytes]:
        for again in (False, True):
            if again or not self._credentials.valid:
                self.renew()
            signed = dict(headers or {})
            self._credentials.apply(signed)
            response, content = self._transport.request(uri, method, body, signed)
            self.answered_at = response.get("date", "")
            if response.status != 401:
                break
        return response, content

    def renew(self) -> None:
        """Get a new access token. Raises google.auth's errors, those of the transport, or SignInError."""
        from google.auth.exceptions import RefreshError
        from google_auth_httplib2 import Request

        try:
            self._credentials.refresh(Request(self._transport))
        except RefreshError as error:
            answer = error.args[1] if len(error.args) > 1 else None
            if self._kept and isinstance(answer, dict) and (gone := self._kept.refused(str(answer.get("error")))):
                raise gone from error
            raise
        except (AttributeError, LookupError, TypeError, ValueError) as error:  # what answered isn't a token endpoint
            raise NotGoogleError from error
        if self._kept:
            self._kept.renewed()


def _hush() -> None:
    """Keep the libraries from writing to stderr: what they have to say is said by our own errors."""
    for library in ("googleapiclient", "google"):
        logger = logging.getLogger(library)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _checked(reply: Any, check: Check) -> Any:
    if not check(reply):
        raise NotGoogleError
    return reply


@cache
def _document(name: str, version: str, root: str) -> str:
    """The shipped discovery document with every address in it moved under `root`; with the real root, each service
    stays on its own host."""
    from googleapiclient import discovery_cache

    text = discovery_cache.get_static_doc(name, version)
    assert text is not None, f"{name} {version} is not shipped with the client library"
    document = json.loads(text)
    for address in ("mtlsRootUrl", "endpoints"):
        document.pop(address, None)
    if root != REAL_ROOT:
        document["rootUrl"] = root
    document["baseUrl"] = document["rootUrl"] + document["servicePath"]
    return json.dumps(document)
