"""The ways a verb can fail as a whole. Each carries a code and parameters, never a sentence."""

from __future__ import annotations

from typing import ClassVar

from toolkit.core.outcome import Exit, Outcome, Param, Place, Problem


class ToolkitError(Exception):
    """A failure that ends a verb and that the member can understand and mend. Subclasses say how the command exits."""

    exit: ClassVar[Exit] = Exit.BUG

    def __init__(self, code: str, place: Place | None = None, *, value: str | None = None, **params: Param) -> None:
        """`code` as in `Problem`; `params` fill its sentences."""
        super().__init__(code, params)
        self.problem = Problem(code, place or Place(), params, value)

    def outcome(self) -> Outcome[None]:
        return Outcome(None, (self.problem,), "error", self.exit)


class UsageError(ToolkitError):
    """The command line itself is wrong."""

    exit = Exit.USAGE


class InputError(ToolkitError):
    """A file or a sentence that was given can't be used."""

    exit = Exit.INPUT


class ConflictError(ToolkitError):
    """Something named doesn't exist, or is no longer what it was."""

    exit = Exit.CONFLICT


class SignInError(ToolkitError):
    """An account has to be signed in (again) first."""

    exit = Exit.SIGN_IN


class RemoteError(ToolkitError):
    """The network or a service on it failed."""

    exit = Exit.REMOTE


class StoreError(ToolkitError):
    """The member's own database or disk refuses."""

    exit = Exit.STORE
