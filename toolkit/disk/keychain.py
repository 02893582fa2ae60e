"""The system's own keyring (Windows Credential Manager, macOS Keychain, Secret Service), where the member chose it.

The library is an optional extra (`pip install sotay-toolkit[keyring]`); without it, or without a keyring that works on
this machine, secrets stay in private files, and whoever asked is told so.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

from toolkit.core.errors import StoreError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "sotay-toolkit"

Keeper = Literal["file", "keyring"]


def keychain_name() -> str | None:
    """What the keyring of this machine is called; None if there is none that can be used."""
    backend = _backend()
    return str(backend.name) if backend else None


def keep_secret(name: str, secret: str) -> None:
    """Keep a secret under a name. StoreError("disk.no_keyring" | "disk.keyring_refuses")."""
    _demand(name)
    import keyring

    try:
        keyring.set_password(SERVICE, name, secret)
    except Exception as error:  # every backend has errors of its own
        raise StoreError("disk.keyring_refuses", name=name) from error


def secret_of(name: str) -> str | None:
    """The secret that is kept under a name; None if there is none. StoreError as in `keep_secret`."""
    _demand(name)
    import keyring

    try:
        return keyring.get_password(SERVICE, name)
    except Exception as error:  # as above
        raise StoreError("disk.keyring_refuses", name=name) from error


def forget_secret(name: str) -> None:
    """Remove a secret; one that isn't there is fine. StoreError as in `keep_secret`."""
    _demand(name)
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        keyring.delete_password(SERVICE, name)
    except PasswordDeleteError:
        return
    except Exception as error:  # as above
        raise StoreError("disk.keyring_refuses", name=name) from error


def _demand(name: str) -> None:
    if _backend() is None:
        raise StoreError("disk.no_keyring", name=name)


def _backend() -> KeyringBackend | None:
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return None
    logging.getLogger("keyring").propagate = False
    try:
        backend = keyring.get_keyring()
    except Exception:  # noqa: BLE001 (a backend that can't even start is none)
        return None
    if isinstance(backend, fail.Keyring | null.Keyring) or backend.priority <= 0:
        return None
    return backend
