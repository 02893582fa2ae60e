"""A sentence cut into parts that each tell of one thing: at signs, at joining words, before a new verb or customer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import compounds
from toolkit.kpi.sentence.doings import counted
from toolkit.kpi.sentence.numbers import number_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.sentence.heads import Head
    from toolkit.kpi.sentence.parties import Party

_JOINS = Lexicon(
    "và, rồi, xong, còn, sau đó, đồng thời, ngoài ra, thêm nữa, với lại, nhưng, mà, nhưng mà, xong rồi, tiếp "
    "theo, rồi sau đó, ngoài ra còn, đồng thời cũng, kế đó, tiếp đó, cũng, cùng với"
)
_SIGNS = frozenset(",;\n!?|()[]•…")
_LED_BY = frozenset(
    {"khách", "khach", "bên", "ben", "cho", "với", "voi", "của", "cua", "và", "va", "còn", "con", "thì"}
)
_TAKES_ALONG = frozenset({"với", "voi", "của", "cua", "cùng", "qua", "nhờ", "nho", "từ", "tu", "giới", "gioi", "tên"})


@dataclass(frozen=True, slots=True)
class Part:
    """Words from `start` to before `end`."""

    start: int
    end: int


def cut(words: Sequence[Word], heads: Sequence[Head], parties: Sequence[Party]) -> list[Part]:
    """The parts of a sentence in their order; signs between them belong to none."""
    inside = {i for party in parties for i in range(party.start + 1, party.end)} | compounds.inside(words)
    inside |= {i for head in heads for i in range(head.start + 1, head.end)}
    borders: list[tuple[int, int]] = []
    for i in range(len(words)):
        if i in inside:
            continue
        if _parts(words, i):
            borders.append((i, i + 1))
        else:
            n = _JOINS.at(words, i)
            if i and words[i].text in ("mà", "ma") and words[i - 1].text in ("giá", "gia"):
                n = 0  # "giá mà chốt được"
            if n and _opens(words, i + n, heads, parties):
                borders.append((i, i + n))
    parts: list[Part] = []
    start = 0
    for border, after in [*borders, (len(words), len(words))]:
        if start < border:
            parts += _unpunctuated(words, Part(start, border), heads, parties)
        start = max(start, after)
    return parts


def _parts(words: Sequence[Word], i: int) -> bool:
    """Whether a sign parts what stands around it: no decimal point, no dash inside a name."""
    text = words[i].text
    if words[i].sort != "sign":
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    if text in ".,":
        between = i > 0 and words[i].glued and following is not None and following.glued
        return not (between and (words[i - 1].sort == "digits" or text == "."))
    if text in "-–—+":
        return following is None or not (words[i].glued and following.glued)
    return text in _SIGNS


def _opens(words: Sequence[Word], i: int, heads: Sequence[Head], parties: Sequence[Party]) -> bool:
    """Whether a new thing is told from word i on: a verb, or somebody with a verb or an amount behind."""
    for _ in range(3):
        if any(head.start == i and head.kind != "order" for head in heads):
            return True
        party = next((party for party in parties if party.start == i), None)
        if party is not None:
            behind = range(party.end, min(len(words), party.end + 7))
            return any(words[k].sort == "amount" for k in behind) or any(head.start in behind for head in heads)
        if i >= len(words) or words[i].text not in _LED_BY | {
            "hôm",
            "đã",
            "vừa",
            "mới",
            "da",
            "vua",
            "cũng",
            "lại",
            "được",
        }:
            return False
        i += 1
    return False


def _unpunctuated(words: Sequence[Word], part: Part, heads: Sequence[Head], parties: Sequence[Party]) -> list[Part]:
    """A part cut where a further thing begins without any sign: voices are written down without commas."""
    own = [head for head in heads if part.start <= head.start < part.end]
    for one, two in pairwise(own):
        if _another(words, part, one, two, parties):
            border = _subject(words, two.start, part.start, parties)
            if border > part.start:
                return [Part(part.start, border), *_unpunctuated(words, Part(border, part.end), heads, parties)]
    border = _next_customer(words, part, parties)
    if border:
        return [Part(part.start, border), *_unpunctuated(words, Part(border, part.end), heads, parties)]
    return [part]


def _amount_in(words: Sequence[Word], start: int, end: int) -> bool:
    return any(word.sort == "amount" for word in words[start:end])


def _another(words: Sequence[Word], part: Part, one: Head, two: Head, parties: Sequence[Party]) -> bool:
    """Whether the second verb begins a thing of its own."""
    between = _amount_in(words, one.end, two.start)
    before = _amount_in(words, part.start, two.start)
    after = _amount_in(words, two.end, part.end)
    kinds = (one.kind, two.kind)
    if kinds == ("activity", "activity"):
        return False
    if one.kind == "activity":
        named = any(two.start < party.start < part.end for party in parties if not party.nobody)
        told = after or named or two.kind not in ("sell", "buy")  # "đăng 5 tin bán nhà" is one thing
        return counted(words, one) and two.kind != "order" and told
    if two.kind == "promise":
        return before
    if two.kind == "activity":
        return before and counted(words, two)
    if two.kind == "payment":
        return between and after
    if two.kind in ("lost", "refund"):
        return before and one.kind != two.kind and one.kind not in ("refund", "lost", "order")
    if two.kind in ("sell", "buy"):
        subject = _subject(words, two.start, part.start, parties)
        return after and (between or (subject < two.start and one.kind == "lost"))
    return False


def _subject(words: Sequence[Word], i: int, floor: int, parties: Sequence[Party]) -> int:
    """Where the one who does something before word i begins."""
    k = i
    while k > floor and words[k - 1].sort == "word" and words[k - 1].text in (
        "đã", "da", "vừa", "vua", "mới", "moi", "cũng", "cung", "lại", "lai", "có", "co", "được", "duoc",
        "thì", "hôm", "đang",
    ):  # fmt: skip
        k -= 1
    if k > floor and words[k - 1].sort == "date":
        k -= 1
    party = next((party for party in parties if party.end == k and party.start >= floor), None)
    if party is None:
        return k
    before = words[party.start - 1] if party.start > floor else None
    if before is not None and before.text in ("cho", "với", "voi", "của", "cua"):
        return i
    return party.start


def _next_customer(words: Sequence[Word], part: Part, parties: Sequence[Party]) -> int:
    """`chị Hoa 2 hộp 400k | anh Nam 3 hộp 600k`: where the second customer begins; 0 where there is one only."""
    named = [p for p in parties if part.start <= p.start < part.end and not p.nobody]
    for one, two in pairwise(named):
        before = words[two.start - 1]
        if before.text in _TAKES_ALONG or (two.end < len(words) and words[two.end].text in ("giới", "gioi", "gt")):
            continue
        if _amount_in(words, one.end, two.start) and _amount_in(words, two.end, part.end):
            led = two.start - 1 if before.text in ("cho", "bên", "khách") else two.start
            last = max(k for k in range(one.end, two.start) if words[k].sort == "amount") + 1
            if any(number_at(words, k) is not None for k in range(last, led)):
                led = last + (
                    words[last].text in ("và", "va", "rồi", "roi", "với", "voi")
                )  # "340k và | 1 ký nem cho cô Chín"
            return led if led > part.start else 0
    return 0
