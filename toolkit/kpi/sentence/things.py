"""What was sold, among the words of a thing: all words that are something else are put aside first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import places, prices
from toolkit.kpi.sentence.compounds import inside
from toolkit.kpi.sentence.goods import Goods, goods_in
from toolkit.kpi.sentence.numbers import number_at, number_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind
    from toolkit.kpi.sentence.heads import Head
    from toolkit.kpi.sentence.told import Told

FOR = Lexicon(
    "cho nhà, cho gia đình, nhà, gia đình, cho công trình, công trình, cho căng tin, cho căn tin, cho cặp đôi, cặp "
    "đôi, cho, bán cho, với, bên, giao cho, gửi cho, khách, của, cho khách, cho bên, từ, ký với, với bên"
)
_ASIDES = Lexicon(
    "mọi người ơi em, mọi người ơi, cả nhà ơi, như lần trước, như mọi lần, như mọi khi, như cũ, lần này, đợt này, "
    "trong tuần, đợt cuối, theo hợp đồng, còn thiếu, trả góp, giao tận nơi, giao tận nhà, bảo hành, đợt đầu, kỳ này, "
    "chuyển khoản, tiền mặt, còn lại, số còn lại, còn nợ, gửi sau, tiền gửi sau, trả sau, đưa sau, chuyển sau, tính "
    "sau, tiền đưa sau, tiền trả sau, nợ lại, tính tiền sau, tài khoản, về tài khoản, vào tài khoản, nửa tiền, một "
    "nửa tiền, nửa giá, bù thêm, đồng giá, trả luôn, coi như, cho nhẹ đầu, đầu tiên, một nửa, 1 nửa, phân nửa, lấy "
    "lời, không lấy hóa đơn, không xuất hóa đơn, lấy giá tình cảm, giá tình cảm, giá hữu nghị, giá người nhà, nửa "
    "tiền cọc, tiền"
)
_GIFTS = Lexicon("tặng, tặng thêm, khuyến mãi, km, mua 1 tặng, mua 2 tặng, mua 3 tặng, mua 5 tặng, mua 10 tặng")
_LABELLED = Lexicon("đợt, lần, lần thứ, đợt thứ, kỳ")
_PEOPLE = Lexicon("chị, anh, em, bạn, cô, chú, bác, khách, người, bé, chị em, anh em, học viên, hv, thành viên")
_MOST_APART = 6  # words before who is counted first


def things_in(said: Told, taken: set[int], kind: ItemKind) -> list[Goods]:
    """What a thing's words name as sold, brought back or declined. `taken` are the words that are something else."""
    words = said.words
    starts = {head.end for head in said.heads if not _is_the_work(words, head)}
    found = goods_in(words, _busy(said, taken), starts)
    counted = [thing for thing in found if thing.counted]
    counted = [thing for thing in counted if not _cost(thing, said)]
    if len(counted) > 1 and _counts_buyers(words, counted[0], said):
        counted = counted[1:]
    if counted:
        return _with_name(counted, found)
    plain = [thing for thing in found if thing.end > thing.start]
    if kind == "lost":
        declined = (head for head in said.heads if head.kind in ("lost", "payment") or _orders(words, head))
        behind = [head.end for head in declined]
        return [thing for thing in plain if any(0 <= thing.start - end <= 2 for end in behind)][:1]
    near = [thing for thing in plain if any(0 <= thing.start - start <= 3 for start in starts)]
    return (near or plain)[:1]


def quantity_of(things: Sequence[Goods]) -> Fraction | None:
    counted = [thing.quantity for thing in things if thing.quantity is not None]
    return sum(counted, Fraction(0)) if counted else None


def _busy(said: Told, taken: set[int]) -> set[int]:
    """The words that name no thing: verbs, amounts, days, places, who it is for, what is given along."""
    words = said.words
    busy = taken | places.named_in(words) | places.phones_in(words) | places.addresses_in(words) | _for_so_many(words)
    busy |= {i for i, word in enumerate(words) if word.sort in ("amount", "date")}
    for i, word in enumerate(words):
        if word.sort == "amount" and prices.role_of(words, i) == "earned":
            busy |= {i - 1, i - 2}  # "hoa hồng 200k"
    sold = any(head.kind in ("sell", "buy", "order") for head in said.heads)
    for head in said.heads:
        if _is_the_work(words, head):
            continue
        busy |= set(range(head.start, head.end))
        if head.kind == "lost" and sold:
            following = next((h.start for h in said.heads if h.start >= head.end), len(words))
            busy |= set(range(head.start, following))
    for start, end in _ASIDES.all(words):
        busy |= set(range(start, end))
    for start, end in _GIFTS.all(words):
        number = number_at(words, end)
        busy |= set(range(start, number[0])) if number is not None else set()
    for start, end in _LABELLED.all(words):
        if not words[start].capital and end < len(words) and words[end].sort == "digits":
            busy |= set(range(start, end + 1))
    for party in said.parties:
        k = party.start
        number = number_ending(words, k) if party.nobody else None
        k = number[0] if number is not None else k  # "làm móng cho 4 chị", "3 khách từ chối"
        busy |= set(range(k - FOR.ending(words, k), party.start)) - inside(words)  # "đèn bàn | cho anh Hùng"
    return busy


def _is_the_work(words: Sequence[Word], head: Head) -> bool:
    """`gói chăm sóc da`, `viết bài pr`, `hợp đồng cho thuê xe`: what is done is what is sold."""
    contract = head.start > 1 and words[head.start - 1].text in ("đồng", "dong")
    contract = contract and words[head.start - 2].text in ("hợp", "hop")
    return (head.kind == "activity" and head.doing != "call") or (contract and head.kind in ("sell", "buy"))


def _orders(words: Sequence[Word], head: Head) -> bool:
    return head.kind == "buy" and words[head.start].text in ("mua", "đặt", "thuê")


def _cost(thing: Goods, said: Told) -> bool:
    """`nhập 95 bán 150k`: what it cost stands right before the selling."""
    return thing.start == thing.end and any(head.start == thing.start and head.kind == "sell" for head in said.heads)


def _counts_buyers(words: Sequence[Word], thing: Goods, said: Told) -> bool:
    """`5 chi van phong tang 3 dat 5 ly`: who is counted before what they buy."""
    first = next((head.start for head in said.heads if head.kind in ("buy", "payment")), 0)
    opens = words[0].sort == "digits" and thing.start <= _MOST_APART
    return opens and thing.end <= first and bool(_PEOPLE.at(words, 1))


def _for_so_many(words: Sequence[Word]) -> set[int]:
    """`làm móng | cho 4 chị`: who is only counted."""
    found: set[int] = set()
    for i, word in enumerate(words[:-2]):
        number = number_at(words, i + 1) if word.text == "cho" else None
        if number is not None and _PEOPLE.at(words, number[0]):
            found |= set(range(i, number[0] + _PEOPLE.at(words, number[0])))
    return found


def _with_name(counted: list[Goods], found: list[Goods]) -> list[Goods]:
    """A counted thing without a name takes the one that stands apart: "kem dưỡng bán 3 hộp"."""
    if any(thing.end > thing.start for thing in counted):
        return [thing for thing in counted if thing.end > thing.start] if len(counted) > 1 else counted
    named = next((thing for thing in found if not thing.counted and thing.end > thing.start), None)
    first = counted[0]
    return [Goods(first.quantity, named.start, named.end, counted=True)] if named else [first]
