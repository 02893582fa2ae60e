"""Google on this machine (Calendar, Sheets, Analytics, Search Console): a real HTTP server on 127.0.0.1 that the real
client library talks to.

    with LoopbackGoogle() as google:
        ...  # google.root, google.credentials(), google.faults, google.count("events.insert")

It is stateful, keeps tombstones and etags, pages, answers batches, and holds every request against Google's own
discovery document. Lessons and the demo use it so that nobody needs an account; tests use it to make things go wrong.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from typing import TYPE_CHECKING, Self

from toolkit.demo.google.consent import PATH as CONSENT_PATH
from toolkit.demo.google.contract import Json, shipped
from toolkit.demo.google.tokens import CLIENT_ID
from toolkit.demo.google.wire import APP_CREATED, Seen, Server

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

    from google.oauth2.credentials import Credentials

    from toolkit.demo.google.faults import Faults
    from toolkit.demo.google.measurement import Analytics, SearchSites
    from toolkit.demo.google.spreadsheets import Spreadsheets
    from toolkit.demo.google.state import Calendar, State
    from toolkit.demo.google.tokens import Tokens

WRITES = ("events.insert", "events.update", "events.patch", "events.delete", "events.import", "calendars.insert",
          "calendars.update", "calendars.patch", "calendars.delete")  # fmt: skip


class LoopbackGoogle:
    """The server and everything a test or a lesson asks of it. `latency` (seconds) delays every answer."""

    def __init__(self, *, scopes: Iterable[str] = (APP_CREATED,), latency: float = 0.0) -> None:
        self._scopes = frozenset(scopes)
        self._server = Server(shipped(), latency)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        self._thread.join()

    @property
    def root(self) -> str:
        """What takes the place of https://www.googleapis.com/ (and of the token endpoint's host)."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    @property
    def faults(self) -> Faults:
        return self._server.faults

    @property
    def state(self) -> State:
        return self._server.state

    @property
    def spreadsheets(self) -> Spreadsheets:
        return self._server.spreadsheets

    @property
    def analytics(self) -> Analytics:
        return self._server.analytics

    @property
    def search(self) -> SearchSites:
        return self._server.search

    @property
    def tokens(self) -> Tokens:
        return self._server.tokens

    def credentials(self, scopes: Iterable[str] | None = None) -> Credentials:
        """Credentials of a member who has just signed in here."""
        from google.oauth2.credentials import Credentials

        granted = self._scopes if scopes is None else frozenset(scopes)
        access, refresh = self.tokens.grant(granted)
        return Credentials(
            token=access,
            refresh_token=refresh,
            token_uri=self.root + "token",
            client_id=CLIENT_ID,
            client_secret=self.tokens.client_secret,
            scopes=sorted(granted),
        )

    def client_file(self, path: Path) -> Path:
        """Write the file that a member would download from their own project, naming this server; gives `path` back."""
        installed = {
            "client_id": CLIENT_ID,
            "project_id": "so-tay-cua-toi",
            "auth_uri": self.root + CONSENT_PATH[1:],
            "token_uri": self.root + "token",
            "client_secret": self.tokens.client_secret,
            "redirect_uris": ["http://localhost"],
        }
        path.write_text(json.dumps({"installed": installed}), encoding="utf-8")
        return path

    def sign_in(self, directory: Path, scopes: Iterable[str] | None = None) -> None:
        """Leave a sign-in to this server where commands look for one."""
        from toolkit.google.accounts import save

        save(directory, self.credentials(scopes))

    @property
    def calendars(self) -> list[Calendar]:
        """The calendars that applications made here; the member's own primary one is left out."""
        return [calendar for calendar in self.state.calendars.values() if calendar.by_app]

    def events(self, calendar_id: str | None = None) -> list[Json]:
        """The events that stand now, in one calendar or in all that applications made."""
        with self.state.lock:
            chosen = self.calendars if calendar_id is None else [self.state.calendars[calendar_id]]
            return [event for calendar in chosen for event in calendar.live()]

    def edit(self, event_id: str, **fields: Json) -> None:
        """The member changes an event by hand, in Google's own window; `ID_20261208T013000Z` is one of a series."""
        with self.state.lock:
            for calendar in self.calendars:
                if event_id.partition("_")[0] in calendar.events:
                    self.state.edit(calendar, event_id, fields)
                    return
        raise KeyError(event_id)

    @property
    def requests(self) -> list[Seen]:
        """Everything asked so far, oldest first; parts of a batch are listed on their own, before their batch."""
        return self._server.seen()

    def counts(self) -> Counter[str]:
        """How often each method was asked for, parts of batches included; "batch" counts the batches themselves."""
        return Counter(seen.kind for seen in self.requests)

    def count(self, kind: str) -> int:
        return self.counts()[kind]

    @property
    def writes(self) -> int:
        """How many requests could have changed something."""
        counts = self.counts()
        return sum(counts[kind] for kind in WRITES)

    @property
    def round_trips(self) -> int:
        """How many HTTP requests there were: a batch is one."""
        return sum(not seen.part for seen in self.requests)

    def forget_requests(self) -> None:
        self._server.forget_seen()
