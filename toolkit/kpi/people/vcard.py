"""Contacts as vCards: version 4.0 (RFC 6350) and 3.0 (RFC 2426), which older phones read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID, uuid5

from toolkit.core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.kpi.model import Contact

Version = Literal["3.0", "4.0"]
OPENING: Final = "BEGIN:VCARD\r\nVERSION:{version}\r\nPRODID:-//toolkit//kpi//VI\r\n"
_OCTETS: Final = 75  # of a line, without its end (RFC 6350, 3.2)
_OURS: Final = UUID("6f0c8a1e-5d0b-5b6e-9a53-6b7069000000")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"})


@dataclass(frozen=True)
class Card:
    """What goes on one card; `groups` are words for the member, `uid` lets a phone book know the card again."""

    name: str
    uid: str
    phone: str = ""
    address: str = ""
    email: str = ""
    role: str = ""
    note: str = ""
    groups: tuple[str, ...] = ()


def card(contact: Contact, group: str) -> Card:
    """A contact's card; `group` is the word for its group, "" for none."""
    identity = uuid5(_OURS, "\n".join((contact.engagement, str(contact.id), contact.name)))
    return Card(
        contact.name, f"urn:uuid:{identity}", contact.phone, contact.address, contact.email, contact.role, contact.note,
        (group,) if group else (),
    )  # fmt: skip


def cards(contacts: Iterable[Card], version: Version = "4.0") -> str:
    """The cards as one text with CRLF line ends, each line folded at 75 octets and never inside a character."""
    return "".join(_one(one, version) for one in contacts)


def _one(one: Card, version: Version) -> str:
    # Which part of a Vietnamese name is the family's isn't guessed: the whole stands as the given name, which phones
    # show as it is.
    lines = [f"FN:{_text(one.name)}", f"N:;{_text(one.name)};;;", f"UID:{_text(one.uid)}"]
    lines += _given(one)
    return OPENING.format(version=version) + "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _given(one: Card) -> Iterator[str]:
    if one.phone:
        yield f"TEL;TYPE=cell:{_text(one.phone)}"
    if one.address:
        yield f"ADR:;;{_text(one.address)};;;;"
    if one.email:
        yield f"EMAIL:{_text(one.email)}"
    if one.role:
        yield f"TITLE:{_text(one.role)}"
    if one.groups:
        yield f"CATEGORIES:{','.join(map(_text, one.groups))}"
    if one.note:
        yield f"NOTE:{_text(one.note)}"


def _text(value: str) -> str:
    """A text value (RFC 6350, 3.4), with nothing in it that can't be seen."""
    return clean(value).translate(_ESCAPES)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets; a piece after the first begins with a space."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece])
