"""What a part of a sentence tells of, by its verb: selling, paying, taking back, declining, promising, doing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import callings, declines, verbs
from toolkit.kpi.sentence.compounds import inside
from toolkit.kpi.sentence.facts import BECAUSE, sending_words
from toolkit.kpi.sentence.goods import MEASURES
from toolkit.kpi.sentence.numbers import number_at, number_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.sentence.parties import Party

HeadKind = Literal["sell", "order", "buy", "payment", "refund", "lost", "promise", "activity"]

_EQUIPMENT = Lexicon(
    "cái, chiếc, con, máy, dây, ổ, tủ, quạt, nồi, bếp, đèn, xe, bán, mua, lấy, tiền, bảo hiểm, thiết bị"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A verb (or what stands for one) from word `start` up to `end`; `doing` is the kind of an activity."""

    start: int
    end: int
    kind: HeadKind
    doing: str = ""
    weak: bool = False


def heads_in(words: Sequence[Word], parties: Sequence[Party]) -> list[Head]:
    """The verbs of a sentence in their order. A name is no verb (anh Huy), nor is a word of a thing's name."""
    taken = {i for party in parties for i in range(party.start, party.end)}
    things = {i for i in inside(words) if not (words[i].text == "ban" and _begins(words, i, taken))}
    sending = sending_words(words, parties) | things
    found: list[Head] = []
    i = 0
    while i < len(words):
        coded = i > 1 and words[i].glued and words[i - 1].text == "-" and words[i - 1].glued  # "SG-NT"
        if coded or i in taken or i in sending or words[i].sort != "word":
            i += 1
            continue
        skipped = verbs.NOT_SELLING.at(words, i) or _arranged(words, i)
        if skipped:
            i += skipped
            continue
        head = _head_at(words, i, taken)
        if head is not None and _free(words, head, taken):
            found.append(head)
            i = head.end
        else:
            i += 1
    return found


def _arranged(words: Sequence[Word], i: int) -> int:
    """`gọi 20 khách, 3 người hẹn gặp`: they mean to meet; nobody met, and the member promised nothing."""
    meet = verbs.PROMISES.at(words, i) if i and words[i].text in ("hẹn", "hen") else 0
    return meet if meet > 1 and words[i - 1].text in _WHO_MEETS and number_ending(words, i - 1) is not None else 0


def _begins(words: Sequence[Word], i: int, taken: set[int]) -> bool:
    """ "ban ghe massage cho ong Thanh" without marks: what opens a clause sells."""
    return words[i].unmarked and (i == 0 or words[i - 1].sort in ("sign", "date") or i - 1 in taken)


def _free(words: Sequence[Word], head: Head, taken: set[int]) -> bool:
    """Whether a verb's words are its own; in "mất khách anh Hùng" the customer belongs to the verb and to the name."""
    if head.kind == "lost" and head.start not in taken and head.end - head.start > 1:
        return True
    shared = head.end - head.start > 1 and words[head.end - 1].text in ("khách", "khach", "hàng", "hang")
    return not any(k in taken for k in range(head.start, head.end - shared))


def _head_at(words: Sequence[Word], i: int, taken: set[int]) -> Head | None:
    elsewhere = declines.elsewhere(words, i, taken)
    if elsewhere:
        return Head(i, i + elsewhere, "lost")
    declined = declines.declined(words, i)
    if declined:
        return Head(i, i + declined, "lost")
    if words[i].text in ("nhận", "nhan") and (number_at(words, i + 1) is not None) and (i - 1) in taken:
        return Head(i, i + 1, "buy")
    gives = _gives_back(words, i, taken) or _takes_off(words, i)
    if gives:
        return Head(i, i + gives, "refund")
    goes, puts = _goes_to(words, i), _puts_down(words, i)
    if goes or puts:
        return Head(i, i + goes, "activity", "visit") if goes else Head(i, i + puts, "payment")
    left = words[i].text in ("bỏ", "bo") and (i - 1) in taken and (i + 1 == len(words) or words[i + 1].sort == "sign")
    if left:
        return Head(i, i + 1, "lost")
    returned = _brings_back(words, i)
    if returned:
        return Head(i, i + returned, "refund")
    if _calls_for(words, i, taken):
        return Head(i, i + 1, "buy")
    came = _came_in(words, i)
    if came:
        return Head(i, i + came, "sell")
    stops = words[i].text in ("dừng", "ngưng", "ngừng") or (
        words[i].unmarked and words[i].text in ("dung", "ngung") and (i - 1) in taken
    )
    if stops and BECAUSE.at(words, i + 1):
        return Head(i, i + 1, "lost")
    if _takes_on(words, i):
        return Head(i, i + 1, "promise")
    if words[i].text in ("nhận", "nhan") and verbs.WORKS.at(words, i + 1) and (i == 0 or words[i - 1].sort != "word"):
        works = verbs.WORKS.at(words, i + 1)
        return Head(i, i + 1 + (works if number_at(words, i + 1 + works) is not None else 0), "sell")
    term = number_at(words, i + 1) if words[i].text in ("đóng", "dong") else None
    if term is not None and _TERMS.at(words, term[0]):
        return Head(i, i + 1, "payment")
    works = verbs.WORKS.at(words, i)
    opened = i == 0 or words[i - 1].sort in ("sign", "date") or (i - 1) in taken or _adverb(words[i - 1])
    found = [Head(i, i + works, "sell")] if works and opened and number_at(words, i + works) is not None else []
    found += [Head(i, i + n, kind, weak=kind == "order") for kind, lexicon in _ORDER if (n := lexicon.at(words, i))]
    found += [Head(i, i + n, "activity", doing) for doing, lexicon in verbs.DOINGS if (n := lexicon.at(words, i))]
    found.sort(key=lambda head: head.start - head.end)
    return next((head for head in found if _stands(words, head, taken)), None)


_ORDER: tuple[tuple[HeadKind, Lexicon], ...] = (
    ("promise", verbs.PROMISES),
    ("lost", declines.BACKS_OUT),
    ("lost", declines.GOES_SILENT),
    ("refund", verbs.REFUNDS),
    ("sell", verbs.SELLS),
    ("buy", verbs.BUYS),
    ("payment", verbs.PAYS),
    ("order", verbs.ORDERS),
)


_TERMS = Lexicon("tháng, năm, kỳ, quý, học kỳ, buổi")
_TASKS = Lexicon(
    "gửi, giao, làm, sửa, chở, lắp, in, may, viết, dịch, thiết kế, gọi lại, báo lại, tìm, hỏi, kiểm tra, soạn"
)


def _brings_back(words: Sequence[Word], i: int) -> int:
    """`khách trả 2 cái đèn`: goods are brought back, money isn't counted in pieces."""
    if words[i].text not in ("trả", "tra") or (words[i].text == "tra" and not words[i].unmarked):
        return 0
    number = number_at(words, i + 1)
    if number is None or number[0] >= len(words) - 1 or words[i + 1].sort != "digits":
        return 0
    measured = MEASURES.at(words, number[0]) and words[number[0]].text not in _NO_PIECES
    return 1 if measured and words[number[0] + 1].sort == "word" and not (i and words[i - 1].text == "hop") else 0


_GIVES = Lexicon("trả, trả bớt, đền, bù, bù lại, bù thêm, thối, chuyển, ck, chuyển khoản, đưa, bank, gửi lại, gởi lại")


def _gives_back(words: Sequence[Word], i: int, taken: set[int]) -> int:
    """`trả 1tr8 cho chị Hiền`, `bù lại cho cô Sen 200k`: nobody stands before, so the member gives to a customer."""
    n = 0 if words[i].unmarked and _counted_thing(words, i) else _GIVES.at(words, i)  # "10 qua dua cho anh Hung"
    if not n or (i and words[i - 1].sort == "word" and not _adverb(words[i - 1])) or any(k in taken for k in range(i)):
        return 0
    j = i + n
    paid = j < len(words) and words[j].sort == "amount"
    j += paid
    j += int(j < len(words) and words[j].text == "cho")
    house = j + 1 < len(words) and j + 1 not in taken and words[j].text in _OWN_HOUSE
    if j not in taken or house or callings.SUPPLIERS.at(words, j):
        return 0
    while j in taken:
        j += 1
    return n if paid or (j < len(words) and words[j].sort == "amount") else 0


_OWN_HOUSE = frozenset({"shop", "tiệm", "tiem", "quán", "quan"})


def _goes_to(words: Sequence[Word], i: int) -> int:
    """`đi 5 tiệm thuốc`, `chạy 12 điểm bán`: visits, counted."""
    number = number_at(words, i + 1) if words[i].text in _GOES else None
    if number is None or words[i + 1].sort != "digits":
        return 0
    return 1 if callings.ORGS.at(words, number[0], surely=True) or _PLACES.at(words, number[0]) else 0


_GOES = frozenset({"đi", "di", "chạy", "qua", "tới", "xuống", "rảo", "ghé", "thăm"})
_PLACES = Lexicon("nhà, điểm bán, điểm, đại lý, nhà thuốc, cửa hàng, mối, sạp, trạm, nhà khách, hộ, công trình")


def _puts_down(words: Sequence[Word], i: int) -> int:
    """`đặt trước 3tr`, `giữ trước 500k`: money, where the same words before goods order them."""
    n = _AHEAD.at(words, i)
    if not n or i + n >= len(words) or words[i + n].sort != "amount":
        return 0
    return n if n > 1 or not words[i + n].typed.isdigit() else 0


_AHEAD = Lexicon("đặt trước, giữ trước, góp trước, đặt, gom được, về đủ, về được, đã về, mới về, về thêm, về nốt")


_OFF = Lexicon(
    "giảm, bớt, trừ tiền hàng lỗi, trừ tiền hàng hư, trừ tiền hàng, trừ hàng lỗi, trừ tiền lỗi, trừ lại, trừ tiền, trừ"
)


def _takes_off(words: Sequence[Word], i: int) -> int:
    """`trừ tiền hàng lỗi cho shop Mây 600k`: a line that opens with it gives money back; elsewhere it is a discount."""
    if words[i].text[:2] not in ("tr", "gi", "bớ") or any(word.sort != "date" for word in words[:i]):
        return 0
    n = _OFF.at(words, i)
    following = words[i + n] if n and i + n < len(words) else None
    named = following is not None and following.sort == "amount" and any(word.text == "cho" for word in words[i + n :])
    return n if following is not None and (named or following.sort == "word") else 0


_NO_PIECES = frozenset(
    {"lần", "lan", "buổi", "buoi", "người", "nguoi", "khách", "khach", "em", "chỉ", "chi", "lượng", "đơn", "don", "hợp"}
)


def _calls_for(words: Sequence[Word], i: int, taken: set[int]) -> bool:
    """`dì Hường kêu 5 ly sinh tố 125k`: somebody, a number of things and what they cost."""
    if words[i].text not in ("kêu", "keu") or (i - 1) not in taken:
        return False
    number = number_at(words, i + 1)
    counted = number is not None and number[0] < len(words) and words[number[0]].sort == "word"
    return counted and any(word.sort == "amount" for word in words[i + 2 :])


def _came_in(words: Sequence[Word], i: int) -> int:
    """`ra 27 đơn`, `về 3 hợp đồng`: deals came in."""
    if words[i].text not in ("ra", "lên", "len", "nổ", "về", "ve", "được") or (i and words[i - 1].sort == "word"):
        return 0
    number = number_at(words, i + 1) or number_at(words, i + 2) if i + 1 < len(words) else None
    deal = number is not None and number[0] < len(words) and words[number[0]].text in ("đơn", "don", "deal")
    return 1 if deal else 0


def _takes_on(words: Sequence[Word], i: int) -> bool:
    """`nhận gửi file cho Hải Long trước thứ hai`: a promise, where a day is named and no price."""
    if words[i].text not in ("nhận", "nhan") or not _TASKS.at(words, i + 1) or (i and words[i - 1].sort == "word"):
        return False
    due = any(word.sort == "date" for word in words[i:])
    return (
        due
        and any(word.text in ("trước", "truoc") for word in words[i:])
        and not any(word.sort == "amount" for word in words)
    )


def _by_company(words: Sequence[Word], head: Head, taken: set[int]) -> bool | None:
    """Words that are verbs only in some company: điện, ghé, dẫn, nhắc, đăng, gọi; None for all others."""
    i, text = head.start, words[head.start].text
    before = words[i - 1] if i else None
    following = words[head.end] if head.end < len(words) else None
    single = head.end - i == 1
    if text == "dang" and words[i].unmarked and single:
        return following is not None and (
            following.sort == "digits" or following.text in ("bai", "tin", "video", "duoc")
        )
    if text == "goi" and words[i].unmarked and (verbs.SELLS.ending(words, i) or verbs.BUYS.ending(words, i)):
        return False  # "mua goi 1 nam"
    if (
        text
        in ("cham", "mời", "điện", "dien", "ghé", "ghe", "dẫn", "dan", "nhắc", "nhac", "đăng", "dang", "alo", "test")
        and single
    ):
        thing = before is not None and before.sort == "word" and bool(_EQUIPMENT.at(words, i - 1))
        return not thing and _acts(words, head.end, taken)
    if text in ("điện", "dien") and before is not None and before.sort == "word" and i - 1 not in taken:
        return _adverb(before)  # "ốp điện thoại"
    return None


def _friend(words: Sequence[Word], head: Head, taken: set[int]) -> bool:
    """ "ban" without marks is bạn: "giới thiệu bạn", "bạn anh Nam giới thiệu"."""
    end = head.end
    following = words[end] if end < len(words) else None
    before = words[head.start - 1] if head.start else None
    if before is not None and before.text in _PIECE_OF:
        return True  # bàn: "bo ban an"
    if words[head.start].unmarked and (following is None or following.sort == "sign"):
        return True
    if before is not None and before.text == "thieu":
        return True
    while end in taken:
        end += 1
    return end > head.end and end < len(words) and words[end].text in ("gioi", "gt")


def _counted_thing(words: Sequence[Word], i: int) -> bool:
    """ "5 hop tra": what stands behind a number and its measure is a thing."""
    if i < 2 or MEASURES.at(words, i - 1) != 1 or words[i - 1].text in _COUNTED_PEOPLE:
        return False
    return number_ending(words, i - 1) is not None


def _ours_or_paste(words: Sequence[Word], head: Head) -> bool:
    """ "chuyển qua mua bên mình" came to the member; "ve sinh may, tra keo" is paste."""
    if words[head.start].text == "tra" and words[head.start].unmarked:
        return True
    side = words[head.end - 1].text in ("bên", "ben") and head.end < len(words)
    return side and words[head.end].text in _OURS


_COUNTED_ONES = frozenset({"số", "so"})
_WHO_MEETS = frozenset({"người", "nguoi", "khách", "khach", "nhà", "nha", "bạn", "mối"})
_PHONE = 9  # digits


def _other_thing(words: Sequence[Word], i: int) -> bool:
    """ "dong phi ky 2", "lo dat", "hop dong": a term, land, a contract."""
    before = words[i - 1].text if i else ""
    following = words[i + 1].text if i + 1 < len(words) else ""
    if words[i].text == "ky":
        return before in _BEFORE_A_TERM or following in ("nay", "truoc", "sau", "toi")
    if words[i].text == "hop":
        return following in ("dong", "tac", "ly")
    return words[i].text == "dat" and words[i].loose and before in _LAND


def _no_leaving(words: Sequence[Word], head: Head, taken: set[int]) -> bool:
    """Without marks: "2 bo lop" are sets of tyres, "may bom" is a pump, "suy nghi goi" no "nghỉ gói"."""
    i, text = head.start, words[head.start].text
    if not words[i].unmarked or text not in ("bo", "bom", "nghi", "thoi", "huy"):
        return False
    free = i == 0 or (i - 1) in taken or words[i - 1].sort in ("sign", "date") or _adverb(words[i - 1])
    return not free and words[i - 1].text not in (
        "roi",
        "xong",
        "phai",
        "bi",
        "muon",
        "xin",
        "doi",
        "da",
        "don",
        "khach",
    )


def _stands(words: Sequence[Word], head: Head, taken: set[int]) -> bool:
    """Whether a word that is as often something else is a verb here."""
    i, text = head.start, words[head.start].text
    before = words[i - 1] if i else None
    single = head.end - head.start == 1
    counted = i - 1 not in taken and number_ending(words, i) is not None
    if (
        counted
        and single
        and head.kind not in ("order", "activity")
        and (text in ("ký", "kí") or (words[i].loose and text in _THINGS_TOO))
    ):
        return False  # "3 coc"
    if head.kind == "lost" and (_ours_or_paste(words, head) or _no_leaving(words, head, taken)):
        return False
    if text == "xa" or (counted and text == "goi" and words[i].loose) or (single and _other_thing(words, i)):
        return False  # far; "huy 1 goi tra lai 350k"
    if head.doing == "call" and len(words[head.end].text if head.end < len(words) else "") >= _PHONE:
        return False  # "đt 0903123456"
    again = head.end < len(words) and words[head.end].sort == "digits"  # "gọi 60 gặp 9"
    if counted and head.kind == "activity" and not again:
        return False  # "3 báo giá": counted, see the activities
    if text == "ban" and words[i].loose and single and _friend(words, head, taken):
        return False
    if head.kind == "promise" and before is not None and before.text in _COUNTED_ONES and number_ending(words, i - 1):
        return False  # "4 số hẹn lại"
    if head.kind == "order":
        return bool(before is None or before.sort == "sign" or counted or _follows_owner(head, taken))
    if text == "ship" and single and before is None:
        following = words[head.end] if head.end < len(words) else None
        return following is not None and (
            following.sort in ("digits", "date")
            or head.end in taken
            or following.text in ("cho", "đơn", "don", "hàng", "hang", "được", "thêm", "xong")
        )
    by_company = _by_company(words, head, taken)
    if by_company is not None:
        return by_company
    if text in ("nhận", "nhan", "gửi", "gui", "góp", "gop", "đưa", "dua", "thu") and single and head.kind == "payment":
        following = words[head.end] if head.end < len(words) else None
        part = head.end + 1 < len(words) and words[head.end + 1].text == "%"
        given = following is not None and (
            part
            or following.sort in ("amount", "date")
            or following.text
            in ("tiền", "tien", "cọc", "đủ", "thêm", "nốt", "trước", "cho", "từ", "kỳ", "đợt", "dot", "ky")
            or (text in ("thu", "nhận", "nhan") and following.text in ("của", "cua"))
        )
        return given or head.end in taken
    if single and words[i].loose and words[i].unmarked and _counted_thing(words, i):
        return False
    if single and words[i].loose and words[i].unmarked:
        return _surely(words, head, taken)
    return True


_PIECE_OF = frozenset({"bo", "cai", "chiec"})
_OURS = frozenset({"mình", "minh", "em", "tui", "tôi", "shop", "tụi", "này"})
_BEFORE_A_TERM = frozenset(
    {"gop", "góp", "phi", "phí", "tien", "tiền", "tra", "dot", "hoc", "hết", "het", "giua", "cuoi"}
)


def _follows_owner(head: Head, taken: set[int]) -> bool:
    return head.end in taken


def _acts(words: Sequence[Word], end: int, taken: set[int]) -> bool:
    """Whether somebody or a number stands right behind a verb."""
    following = words[end] if end < len(words) else None
    if following is None:
        return False
    return (
        end in taken
        or following.sort == "digits"
        or (
            following.typed.lower() != "dk"
            and following.text in ("cho", "khách", "khach", "được", "duoc", "thêm", "them")
        )
    )


_LOOSE_BUYS = frozenset({"dat", "lay", "chon", "thue", "nhap", "om", "gom", "muc", "ruoc", "xuc", "boc", "hot"})
_LOOSE_PAYS = frozenset({"tra", "dong", "thu", "coc", "nhan", "gui", "dua", "ung", "gop", "nop", "chuyen"})
_LOOSE_OTHERS = frozenset(
    {"hoan", "huy", "bom", "rot", "che", "win", "ky", "ki", "hen", "goi", "tiep", "tham", "live", "no"}
)


def _surely(words: Sequence[Word], head: Head, taken: set[int]) -> bool:
    """A single word without marks: "dat" is land or an order, "tra" is tea or a payment, by what stands beside it."""
    i, text = head.start, words[head.start].text
    subject = i == 0 or words[i - 1].sort == "sign" or (i - 1) in taken or _adverb(words[i - 1])
    numbered = i > 1 and words[i - 1].sort == "digits" and words[i - 2].text in ("phong", "lop", "can", "tang")
    subject = subject or numbered  # "anh Phat phong 804 lay"
    following = words[head.end] if head.end < len(words) else None
    money_next = following is not None and following.sort == "amount"
    if text == "den":
        return False  # đen, đến
    bought = i > 0 and i - 1 not in taken and (verbs.BUYS.ending(words, i) == 1 or verbs.SELLS.ending(words, i) == 1)
    if bought and head.kind in ("lost", "payment", "promise", "refund"):
        return False  # "mua che", "ban coc"
    if text == "no":
        return following is not None and following.sort == "digits"
    if text == "coc" and subject:
        return True
    if text in _LOOSE_PAYS:
        return (
            money_next
            or (subject and following is not None and following.sort != "word")
            or (subject and following is not None and following.text in _BEHIND_PAYING)
        )
    if text in _LOOSE_BUYS:
        return subject or (following is not None and following.sort == "digits")
    if text in ("goi", "tiep", "tham"):
        return following is not None and (following.sort == "digits" or head.end in taken or following.text in _CALLED)
    if text in _LOOSE_OTHERS:
        return subject or following is None or following.sort != "word" or head.end in taken
    return True


_BEHIND_PAYING = frozenset({"cho", "not", "them", "truoc", "tien", "duoc", "cong", "gop", "dot", "no", "ky", "bot"})
_THINGS_TOO = frozenset(
    """
    che goi dat tra coc thu ky ki lay nhan hoan thue dong bom giao gop
    """.split()  # noqa: SIM905
)
_LAND = frozenset({"lo", "lô", "manh", "mảnh", "nen", "mieng", "nha", "thua", "miếng", "thửa"})
_COUNTED_PEOPLE = frozenset(
    """
    khach nguoi don lan cuoc
    """.split()  # noqa: SIM905
)
_CALLED = frozenset({"dien", "cho", "khach", "duoc", "them", "ba", "hai", "bon", "nam", "sau", "bay", "tam", "chin"})
_ADVERBS = frozenset(
    """
    shop thieu thiệu van vẫn ok oke da đã vua vừa moi mới lai lại cung cũng co có khach khách duoc được minh
    mình em luon luôn nay qua toi tui
    """.split()  # noqa: SIM905
)


def _adverb(word: Word) -> bool:
    return word.sort == "date" or word.text in _ADVERBS
