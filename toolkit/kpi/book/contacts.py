"""Who a name means, among those who are in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.text import clean, search_key
from toolkit.kpi.book.records import CONTACTS, each

if TYPE_CHECKING:
    import sqlite3

    from toolkit.kpi.model import Contact


def like(db: sqlite3.Connection, engagement: str, name: str, *, phone: str = "", account: str = "") -> list[Contact]:
    """The contacts of an engagement that could be meant, the oldest first; nobody where it must be somebody new.

    A shop account or a phone number tells people apart, whatever they are called: who has another one is somebody
    else. A name alone means who is written exactly so; typed without marks, who is written so with them ("chi Hoa" is
    "chị Hoa"); without the word before it, the only one of that name ("Hoa" is "chị Hoa", "anh Hoa" is somebody else).
    """
    if account:
        return list(each(db, CONTACTS, ("engagement = ?", "account = ?"), (engagement, account), "ORDER BY id"))
    if phone:
        return list(each(db, CONTACTS, ("engagement = ?", "phone = ?"), (engagement, phone), "ORDER BY id"))
    key = search_key(name)
    if not key:
        return []
    same = list(each(db, CONTACTS, ("engagement = ?", "key = ?"), (engagement, key), "ORDER BY id"))
    exact = [one for one in same if clean(one.name).casefold() == clean(name).casefold()]
    if exact:
        return exact
    unmarked = [one for one in same if name.isascii() or one.name.isascii()]
    if unmarked:
        return unmarked
    bare = _bare(key)
    around = each(db, CONTACTS, ("engagement = ?", "instr(words, ?) > 0"), (engagement, f" {bare} "), "ORDER BY id")
    near = [one for one in around if _could_be(search_key(one.name), one.name, key, name, bare)]
    return near if len(near) == 1 else []


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
