"""A report of our own failure: a private file the member can look at and send, without secrets or what they typed."""

from __future__ import annotations

import platform
import re
import sys
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from toolkit import __version__
from toolkit.disk.atomic import atomic_write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.shell.paths import Paths

_HIDDEN: Final = "[…]"
_NAMES: Final = 2  # words on the command line that may name a command; a sentence may stand behind them
_NAMED_SECRET: Final = re.compile(
    r"(?i)\b((?:access|refresh|id|bearer|session|xsrf|csrf)?_?token|client_?secret|secret|password|passwd|mật khẩu"
    r"|authorization|cookie|api_?key|private_?key|code_verifier|code|state|signature)"
    r"(['\"]?\s{0,3}[:=]\s{0,3}['\"]?)(?:Bearer\s+|Basic\s+)?[^\s'\"&,;)}\]]{1,4000}"
)
_KNOWN_SECRET: Final = re.compile(
    r"ya29\.[\w.-]{4,4000}|\b1//[\w-]{4,4000}|GOCSPX-[\w-]{4,400}|AIza[\w-]{20,100}|\b4/[\w-]{10,4000}"
    r"|eyJ[\w-]{4,4000}\.[\w-]{4,4000}(?:\.[\w-]{0,4000})?|(?i:bearer|basic)\s+[\w.+/=-]{8,4000}"
)
_E_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_PHONE: Final = re.compile(r"(?<![\w.])(?:\+84|0)(?:[ .-]?[0-9]){8,10}(?![0-9])")


def redact(text: str) -> str:
    """`text` without tokens, secrets, passwords, e-mail addresses and telephone numbers."""
    for pattern in (_KNOWN_SECRET, _E_MAIL, _PHONE):
        text = pattern.sub(_HIDDEN, text)
    return _NAMED_SECRET.sub(rf"\1\2{_HIDDEN}", text)


def traceback_of(error: BaseException) -> str:
    """The traceback as text, redacted."""
    return redact("".join(traceback.format_exception(error)))


def write_report(error: BaseException, arguments: Sequence[str], paths: Paths) -> Path:
    """Write the report under the home, mode 0600, and say where. Raises StoreError if the disk refuses.

    Of the command line only command and option names are kept: file names and sentences are the member's own.
    """
    now = datetime.now(UTC)
    text = "\n".join(
        [
            f"toolkit {__version__}, {now:%Y-%m-%d %H:%M} UTC",
            f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}",
            f"stdout {getattr(sys.stdout, 'encoding', None)}, file names {sys.getfilesystemencoding()}",
            f"toolkit {' '.join(_bare(n, argument) for n, argument in enumerate(arguments))}".rstrip(),
            "",
            traceback_of(error),
        ]
    )
    path = paths.ready(paths.reports) / f"{now:%Y%m%d-%H%M%S-%f}.txt"
    atomic_write(path, text.encode(errors="replace"))
    return path


def _bare(position: int, argument: str) -> str:
    """A word of the command line, if it is the name of an option or of a command: the first two words are."""
    if argument.startswith("-"):
        return argument.partition("=")[0] + ("=…" if "=" in argument else "")
    return argument if position < _NAMES and re.fullmatch(r"[a-z]{2,20}", argument) else "…"
