"""A member's Google Sheet, by its address: read with the one permission that reads, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from toolkit.core.errors import InputError, RemoteError, SignInError, UsageError
from toolkit.google.accounts import DEFAULT_ACCOUNT, login_command
from toolkit.google.client import is_object
from toolkit.google.retry import Persistence, RefusedError
from toolkit.net.persistence import Patience
from toolkit.net.transport import Transport

if TYPE_CHECKING:
    from toolkit.google.client import GoogleClient
    from toolkit.google.endpoint import Endpoint

SHEETS_READONLY = "https://www.googleapis.com/auth/spreadsheets.readonly"
READING_SCOPES = frozenset(
    {SHEETS_READONLY}
    | {f"https://www.googleapis.com/auth/{name}" for name in ("spreadsheets", "drive", "drive.readonly")}
)
HOSTS = frozenset({"docs.google.com", "drive.google.com", "sheets.google.com"})
_PATH = re.compile(r"/(?:a/[^/]{1,200}/)?spreadsheets/(?:u/[0-9]{1,3}/)?d/([A-Za-z0-9_-]{20,200})(?:/[a-z]{0,30})?/?")
LONGEST = 2_000  # characters of an address
_MOVED = frozenset({301, 302, 303, 307, 308})
_MOST_MOVES = 4
_OFF = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})


@dataclass(frozen=True)
class SheetAddress:
    """A Google Sheet, and the sheet in it that the address points to, if it does."""

    id: str
    gid: int | None = None


def is_address(typed: str) -> bool:
    """Whether this is meant as an address, and not as the name of a file."""
    return bool(re.match(r"\s*(?:https?://|(?:docs|drive|sheets)\.google\.com/)", typed, re.IGNORECASE))


def read_address(typed: str) -> SheetAddress:
    """The sheet that an address names. Raises UsageError("google.not_a_sheet_address")."""
    text = typed.strip()[:LONGEST]
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        found = _PATH.fullmatch(parts.path) if parts.hostname in HOSTS else None
        where = parse_qs(parts.fragment).get("gid") or parse_qs(parts.query).get("gid") or [""]
    except ValueError:
        found = None
    if found is None:
        raise UsageError("google.not_a_sheet_address", value=text[:200])
    return SheetAddress(found[1], int(where[0]) if re.fullmatch("[0-9]{1,12}", where[0]) else None)


@dataclass(frozen=True)
class PublicSheet:
    """A sheet that anybody who has its address may look at, as an xlsx file."""

    title: str
    content: bytes


@dataclass(frozen=True)
class _SheetsGate:
    """Admits the hosts on which Google hands out files, and on this machine whatever the endpoint does."""

    endpoint: Endpoint

    def admit(self, url: str) -> None:
        if self.endpoint.stays_here:
            self.endpoint.admit(url)
            return
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme != "https" or not (host == "docs.google.com" or host.endswith(".googleusercontent.com")):
            raise RemoteError("google.blocked_host", host=host or url[:100])


def fetch_public(address: SheetAddress, endpoint: Endpoint) -> PublicSheet | None:
    """The sheet, asked for without a sign-in; None if it isn't for everybody. Raises RemoteError."""
    from googleapiclient.errors import HttpError

    root = endpoint.root if endpoint.stays_here else "https://docs.google.com/"
    url = f"{root}spreadsheets/d/{address.id}/export?format=xlsx"

    def attempt(transport: Transport, url: str) -> PublicSheet | str | None:
        response, content = transport.request(url)
        if response.status in _MOVED:
            return urljoin(url, str(response.get("location", "")))
        if response.status == 429 or response.status >= 500:
            raise HttpError(response, content, uri=url)
        if response.status != 200 or not content.startswith(b"PK"):
            return None  # a page that asks to sign in
        return PublicSheet(_title_in(str(response.get("content-disposition", ""))) or address.id, content)

    persistence = Persistence(patience=Patience(tries=3))
    with Transport(_SheetsGate(endpoint), deadline=60.0) as transport:
        for _ in range(_MOST_MOVES):
            found: PublicSheet | str | None = persistence.run(partial(attempt, transport, url))
            if not isinstance(found, str):
                return found
            if "/ServiceLogin" in found or urlsplit(found).hostname == "accounts.google.com":
                return None
            url = found
    return None


def _title_in(disposition: str) -> str:
    """The title in a Content-Disposition header (RFC 6266), without the file's ending."""
    found = re.search(r"filename\*=UTF-8''([^;\s]{1,2000})", disposition, re.IGNORECASE)
    return unquote(found[1]).removesuffix(".xlsx").strip() if found else ""


def fetch(client: GoogleClient, address: SheetAddress, fields: str, account: str = DEFAULT_ACCOUNT) -> Any:
    """The spreadsheet as it is now: what `fields` (a field mask) asks for, as the API gives it.

    Raises SignInError("google.sheets_not_allowed"), InputError("google.sheet_not_found" | "google.sheet_not_shared" |
    "google.sheet_is_a_file"), RemoteError("google.sheets_off" | …).
    """
    if not client.scopes & READING_SCOPES:
        raise SignInError("google.sheets_not_allowed", command=f"{login_command(account)} --scope sheets")
    service = client.service("sheets", "v4")
    request = service.spreadsheets().get(spreadsheetId=address.id, fields=fields)
    try:
        return client.send(request, lambda reply: is_object(reply, spreadsheetId=address.id))
    except RefusedError as refused:
        if refused.reason in _OFF:
            raise RemoteError("google.sheets_off") from refused
        if refused.status == 404:
            raise InputError("google.sheet_not_found") from refused
        if refused.status == 403:
            raise InputError("google.sheet_not_shared", account=account) from refused
        if refused.status == 400 and refused.reason in {"FAILED_PRECONDITION", "failedPrecondition"}:
            raise InputError("google.sheet_is_a_file") from refused
        raise
