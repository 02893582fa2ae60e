"""What is a person's name: written like one, a common given name, or a word where a name must stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.sentences.names import BARE_NAMES, GIVEN_NAMES
from toolkit.core.text import strip_marks
from toolkit.kpi.sentence import callings, declines, verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

NAMES = GIVEN_NAMES | frozenset(
    """
    ly an công mai thu mơ sen tài lợi lý tiên hoa giao thành định kim sang lương viên trà chi phi chức cảnh sáu
    tám út tí mạnh học toàn phát lộc bống bin bo bon ken tôm gấu na su mít sóc nấm miu bông cún khánh mi ny bơ
    moon hảo
    """.split()  # noqa: SIM905
)
BARE = (frozenset(map(strip_marks, NAMES)) | BARE_NAMES) - {
    "do",
    "dau",
    "dai",
    "van",
    "tan",
    "trong",
    "thanh",
    "ban",
} | {
    "thanh",
    "van",
}


def likely(words: Sequence[Word], j: int) -> bool:
    return words[j].capital or words[j].text in NAMES or (words[j].unmarked and words[j].text in BARE)


def name_at(words: Sequence[Word], j: int, *, titled: bool, strict: bool) -> int:
    """How many words from j on are a person's name. `strict`: only what is a name anywhere."""
    n = 0
    while (
        n < 4
        and j + n < len(words)
        and words[j + n].capital
        and not _names_a_thing(words, j + n, titled=titled, first=n == 0)
    ):
        if n and words[j + n].start > words[j + n - 1].end + 1:
            break
        n += 1
    if n:
        return n + _number_of_a_name(words, j + n)
    if not titled or j >= len(words) or words[j].sort != "word":
        return 0
    return _small_name(words, j, strict=strict)


def _names_a_thing(words: Sequence[Word], i: int, *, titled: bool, first: bool) -> bool:
    """ "em Vision" is a motorbike, "chị Hảo" somebody though there are noodles called so."""
    if words[i].text not in callings.THINGS or (not first and words[i].text == "son"):
        return False
    return not (titled and first and (words[i].text in NAMES or words[i].text == "sáng"))


def _number_of_a_name(words: Sequence[Word], end: int) -> int:
    """How many words behind a name's last capital letters are its number: `Vy K65`, `Ngọc Q.10`."""
    if words[end : end + 1] and words[end].text == "k" and words[end + 1 : end + 2] and words[end + 1].glued:
        return 2 if words[end + 1].sort == "digits" else 0  # "Khánh k19"
    if len(words[end - 1].typed) > _SHORT or not words[end - 1].typed.isupper():
        return 0
    dot = int(end + 1 < len(words) and words[end].text == "." and words[end].glued)
    number = end + dot
    return dot + 1 if number < len(words) and words[number].sort == "digits" and words[number].glued else 0


_SHORT = 2  # letters


def _small_name(words: Sequence[Word], j: int, *, strict: bool) -> int:
    """A name without a capital behind a title: `chị hoa`, `anh tuấn anh`, `cô ba`."""
    if callings.PROFESSIONS.at(words, j) or callings.ORGS.at(words, j) > 1:
        return 0
    n = 0
    while n < 3 and j + n < len(words) and words[j + n].sort == "word":
        word = words[j + n]
        if begins_a_verb(words, j + n) or (n == 0 and _gives_to(words, j)):
            break
        listed = word.text in NAMES or (word.loose and word.unmarked and word.text in BARE)
        born = n == 0 and word.text in callings.BY_BIRTH
        if n == 0 and word.unmarked and callings.TITLES.at(words, j) and j + 1 < len(words) and likely(words, j + 1):
            break
        if not (listed or born) or _does(words, j + n, first=n == 0, whole=j + n + 1 == len(words)):
            break
        priced = word.text == "gia" and not word.capital and words[j + n + 1 : j + n + 2]
        if priced and words[j + n + 1].sort == "amount":
            break  # "bun bo gia 90k"
        if n and callings.RELATIONS.at(words, j + n) > 1:
            break  # "anh Thắng | hàng xóm"
        if n and (word.text in ("hoa", "sen", "mai") and words[j + n - 1].text in ("bó", "hoa")):
            break
        n += 1
    if n or strict:
        return n
    word = words[j]
    if callings.NO_NAMES.at(words, j) or not 1 < len(word.text) <= 7 or not word.text.isalpha():
        return 0
    following = words[j + 1] if j + 1 < len(words) else None
    ends = following is None or following.sort != "word" or _behind_a_name(words, j + 1)
    return int(ends)


def _gives_to(words: Sequence[Word], j: int) -> bool:
    """`em hoàn chị Hạnh 120k`: a verb with somebody or an amount right behind."""
    if not (words[j].text in ("hoàn", "hoan", "giao", "thu") and not words[j].capital) or j + 1 >= len(words):
        return False
    return (
        words[j + 1].sort == "amount"
        or bool(callings.TITLES.at(words, j + 1))
        or words[j + 1].text in ("tiền", "tien", "cho")
    )


def begins_a_verb(words: Sequence[Word], j: int) -> bool:
    """`khách hoàn đơn`, `khách trả lại`, `khách bom hàng`: no Hoàn, no Trà Lài."""
    return any(lexicon.at(words, j) > 1 for lexicon in (verbs.REFUNDS, declines.BACKS_OUT, verbs.PAYS, verbs.BUYS))


def _behind_a_name(words: Sequence[Word], j: int) -> bool:
    return any(
        lexicon.at(words, j)
        for lexicon in (verbs.BUYS, verbs.PAYS, verbs.REFUNDS, declines.BACKS_OUT, declines.NOT, _AFTER)
    )


_AFTER = Lexicon("giới thiệu, đã, vừa, mới, ở, chưa, cũng, và, với, hôm, hứa, hẹn")
_LIKE_VERBS = frozenset({"đạt", "thu", "giao", "ký", "học", "hoàn", "dat", "hoc", "hoan", "huy"})


def _does(words: Sequence[Word], i: int, *, first: bool, whole: bool) -> bool:
    """Whether a name's word is a verb here: "chị giao 3 hộp" as against "chị Giao 3 hộp"; a second word is doubted."""
    text = words[i].text
    if first:
        if text in ("dat", "huy", "hoan", "giao", "thu", "hoc") and words[i].unmarked:
            following = words[i + 1] if not whole else None
            return following is not None and following.sort in ("digits", "amount")
        return text in ("giao", "học", "đăng")
    if text in _LIKE_VERBS or text in (
        "trà",
        "tra",
        "cảnh",
        "lương",
        "luong",
        "công",
        "cong",
        "sen",
        "viên",
        "vien",
        "kim",
    ):
        return True
    if words[i].unmarked and text in (
        "mua",
        "dat",
        "ky",
        "giao",
        "lay",
        "hoan",
        "coc",
        "huy",
        "tra",
        "mai",
        "nam",
        "sau",
        "long",
        "sang",
        "den",
        "dong",
        "mi",
        "an",
        "chi",
        "bo",
        "son",
        "tam",
        "my",
        "ban",
    ):
        return True
    return text in (
        "mai",
        "sang",
        "ba",
        "năm",
        "sáu",
        "hai",
        "bảy",
        "tám",
        "chín",
        "an",
        "chi",
        "mi",
        "bo",
        "bơ",
        "su",
        "son",
    )
