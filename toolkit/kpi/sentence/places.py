"""Where somebody lives or it happened: no thing that was sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word


def named_in(words: Sequence[Word]) -> set[int]:
    """Where somebody lives or it happened: `ở Gò Vấp`, `tại quận 7`."""
    found: set[int] = set()
    for i, word in enumerate(words[:-1]):
        if (
            word.text in ("lớp", "lop", "phòng", "phong")
            and i
            and words[i - 1].capital
            and words[i + 1].sort == "digits"
        ):
            found.update({i, i + 1})  # "em Quang lớp 12"
        if word.text in _BESIDE and _SPOTS.at(words, i + 1):
            found.update(range(i, i + 1 + _SPOTS.at(words, i + 1)))
            continue
        if word.text not in ("ở", "tại") and not (word.text in ("o", "tai") and word.unmarked and words[i + 1].capital):
            continue
        end = i + 1
        while (
            end < len(words)
            and words[end].sort in ("word", "digits")
            and (words[end].capital or end == i + 1 or _of_town(words, end))
        ):
            end += 1
        found.update(range(i, end))
    return found


_BESIDE = frozenset({"đầu", "cuối", "trong", "ngoài", "gần", "cạnh", "dưới", "trên", "kế", "ngay"})
_SPOTS = Lexicon(
    "xóm, ngõ, hẻm, làng, chợ, phố, đường, khu, ấp, thôn, cầu, ngã tư, cơ quan, bến xe, cổng, trường, quê, lộ"
)


def phones_in(words: Sequence[Word]) -> set[int]:
    """`chị Nhung 0903 123 456`: a number to call."""
    found: set[int] = set()
    for i, word in enumerate(words):
        if word.sort != "digits" or word.text[0] != "0" or len(word.text) < _AREA_CODE:
            continue
        end = i + 1
        while end < len(words) and (words[end].sort == "digits" or words[end].text in ".-") and end - i < _PIECES:
            end += 1
        if sum(len(part.text) for part in words[i:end] if part.sort == "digits") in _PHONES:
            found.update(range(i, end))
    return found


_AREA_CODE = 3  # digits
_PIECES = 6  # of a telephone number, with signs between them
_PHONES = range(9, 12)  # digits


def addresses_in(words: Sequence[Word]) -> set[int]:
    """A house number with its street, a clause of its own: `chị Phụng, 12 Lê Lợi Q1, 1 hộp yến`."""
    found: set[int] = set()
    for i, word in enumerate(words[:-1]):
        if word.text in _WARDS and i and words[i - 1].capital and words[i + 1].glued and words[i + 1].sort == "digits":
            found |= {i, i + 1}  # "chị Hà q7"
        if word.sort != "digits" or not i or words[i - 1].sort != "sign" or not words[i + 1].capital:
            continue
        end = next((k for k in range(i + 1, len(words)) if words[k].text in (",", ";", "-")), len(words))
        street = words[i + 1 : end]
        if end - i >= _STREET and all(part.capital or part.sort != "word" for part in street):
            found |= set(range(i, end)) if not any(part.sort == "amount" for part in street) else set()
    return found


_STREET = 3
_WARDS = frozenset({"q", "p", "quận", "phường"})


def _of_town(words: Sequence[Word], i: int) -> bool:
    return words[i].sort == "digits" and words[i - 1].text in (
        "quận",
        "quan",
        "q",
        "phường",
        "đường",
        "khu",
        "tổ",
        "ấp",
        "tầng",
    )
