"""Why a deal was lost or goods came back, in the member's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import declines
from toolkit.kpi.sentence.facts import BECAUSE, SAYING, reason_kind
from toolkit.kpi.sentence.told import Told, verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind, LostReason
    from toolkit.kpi.sentence.heads import Head

    Why = tuple[str, LostReason | Literal[""], set[int]]


def reason_of(kind: ItemKind, said: Told, typed: str) -> Why:
    """Why, in the member's words; what it is counted under; and which words say so."""
    if kind not in ("lost", "refund"):
        return "", "", set()
    words = said.words
    taken = {i for party in said.parties for i in range(party.start, party.end)}
    for i in range(len(words)):
        if i in taken:
            continue
        n = BECAUSE.at(words, i)
        n += int(n > 0 and i + n < len(words) and words[i + n].text == ":")
        if n and i + n < len(words) and words[i + n].sort in ("word", "digits"):
            start, end = i + n, _until(words, i + n)
            return _as_reason(words, start, end, typed, set(range(i, end)))
    if kind == "refund":
        return _refund_reason(said, typed)
    return _lost_reason(said, typed)


def _as_reason(words: Sequence[Word], start: int, end: int, typed: str, spent: set[int]) -> Why:
    while end - start > 1 and words[end - 1].text in ("nên", "nen", "mà", "thì"):
        end -= 1
    text = verbatim(words, start, end, typed)
    return text, reason_kind(words[start:end]) if text else "", spent


_ENDS = frozenset(";\n!?")


def _until(words: Sequence[Word], start: int) -> int:
    """Where a reason ends: at the end, at a strong sign, before what followed from it."""
    end = start
    while end < len(words) and words[end].text not in _ENDS:
        if end > start and (words[end].text in ("nên", "nen") or words[end].sort == "date"):
            break
        if words[end].text in (",", ".") and not (words[end].glued and end + 1 < len(words) and words[end + 1].glued):
            break
        end += 1
    return end


_FAULTS = Lexicon(
    "size không vừa, size không hợp, mặc chật, mặc rộng, hàng lỗi, bị lỗi, lỗi, hư, bị hư, hỏng, bị hỏng, bể, bị "
    "bể, vỡ, bị vỡ, móp, bị móp, rách, bị rách, sai size, sai mẫu, sai màu, giao sai, giao nhầm, không vừa, chật, "
    "rộng, không hợp, dị ứng, không ưng, hết hạn, giao trễ, không đúng, thiếu hàng, size nhỏ, size nhỏ quá, size "
    "to, nhỏ quá, to quá, rộng quá, chật quá, đổi ý, kém chất lượng, không thích, bị dị ứng, hàng bị, hàng hư, "
    "hàng hỏng, hàng vỡ, sản phẩm lỗi, không dùng được, bị sai, mặc không vừa"
)


def _refund_reason(said: Told, typed: str) -> Why:
    words = said.words
    named = {i for party in said.parties for i in range(party.start, party.end)}
    place = next((found for found in _FAULTS.all(words) if found[0] not in named), None)
    suffers = _suffers(said)
    if suffers is not None:
        return _as_reason(words, *suffers, typed, set(range(*suffers)))
    if place is None:
        return "", "", set()
    end = _until(words, place[0])
    given = (
        k for k in range(place[0], end) if words[k].sort == "amount" or (words[k].text == "cho" and k + 1 in named)
    )
    stop = next(given, end)
    return _as_reason(words, place[0], stop, typed, set(range(place[0], stop)))


_SUFFERS = Lexicon(
    "bị, không đồng ý, không cho, không chịu, không duyệt, chưa ra, chưa xong, không thích, đổi ý, không hợp"
)


def _suffers(said: Told) -> tuple[int, int] | None:
    """`…, son bị gãy`; `bánh bị mốc, …`: a clause of its own in a refund that tells what happened."""
    words = said.words
    start = 0
    for end in range(len(words) + 1):
        if end < len(words) and words[end].text not in (",", ";", ".", "(", "-", ":"):
            continue
        clause = words[start:end]
        plain = 2 <= len(clause) <= 8 and all(word.sort == "word" for word in clause)
        gives_back = any(head.kind == "refund" and start <= head.start < end for head in said.heads)
        if plain and not gives_back and _SUFFERS.has(clause):
            return start, end
        start = end + 1
    return None


def _lost_reason(said: Told, typed: str) -> Why:
    """Without "vì": what the customer says or did (`chê đắt`, `chọn bên khác rẻ hơn`, `không có nhu cầu`)."""
    lost = [head for head in said.heads if head.kind == "lost"]
    for find in (_forbidden, _refused, _gone_silent, _in_their_words, _done_instead, _behind_a_sign, _said_before):
        span = find(said, lost)
        if span is not None:
            start, end, first = span
            return _as_reason(said.words, start, end, typed, set(range(first, end)))
    return "", "", set()


def goes_elsewhere(words: Sequence[Word], head: Head) -> bool:
    """`đã mua bên Prudential`, `chốt mua của shop khác`: a verb of dealing that stands for a lost deal."""
    return words[head.start].text in _DEALT


_DEALT = frozenset(
    """
    mua lấy đặt chốt ký kí thuê dùng chọn nhập xài chuyển sang qua lay dat chot ky ki thue dung chon nhap xai chuyen
    """.split()  # noqa: SIM905
)
_Span = tuple[int, int, int]
"""Where a reason begins and ends, and where the words that bring it in begin."""


def _forbidden(said: Told, lost: Sequence[Head]) -> _Span | None:
    """`vợ không cho mua`, `sếp không cho ký`: who forbids it, and that they do."""
    for head in lost:
        if not any(word.text == "cho" for word in said.words[head.start : head.end]):
            continue
        first = head.start
        while first and said.words[first - 1].sort == "word" and said.words[first - 1].text not in _OPENERS:
            first -= 1
        return (first, head.end, first) if first < head.start else None
    return None


_OPENERS = frozenset({"mà", "nhưng", "nên", "thì", "rồi", "là", "bảo", "kêu", "nói", "vì", "do", "tại"})


def _refused(said: Told, lost: Sequence[Head]) -> _Span | None:
    """`không đồng ý mức giá 50tr`."""
    words = said.words
    busy = {head.start for head in said.heads} | {party.start for party in said.parties}
    for head in lost:
        whole = _REFUSES.at(words, head.start) == head.end - head.start
        if whole and head.end < len(words) and words[head.end].sort == "word" and head.end not in busy:
            return head.end, _until(words, head.end), head.end
    return None


def _gone_silent(said: Told, lost: Sequence[Head]) -> _Span | None:
    silent = next((head for head in lost if declines.GOES_SILENT.at(said.words, head.start)), None)
    return (silent.start, _until(said.words, silent.start), silent.start) if silent is not None else None


def _in_their_words(said: Told, lost: Sequence[Head]) -> _Span | None:
    """`chê đắt`, `bảo giá cao hơn chỗ khác nên không lấy`."""
    words = said.words
    taken = {i for party in said.parties for i in range(party.start, party.end)}
    for start, end in SAYING.all(words):
        if any(head.start == end for head in lost):
            continue  # "nói thôi khỏi mua, trong nhà còn đầy"
        if start in taken or end in taken or end >= len(words) or words[end].sort != "word" or _quotes(words, end):
            continue
        last = _until(words, end)
        head = next((h for h in lost if end < h.start < last and words[h.start].text in _DECLINING), None)
        first = start if words[start].text in ("sợ", "ngại", "so") else end
        return first, head.start if head is not None else last, start
    return None


_DECLINING = frozenset({"nên", "nen", "không", "khong", "thôi", "thoi", "từ", "tu", "hủy"})


_AFTER_BAO = frozenset({"hiểm", "hiem", "hành", "hanh", "trì", "tri", "vệ", "ve", "dưỡng", "duong"})


def _quotes(words: Sequence[Word], end: int) -> bool:
    """ "báo giá" is no saying, "bảo giá cao" is one."""
    if words[end - 1].text in ("bảo", "bao") and words[end].text in _AFTER_BAO:
        return True
    if words[end - 1].text not in ("báo", "bao") or words[end].text not in ("giá", "gia"):
        return False
    return not (end + 1 < len(words) and words[end + 1].text in ("cao", "mac", "dat", "đắt", "mắc"))


def _done_instead(said: Told, lost: Sequence[Head]) -> _Span | None:
    """`chọn bên khác rẻ hơn`, `không có nhu cầu`."""
    for head in lost:
        if head is not lost[0] or _EXPLAINS.at(said.words, head.start) or goes_elsewhere(said.words, head):
            return head.start, _until(said.words, head.start), head.start
    return None


def _behind_a_sign(said: Told, lost: Sequence[Head]) -> _Span | None:
    """`mất khách anh Hùng, bên kia giảm giá sâu`."""
    words = said.words
    start = lost[0].end if lost else len(words)
    sign = next((k for k in range(start, len(words) - 1) if words[k].text in (",", "(", "-", ".", ":")), None)
    if sign is None:
        return None
    end = _until(words, sign + 1)
    told = not any(word.sort in ("amount", "date") for word in words[sign + 1 : end])
    return (sign + 1, end, sign + 1) if told else None


def _said_before(said: Told, lost: Sequence[Head]) -> _Span | None:
    """`giá cao quá không mua`."""
    so = (
        next((k for k in (lost[0].start, lost[0].start - 1) if said.words[k].text in ("nên", "nen")), None)
        if lost
        else None
    )
    if so is not None:
        party = next((p for p in reversed(said.parties) if p.end < so), None)
        start = party.end if party is not None else 0
        if so - start > 1:
            return start, so, start  # "anh Tiến không vay được ngân hàng nên thôi"
    place = _PRE.find(said.words) if lost else None
    return (place[0], lost[0].start, place[0]) if place is not None and place[0] < lost[0].start else None


_REFUSES = Lexicon("không đồng ý, không chịu, không ưng, không thích, không hợp, không đồng ý với, không chịu giá")


_EXPLAINS = Lexicon(
    "chọn, chọn bên khác, mua bên khác, lấy bên khác, không có nhu cầu, hết nhu cầu, đổi ý, im lặng, không trả "
    "lời, không phản hồi, không nghe máy, bặt tăm, qua bên khác, sang bên khác, ký với bên khác, mua chỗ khác, "
    "lấy chỗ khác, dùng bên khác, không còn nhu cầu, chưa có nhu cầu, không cần, đặt bên khác, ký bên khác, mua "
    "của người khác, thuê bên khác, chốt bên khác, chọn chỗ khác, chọn hãng khác, chọn đối thủ, im luôn, mất hút, "
    "không liên lạc được, không quan tâm, không thích, không hợp, chốt với đối thủ, ký với đối thủ, mua của đối "
    "thủ, theo đối thủ, đi bên khác, không ưng, không thích nữa, im lặng luôn, mua bên kia, chọn bên kia"
)


_PRE = Lexicon(
    "giá cao, giá cao quá, đắt quá, mắc quá, hết tiền, hết hàng, giao chậm, giao trễ, chồng không cho, vợ không "
    "cho, kẹt tiền"
)
