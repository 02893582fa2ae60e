"""The client file: what Google lets a member download for the "Desktop app" of their own Cloud project."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.disk.atomic import atomic_write
from toolkit.disk.folders import close_to_others, private_folder

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.google.endpoint import Endpoint

KEPT_NAME = "client_secret"  # no ending: every .json beside it is an account
CONSENT_HOST = "accounts.google.com"
SIZE_LIMIT = 64 * 1024
# What is often downloaded instead, by the key that gives it away, as Google's own pages call it.
_OTHER_KINDS = {"web": "Web application", "private_key": "Service account", "refresh_token": "authorized user"}


@dataclass(frozen=True)
class ClientSecrets:
    """A desktop client. The secret of one is no password (RFC 8252, 8.5), but it is the member's own all the same."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_uri: str
    token_uri: str
    project_id: str = ""


def read_client(path: Path, endpoint: Endpoint) -> ClientSecrets:
    """The client in a file as Google gives it.

    Raises InputError("google.client_…") saying what is wrong with it, RemoteError("google.blocked_host") if only this
    machine may be talked to and the file leads elsewhere.
    """
    place = Place(file=str(path))
    try:
        with path.open("rb") as file:
            text = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise InputError("google.client_unreadable", place) from error
    try:
        given = json.loads(text.decode("utf-8-sig")) if len(text) <= SIZE_LIMIT else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise InputError("google.client_not_json", place)
    installed = given.get("installed")
    if not isinstance(installed, dict):
        kind = next((name for key, name in _OTHER_KINDS.items() if key in given), None)
        if kind:
            raise InputError("google.client_other_kind", place, kind=kind)
        raise InputError("google.client_not_json", place)
    client = _client(installed, place)
    _check_addresses(client, endpoint, place)
    return client


def keep_client(directory: Path, client: ClientSecrets) -> Path:
    """Remember the client for later sign-ins, 0600 in a folder of 0700. Raises StoreError."""
    close_to_others([private_folder(directory)])
    path = kept_client_file(directory)
    atomic_write(path, json.dumps({"installed": asdict(client)}, indent=1), mode=0o600)
    return path


def kept_client(directory: Path, endpoint: Endpoint) -> ClientSecrets | None:
    """The client that was remembered; None if none was. Raises what `read_client` raises."""
    path = kept_client_file(directory)
    if not path.exists():
        return None
    close_to_others([path])
    return read_client(path, endpoint)


def kept_client_file(directory: Path) -> Path:
    return directory / KEPT_NAME


def _client(installed: dict[str, Any], place: Place) -> ClientSecrets:
    fields: dict[str, str] = {}
    for name in ("client_id", "client_secret", "auth_uri", "token_uri"):
        value = installed.get(name)
        if not isinstance(value, str) or not value or not value.isascii() or not value.isprintable():
            raise InputError("google.client_incomplete", place, name=name)
        fields[name] = value
    project = installed.get("project_id", "")
    return ClientSecrets(**fields, project_id=project if isinstance(project, str) else "")


def _check_addresses(client: ClientSecrets, endpoint: Endpoint, place: Place) -> None:
    """A client file from a stranger must not lead the member's browser, or their secret, to somebody else's server."""
    if endpoint.stays_here:
        endpoint.admit(client.auth_uri)
        endpoint.admit(client.token_uri)
        return
    consent, token = urlsplit(client.auth_uri), urlsplit(client.token_uri)
    for parts, good in (
        (consent, consent.hostname == CONSENT_HOST),
        (token, (token.hostname or "").endswith(".googleapis.com")),
    ):
        if parts.scheme != "https" or not good:
            raise InputError("google.client_leads_elsewhere", place, host=parts.hostname or "?")
