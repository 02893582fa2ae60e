"""Who a name means, among those who are in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.text import clean, search_key
from toolkit.kpi.book.records import CONTACTS, each
from toolkit.kpi.model import Contact

if TYPE_CHECKING:
    import sqlite3


def like(db: sqlite3.Connection, engagement: str, name: str, *, phone: str = "", account: str = "") -> list[Contact]:
    """The contacts of an engagement that could be meant, the oldest first; nobody where it must be somebody new.

    A shop account or a phone number tells people apart, whatever they are called: who has another one is somebody
    else. A name alone means who is written exactly so; typed without marks, who is written so with them ("chi Hoa" is
    "chị Hoa"); without the word before it, the only one of that name ("Hoa" is "chị Hoa", "anh Hoa" is somebody else).
    """
    if account:
        return _by(db, engagement, "account", account)
    if phone:
        return _by(db, engagement, "phone", phone)
    key = search_key(name)
    if not key:
        return []
    same = _by(db, engagement, "key", key)
    exact = [one for one in same if clean(one.name).casefold() == clean(name).casefold()]
    exact = exact or [one for one in same if search_key(one.name) != key]  # put together with somebody of this name
    if exact:
        return exact
    unmarked = [one for one in same if name.isascii() or one.name.isascii()]
    if unmarked:
        return unmarked
    bare = _bare(key)
    around = each(db, CONTACTS, ("engagement = ?", "instr(words, ?) > 0"), (engagement, f" {bare} "), "ORDER BY id")
    near = [one for one in around if _could_be(search_key(one.name), one.name, key, name, bare)]
    return near if len(near) == 1 else []


def _by(db: sqlite3.Connection, engagement: str, column: str, value: str) -> list[Contact]:
    """Those with this value; where there are none, who has been put together with one who had it."""
    found = list(each(db, CONTACTS, ("engagement = ?", f"{column} = ?"), (engagement, value), "ORDER BY id"))
    if found:
        return found
    put_together = f"id IN (SELECT contact FROM kpi_known_as WHERE engagement = ? AND {column} = ?)"  # noqa: S608
    return list(each(db, CONTACTS, (put_together,), (engagement, value), "ORDER BY id"))


def aliases(db: sqlite3.Connection, engagement: str) -> list[Contact]:
    """Who has been put together with somebody else, as they were, under the number of who they are now."""
    query = "SELECT contact, name, phone, account FROM kpi_known_as WHERE engagement = ? ORDER BY contact, key"
    return [
        Contact(number, engagement, name, phone=phone, account=account)
        for number, name, phone, account in db.execute(query, (engagement,))
    ]


def alias_row(gone: Contact, contact: int) -> dict[str, str | int]:
    """The row that says: whoever was `gone` is the contact of this number."""
    return {**alias_key(gone), "name": gone.name, "contact": contact}


def alias_key(gone: Contact) -> dict[str, str]:
    """The primary key of that row."""
    return {
        "engagement": gone.engagement,
        "key": search_key(gone.name),
        "phone": gone.phone,
        "account": gone.account,
    }


# The word with which one calls somebody, without marks.
_CALLED: Final = frozenset(
    ["anh", "chi", "em", "co", "chu", "bac", "ong", "ba", "cau", "di", "thim", "mo", "duong", "ban", "be", "me", "bo",
     "chau", "sep", "thay", "khach", "a", "c", "e", "mr", "ms", "mrs"]
)  # fmt: skip


def _bare(key: str) -> str:
    """A name without the word that says how one calls its bearer."""
    first, _, rest = key.partition(" ")
    return rest if rest and first in _CALLED else key


def _could_be(other_key: str, other: str, key: str, name: str, bare: str) -> bool:
    """Whether one of two names is the other without the word before it, the last word the same to the mark."""
    if _bare(other_key) != bare or bare not in (key, other_key):
        return False
    ends = [clean(one).casefold().split()[-1:] for one in (other, name)]
    return ends[0] == ends[1] or name.isascii() or other.isascii()
