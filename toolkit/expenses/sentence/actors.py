"""Who does what a verb says: the member, somebody else, a customer or a firm; and whom it is done to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.core.sentences.people import KIN, SPEAKER, person_at
from toolkit.core.text import strip_marks
from toolkit.expenses.model import Kind
from toolkit.expenses.sentence import verbs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Word

Actor = Literal["self", "third", "customer", "other"]
Span = tuple[int, int]

OPEN = frozenset({Kind.EXPENSE, Kind.INCOME})
_PLACES = frozenset({"ở", "o", "bên", "dưới", "ngoài", "trên", "hàng"})  # chị Hai ở Mỹ, bà Lan hàng cá
_REACH = 7  # words between a firm and what it does: "khách trả nốt tiền lắp máy"
_LONGEST_NAME = 6


@dataclass(frozen=True)
class Direction:
    """The kinds that the words leave open, and the words that name the other person."""

    kinds: frozenset[Kind]
    person: Span | None = None


def _month_at(words: Sequence[Word], i: int) -> int:
    """`thang 10 tra tien nha`: a month, no thằng."""
    named = words[i].text in ("tháng", "thang") and i + 1 < len(words) and words[i + 1].sort == "digits"
    return 2 if named else 0


def only(kind: Kind, person: Span | None = None) -> Direction:
    return Direction(frozenset({kind}), person)


@dataclass(frozen=True)
class Said:
    """A clause as its words without amounts, dates and signs; `start` is where it begins behind "hôm qua mới …"."""

    words: Sequence[Word]
    start: int
    people: Collection[str]

    def says(self, i: int, *texts: str) -> bool:
        """Whether word i is one of these, or may be it where it was typed without marks."""
        if not 0 <= i < len(self.words):
            return False
        word = self.words[i]
        return word.text in texts or (word.loose and word.text in map(strip_marks, texts))

    def someone(self, i: int, *, any_name: bool = True) -> Span | None:
        """The person that the words from i on begin with; a firm is nobody."""
        n = person_at(self.words, i, self.people, any_name=any_name)
        firm = verbs.CUSTOMERS.at(self.words, i) or verbs.CUSTOMERS_MARKED.at(self.words, i)
        return None if n == 0 or (firm and not KIN.at(self.words, i)) else (i, i + n)

    def someone_later(self, i: int) -> Span | None:
        """The person behind `của`, `cho`, `với`, `mượn`: trả nốt phần đã mượn cho Hương."""
        for k in range(i, len(self.words)):
            if self.says(k, "cho", "của", "với", "mượn", "vay"):
                found = self.someone(k + 1, any_name=False)
                if found:
                    return found
        return None

    def actor(self, verb: int, *, gives: bool = False) -> tuple[Actor, Span | None]:
        """Who does what the verb at `verb` says. `gives`: a verb that things do too ("hạt cho mèo"), so be strict."""
        words, start = self.words, self.start
        while start < verb and (n := verbs.OPENERS.at(words, start) or _month_at(words, start)):
            start += n
        if start >= verb:
            return "self", None
        if start and words[start - 1].text in verbs.ASKED_OF and person_at(words[:verb], start, self.people):
            return "self", (start, start + person_at(words[:verb], start, self.people))  # "hỏi chị Bảy mượn"
        if SPEAKER.at(words, start):
            return ("self" if self._only_adverbs(start + SPEAKER.at(words, start), verb) else "other"), None
        customer = verbs.CUSTOMERS.at(words, start) or verbs.CUSTOMERS_MARKED.at(words, start)
        if customer and not (words[start].text == "chủ" and words[start].capital):
            return ("customer" if verb - start <= (customer + 1 if gives else _REACH) else "other"), None
        return self._third(start, verb, gives=gives)

    def _only_adverbs(self, i: int, end: int) -> bool:
        while i < end and (n := verbs.ADVERBS.at(self.words, i) or verbs.OPENERS.at(self.words, i)):
            i += n
        return i >= end

    def _third(self, start: int, verb: int, *, gives: bool) -> tuple[Actor, Span | None]:
        words, end = self.words, verb
        while end > start + 1 and verbs.ADVERBS.at(words, end - 1) == 1 and not words[end - 1].capital:
            end -= 1
        kin = KIN.at(words, start) > 0
        named = person_at(words[:end], start, self.people, any_name=end - start == 1 and not gives)
        if not named and kin and not gives:
            named = KIN.at(words, start)  # "thằng phụ hồ mượn": somebody, called by what they do
        whole = start + named >= end or words[start + named].text in _PLACES
        if not named or end - start > _LONGEST_NAME or not (whole or (kin and not gives)):
            return "other", None
        return "third", (start, start + named if whole or not kin else end)


def opened(words: Sequence[Word], people: Collection[str]) -> Said:
    """A clause with its beginning found: behind what only leads to it, or behind a "nên" that says what came of it."""
    for i, word in enumerate(words[:-1]):
        if word.text == "nên" and (verbs.LOANS.at(words, i + 1) or verbs.GIVE.at(words, i + 1)):
            return Said(words, i + 1, people)
    i = 0
    while i < len(words):
        n = verbs.OPENERS.at(words, i) or verbs.JOINING.at(words, i)
        if not n or verbs.LOANS.at(words, i):
            return Said(words, i, people)
        i += n
    return Said(words, 0, people)
