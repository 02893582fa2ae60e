"""What a doctor says of the sign-ins to Google."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.checkup import Finding, fine, known, wrong
from toolkit.core.errors import RemoteError, SignInError, StoreError
from toolkit.google.accounts import accounts, problem_of, status

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.core.dates import Clock
    from toolkit.core.errors import ToolkitError


def check_sign_ins(directory: Path, clock: Clock, *, ask: bool = False) -> Finding:
    """How the sign-ins stand; Google is asked only with `ask`. A file that was open to others is closed, and that is
    said."""
    states = [status(directory, account, now=clock.now) for account in accounts(directory)]
    if not states:
        return known("google", "google.note_absent")
    found = [problem_of(state) or (refusal_of(directory, state.account) if ask else None) for state in states]
    problems = [one.problem for one in found if one is not None]
    if problems:
        return wrong("google", "google.note_wrong", *problems)
    if any(state.kind == "mode_repaired" for state in states):
        return known("google", "google.note_closed_to_others")
    ends = min((state.ends for state in states if state.ends), default=None)
    if ends is not None:
        when = f"{ends.astimezone(clock.now().tzinfo):%d/%m/%Y %H:%M}"
        return known("google", "google.note_testing", when=when)
    return fine("google", "google.note_ready")


def refusal_of(directory: Path, account: str) -> ToolkitError | None:
    """What Google, or the way there, has against a sign-in now."""
    from toolkit.google.client import signed_in

    try:
        with signed_in(directory, account) as client:
            client.renew()
    except (SignInError, RemoteError, StoreError) as error:
        return error
    return None
