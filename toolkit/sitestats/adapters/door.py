"""What the collector answers: the script, and the messages of pages, acknowledged once they are on the disk.

Every request passes the same questions in the same order, the cheapest first: is it meant for this server, does it come
from a page that may send, does its visitor want to be counted, has the address sent too much, is it small, is it a
message. What isn't kept is counted by its reason, nothing else of it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from toolkit.core.errors import StoreError
from toolkit.sitestats.adapters.intake import Told
from toolkit.sitestats.beacon.guards import Limiter, neighbourhood, visitor_address
from toolkit.sitestats.beacon.message import LARGEST, LONGEST_AGENT, read_message, visible
from toolkit.sitestats.beacon.script import NAME, script
from toolkit.sitestats.classify import sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from toolkit.sitestats.adapters.intake import Intake
    from toolkit.sitestats.adapters.salting import DailySalt
    from toolkit.sitestats.beacon.guards import Network
    from toolkit.sitestats.beacon.message import Message

BODY_WITHIN: Final = 5.0
"""Seconds for a body of a few hundred bytes to arrive."""
MOST_WAITING: Final = 2_000
"""Messages that wait for the disk; beyond that the sender is told to come back."""
OF_A_VISITOR: Final = (2.0, 60)
"""Messages a second, and at once, of one address with one agent."""
OF_AN_ADDRESS: Final = (20.0, 400)
"""The same of one address whatever its agent: a whole office, or a mobile provider, may stand behind it."""
REMEMBERED: Final = 20_000
"""Addresses whose messages are counted at a time."""
_TURN: Final = 20.0
"""Seconds between two looks at whether a new day has begun, where nobody comes."""
_A_DAY: Final = 86_400
_BARE: Final = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_TYPES: Final = ("text/plain", "application/json", "")


@dataclass
class Gate:
    """One site that is collected for. `origins`: where its pages stand, exactly."""

    key: str
    zone: ZoneInfo
    origins: frozenset[str]
    intake: Intake
    salt: DailySalt


@dataclass
class Tally:
    """What came: messages that were kept, and those that weren't, by their reason."""

    kept: int = 0
    refused: Counter[str] = field(default_factory=Counter)


class Door:
    """The collector as an application. `now` gives seconds since 1970."""

    def __init__(
        self, gates: Mapping[str, Gate], *, hosts: frozenset[str], trusted: Sequence[Network] = (),
        now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.tally = Tally()
        self._gates = gates
        self._hosts = frozenset(host.encode("ascii") for host in hosts)
        self._trusted = trusted
        self._now = now
        self._own = secrets.token_bytes(16)  # so that no table of addresses stands in memory
        self._visitors = Limiter(*OF_A_VISITOR, REMEMBERED)
        self._addresses = Limiter(*OF_AN_ADDRESS, REMEMBERED)
        self._origins = frozenset(origin for gate in gates.values() for origin in gate.origins)
        self._waiting: list[tuple[Gate, Told, asyncio.Future[None]]] = []
        self._came = asyncio.Event()
        self._disk = ThreadPoolExecutor(1, "collector-disk")

    def application(self) -> ASGIApp:
        """The application for a server."""
        routes = [
            Route("/t", self._message, methods=["POST"]),
            Route("/t", self._asked, methods=["OPTIONS"]),
            Route(f"/{NAME}", self._script, methods=["GET"]),
            Route("/health", self._health, methods=["GET"]),
        ]
        return _OnlyOurs(Starlette(routes=routes, lifespan=self._living), self._hosts, self.tally)

    @asynccontextmanager
    async def _living(self, app: Starlette) -> AsyncIterator[None]:
        del app
        tasks = [asyncio.create_task(self._write()), asyncio.create_task(self._turn())]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._disk.shutdown()

    async def _script(self, request: Request) -> Response:
        del request
        headers = {
            "Access-Control-Allow-Origin": "*",  # a page may check its hash
            "Cache-Control": f"public, max-age={_A_DAY}",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return Response(script(), media_type="text/javascript", headers=headers)

    async def _health(self, request: Request) -> Response:
        del request
        return Response("ok\n", media_type="text/plain", headers=_BARE)

    async def _asked(self, request: Request) -> Response:
        origin = request.headers.get("origin", "")
        if origin not in self._origins:
            return self._refused("origin", 403)
        return Response(status_code=204, headers={**_allowing(origin), "Access-Control-Allow-Methods": "POST",
                                                  "Access-Control-Allow-Headers": "Content-Type"})  # fmt: skip

    async def _message(self, request: Request) -> Response:
        origin = request.headers.get("origin", "")
        if origin not in self._origins or len(request.headers.getlist("origin")) != 1:
            return self._refused("origin", 403)
        if request.headers.get("dnt") == "1" or request.headers.get("sec-gpc") == "1":
            return self._refused("wishes", 204, origin)  # nothing of it is kept, and the page needn't know
        agent = visible(request.headers.get("user-agent", "")[:LONGEST_AGENT])
        peer = request.client.host if request.client else ""
        address = visitor_address(peer, request.headers.getlist("x-forwarded-for"), self._trusted)
        if not self._may_send(address, agent):
            return self._refused("too_much", 429, origin)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _TYPES:
            return self._refused("unreadable", 415, origin)
        raw = await _body(request)
        if isinstance(raw, int):
            return self._refused("too_large" if raw == 413 else "unreadable", raw, origin, close=True)
        message = read_message(raw)
        gate = self._gates.get(message.site) if message else None
        if message is None or gate is None or origin not in gate.origins:
            return self._refused("unreadable", 400, origin)
        if len(self._waiting) >= MOST_WAITING:
            return self._refused("busy", 503, origin)
        try:
            await self._keep(gate, self._told(gate, message, origin, address, agent))
        except Exception:  # noqa: BLE001 - not kept is not acknowledged, whatever the reason
            return self._refused("disk", 503, origin)
        self.tally.kept += 1
        return Response(status_code=204, headers=_allowing(origin))

    def _may_send(self, address: str, agent: str) -> bool:
        now = time.monotonic()
        near = neighbourhood(address)
        return self._addresses.allows(self._key(near), now) and self._visitors.allows(self._key(near, agent), now)

    def _key(self, *parts: str) -> int:
        told = "\0".join(parts).encode(errors="replace")
        return int.from_bytes(hashlib.blake2b(told, key=self._own, digest_size=8).digest(), "big")

    def _told(self, gate: Gate, message: Message, origin: str, address: str, agent: str) -> Told:
        now = int(self._now())
        day = datetime.fromtimestamp(now, gate.zone).date()
        marked = sources.marks(message.query)
        return Told(
            seen=now,
            visitor=gate.salt.visitor(day, gate.key, address, agent),
            country=_country(address),
            agent=agent,
            kind=message.kind,
            host=origin.partition("://")[2].partition(":")[0].removeprefix("www."),
            path=message.path,
            marks=_written(marked),
            referrer=message.referrer,
            name=message.name,
        )

    async def _keep(self, gate: Gate, told: Told) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((gate, told, done))
        self._came.set()
        await done

    async def _write(self) -> None:
        """Everything that waits, in one transaction a site; while it is written, the next ones gather."""
        loop = asyncio.get_running_loop()
        while True:
            await self._came.wait()
            self._came.clear()
            batch, self._waiting = self._waiting, []
            for gate in {id(gate): gate for gate, _, _ in batch}.values():
                mine = [(told, done) for of, told, done in batch if of is gate]
                error: Exception | None = None
                try:
                    await loop.run_in_executor(self._disk, gate.intake.add, [told for told, _ in mine])
                except Exception as failed:  # noqa: BLE001 - nobody waits for ever, the next ones are written
                    error = failed
                for _, done in mine:
                    if done.done():  # whoever waited has gone
                        continue
                    if error is None:
                        done.set_result(None)
                    else:
                        done.set_exception(error)

    async def _turn(self) -> None:
        """Throw yesterday's salt away also where nobody comes."""
        while True:
            for gate in self._gates.values():
                with suppress(StoreError):  # the next one who comes is told
                    gate.salt.turn(datetime.fromtimestamp(self._now(), gate.zone).date())
            await asyncio.sleep(_TURN)

    def _refused(self, reason: str, status: int, origin: str = "", *, close: bool = False) -> Response:
        self.tally.refused[reason] += 1
        headers = dict(_allowing(origin)) if origin else dict(_BARE)
        if status in (429, 503):
            headers["Retry-After"] = "30"
        if close:
            headers["Connection"] = "close"
        return Response(status_code=status, headers=headers)


class _OnlyOurs:
    """Refuses what is meant for another server: a name that somebody pointed at this machine, an address in the request
    line, and anything that isn't HTTP."""

    def __init__(self, app: ASGIApp, hosts: frozenset[bytes], tally: Tally) -> None:
        self._app, self._hosts, self._tally = app, hosts, tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        named = [value.lower() for name, value in scope["headers"] if name == b"host"]
        if len(named) != 1 or named[0] not in self._hosts or not scope["path"].startswith("/"):
            self._tally.refused["host"] += 1
            await Response(status_code=421, headers={**_BARE, "Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _allowing(origin: str) -> Mapping[str, str]:
    return {**_BARE, "Access-Control-Allow-Origin": origin, "Vary": "Origin"}


async def _body(request: Request) -> bytes | int:
    """The body, or the status that says why not: it is too large, or too slow."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced[:12]) > LARGEST:
        return 413
    raw = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN):
            async for part in request.stream():
                raw += part
                if len(raw) > LARGEST:
                    return 413
    except TimeoutError:
        return 408
    return bytes(raw)


def _written(marked: sources.Marks) -> str:
    """The words of a campaign as they are kept."""
    if not marked:
        return ""
    texts = [visible(value) if isinstance(value, str) else value for value in astuple(marked)]
    return json.dumps(texts, ensure_ascii=False)


def _country(address: str) -> str:
    import iptocc

    try:
        return iptocc.country_code(address) or ""
    except ValueError:
        return ""
