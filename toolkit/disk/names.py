"""File names made from text that somebody else wrote."""

from __future__ import annotations

import re
import unicodedata

NAMELESS = "khong-ten"
_LONGEST = 255  # bytes; what ext4, NTFS (in characters) and APFS hold
_FORBIDDEN = frozenset('<>:"/\\|?*')
# Device names that Windows opens instead of a file, with any ending: learn.microsoft.com, "Naming Files, Paths, and
# Namespaces". The superscript digits count as digits.
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)


def safe_name(text: str, *, limit: int = _LONGEST) -> str:
    """One file name that any of Windows, macOS and Linux takes, as close to `text` as can be.

    Never empty, never `.` or `..`, no separator, no control, invisible or direction character, no device name, no
    leading dot (nothing is hidden), no trailing dot or space, at most `limit` bytes with its ending kept. Vietnamese
    letters stay. Two different texts may give the same name. Making a safe name safe changes nothing.
    """
    shown = (_harmless(letter) for letter in unicodedata.normalize("NFC", text[: 4 * limit]))
    name = _trim(unicodedata.normalize("NFC", re.sub(r"\s+", " ", "".join(shown))))
    name = _trim(_shorten(name, limit))
    if _DEVICE.fullmatch(name.partition(".")[0].rstrip(" ")):
        name = _trim(_shorten(f"_{name}", limit))
    return name or NAMELESS


def _harmless(letter: str) -> str:
    kind = unicodedata.category(letter)
    if (kind == "Cc" and letter.isspace()) or kind in ("Zl", "Zp"):
        return " "
    if kind[0] == "C":
        return ""
    # NFKC unmasks look-alikes such as the full-width slash, which older programs turn back into the real one.
    return "-" if _FORBIDDEN.intersection(unicodedata.normalize("NFKC", letter)) else letter


def _trim(name: str) -> str:
    return name.lstrip(" .…‥．").rstrip(" .…‥．")


def _shorten(name: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8; a short ending such as .xlsx survives, and no letter loses its marks."""
    if len(name.encode()) <= limit:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = dot + ending if stem and len(ending.encode()) <= 16 else ""
    body = stem if tail else name
    kept = body.encode()[: max(limit - len(tail.encode()), 0)].decode(errors="ignore")
    while kept and unicodedata.combining(body[len(kept) : len(kept) + 1] or "a"):
        kept = kept[:-1]
    return kept + tail
