"""A keyring in memory, in the place of the system's own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

if TYPE_CHECKING:
    from collections.abc import Iterator


class MemoryKeyring(KeyringBackend):
    """`secrets` by service and name; one that is `locked` refuses everything."""

    priority = 1
    name = "trong bộ nhớ"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        assert len(password) < 1_200, "the Windows keyring takes no more"
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError

    def _check(self) -> None:
        if self.locked:
            raise KeyringLocked


@contextmanager
def keyring_in_memory() -> Iterator[MemoryKeyring]:
    memory = MemoryKeyring()
    with _in_place(memory):
        yield memory


@contextmanager
def no_keyring() -> Iterator[None]:
    """A machine whose system has none."""
    with _in_place(NoKeyring()):  # type: ignore[no-untyped-call]
        yield


@contextmanager
def _in_place(backend: KeyringBackend) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
