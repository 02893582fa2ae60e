"""XML read as a stream of events, with nothing in it that can grow: no DTD, no entities, no endless token."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

from toolkit.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHUNK = 1 << 16
MAX_TOKEN = 4_000_000  # bytes of one tag or one run of text that expat has not finished
Attributes = dict[str, str]


class Listener(Protocol):
    """Told of each element by its local name (without a namespace prefix) and of the text between."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, data: str) -> None: ...


class Stop(Exception):  # noqa: N818  (not an error: the listener has seen enough)
    """Raised by a listener that needs no more."""


def listen(stream: IO[bytes], listener: Listener, after_chunk: Callable[[int], None] | None = None) -> None:
    """Feed a stream to a listener. `after_chunk` hears after each chunk how many bytes were read so far."""
    for read in listening(stream, listener):
        if after_chunk is not None:
            after_chunk(read)


def listening(stream: IO[bytes], listener: Listener) -> Iterator[int]:
    """As `listen`, but a generator that yields the number of bytes read after each chunk.

    Raises InputError: damaged data, a document type declaration, a token without end.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local: dict[str, str] = {}

    def root(name: str, attributes: Attributes) -> None:
        # Most files use no prefix for their main names; then the listener is called without a detour.
        if ":" in name:
            parser.StartElementHandler = start
            parser.EndElementHandler = end
            start(name, attributes)
        else:
            parser.StartElementHandler = listener.start
            parser.EndElementHandler = listener.end
            listener.start(name, attributes)

    def start(name: str, attributes: Attributes) -> None:
        listener.start(local.get(name) or local.setdefault(name, name.rpartition(":")[2]), attributes)

    def end(name: str) -> None:
        listener.end(local.get(name) or local.setdefault(name, name.rpartition(":")[2]))

    def refuse(*_: object) -> NoReturn:
        raise InputError("sheets.document_type")

    parser.StartElementHandler = root
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    read = 0
    try:
        while chunk := stream.read(CHUNK):
            read += len(chunk)
            parser.Parse(chunk, False)
            if read - max(parser.CurrentByteIndex, 0) > MAX_TOKEN:
                raise InputError("sheets.damaged")
            yield read
        parser.Parse(b"", True)
        yield read
    except Stop:
        return
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, UnicodeError, ValueError) as error:
        raise InputError("sheets.damaged") from error
