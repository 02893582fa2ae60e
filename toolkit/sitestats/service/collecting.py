"""The collector's verbs: the line for a page, and listening until somebody stops it."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome, Problem
from toolkit.core.text import as_argument
from toolkit.disk.folders import private_folder
from toolkit.disk.lock import FileLock
from toolkit.sitestats.adapters.collected import collected_of, intake_of, salt_of, serving_lock
from toolkit.sitestats.adapters.intake import Intake
from toolkit.sitestats.adapters.salting import DailySalt
from toolkit.sitestats.adapters.store import seen
from toolkit.sitestats.beacon import script
from toolkit.sitestats.beacon.guards import (
    hosts_of,
    is_loopback,
    netloc,
    origins_of,
    read_host,
    read_network,
    read_origin,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.sitestats.adapters.door import Gate
    from toolkit.sitestats.adapters.sites import Site, Sites
    from toolkit.sitestats.beacon.guards import Network

_KEPT_AS: Final = "collector"
_OLDEST: Final = "1.0.1"
"""Of Starlette: earlier ones believe what the Host header says (CVE-2026-48710)."""


@dataclass(frozen=True)
class Snippet:
    """What a page needs: the line that loads the script from the collector, or the script itself within the page, and
    what a Content-Security-Policy has to allow for each. `host`: whose pages are heard."""

    site: str
    host: str
    key: str
    url: str
    tag: str
    inline: str
    policy: str
    inline_policy: str


@dataclass(frozen=True)
class Collected:
    """How it went: messages that were kept, and those that weren't, by their reason."""

    sites: tuple[str, ...]
    address: str
    kept: int = 0
    refused: Mapping[str, int] = field(default_factory=Counter)


def snippet(sites: Sites, name: str, url: str, *, zone: str, host: str = "") -> Outcome[Snippet]:
    """The line for the pages of a site whose collector is reached at `url`. The site is made where there is none of
    this name; `host` is where its pages stand. Remembers the address, so that `serve` answers to it.

    UsageError("sitestats.not_an_address"), ConflictError("sitestats.host_unknown").
    """
    address = _address(url)
    known = sites.get(name)
    # what was found in the logs is a host as good as one that was said: from now on its pages alone may tell
    wanted = said_host(host) or (known.host or seen(known).host if known is not None else "")
    if not wanted:
        raise ConflictError("sitestats.host_unknown", value=name, name=as_argument(name))
    site = known or sites.add(name, zone=zone, host=wanted)

    def answering(standing: Site) -> Site:
        told = dict(standing.more.get(_KEPT_AS, {}))
        urls = [*(one for one in told.get("urls", []) if one != address), address]
        more = {**standing.more, _KEPT_AS: {**told, "urls": urls}}
        return replace(standing, host=wanted, more=more)

    sites.change(site, answering)
    key = site.folder.name
    origin = read_origin(f"{urlsplit(address).scheme}://{urlsplit(address).netloc}") or ""
    made = Snippet(
        site=site.name,
        host=wanted,
        key=key,
        url=address,
        tag=f'<script defer src="{address}{script.NAME}" data-site="{key}" integrity="{script.integrity()}"'
        ' crossorigin="anonymous"></script>',
        inline=f'<script data-to="{address}" data-site="{key}">{script.script().decode("ascii")}</script>',
        policy=f"script-src {origin}; connect-src {origin}",
        inline_policy=f"script-src '{script.integrity()}'; connect-src {origin}",
    )
    if urlsplit(address).scheme == "http" and not is_loopback(urlsplit(address).hostname or ""):
        return replace(Outcome(made), notes=(Problem("sitestats.not_https", value=address),))
    return Outcome(made)


def serve(
    sites: Sites, names: Sequence[str], *, host: str, port: int, urls: Sequence[str] = (), origins: Sequence[str] = (),
    proxies: Sequence[str] = (), i_know: bool = False, started: Callable[[Collected], None], stop: Callable[[], bool],
    now: Callable[[], float] = time.time,
) -> Outcome[Collected]:  # fmt: skip
    """Collect for these sites (all whose pages have the collector's line, where none is named) until `stop`. `started`
    is told the address.

    `urls` are more addresses that the collector is reached at, `origins` more places where pages stand, `proxies` whose
    X-Forwarded-For is believed; `now` gives seconds since 1970.

    UsageError where something is missing; ConflictError("sitestats.port_taken").
    """
    _demand_libraries()
    from toolkit.sitestats.adapters import serving
    from toolkit.sitestats.adapters.door import Door

    if not is_loopback(host) and not i_know:
        raise UsageError("sitestats.heard_by_others", value=host)
    trusted = [_network(text) for text in proxies]
    every = [] if names else sites.all()
    chosen = [sites.find(name) for name in names] or [site for site in every if _urls(site)] or every
    if not chosen:
        raise ConflictError("sitestats.no_sites")
    if origins and len(chosen) > 1:
        raise UsageError("sitestats.origins_of_whom", known=", ".join(site.name for site in chosen))
    more = frozenset(_origin(text) for text in origins)
    with ExitStack() as stack:
        gates = {site.folder.name: _gate(site, more, stack) for site in chosen}
        listening = stack.enter_context(serving.bound("127.0.0.1" if host == "localhost" else host, port))
        real = listening.getsockname()[1]
        reached = [*map(_address, urls), *(url for site in chosen for url in _urls(site))]
        door = Door(gates, hosts=hosts_of(reached, host, real), trusted=trusted, now=now)
        address = f"http://{netloc(host, real, 'http')}/"
        begun = Collected(tuple(site.name for site in chosen), address)
        started(begun)
        serving.run(door.application(), listening, trusted=trusted, stop=stop)
        return Outcome(replace(begun, kept=door.tally.kept, refused=dict(door.tally.refused)))


def part_of(site: Site, *, collected: bool) -> Site:
    """What is looked at of a site: what its logs say, or what its collector has seen, also where it has no logs.
    ConflictError("sitestats.nothing_collected"; "sitestats.nothing_to_read" for a site that has neither)."""
    own = collected_of(site)
    if not collected and (site.logs or seen(site).last):
        return site
    if not own.database.exists() and not collected:
        raise ConflictError("sitestats.nothing_to_read", value=site.name, name=as_argument(site.name))
    if not own.database.exists():
        raise ConflictError("sitestats.nothing_collected", value=site.name, name=as_argument(site.name))
    return own


def said_host(text: str) -> str:
    """The host of a site's pages as it was typed, also with its scheme; "" for none. UsageError
    ("sitestats.not_a_host")."""
    host = read_host(text) if text else ""
    if host is None:
        raise UsageError("sitestats.not_a_host", value=text)
    return host


def _demand_libraries() -> None:
    """UsageError where the extra isn't installed, or is too old to be safe."""
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise UsageError("sitestats.collector_missing")
    import starlette
    from packaging.version import Version

    if Version(starlette.__version__) < Version(_OLDEST):
        raise UsageError("sitestats.collector_too_old", value=starlette.__version__, least=_OLDEST)


def _gate(site: Site, more: frozenset[str], stack: ExitStack) -> Gate:
    from toolkit.sitestats.adapters.door import Gate

    origins = more | (origins_of(site.host) if site.host else frozenset())
    if not origins:
        raise ConflictError("sitestats.host_unknown", value=site.name, name=as_argument(site.name))
    private_folder(intake_of(site).parent)
    stack.enter_context(FileLock(serving_lock(site), "sitestats collect serve", 0.5))
    intake = stack.enter_context(Intake(intake_of(site)))
    return Gate(site.folder.name, ZoneInfo(site.zone), origins, intake, DailySalt(salt_of(site)))


def _urls(site: Site) -> list[str]:
    told = site.more.get(_KEPT_AS, {})
    return [str(url) for url in told.get("urls", [])]


def _address(text: str) -> str:
    """Where the collector is reached, ending in a slash. UsageError("sitestats.not_an_address")."""
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        named = netloc(host, port, parts.scheme)
    except ValueError:
        host, named = "", ""
    else:
        if parts.scheme not in ("http", "https") or "@" in parts.netloc or parts.query or parts.fragment:
            host = ""
    if not host or any(sign in parts.path for sign in "\"'<> \\;,"):
        raise UsageError("sitestats.not_an_address", value=text)
    return f"{parts.scheme}://{named}{parts.path.rstrip('/')}/"


def _origin(text: str) -> str:
    found = read_origin(text)
    if found is None:
        raise UsageError("sitestats.not_an_origin", value=text)
    return found


def _network(text: str) -> Network:
    found = read_network(text)
    if found is None:
        raise UsageError("sitestats.not_a_network", value=text)
    return found
