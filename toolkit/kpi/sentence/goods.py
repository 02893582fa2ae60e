"""What was sold and how much of it: `3 thùng sữa` is three of sữa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence.callings import TITLES
from toolkit.kpi.sentence.compounds import COMPOUNDS
from toolkit.kpi.sentence.numbers import number_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from toolkit.core.sentences.line import Word

MEASURES = Lexicon(
    "hộp, thùng, gói, chai, lon, lọ, hũ, tuýp, bịch, túi, bao, két, lốc, vỉ, kg, ký, kí, cân, ký lô, kilo, lạng, g, "
    "gram, gr, lít, ml, tấn, tạ, yến, cái, chiếc, con, quyển, cuốn, suất, phần, ly, cốc, tô, bát, dĩa, đĩa, bộ, set, "
    "đôi, tờ, tấm, cây, bó, mớ, quả, trái, ổ, miếng, que, viên, cành, cánh, cuộn, thẻ, mét, m, m2, hợp đồng, hđ, đơn, "
    "đơn hàng, sản phẩm, sp, chậu, bình, can, xô, khay, mẹt, nải, chùm, chuyến, hột, hạt, vòng, lượng, chỉ, xe tải, "
    "kiện, pallet, block, slot, phần ăn, lần, gói dịch vụ, tệp, file, trang, bài, chương, từ, giỏ, hủ, ống, "
    "cặp, thanh, lô, căn, em, bé, ram, thếp, cụm, dây, gốc, buổi, ngày công, người, thỏi, lốp, khách, mâm, "
    "hợp, bàn, user, license, khối"
)
_EDGES = Lexicon(
    "chắc, tạp hóa, tặng vợ, tặng chồng, tặng mẹ, tặng bạn, tặng con, biếu mẹ, biếu bố, tặng sếp, tặng bố mẹ, lần này, "
    "ai, gì, nào, theo hợp đồng, shop, nợ, còn nợ, tiền nợ, đợt này, đợt, mức, mức giá, sếp, nhé sếp, nha sếp, nhận, "
    "cho, với, của, và, thì, mà, là, nữa, luôn, rồi, nhé, nha, ạ, nè, á, à, ơi, nhen, được, thêm, hết, tổng, tổng "
    "cộng, giá, giá trị, trị giá, tiền, khoảng, tầm, chừng, cỡ, hơn, gần, đã, vừa, mới, cũng, lại, có, tất cả, cả, "
    "hôm, lúc, ngày, tới, đến, trên, ở, tại, bằng, trong, mình, tui, tôi, em, bên mình, dạ, báo cáo, sếp ơi, vừa mới, "
    "xong, nốt, đủ, liền, hôm nay, nay, đây, này, đó, kia, nhá, hihi, haha, hehe, hí hí, kaka, yeah, yay, yeahh, ok, "
    "oke, quá, ghê, thật, cuối cùng, sau, trước, còn, cọc, ck, chuyển khoản, tiền mặt, tm, mỗi, một, khách, khách "
    "hàng, đơn, hợp đồng, hàng, đơn hàng, với giá, loại, vụ, cái, chiếc, vì, do, nên, để, theo, giao, ship, giao hàng, "
    "cod, ship cod, không, thu, thu về, được tổng, tổng tiền, thành tiền, tổng đơn, ra, đi, về, lấy, mua, bán, chốt, "
    "ký, qua, sang, người, bạn, chị, anh, cô, chú, bác, ông, bà, họ, nó, số tiền, số lượng, sl, xuất, liên tiếp, vui "
    "quá, mừng quá, mừng ghê, hôm nay được, nhờ, cùng, gồm, bao gồm, thành công, cuối, xin, cảm ơn, còn lại, cọc "
    "trước, tổng là, total, tổng bill, bill, hóa đơn, cộng lại, chung, lun, nhóe, nghen, hen, dc, đc, vnd, vnđ, đồng, "
    "tròn, chẵn, nét, full, đầu, tiên, giảm, bớt, chiết khấu, trừ, chưa, chưa kể, chưa tính, tính, kể, cả vat, vat, "
    "lãi, lời, hoa hồng, phí, nhưng, riêng, hồi, nãy, hồi nãy, lúc nãy, ban nãy, nguyên, định, khi, ghi, note, giúp, "
    "giùm, dùm, hộ, vào, vô, nhiều, ít, vậy, thế, cũ, quen, lần, thứ, mỗi người, mỗi cái, mỗi hộp, mỗi gói, đồng ý, "
    "quyết định, bị, từng, cuộc, ngay, tổng giá trị, tổng thu, giá trị hợp đồng, giá chốt, chốt giá, hợp đồng trị giá, "
    "giá bán, trị giá hợp đồng, trao tay, tận nơi, tận nhà, nhanh, gọn, lên, đang, sẽ, như, cần, muốn, thôi, giờ, bây "
    "giờ, sản phẩm đó, đặt, order, cái đó, lẻ, sỉ, tặng kèm, thấy, đâu, chi, phải, mọi người ơi, cả nhà ơi, chị em ơi, "
    "anh em ơi, sếp ơi em, giữ, cập nhật, ghi sổ, dư, công nợ, nợ cũ, tiền công nợ"
)
_TRAILS = Lexicon(
    "giá sỉ, giá lẻ, giá gốc, giá ưu đãi, cho, với, của, và, thì, mà, là, nữa, luôn, rồi, nhé, nha, ạ, nè, ơi, "
    "nhen, được, thêm, hết, tổng, tổng cộng, giá, trị giá, tiền, khoảng, tầm, hơn, gần, đã, vừa, mới, cũng, lại, "
    "có, tất cả, cả, hôm, lúc, ngày, tới, đến, qua, trên, ở, tại, bằng, xong, nốt, đủ, liền, với giá, vì, do, "
    "nên, để, theo, giao, giao hàng, cod, thành tiền, khách, chị, cô, chú, bác, số tiền, chỉ, mỗi, tính, kể, gồm, "
    "nhưng, giúp, giùm, dùm, hộ mình, giá chốt, giá bán, lun, nghen, hen, đồng ý, ngay, về, đi, ra, vào, sang, "
    "cùng, trị giá là, tổng là, bill, cộng lại, vui quá, mừng quá, cảm ơn, quá, ghê, tiền mặt, tm, trong, hợp "
    "đồng trị giá, còn, giảm, bớt, chiết khấu, rẻ, đó, này, kia, mình, bên mình, tổng thu, tổng giá trị, tổng "
    "tiền, ship, phí, tiền ship, lãi, lời, cọc, cho mình, giá trị, nguyên, được tổng, tổng đơn, tiền hàng, chưa, "
    "mỗi cái, một, đang"
)
_LABELS = Lexicon(
    "đợt, lần, lần thứ, số, thứ, tháng, quận, size, sz, cỡ, phòng, tầng, lớp, quý, khóa, mã, mẫu, đời, win, level, "
    "hẻm, hem, ngõ, kiệt, ngách, mặt tiền, tòa, block"
)
_SPANS = Lexicon(
    "tháng, năm, tuần, ngày, giờ, h, phút, lần, tiếng, km, tuổi, phòng ngủ, đêm, quý, mùa, hôm, kỳ, đợt, phần trăm"
)
_INNER = Lexicon("và, với, cộng, cùng, kèm, lẫn, combo, +, hoặc")
_TRAILING_UNIT = Lexicon(
    "phòng, phòng ngủ, pn, chỗ, tháng, năm, inch, feet, ft, gb, tb, lít, ml, kg, m2, người, ngày, đêm, giờ, món, lớp, "
    "mét, tầng, kênh, màu, tuổi, buổi, tấn, trang, bài"
)


@dataclass(frozen=True)
class Goods:
    """A thing that was sold: its quantity (None: not said), and the words that name it (none: not said)."""

    quantity: Fraction | None
    start: int
    end: int
    counted: bool = False


def goods_in(words: Sequence[Word], taken: AbstractSet[int], starts: AbstractSet[int]) -> list[Goods]:
    """The things of a clause. `taken` are the words that are something else, `starts` the places behind a verb."""
    found: list[Goods] = []
    i = 0
    while i < len(words):
        if i in taken or words[i].sort not in ("word", "digits"):
            i += 1
            continue
        end = i
        while (
            end < len(words)
            and end not in taken
            and (words[end].sort in ("word", "digits") or _inside(words, end, taken))
        ):
            if end > i and _new_thing(words, end, i):
                break
            end += 1
        found += _run(words, i, end, starts)
        i = max(end, i + 1)
    return found


def _inside(words: Sequence[Word], i: int, taken: AbstractSet[int]) -> bool:
    """A sign that belongs to a thing's name: `A4-70`, `kem 3.5`, `B&B`, `IELTS 6.5+`."""
    if words[i].text not in "-.,&/'+%" or i + 1 >= len(words) or i + 1 in taken:
        return False
    if words[i].text == "," and not (words[i - 1].sort == words[i + 1].sort == "digits"):
        return False
    return words[i].glued and words[i + 1].glued and words[i + 1].sort in ("word", "digits")


def _new_thing(words: Sequence[Word], i: int, start: int) -> bool:
    """Whether another counted thing begins: `2 serum | 1 kem`, `2 áo | và 1 quần`."""
    joins = words[i].sort == "word" and not (words[i].unmarked and words[i].text == "kem")  # kem, no kèm
    j = i + (_INNER.at(words, i) if joins else 0)
    number = number_at(words, j)
    if number is None or number[0] >= len(words) or words[number[0]].sort != "word" or words[j].glued:
        return False
    if j > i:
        return True
    first = number_at(words, start)
    if first is not None and first[0] + MEASURES.at(words, first[0]) == i:
        return False  # "1 thùng 24 lon bia"
    closing = number[0] + MEASURES.at(words, number[0])
    if closing >= len(words) or words[closing].sort not in ("word", "digits") or words[closing].text == "cho":
        return False  # "yến 3 lạng"
    if first is not None and first[0] < i and words[first[0]].text == words[number[0]].text:
        return True  # "5kg giò | 2kg chả"
    if words[number[0]].glued or _TRAILING_UNIT.at(words, number[0]) or words[j].sort != "digits":
        return False
    return first is not None and first[0] < i and (bool(MEASURES.at(words, number[0])) or i - first[0] <= 3)


def _says_nothing(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether a row of free words is only how one talks ("nha sếp") or brings in an amount ("giảm 50k")."""
    priced = end == start + 1 and end < len(words) and words[end].sort == "amount"
    priced = priced and (words[start].text in _PRICED or (words[start].unmarked and TITLES.at(words, start) == 1))
    return priced or all(word.text in _PARTICLES for word in words[start:end])


def _numbered(
    words: Sequence[Word], i: int, end: int, number: tuple[int, Fraction], starts: AbstractSet[int]
) -> list[Goods]:
    """What the number at word i counts."""
    j = number[0]
    kept = COMPOUNDS.at(words, j) if j < end else 0
    unit = MEASURES.at(words, j) if j < end else 0
    if j < end and TITLES.at(words, j) and not unit and not kept:
        return []  # "một chị"
    spans = j < end and _SPANS.at(words, j, surely=True) and words[j].text != "ky" and not kept
    spans = spans and not (words[j].text == "gio" and j + 1 < end)  # "5 gio hoa"
    if spans or (j < len(words) and words[j].text == "%"):
        return []
    if unit == 1 and words[j].text == "m" and j + 1 < end and words[j + 1].glued and words[j + 1].sort == "digits":
        unit = 2  # 10m2
    if j >= end and not (i in starts or _counts(words, i, j, end)):
        return []
    inner = number_at(words, j + unit) if j + unit < end and words[j + unit].sort == "digits" else None
    holds = inner is not None and bool(_TRAILING_UNIT.at(words, inner[0]))  # "2 thẻ 10 buổi"
    named = min(end, j if kept or holds else j + unit)
    last = _closed(words, named, end)
    if last == named + 1 and not kept and _only_joins(words, named):
        last = named  # "1 hộp nữa"
    return [Goods(number[1], named, last, counted=True)]


def _run(words: Sequence[Word], start: int, end: int, starts: AbstractSet[int]) -> list[Goods]:
    """What a row of free words says: its quantity and its name."""
    i = start
    number = None
    while i < end:
        number = None if is_label(words, i) or _dimension(words, i) else number_at(words, i)
        if number is not None and number[0] <= end and (words[i].sort == "digits" or _counts(words, i, number[0], end)):
            break
        number = None
        counted = _counted_within(words, i, end) if i == start or words[i].text in _HEAPS else 0
        if counted:
            return _run(words, counted, end, starts | {counted})
        n = _leading(words, i) or _names_a_place(words, i, end)
        if not n or i + n > end or COMPOUNDS.at(words, i) >= max(n, 2):
            break
        i += n
    if number is not None:
        return _numbered(words, i, end, number, starts)
    if not (start in starts and words[start].text == "nha") and _says_nothing(words, start, end):
        return []
    if (
        i < end
        and words[i].text in ("con", "chiếc", "chiec", "cái", "cặp", "cap")
        and i + 1 < end
        and not COMPOUNDS.at(words, i)
    ):
        i += 1
    named, last = _trimmed(words, i, end)
    if named >= last:
        return []
    behind = _behind(words, named, last)
    if behind is not None:
        return [behind]
    return [Goods(None, named, last)]


def _counted_within(words: Sequence[Word], i: int, end: int) -> int:
    """`hộ mẹ | 20 quả trứng gà`, `cung cấp | 3.000 bộ kit`: where pieces of something are counted; 0: nowhere.

    What holds a number of its own ("combo 5 lọ", "khóa 20 buổi", "xe 7 chỗ") isn't parted.
    """
    if words[i].sort == "digits" or words[i].capital or _HOLDS.at(words, i):
        return 0
    if _bare_lot(words, i, end):
        return i + 1
    if MEASURES.at(words, i) and words[i].text not in _HEAPS:
        return 0
    for k in range(i + 1, end):
        number = number_at(words, k) if words[k].sort == "digits" else None
        if number is None or is_label(words, k) or _dimension(words, k) or words[k].glued:
            continue
        unit = MEASURES.at(words, number[0]) if number[0] < end else 0
        named = number[0] + unit
        if words[i].text in _HEAPS and named < end and words[named].sort == "word":
            return k  # "lô hàng tồn | 27 áo khoác"
        piece = unit and not _TRAILING_UNIT.at(words, number[0]) and not _SPANS.at(words, number[0])
        if piece and named < end and words[named].sort == "word" and not _leading(words, named):
            return k if words[named].text not in _ATTRIBUTES else 0
        return 0
    return 0


def _bare_lot(words: Sequence[Word], i: int, end: int) -> bool:
    """ "lo 450 ao mua", "nguyen lo 300 ghe": without marks a lot, unless a measure says that it is a jar."""
    number = number_at(words, i + 1) if words[i].text == "lo" and words[i].unmarked and i + 1 < end else None
    if number is None or words[i + 1].sort != "digits" or number[0] >= end or words[number[0]].sort != "word":
        return False
    return not words[number[0]].glued and not MEASURES.at(words, number[0])


_HEAPS = frozenset({"lô", "đống", "mớ"})
_HOLDS = Lexicon(
    "combo, khóa, lớp, tour, liệu trình, xe, máy, tủ, kệ, lẩu, mâm, loa, dàn, bếp, nồi, giường, vé, phim, bảo hiểm, "
    "sim, web, app, hệ thống, phần mềm, dịch vụ, học, tập, thuê, cho thuê, bánh, sữa, nước, bia, dầu, kem, áo, quần, "
    "giày"
)
_ATTRIBUTES = frozenset({"loại", "cỡ", "size", "màu", "to", "nhỏ", "lớn", "mới", "cũ"})


def _names_a_place(words: Sequence[Word], i: int, end: int) -> int:
    """`chị Hoài | Phú Nhuận 2 kg hạt`: capitals behind a name and before what is counted say where they live."""
    k = i
    while k < end and words[k].capital and words[k].sort == "word":
        k += 1
    number = number_at(words, k) if k > i else None
    counted = number is not None and number[0] < end and MEASURES.at(words, number[0])
    return k - i if counted and number is not None and number[0] + 1 < end and _far(words, number[0], end) else 0


def _far(words: Sequence[Word], j: int, end: int) -> bool:
    """Whether words of a name stand behind a measure at j."""
    k = j + MEASURES.at(words, j)
    return k < end and words[k].sort == "word"


def _only_joins(words: Sequence[Word], i: int) -> bool:
    if words[i].unmarked:
        return words[i].text in _PARTICLES
    return not words[i].loose and bool(_TRAILS.at(words, i)) and words[i].text not in ("giao", "chỉ", "khách")


def _counts(words: Sequence[Word], i: int, end: int, limit: int) -> bool:
    """A number in words needs something to count: "ba gói", not "ba" the father."""
    if end < len(words) and words[end].text in ("đơn", "don", "hợp", "hop", "deal"):
        return True
    if end - i > 1:
        return end < limit  # "năm cặp nến"
    if end < limit and words[end].text in ("vé", "xe", "phòng", "áo", "quần", "bánh"):
        return True  # "năm vé xem phim"
    return end < limit and (bool(MEASURES.at(words, end)) or words[i].text not in ("ba", "năm", "nam", "sau", "tu"))


def _trimmed(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    while start < end:
        n = _leading(words, start)
        if words[start].sort == "sign":
            n = 1
        if not n or start + n > end or COMPOUNDS.at(words, start) >= max(n, 2):
            break
        start += n
    return start, _closed(words, start, end)


_BARE_EDGES = frozenset(
    """
    duoc them cho hang don luon roi da vua xong cua khach mot het tong voi tien gia thanh cong hop dong moi
    khoang nhan coc truoc phai cai chiec giu giup chuyen minh nen ok oke van no la hom ai gi dot nay sep o
    """.split()  # noqa: SIM905
)


def _leading(words: Sequence[Word], i: int) -> int:
    """How many words at i join what follows to the verb; without marks only those that are hardly anything else."""
    n = _EDGES.at(words, i, surely=True)
    if words[i].text in ("va", "voi", "cong", "kem", "them") and number_at(words, i + 1) is not None:
        return 1
    if n <= 1 and words[i].unmarked:
        return int(words[i].text in _BARE_EDGES and words[i].sort == "word")
    return n


_BARE_TRAILS = frozenset(
    """
    cho voi cua luon roi duoc them tong xong khach
    """.split()  # noqa: SIM905
)
_PRICED = frozenset(
    """
    giam bot tong het con phi ship gia giảm bớt tổng hết còn phí giá
    """.split()  # noqa: SIM905
)
_PARTICLES = frozenset(
    """
    sáng trưa chiều tối khuya sang trua chieu toi e ấy ay shop chac chắc vi vì nha nhe nua a ne sep oi r nhen
    nghen luon roi nè nhé ạ sếp ơi hihi haha hehe ok oke lun hen
    """.split()  # noqa: SIM905
)


def is_label(words: Sequence[Word], i: int) -> bool:
    """A number behind a label counts nothing: đợt 2, size 40; but "anh Phong 2 gói"."""
    return i > 0 and not words[i - 1].capital and bool(_LABELS.ending(words, i)) and not words[i].glued


def _dimension(words: Sequence[Word], i: int) -> bool:
    """`5x20`, `3N2Đ`: no count."""
    code = words[i : i + 3]
    if len(code) == _CODE and all(word.glued for word in code[1:]) and code[1].text in ("n", "đ", "d"):
        return code[0].sort == code[2].sort == "digits"
    return (
        0 <= i < len(words) - 2
        and words[i].sort == words[i + 2].sort == "digits"
        and words[i + 1].text in ("x", "×", "*")
        and words[i + 1].glued
        and words[i + 2].glued
    )


_CODE = 3


def _closed(words: Sequence[Word], start: int, end: int) -> int:
    """Where a name that begins at `start` ends: joining words behind it are none of it, its first word always is."""
    while end > start + 1:
        n = 1 if words[end - 1].sort == "sign" else _trailing(words, start + 1, end)
        if not n:
            break
        end -= n
    return end


def _trailing(words: Sequence[Word], start: int, end: int) -> int:
    if words[end - 1].text in ("x", "×") and end < len(words) and words[end].sort == "amount":
        return 1
    if words[end - 1].capital or any(COMPOUNDS.at(words, end - n) == n for n in (2, 3) if end - n >= start - 1):
        return 0  # "khóa tiếng Anh", "rèm cửa"
    if words[end - 1].text in ("phí", "phi") and words[end - 2].text in ("học", "hoc", "viện", "lệ", "le"):
        return 0
    priced = end < len(words) and words[end].sort == "amount"
    if priced and end - 2 >= start and _TRAILS.at(words[end - 2 : end], 0) == 2:
        return 2  # "trị giá", "tổng cộng"
    if priced and words[end - 1].unmarked and words[end - 1].text in ("gia", "giam", "tong", "het", "con", "la", "bot"):
        return 1
    if words[end - 1].unmarked and words[end - 1].text in ("nua", "nhe", "nhen"):
        return 1
    if words[end - 1].unmarked and _TRAILS.ending(words[start:end], end - start) <= 1:
        return int(words[end - 1].text in _BARE_TRAILS)  # dưỡng da, đất nền, xe tải
    return next((n for n in (3, 2, 1) if end - n >= start and _TRAILS.at(words[end - n : end], 0, surely=True) == n), 0)


def _behind(words: Sequence[Word], start: int, end: int) -> Goods | None:
    """A quantity behind the thing: `áo thun 2 cái`, `serum 5 hộp`, `sữa x3`, `kem sl 2`."""
    for i in range(start + 1, end):
        number = number_at(words, i)
        if number is None or is_label(words, i) or _dimension(words, i - 2):
            continue
        unit = MEASURES.at(words, number[0]) if number[0] < end else 0
        closes = number[0] + unit >= end
        if (
            unit
            and closes
            and not _TRAILING_UNIT.at(words, number[0])
            and not _SPANS.at(words, number[0])
            and words[i].sort in ("digits", "word")
        ):
            first, last = _trimmed(words, start, i)
            return Goods(number[1], first, last, counted=True)
        if closes and words[i - 1].text in ("x", "sl", "×", "lượng", "luong"):
            cut = i - (2 if words[i - 1].text in ("lượng", "luong") else 1)
            first, last = _trimmed(words, start, cut)
            return Goods(number[1], first, last, counted=True)
    return None
