"""The two streams of a terminal: what they can show, and writing to them without ever failing on a letter."""

from __future__ import annotations

import codecs
import contextlib
import errno
import io
import os
import unicodedata
from typing import TYPE_CHECKING, Final, TextIO

from toolkit.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_TONES: Final = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_PLAINER: Final = str.maketrans(
    {
        "đ": "d", "Đ": "D", "₫": "d", "–": "-", "—": "-", "─": "-", "•": "-", "·": "-", "…": "...", "→": "->",
        "≤": "<=", "≥": ">=", "×": "x", "÷": "/", "“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ",
        "█": "#", "▓": "#", "▌": "=", "░": ".", "│": "|", "−": "-",
    }
)  # fmt: skip
_USUAL_WIDTH: Final = 80


class OutputGone(Exception):  # noqa: N818 (nothing is wrong: the reader, such as `head`, has seen enough)
    """Whoever read our output has closed it."""


def plainer(text: str, encoding: str) -> str:
    """`text` in letters that `encoding` has.

    In the Vietnamese code page a tone becomes a mark of its own, and nothing is lost. In others every letter loses its
    accents, since some with and some without are harder to read; what remains foreign becomes `?`.
    """
    keeps_tones = _has(_TONES, encoding)
    letters = unicodedata.normalize("NFC", text)
    return "".join(_marked(letter, encoding) if keeps_tones else _bare(letter, encoding) for letter in letters)


def _marked(letter: str, encoding: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in parts if mark in _TONES)
    spelt = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES)) + tone
    return next((form for form in (letter, spelt) if _has(form, encoding)), "") or _bare(letter, encoding)


def _bare(letter: str, encoding: str) -> str:
    bare = "".join(mark for mark in unicodedata.normalize("NFD", letter) if not unicodedata.combining(mark))
    return next((form for form in (bare, letter.translate(_PLAINER)) if _has(form, encoding)), "?")


def _has(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def prepare(stream: TextIO | None) -> None:
    """Make `stream` show what it can of any text instead of raising. A stream that has UTF-8 keeps it."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    encoding = stream.encoding
    name = f"toolkit-{encoding}"

    def replace(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return plainer(error.object[error.start : error.end], encoding), error.end

    codecs.register_error(name, replace)
    stream.reconfigure(errors=name)


def prepare_input(stream: TextIO | None) -> None:
    """Let a byte that isn't text arrive as a replacement character instead of ending the program."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def open_standard_streams() -> None:
    """Give closed standard descriptors (`>&-`) to the null device, so that no file of ours ever gets their numbers."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


class Screen:
    """One stream. `width` is None where lines may be as long as they like (a pipe, a file)."""

    def __init__(self, stream: TextIO | None, environment: Mapping[str, str] | None = None) -> None:
        self._environment = os.environ if environment is None else environment
        self.stream = stream
        prepare(stream)

    @property
    def is_terminal(self) -> bool:
        try:
            return self.stream is not None and self.stream.isatty()
        except ValueError:  # closed
            return False

    @property
    def is_file(self) -> bool:
        """Whether the member redirected this stream into a file."""
        import stat

        try:
            return self.stream is not None and stat.S_ISREG(os.fstat(self.stream.fileno()).st_mode)
        except (OSError, ValueError):
            return False

    @property
    def width(self) -> int | None:
        asked = self._environment.get("COLUMNS", "")
        if asked.isascii() and asked.isdigit() and int(asked) > 0:
            return int(asked)
        return self._columns() if self.is_terminal else None

    def _columns(self) -> int:
        try:
            assert self.stream is not None
            return os.get_terminal_size(self.stream.fileno()).columns or _USUAL_WIDTH
        except (OSError, ValueError):
            return _USUAL_WIDTH

    @property
    def has_colour(self) -> bool:
        """Whether bold may be used: a terminal that knows it, and a member who didn't say no (no-color.org)."""
        if not self.is_terminal or self._environment.get("NO_COLOR") or self._environment.get("TERM") == "dumb":
            return False
        return os.name != "nt" or "WT_SESSION" in self._environment

    @property
    def is_unicode(self) -> bool:
        return codecs.lookup(self._encoding).name.startswith("utf")

    @property
    def _encoding(self) -> str:
        return getattr(self.stream, "encoding", None) or "utf-8"

    def write(self, text: str) -> None:
        """Write and flush. OutputGone if the reader has left, StoreError if the disk under the stream refuses."""
        if self.stream is None:
            raise StoreError("shell.output_closed")
        try:
            self.stream.write(text if self.is_unicode or _has(text, self._encoding) else plainer(text, self._encoding))
            self.stream.flush()
        except BrokenPipeError as error:
            self._abandon()
            raise OutputGone from error
        except OSError as error:
            self._abandon()
            if error.errno == errno.EINVAL and os.name == "nt":  # how Windows says broken pipe
                raise OutputGone from error
            code = "shell.output_full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "shell.output_failed"
            raise StoreError(code, reason=error.strerror or str(error)) from error

    def _abandon(self) -> None:
        """Send what is still buffered nowhere, so that the interpreter's last flush doesn't fail a second time."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            assert self.stream is not None
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.stream.fileno())
            os.close(nowhere)
