"""The collector listening: uvicorn, with an end to everybody's patience and to the number of those who hold on."""

from __future__ import annotations

import contextlib
import errno
import socket
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from toolkit.core.errors import ConflictError, UsageError
from toolkit.sitestats.beacon.guards import read_address

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterator, Sequence

    from starlette.types import ASGIApp

    from toolkit.sitestats.beacon.guards import Network

HEAD_WITHIN: Final = 10.0
"""Seconds for the head of a request to arrive, counted from the connection, or from its first byte on a kept one."""
MOST_CONNECTIONS: Final = 800
"""Held at a time; below the 1,024 files that most systems let a process open."""
MOST_OF_ONE: Final = 100
"""Of one address, proxies that are trusted excepted."""
_LARGEST_HEAD: Final = 8_192
_LAST_ANSWERS: Final = 5


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. ConflictError("sitestats.port_taken"), UsageError("sitestats.not_here")."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise ConflictError("sitestats.port_taken", value=str(port), host=host) from error
        raise UsageError("sitestats.not_here", value=host) from error
    return made


def run(app: ASGIApp, listening: socket.socket, *, trusted: Sequence[Network], stop: Callable[[], bool]) -> None:
    """Serve until `stop`; whoever is being answered then is answered."""
    config = uvicorn.Config(
        app,
        http=_patient(trusted),
        ws="none",
        lifespan="on",
        proxy_headers=False,  # whose address counts is decided elsewhere
        server_header=False,
        log_config=None,
        log_level="critical",  # its warnings are made of what strangers send
        access_log=False,
        timeout_graceful_shutdown=_LAST_ANSWERS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
    )
    _Server(config, stop).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, stop: Callable[[], bool]) -> None:
        super().__init__(config)
        self._stop = stop

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The shell's own handlers stay: they make `stop` true."""
        yield

    async def on_tick(self, counter: int) -> bool:
        self.should_exit = self.should_exit or self._stop()
        return await super().on_tick(counter)


def _patient(trusted: Sequence[Network]) -> type[H11Protocol]:
    held: Counter[str] = Counter()

    class Patient(H11Protocol):
        """Lets nobody hold a connection without asking, nor one address all of them."""

        _from = ""
        _deadline: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._from = self.client[0] if self.client else ""
            held[self._from] += 1
            address = read_address(self._from)
            proxied = address is not None and any(address in network for network in trusted)
            if len(self.connections) > MOST_CONNECTIONS or (held[self._from] > MOST_OF_ONE and not proxied):
                transport.abort()
                return
            self._wait()

        def connection_lost(self, exc: Exception | None) -> None:
            self._decided()
            held[self._from] -= 1
            if held[self._from] <= 0:
                del held[self._from]
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if not getattr(self.cycle, "response_complete", True):
                self._decided()
            elif self._deadline is None and not self.transport.is_closing():
                self._wait()

        def _wait(self) -> None:
            self._deadline = self.loop.call_later(HEAD_WITHIN, self.transport.abort)

        def _decided(self) -> None:
            if self._deadline is not None:
                self._deadline.cancel()
                self._deadline = None

    return Patient
