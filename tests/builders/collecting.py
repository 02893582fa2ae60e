"""A collector that really listens, in a thread of the test, and what pages and strangers send to it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.sitestats.adapters.collected import collected_of, intake_of, take_collected
from toolkit.sitestats.adapters.intake import Intake
from toolkit.sitestats.adapters.sites import Sites
from toolkit.sitestats.service.collecting import serve, snippet
from toolkit.sitestats.service.updating import open_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from toolkit.sitestats.adapters.intake import Told
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.service.collecting import Collected

HOST = "shop.example"
ORIGIN = f"https://{HOST}"
PHONE = (
    "Mozilla/5.0 (Linux; Android 16; SM-A556E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile"
    " Safari/537.36"
)
ZONE = "Asia/Ho_Chi_Minh"


@dataclass
class Collector:
    """A site that is collected for. `port` is set while the collector runs; `ended` once it was stopped."""

    site: Site
    port: int = 0
    ended: list[Collected] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.site.folder.name

    def message(self, path: str = "/", kind: str = "view", *, site: str | None = None, **more: str) -> bytes:
        return json.dumps({"s": self.key if site is None else site, "k": kind, "p": path, **more}).encode()

    def send(self, raw: bytes | None = None, headers: Mapping[str, str] | None = None, **more: Any) -> int:
        """Send a message as a page would, or `raw`; the status. `headers` on top of a page's; None takes one away."""
        return self.ask("POST", "/t", self.message(**more) if raw is None else raw, headers)[0]

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str | None] | None = None,
        source: str = "127.0.0.1",
    ) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
        """Status, headers in lower case, body."""
        given = {"Origin": ORIGIN, "User-Agent": PHONE, "Content-Type": "text/plain;charset=UTF-8", **(headers or {})}
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(source, 0))
        try:
            made.request(method, path, body, {name: value for name, value in given.items() if value is not None})
            answer = made.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            made.close()

    def raw(self, data: bytes, *, wait: float = 20) -> bytes:
        """What comes back for these bytes until the other side closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as made:
            made.sendall(data)
            return b"".join(iter(lambda: made.recv(65_536), b""))

    def told(self) -> list[Told]:
        """What is kept and hasn't been taken over."""
        with Intake(intake_of(self.site)) as intake:
            return [told for _, told in intake.after(0, 1_000_000)]

    def take(self, *, now: float | None = None) -> int:
        return take_collected(self.site, now=int(time.time() if now is None else now)).rows

    def rows(self, sql: str) -> list[Any]:
        """Rows of what was taken over."""
        with open_settled(collected_of(self.site)) as connection:
            return connection.execute(sql).fetchall()


def new_site(folder: Path, name: str = "Cửa hàng", host: str = HOST) -> Collector:
    """A site in `folder/sites` whose pages stand at `host`."""
    sites = Sites(folder / "sites")
    snippet(sites, name, "https://stats.example", zone=ZONE, host=host)
    return Collector(sites.find(name))


@contextmanager
def collecting(
    folder: Path, *, now: Callable[[], float] = time.time, every: bool = False, **given: Any
) -> Iterator[Collector]:
    """A collector for the site of `new_site`, or for every site there is, listening at a free port. `given` as for
    `serve`."""
    found = new_site(folder)
    stop, begun = threading.Event(), threading.Event()
    failed: list[BaseException] = []

    def started(told: Collected) -> None:
        found.port = int(told.address.rstrip("/").rpartition(":")[2])
        begun.set()

    def run() -> None:
        try:
            options = {"host": "127.0.0.1", "port": 0, **given}
            found.ended.append(
                serve(
                    Sites(folder / "sites"),
                    [] if every else [found.site.name],
                    started=started,
                    stop=stop.is_set,
                    now=now,
                    **options,
                ).data
            )
        except BaseException as error:  # noqa: BLE001 - whatever it was, the test is told
            failed.append(error)
        finally:
            begun.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    begun.wait(20)
    if failed:
        raise failed[0]
    _until_it_answers(found.port)
    try:
        yield found
    finally:
        stop.set()
        thread.join(20)
    if failed:
        raise failed[0]


def _until_it_answers(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)
