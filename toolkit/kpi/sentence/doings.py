"""A day's work counted: `gặp 3 khách, báo giá 1, gọi 12 cuộc`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import verbs
from toolkit.kpi.sentence.numbers import number_at, number_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.sentence.heads import Head
    from toolkit.kpi.sentence.parties import Party

_MOST = 9_999
_VAGUE = Lexicon("vài, mấy, nhiều, một số, dăm, một loạt, hàng loạt, cả đống, hết danh sách")
_LED = Lexicon(
    "được, cho, thêm, khoảng, tầm, hơn, gần, tổng, tổng cộng, điện, tin, khách, với, là, cuộc, cho khách, được "
    "khách, lại, xong, tới, đến, hết, luôn, qua, zalo, được thêm, khoảng tầm, đủ, mới, nhóm, ở, gửi, bài, video, "
    "báo giá, số, tận, cỡ, cả, trực tiếp, khách cũ, khách mới, khách hàng, :"
)
_NOT_COUNTS = Lexicon("tiếng, giờ, phút, ngày, h, năm, tháng, hôm, tuần, buổi sáng, k, tr, triệu, p, %, giây, lít, km")


def counts_in(
    words: Sequence[Word], heads: Sequence[Head], parties: Sequence[Party]
) -> tuple[dict[str, int], set[int], bool]:
    """Activities by kind, the words that count them, and whether one is counted only vaguely ("vài khách")."""
    counts: dict[str, int] = {}
    used: set[int] = set()
    vague = False
    for kind, start, end, count in _nouns(words, heads):
        counts[kind] = counts.get(kind, 0) + count
        used.update(range(start, end))
    begun = {head.start for head in heads if head.kind == "activity"}
    leading: set[int] = set()
    for head in sorted(heads, key=lambda head: _count_behind(words, head.end, used) is None):
        told = head.start - 1 in used - leading and _count_behind(words, head.end, used) is None
        if head.end in begun or told:
            used.update(range(head.start, head.end))
            leading.update(range(head.start, head.end) if not told else ())
            continue  # "nhắn tin hỏi thăm 20 khách cũ"
        if head.kind != "activity" or head.start in used:
            continue
        odd = _odd_number(words, head.end)
        if odd is not None:
            vague = vague or odd
            used.update(range(head.start, head.end + 1))
            continue
        found = _count_behind(words, head.end, used) or _count_behind_name(words, head.end, parties)
        found = found or _count_before(words, head)
        if found is not None and found[1] == 0:
            vague = True
            continue
        named = sum(1 for p in _list_behind(words, head.end, parties))
        count = found[1] if found else max(1, named)
        if found is None and _goes_with_noun(head, used):
            continue
        if found is None and not named and counts.get(head.doing):
            used.update(range(head.start, head.end))
            continue  # "đi thị trường thăm 6 cửa hàng": the number has said it
        counts[head.doing] = counts.get(head.doing, 0) + count
        used.update(range(head.start, found[0] if found else head.end))
    return counts, used, vague


def _count_before(words: Sequence[Word], head: Head) -> tuple[int, int] | None:
    """`cho 5 khách nếm thử`: who does it is counted before."""
    for start in range(max(0, head.start - 3), head.start):
        number = number_at(words, start) if words[start].sort == "digits" else None
        led = start > 0 and words[start - 1].text in ("cho", "mời", "rủ", "có", "co")
        if led and number is not None and number[1].denominator == 1 and verbs.COUNTED_HERE.at(words, number[0]):
            return head.end, int(number[1])
    return None


def _odd_number(words: Sequence[Word], i: int) -> bool | None:
    """Whether a number behind a verb is more than can be done; False for none at all (`gọi 0 cuộc`), None else."""
    while i < len(words) and _LED.at(words, i):
        i += _LED.at(words, i)
    if i >= len(words) or words[i].sort != "digits" or (i + 1 < len(words) and words[i + 1].glued):
        return None
    plain = words[i].text.lstrip("0")
    if not plain:
        return False
    return True if len(plain) > len(str(_MOST)) and words[i].text[0] != "0" else None


def counted(words: Sequence[Word], head: Head) -> bool:
    """Whether a number says how often."""
    found = _count_behind(words, head.end, set())
    return found is not None and found[1] > 0


def _nouns(words: Sequence[Word], heads: Sequence[Head]) -> list[tuple[str, int, int, int]]:
    """`12 cuộc gọi`, `gửi 3 báo giá`, `2 buổi demo`: what is counted is what was done."""
    found = [(*left, end, count) for left, end, count in _left_numbers(words)]
    taken: set[int] = {i for _, start, end, _ in found for i in range(start, end)}
    for kind, lexicon in verbs.DONE_NOUNS:
        for start, end in lexicon.all(words):
            number = number_ending(words, start)
            if number is None or start in taken or number[1].denominator != 1 or number[1] > _MOST:
                continue
            opened = next(
                (head for head in heads if head.kind == "activity" and _reaches(words, head.end, number[0])), None
            )
            if opened is not None and not _same_work(opened.doing, kind):
                continue
            more = any(str(kind) == row[0] and 0 <= number[0] - row[2] <= _MOST_BETWEEN for row in found)
            loose = kind in ("lead", "message", "visit", "post", "other")
            if opened is None and loose and not more and not _alone(words, number[0]):
                continue
            begins = opened.start if opened else number[0]
            found.append((str(kind), begins, end, int(number[1])))
            taken.update(range(start, end))
    return found


_MOST_BETWEEN = 3  # words between two counts of the same work: "1 clip tiktok 2 bài zalo"
_LEFT_NUMBER = Lexicon(
    "để lại số, để lại sđt, để lại số điện thoại, để lại thông tin, xin số, cho số, cho số điện thoại, cho sđt, để số, "
    "để lại zalo, cho zalo, để lại info, điền form, đăng ký tư vấn, để lại liên hệ"
)


_GOT = Lexicon("lấy được, xin được, thu được, xin, gom được, kiếm được, lấy")
_NUMBERS = Lexicon("số, sđt, số điện thoại, zalo, info, danh thiếp, liên hệ, số zalo, thông tin")


def _left_numbers(words: Sequence[Word]) -> list[tuple[tuple[str, int], int, int]]:
    """`7 người để lại số`: as many leads."""
    found: list[tuple[tuple[str, int], int, int]] = []
    for start, end in _GOT.all(words):
        number = number_at(words, end)
        if number is not None and number[1].denominator == 1 and _NUMBERS.at(words, number[0]):
            found.append((("lead", start), number[0] + _NUMBERS.at(words, number[0]), int(number[1])))
    for start, end in _LEFT_NUMBER.all(words):
        number = number_ending(words, start - 1) or number_ending(words, start - 2)
        if number is not None and number[1].denominator == 1 and number[1] <= _MOST:
            found.append((("lead", number[0]), end, int(number[1])))
    return found


def _same_work(doing: str, kind: str) -> bool:
    """ "gửi 3 báo giá" is three quotes; "gọi 5 khách mới" are five calls."""
    return doing == kind or (doing == "message" and kind == "quote")


_HAVING = frozenset(
    """
    viết viet đăng up quay làm đi di ghé qua có co thêm them được duoc nhận nhan gửi gui trả và va là nay kiếm
    phát phat rải dán lên len ra về
    """.split()  # noqa: SIM905
)


def _alone(words: Sequence[Word], start: int) -> bool:
    """Whether a count opens its clause or follows a having verb: "có 3 lead", "thêm 2 khách mới", "5 tin nhắn"."""
    before = words[start - 1] if start else None
    return before is None or before.sort in ("sign", "date") or before.text in _HAVING


def _reaches(words: Sequence[Word], i: int, goal: int) -> bool:
    """Whether only fillers stand between a verb and a number."""
    for _ in range(4):
        if i == goal:
            return True
        n = _LED.at(words, i)
        if not n:
            return False
        i += n
    return i == goal


def _count_behind(words: Sequence[Word], i: int, used: set[int]) -> tuple[int, int] | None:
    """The count behind a verb and where it ends; a count of 0 for a vague one."""
    start = i
    for _ in range(4):
        if i >= len(words) or i in used:
            return None
        if _VAGUE.at(words, i) and not _cloth(words, i):
            return i + _VAGUE.at(words, i), 0
        number = number_at(words, i)
        if number is not None:
            end, value = number
            if value.denominator != 1 or value > _MOST or _NOT_COUNTS.at(words, end):
                return None
            if words[i].sort == "word" and not _countable(words, end):
                return None
            return end + verbs.COUNTED_HERE.at(words, end), int(value)
        n = _LED.at(words, i)
        if not n:
            return _people_behind(words, start, used)
        i += n
    return None


def _cloth(words: Sequence[Word], i: int) -> bool:
    """ "gui mau vai": without marks cloth, unless somebody stands behind ("vai khach")."""
    given = i + 1 < len(words) and words[i + 1].text == "cho"  # chỗ, too
    people = verbs.COUNTED_HERE.at(words, i + 1) and not given
    return words[i].unmarked and words[i].text == "vai" and not people


def _people_behind(words: Sequence[Word], start: int, used: set[int]) -> tuple[int, int] | None:
    """`tư vấn bảo hiểm 2 khách`: people counted behind what it was about."""
    for i in range(start + 1, min(start + 6, len(words) - 1)):
        if i in used or words[i].sort not in ("word", "digits"):
            return None
        number = number_at(words, i) if words[i].sort == "digits" else None
        if number is not None:
            people = verbs.COUNTED_HERE.at(words, number[0]) and words[number[0]].text not in _PIECES
            return (number[0] + 1, int(number[1])) if people and number[1].denominator == 1 else None
    return None


_PIECES = frozenset({"cái", "cai", "bản", "ban", "mẫu", "mau", "số", "so", "bảng", "bang", "em", "data"})
_TIMES = Lexicon("cuộc, lần, lượt, buổi, tin, cú, tin nhắn, cuộc gọi, bài, lần rồi")


def _count_behind_name(words: Sequence[Word], i: int, parties: Sequence[Party]) -> tuple[int, int] | None:
    """`gọi cho chị Thuận 2 cuộc`, `gặp khách 2 lần`."""
    while i < len(words) and words[i].text in ("cho", "với", "voi", "lại", "được"):
        i += 1
    party = next((p for p in parties if p.start == i), None)
    number = number_at(words, party.end) if party is not None else None
    if number is None or number[1].denominator != 1 or number[1] > _MOST:
        return None
    n = _TIMES.at(words, number[0])
    return (number[0] + n, int(number[1])) if n else None


def _countable(words: Sequence[Word], end: int) -> bool:
    denied = (
        end + 1 < len(words) and words[end].text in ("chưa", "chua", "không", "khong") and words[end + 1].text == "ai"
    )
    return denied or end >= len(words) or words[end].sort == "sign" or bool(verbs.COUNTED_HERE.at(words, end))


_BEFORE_A_NAME = frozenset({"cho", "với", "voi", "được", "và", "va", "lại", "điện", "tin"})


def _list_behind(words: Sequence[Word], i: int, parties: Sequence[Party]) -> list[Party]:
    """`gặp chị Hoa, anh Nam và cô Ba`: as many meetings as people."""
    found: list[Party] = []
    while True:
        while i < len(words) and (words[i].text in _BEFORE_A_NAME or (found and words[i].text == ",")):
            i += 1
        party = next((p for p in parties if p.start == i and not p.nobody), None)
        if party is None:
            return found
        found.append(party)
        i = party.end


def _goes_with_noun(head: Head, used: set[int]) -> bool:
    """ "gửi" of "gửi 3 báo giá" was counted with its noun."""
    return any(k in used for k in range(head.start, head.end))
