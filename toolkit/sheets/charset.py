"""Which encoding is a text file in? Decided by rule where there is one, else by how Vietnamese each decoding reads."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO, cast, get_args

from toolkit.core.errors import InputError
from toolkit.sheets.legacy import OldEncoding, capitals, decode_old
from toolkit.sheets.model import Decoding, Encoding
from toolkit.sheets.vietnamese import Fluency, fluency

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
_ALIASES = {
    "utf8": "utf-8", "utf-8-sig": "utf-8", "unicode": "utf-16-le", "utf-16": "utf-16-le", "utf16": "utf-16-le",
    "windows-1258": "cp1258", "1258": "cp1258", "windows-1252": "cp1252", "latin-1": "cp1252", "latin1": "cp1252",
    "tcvn": "tcvn3", "abc": "tcvn3", "vni-windows": "vni",
}  # fmt: skip
_SINGLE_BYTE: tuple[Encoding, ...] = ("cp1258", "tcvn3", "vni", "viscii", "cp1252")
_OLD = ("tcvn3", "vni", "viscii")
_SAMPLE = 65_536  # bytes of lines with marks: some thousand words
_SURE_SHARE = 0.8  # of the marked words; measured: right decodings reach 0.9 and more, wrong ones stay below 0.35
_SURE_MARGIN = 0.2
_CHUNK = 1 << 20


def encoding_named(name: str) -> Encoding:
    """The encoding that a member means; raises InputError with the list of known ones."""
    folded = name.strip().lower().replace("_", "-")
    folded = _ALIASES.get(folded, folded)
    if folded in ENCODINGS:
        return folded
    raise InputError("sheets.unknown_encoding", value=name, known=", ".join(ENCODINGS))


def detect(stream: BinaryIO) -> Decoding:
    """The encoding of a text file. The stream is read from its start and left there."""
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(codecs.BOM_UTF8):
        return Decoding("utf-8")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoding("utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 20 and max(even, odd) > 4 * min(even, odd):
        return Decoding("utf-16-le" if odd > even else "utf-16-be")
    sample, valid = _marked_lines(stream)
    return Decoding("utf-8") if valid else best_decoding(sample)


def _marked_lines(stream: BinaryIO) -> tuple[bytes, bool]:
    """Lines with bytes beyond ASCII, some of them; and whether all of the file is UTF-8."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    valid = True
    sample = bytearray()
    while chunk := stream.read(_CHUNK):
        if valid:
            try:
                utf8.decode(chunk)
            except UnicodeDecodeError:
                valid = False
        if len(sample) < _SAMPLE and not chunk.isascii():
            for line in chunk.splitlines():
                if not line.isascii():
                    sample += line[:4096] + b"\n"
                    if len(sample) >= _SAMPLE:
                        break
        if not valid and len(sample) >= _SAMPLE:
            break
    if valid:
        try:
            utf8.decode(b"", True)
        except UnicodeDecodeError:
            valid = False
    stream.seek(0)
    return bytes(sample), valid


def best_decoding(sample: bytes) -> Decoding:
    """The decoding of bytes that are not valid UTF-8 under which they read most like Vietnamese."""
    scores: list[tuple[float, Encoding]] = []
    encodings: tuple[Encoding, ...] = ("utf-8", *_SINGLE_BYTE)
    for encoding in encodings:
        found = fluency(decode(sample, encoding))
        scores.append((found.share, encoding))
    scores.sort(key=lambda item: -item[0])
    (share, best), (second, _) = scores[0], scores[1]
    likely = tuple(encoding for score, encoding in scores if score > 0.2)
    if share >= _SURE_SHARE and share - second >= _SURE_MARGIN:
        return Decoding(best, True, likely)
    return Decoding(best if share > 0 else "cp1252", False, likely or ("cp1252",))


def decode(data: bytes, encoding: Encoding) -> str:
    """Bytes as text; what can't be decoded becomes U+FFFD."""
    if encoding in _OLD:
        return decode_old(data.decode("latin-1"), cast("OldEncoding", encoding))
    return data.decode(encoding, "replace")


def open_text(stream: BinaryIO, encoding: Encoding) -> io.TextIOWrapper:
    """The file as text with its own line ends. Lines of an old encoding are to be passed through `settle`."""
    stream.seek(0)
    if encoding.startswith("utf-16") and stream.read(2) not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        stream.seek(0)
    codec = "latin-1" if encoding in _OLD else "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="")


def settle(line: str, encoding: Encoding) -> str:
    """A line as `open_text` gives it, as Unicode."""
    return decode_old(line, cast("OldEncoding", encoding)) if encoding in _OLD else line


def old_font_of(texts: list[str]) -> OldEncoding | None:
    """The old encoding in which cells of a Unicode file were typed (under a .Vn or VNI font), if they were.

    Only cells whose characters are all Latin-1 speak; ordinary Vietnamese such as "có" does so too, and then reads
    well as it stands.
    """
    text = "\n".join(texts)[:_SAMPLE]
    if text.isascii():
        return None
    as_is = fluency(text)
    if as_is.words < 3 or as_is.share > 0.6:
        return None
    encodings: tuple[OldEncoding, ...] = ("tcvn3", "vni")
    shares = sorted(((_old_fluency(text, encoding).share, encoding) for encoding in encodings), reverse=True)
    (best, encoding), (second, _) = shares
    return encoding if best >= _SURE_SHARE and best - second >= _SURE_MARGIN else None


def _old_fluency(text: str, encoding: OldEncoding) -> Fluency:
    return fluency("\n".join(capitals(line) for line in decode_old(text, encoding).split("\n")))


def looks_old(text: str) -> bool:
    """Could this cell hold bytes of an old encoding? Every character is one byte and some are beyond ASCII."""
    return not text.isascii() and all(char <= "\xff" or char in _WINDOWS_ONLY for char in text)


_WINDOWS_ONLY = frozenset(bytes(range(0x80, 0xA0)).decode("cp1252", "ignore"))


def mend(text: str, encoding: OldEncoding, *, mixed: bool) -> str:
    """A cell typed in an old encoding as Unicode.

    `mixed`: the sheet also has cells in Unicode. A cell that reads equally well both ways is then taken as it stands.
    """
    if not looks_old(text):
        return text
    mended = capitals(decode_old(text, encoding))
    before, after = fluency(text), fluency(mended)
    return text if before.share > after.share or (mixed and before.share == after.share) else mended
