"""Who may send: from which pages, under which name of the server, how much, and whose address counts."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MOST_HOPS: Final = 20
_LONGEST_CHAIN: Final = 1_000
_NEIGHBOURS: Final = 64
"""Leading bits of an IPv6 address that are one customer's."""
_PORTS: Final = {"http": 80, "https": 443}


class Limiter:
    """How often each key may come: `burst` at once, then `rate` a second. At most `most` keys are remembered; the one
    that hasn't come for longest is forgotten first."""

    def __init__(self, rate: float, burst: int, most: int) -> None:
        self._rate, self._burst, self._most = rate, float(burst), most
        self._left: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def allows(self, key: int, now: float) -> bool:
        """Whether `key` may come at `now` (seconds of a clock that never steps back)."""
        left, at = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + max(now - at, 0.0) * self._rate)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return allowed

    def __len__(self) -> int:
        return len(self._left)


def read_address(text: str) -> Address | None:
    """An address, also with a port behind it or in brackets; an IPv4 address within IPv6 is that IPv4 address."""
    text = text.strip()
    if len(text) > 60:
        return None
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def visitor_address(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Whose address counts. `forwarded` are the values of X-Forwarded-For: what a proxy that is trusted has written in
    is believed, from the last back to the first that isn't a trusted proxy's; whoever comes without one is the peer."""
    found = read_address(peer)
    if found is None:
        return peer[:60]
    if not _is_trusted(found, trusted):
        return str(found)
    for hop in reversed(",".join(forwarded)[-_LONGEST_CHAIN:].split(",")[-_MOST_HOPS:]):
        before = read_address(hop)
        if before is None:
            break
        found = before
        if not _is_trusted(found, trusted):
            break
    return str(found)


def _is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)


def neighbourhood(address: str) -> str:
    """What one customer of a provider can send from: an IPv4 address, or the first half of an IPv6 address."""
    found = read_address(address)
    if not isinstance(found, ipaddress.IPv6Address):
        return address
    return str(ipaddress.ip_network((int(found) >> _NEIGHBOURS << _NEIGHBOURS, _NEIGHBOURS)))


def read_network(text: str) -> Network | None:
    """An address or a range such as 10.0.0.0/8; None for anything else."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def read_origin(text: str) -> str | None:
    """`https://host[:port]` as a browser writes it, None for anything else (a path, a name without a scheme …)."""
    try:
        parts = urlsplit(text.strip())
        written = netloc(parts.hostname or "", parts.port, parts.scheme)
    except ValueError:  # broken brackets and ports, names that are too long
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc or parts.path.strip("/") or parts.query:
        return None
    return f"{parts.scheme}://{written}"


def read_host(text: str) -> str | None:
    """The host of a site's pages, also where it was typed with its scheme; None for what is no host."""
    origin = read_origin(text if "://" in text else f"https://{text}")
    host = urlsplit(origin).netloc if origin else ""
    return host if host and all(char.isalnum() or char in ".-_:[]" for char in host) else None


def netloc(host: str, port: int | None, scheme: str) -> str:
    """Host and port as in a Host header: lower case, in punycode, without the port that the scheme has anyway."""
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii")
    return host.lower() if port in (None, _PORTS.get(scheme)) else f"{host.lower()}:{port}"


def origins_of(host: str) -> frozenset[str]:
    """Where the pages of a site stand: its host (a port may follow) with and without www, by both schemes."""
    typed = host.strip()
    try:
        parts = urlsplit(f"//[{typed}]" if typed.count(":") > 1 and not typed.startswith("[") else f"//{typed}")
        bare, port = (parts.hostname or "").removeprefix("www."), parts.port
        names = [bare] if read_address(bare) else [bare, f"www.{bare}"]
        found = [f"{scheme}://{netloc(name, port, scheme)}" for scheme in _PORTS for name in names]
    except ValueError:
        return frozenset()
    return frozenset(found if bare else ())


def hosts_of(urls: Iterable[str], bound: str, port: int) -> frozenset[str]:
    """What the Host of a request may be: of the collector's public addresses, and of this machine at its port."""
    own = {netloc(host, port, "http") for host in ("127.0.0.1", "localhost", "::1", bound)}
    found = (urlsplit(url) for url in urls)
    return frozenset(own | {netloc(one.hostname or "", one.port, one.scheme) for one in found})


def is_loopback(host: str) -> bool:
    """Whether a server that listens there is heard on this machine alone."""
    found = read_address(host)
    return host == "localhost" if found is None else found.is_loopback
