"""What the failures of a CalDAV server mean, and which are worth another try."""

from __future__ import annotations

import http.client
import re
import ssl
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toolkit.caldav.sign_ins import login_command
from toolkit.caldav.wire import RefusalError
from toolkit.core.errors import RemoteError, SignInError, ToolkitError
from toolkit.net.persistence import Judgement, Persistence, clock_text, retry_after
from toolkit.net.transport import LateError, NotReachedError

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any


class NotDavError(Exception):
    """An answer that a CalDAV server wouldn't give: a login page, half a document."""


class RefusedError(RemoteError):
    """The server understood and said no (403). `said` is its error document."""

    def __init__(self, host: str, said: str) -> None:
        super().__init__("caldav.refused", host=host, detail=said_in(said))
        self.said = said


class DavPersistence(Persistence):
    """Persistence with the server at one address. Every request we make may be sent twice: writes carry a version."""

    def __init__(self, address: str, **choices: Any) -> None:
        super().__init__(**choices)
        self._address = address
        self._host = urlsplit(address).netloc

    def judgement(self, error: Exception, now: datetime) -> Judgement | None:
        from caldav.lib.error import DAVError
        from lxml.etree import LxmlError

        if isinstance(error, RefusalError):
            return self._judge_refusal(error, now)
        if isinstance(error, ToolkitError):
            return Judgement("stop" if isinstance(error, SignInError) else "never", error)
        if isinstance(error, ssl.SSLCertVerificationError):
            return Judgement("never", RemoteError("caldav.false_certificate", host=self._host))
        if isinstance(error, NotReachedError):
            return Judgement("again", RemoteError("caldav.unreachable", host=self._host))
        if isinstance(error, LateError | TimeoutError):
            return Judgement("unsure", RemoteError("caldav.too_slow", host=self._host))
        if isinstance(error, NotDavError | DAVError | LxmlError | UnicodeError):
            return Judgement("unsure", RemoteError("caldav.not_caldav", host=self._host))
        if isinstance(error, OSError | http.client.HTTPException):
            return Judgement("unsure", RemoteError("caldav.cut_off", host=self._host))
        return None

    def _judge_refusal(self, refusal: RefusalError, now: datetime) -> Judgement:
        wait = retry_after(refusal.headers.get("retry-after"), now) or 0.0
        if refusal.status == 401:
            return Judgement("stop", SignInError("caldav.wrong_password", command=login_command(self._address)))
        if refusal.status == 403:
            return Judgement("never", RefusedError(self._host, refusal.body.decode("utf-8", errors="replace")))
        if refusal.status == 408:
            return Judgement("unsure", RemoteError("caldav.too_slow", host=self._host), wait)
        if refusal.status == 507:
            return Judgement("stop", RemoteError("caldav.full", host=self._host))
        if wait > 0:
            when = clock_text(now + timedelta(seconds=wait))
            return Judgement("unsure", RemoteError("caldav.busy_until", host=self._host, when=when), wait)
        return Judgement("unsure", RemoteError("caldav.busy", host=self._host, status=refusal.status))


def said_in(document: str, most: int = 200) -> str:
    """What an error document says, without its markup; the names of its elements if it has no words."""
    text = document[:4_000]
    words = " ".join(re.sub("<[^<>]{0,500}>", " ", text).split())
    if not words:
        words = ", ".join(re.findall(r"<(?:\w{1,20}:)?([a-z-]{3,60})[^<>]{0,300}/>", text))
    return words[:most]
