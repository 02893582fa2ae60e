"""Somebody else's emulation of Google (`@emulators/google`), run on this machine by Node while a test lasts."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.google.client_secrets import ClientSecrets
from toolkit.google.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = Path(__file__).parents[1] / "judges" / "google" / "server.mjs"
INSTALLED = Path(sys.prefix) / "judges" / "google"
MISSING = shutil.which("node") is None or not (INSTALLED / "node_modules" / "@emulators" / "google").is_dir()
WHY_MISSING = "needs Node and @emulators/google; make test installs them where there is npm and a network"
SECRET = "a secret with / + and ="


@dataclass(frozen=True)
class Emulated:
    """A server that knows one member and one application."""

    root: str
    port: int  # the one that is registered for the browser to come back to

    @property
    def client(self) -> ClientSecrets:
        return ClientSecrets("judge", SECRET, f"{self.root}o/oauth2/v2/auth", f"{self.root}oauth2/token")

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.root)

    def client_file(self, path: Path) -> Path:
        """The file that a member would have downloaded for this application; gives `path` back."""
        client = self.client
        installed = {
            "client_id": client.client_id,
            "client_secret": SECRET,
            "auth_uri": client.auth_uri,
            "token_uri": client.token_uri,
            "redirect_uris": ["http://localhost"],
        }
        path.write_text(json.dumps({"installed": installed}), "utf-8")
        return path


@contextmanager
def emulation() -> Iterator[Emulated]:
    """A fresh server with one calendar, "so-tay"."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    seed = {
        "users": [{"email": "lan@example.com", "name": "Lan"}],
        "oauth_clients": [
            {"client_id": "judge", "client_secret": SECRET, "redirect_uris": [f"http://127.0.0.1:{port}/"]}
        ],
        "calendars": [{"id": "so-tay", "user_email": "lan@example.com", "summary": "Sổ tay"}],
    }
    command = ["node", str(SERVER), str(INSTALLED), json.dumps(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stderr is not None
            address = running.stdout.readline().strip()
            assert address, running.stderr.read()
            yield Emulated(f"{address}/", port)
        finally:
            running.terminate()
