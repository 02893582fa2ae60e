"""Where Google is: the real one, or a server on this machine that stands in for it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from toolkit.core.errors import RemoteError, UsageError
from toolkit.net.hosts import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping

REAL_ROOT = "https://www.googleapis.com/"
ROOT_VARIABLE = "TOOLKIT_GOOGLE_ROOT"
LOOPBACK_VARIABLE = "TOOLKIT_LOOPBACK_ONLY"


@dataclass(frozen=True)
class Endpoint:
    """The root under which every call and every batch is made, and which hosts may be talked to at all.

    With a root on this machine, or with `loopback_only`, no other machine is ever reached; with the real root, only
    Google's own hosts, and only over TLS.
    """

    root: str = REAL_ROOT
    loopback_only: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.root)
        plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or plain) or not self.root.endswith("/"):
            raise UsageError("google.bad_root", value=self.root)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Endpoint:
        """The root of TOOLKIT_GOOGLE_ROOT, else the real one; TOOLKIT_LOOPBACK_ONLY=1 shuts everything else out."""
        variables = os.environ if environment is None else environment
        root = variables.get(ROOT_VARIABLE) or REAL_ROOT
        return cls(root if root.endswith("/") else f"{root}/", variables.get(LOOPBACK_VARIABLE, "") not in {"", "0"})

    @property
    def stays_here(self) -> bool:
        return self.loopback_only or is_loopback(urlsplit(self.root).hostname or "")

    def admit(self, url: str) -> None:
        """Raises RemoteError("google.blocked_host") if `url` leads anywhere it mustn't."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if self.stays_here:
            good = is_loopback(host)
        else:
            own = (urlsplit(self.root).hostname or "").lower()
            good = parts.scheme == "https" and (host == own or host.endswith(".googleapis.com"))
        if not good:
            raise RemoteError("google.blocked_host", host=host or url[:100])
