"""A website to begin with, and a server of one's own to try it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.errors import InputError, UsageError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.sitestats.adapters.local_server import serving
from toolkit.sitestats.adapters.starter import THANKS, refuse_folder_in_use, write_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from toolkit.sitestats.adapters.sites import Sites

PORT: Final = 8000
_NAME: Final = "Tên của bạn"
_EMAIL: Final = "ban@example.com"
_PHONE: Final = "0900000000"
_NO_SNIPPET: Final = "<!-- Bộ đếm của riêng bạn đặt vào đây: toolkit sitestats collect snippet -->"
_POLICY: Final = (
    "default-src 'none'; base-uri 'none'; style-src 'self'; img-src 'self'; form-action 'self' mailto:; {script}"
)
_HEAD: Final = 65_536
_MAIL = re.compile(r"[^\s@<>\"'?&]{1,64}@[^\s@<>\"'?&]{1,190}\.[^\s@<>\"'?&]{2,60}")
_CALL = re.compile(r"\+?[0-9]{8,15}")


@dataclass(frozen=True)
class Started:
    """A site that was written: its files, the path of the page that is its goal, whose collector it tells."""

    folder: str
    files: tuple[str, ...]
    goal: str
    site: str = ""


@dataclass(frozen=True)
class Served:
    """Where a folder is served, and the access log that it leaves. `other_port`: not where it was asked for;
    `told_elsewhere`: its pages tell a collector that hears the pages of that port alone."""

    folder: str
    address: str
    log: str
    other_port: bool = False
    told_elsewhere: bool = False


def new_site(
    folder: Path, *, name: str = "", email: str = "", phone: str = "", collector: str = "", host: str = "",
    sites: Sites, zone: str,
) -> Outcome[Started]:  # fmt: skip
    """Write a starter site into a folder that isn't there yet or is empty. With `collector` its pages tell the one
    that is reached there; `host` is where they will stand (this machine's own server, where it isn't said).

    ConflictError("sitestats.folder_in_use"); UsageError("sitestats.not_an_email" | "sitestats.not_a_phone" | …).
    """
    if email and not _MAIL.fullmatch(email):
        raise UsageError("sitestats.not_an_email", value=email)
    dialled = re.sub(r"[\s.()-]", "", phone[:40])
    if phone and not _CALL.fullmatch(dialled):
        raise UsageError("sitestats.not_a_phone", value=phone)
    words = {"name": name or _NAME, "email": email or _EMAIL, "phone": dialled or _PHONE}
    markup = {"snippet": _NO_SNIPPET, "policy": _POLICY.format(script="script-src 'self'")}
    refuse_folder_in_use(folder)
    site = ""
    notes: tuple[Problem, ...] = ()
    if collector:
        from toolkit.sitestats.service.collecting import snippet

        told = snippet(sites, name or folder.name, collector, zone=zone, host=host or f"http://127.0.0.1:{PORT}")
        site, notes = told.data.site, told.notes
        allowed = told.data.policy.replace("script-src ", "script-src 'self' ")
        markup = {"snippet": told.data.tag, "policy": _POLICY.format(script=allowed)}
    files = tuple(path.name for path in write_site(folder, words, markup))
    return Outcome(Started(str(folder), files, THANKS, site), notes=notes)


def serve_folder(
    folder: Path, *, port: int, log: Path | None, zone: str, started: Callable[[Served], None], stop: Callable[[], bool]
) -> Outcome[Served]:
    """Serve a folder to this machine alone until `stop`. `started` is told where. The log lies beside the folder, never
    in it. InputError("sitestats.no_such_folder" | "sitestats.log_within")."""
    if not folder.is_dir():
        raise InputError("sitestats.no_such_folder", Place(str(folder)), value=str(folder))
    whole = folder.resolve()
    lines = (log or whole.with_name(f"{whole.name}-access.log")).absolute()
    if lines.parent.resolve().is_relative_to(whole):
        raise InputError("sitestats.log_within", Place(str(lines)), value=str(lines))
    with serving(whole, lines, port=port, zone=zone) as server:
        other = bool(port) and f":{port}/" not in server.address
        begun = Served(str(folder), server.address, str(lines), other, other and _tells_a_collector(whole))
        started(begun)
        server.until(stop)
    return Outcome(begun)


def _tells_a_collector(folder: Path) -> bool:
    try:
        return b" data-site=" in (folder / "index.html").read_bytes()[:_HEAD]
    except OSError:
        return False
