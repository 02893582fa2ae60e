"""What the first thing of a list lends to those behind it: "tiền điện 450, nước 120", "học phí cho bé Na, bé Bo"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from toolkit.core.sentences.line import Lexicon, Word, read_line
from toolkit.core.sentences.people import person_at
from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.expenses.sentence.actors import Direction
    from toolkit.expenses.sentence.clauses import Clause

# What a household pays a bill for. Alone "nước" is a drink and "nhà" a place: the head says that it is a bill.
_BILLS = Lexicon(
    "điện, nước, mạng, rác, gas, ga, net, wifi, internet, cáp, phòng, nhà, trọ, gửi xe, giữ xe, xe, dịch vụ, quản lý, "
    "truyền hình, vệ sinh, thang máy, điện nước, cáp quang, đổ rác, chung cư, giặt ủi, an ninh, điện thoại, thu gom "
    "rác, phí quản lý, điện sinh hoạt, nước sinh hoạt"
)
_ELECTRICITY = Lexicon("điện, mạng, wifi, internet")
_MEALS = Lexicon("sáng, trưa, tối, khuya, chiều")
_PAYING = Lexicon("đóng, trả, nộp, thanh toán, đóng hết, trả hết, đóng xong")
_CHILD = frozenset({"bé", "be", "cu", "nhóc", "bin"})  # with a name behind it


class _Thing(Protocol):
    """What of an item this looks at."""

    core: str
    note: str
    direction: Direction


def under_head(thing: _Thing, before: _Thing) -> None:
    """Lend a bill the "tiền" of the bill before it, and that it was paid.

    Behind electricity without that word it is understood, but isn't written into the note.
    """
    head = _head_of_bills(read_line(before.core).words)
    if head is None or not _is_bill(read_line(thing.core).words):
        return
    as_said = thing.note == thing.core and head.start < head.end
    thing.core = f"{head.typed} {thing.core}"
    thing.note = thing.core if as_said else thing.note
    if Kind.EXPENSE in thing.direction.kinds:
        thing.direction = before.direction


def _is_bill(words: Sequence[Word]) -> bool:
    return bool(words) and _BILLS.at(words, 0) == len(words)


def _head_of_bills(words: Sequence[Word]) -> Word | None:
    """The "tiền" that makes what follows a bill; one without a place where only electricity stands."""
    words = words[_PAYING.at(words, 0) :]
    if words and words[0].text in ("tiền", "tien"):
        return words[0] if _is_bill(words[1:]) else None
    if words and _ELECTRICITY.at(words, 0) == len(words):
        return Word("tiền", "tien" if words[0].unmarked else "tiền", 0, 0)
    return None


def for_whom(core: str, clause: Clause, words: Sequence[Word], people: Collection[str]) -> str | None:
    """What stands before the person in "đóng học phí cho bé Na", up to the "cho"; None where nobody is paid for."""
    plain = [word for word in words[clause.start : clause.end] if word.sort == "word"]
    for i, word in enumerate(plain):
        n = named(plain, i + 1, people) if word.text == "cho" else 0
        if n and i + 1 + n == len(plain) and i:
            head, cho, _who = core.rpartition(f" {word.typed} ")
            return f"{head}{cho}".rstrip() if cho else None
    return None


def named(words: Sequence[Word], i: int, people: Collection[str]) -> int:
    """How many words from i on name a person or a child: bé Na."""
    child = i + 1 < len(words) and words[i].text in _CHILD and (words[i + 1].capital or words[i + 1].unmarked)
    return 2 if child else person_at(words, i, people)


def another_meal(words: Sequence[Word], clause: Clause, earlier: Sequence[str]) -> str:
    """`ăn sáng 25, cafe 20, trưa 40`: the meal of that time of day, where one was named before; else ""."""
    before = [word for word in words[clause.start : clause.paid.at] if word.sort in ("word", "date")]
    eaten = next((word for core in earlier for word in core.split() if word.lower() in ("ăn", "an")), "")
    said = before[-1].typed if before else ""
    if not eaten or not before:
        return ""
    return f"{eaten} {said}" if _MEALS.at([replace(before[-1], sort="word", text=said.lower())], 0) else ""
