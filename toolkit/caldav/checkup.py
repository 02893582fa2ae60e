"""What a doctor says of the sign-ins to calendar servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.caldav.sign_ins import login_command, sign_ins
from toolkit.core.checkup import Finding, fine, known, wrong
from toolkit.core.outcome import Place, Problem

if TYPE_CHECKING:
    from pathlib import Path


def check_sign_ins(directory: Path) -> Finding:
    """Which servers there are, without asking them."""
    found = sign_ins(directory)
    damaged = [one for one in found if one.damaged]
    if damaged:
        command = login_command("…")
        problems = [Problem("caldav.sign_in_damaged", Place(str(one.path)), {"command": command}) for one in damaged]
        return wrong("caldav", "caldav.check_wrong", *problems)
    if not found:
        return known("caldav", "caldav.check_absent")
    return fine("caldav", "caldav.check_ready", servers=", ".join(f"{one.server} ({one.user})" for one in found))
