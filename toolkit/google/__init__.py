"""Google: where it is, how to reach it, how to persist, who is signed in. Nothing here imports a Google library until a
client is built."""

from __future__ import annotations

from toolkit.google.accounts import SignInState, status

__all__ = ["SignInState", "status"]
