"""What is said beside a sale: who sent the customer, whether they had bought before, the channel, the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence.compounds import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import LostReason
    from toolkit.kpi.sentence.parties import Party

_SENT = Lexicon(
    "giới thiệu, gt, giới thiệu qua, giới thiệu sang, giới thiệu cho, giới thiệu tới, giới thiệu đến, mách, chỉ "
    "qua, giới thiệu thêm, được giới thiệu, ref, referral, giới thiệu lại, gthieu, gth, chỉ sang, chỉ chỗ, rủ "
    "mua, giới thiệu mua, refer, mách qua, mách cho, dẫn mối, gửi khách qua, rủ thêm, chỉ tới, chỉ đến, "
    "chỉ lại, dẫn tới, dẫn đến, dẫn qua, dắt tới, dắt đến, dắt qua, rủ tới, rủ qua, quảng cáo giùm, quảng cáo giúp, "
    "quảng cáo cho, quảng cáo hộ, pr giùm, khoe giùm"
)
_BRINGS = Lexicon(
    "dắt theo, dẫn theo, rủ theo, kéo theo, đưa theo, dắt thêm, dẫn thêm, rủ thêm, "
    "dắt lại, dẫn lại, dắt tới, dẫn tới, dắt qua, dẫn qua"
)
_THANKS_TO = frozenset({"nhờ", "nho", "do"})
_SHOWS = Lexicon(
    "chỉ, mách, rủ, giới thiệu, gt, quảng cáo, chỉ giùm, mách giùm, nói giùm, kể, kết nối, gửi qua, gửi tới, gửi sang, "
    "dẫn qua, dẫn tới, đưa qua, đưa tới"
)
_SHOWN = Lexicon(
    "sản phẩm, dịch vụ, mẫu, gói, dự án, công ty, bản thân, hàng, hàng mới, tính năng, chương trình, khóa, cho "
    "khách, cho chị, cho anh, cho cô, về"
)
_OLD = Lexicon(
    "khách cũ, khách quen, khách hàng cũ, khách hàng quen, mối cũ, mối quen, khách ruột, khách mối, khách thân "
    "thiết, khách hàng thân thiết, khách vip cũ, khách thân, khách lâu năm, khách hàng lâu năm, bạn hàng cũ, "
    "khách hàng ruột, khách lâu, học viên cũ, hv cũ, hội viên cũ, bệnh nhân cũ"
)
_AGAIN = Lexicon(
    "lặp lại, như lần trước, như mọi lần, như mọi khi, gọi thêm, mua lại, lấy lại, đặt lại, order lại, tái mua, tái "
    "ký, tái tục, tái đặt, mua tiếp, lấy tiếp, đặt tiếp, ký tiếp, mua thêm, lấy thêm, đặt thêm, order thêm, order "
    "tiếp, quay lại mua, quay lại lấy, quay lại đặt, quay lại, mua lần hai, lần hai, lần ba, lần tư, lần thứ hai, lần "
    "thứ ba, lần thứ tư, lần nữa, gia hạn, khách quay lại, mua nữa, lại mua, lại đặt, lại lấy, lại chốt, tiếp tục "
    "mua, tiếp tục đặt, tiếp tục lấy, tiếp tục ký, nhập thêm, nhập tiếp, nhập lại, tái đăng ký, đăng ký thêm, đăng ký "
    "tiếp, đk thêm, đk tiếp, ký thêm, lại order, repeat, mua thường xuyên, lấy hoài, tái đơn, lại ghé mua, lại nhập, "
    "gia hạn thêm, đơn thứ hai, đơn thứ ba, đơn thứ 2, đơn thứ 3, ký lại, ủng hộ lại, ủng hộ tiếp, tháng nào cũng "
    "lấy, tháng nào cũng mua, lấy đều, đã từng mua, từng mua, mua hoài, mua suốt, mua miết, mua quài, đặt hoài, đặt "
    "suốt, lấy suốt, tuần nào cũng lấy, tuần nào cũng mua, năm nào cũng mua, năm nào cũng đặt, tháng nào cũng đặt, "
    "trước có mua, mua rồi giờ mua"
)
_TURN = Lexicon("lần, lần thứ, đơn thứ, hợp đồng thứ, đơn lần")
_FIRST = Lexicon("lần đầu, lần một, khách mới, khách hàng mới, lần đầu tiên, mới mua lần đầu")
_CHANNELS: tuple[tuple[str, Lexicon], ...] = (
    ("zalo", Lexicon("zalo, nhóm zalo, group zalo, zalo oa, zl, dalo")),
    ("facebook", Lexicon(
        "facebook, fb, fanpage, page, facebook ads, fb ads, messenger, group fb, nhóm fb, phây, face"
    )),
    ("shopee", Lexicon("shopee, sàn shopee, sopee, shoppe, shopee live, shoppee")),
    ("tiktok", Lexicon("tiktok, tiktok shop, tik tok, live tiktok, tiktok live, tóp tóp, tt shop, tik tok shop")),
    ("lazada", Lexicon("lazada, laz, lzd")),
    ("tiki", Lexicon("tiki, sàn tiki")),
    ("sendo", Lexicon("sendo")),
    ("instagram", Lexicon("instagram, ig, insta")),
    ("livestream", Lexicon("livestream, live stream, phiên live, buổi live, live")),
    ("website", Lexicon("website, web bán hàng, trang web")),
    ("phone", Lexicon("điện thoại, hotline, qua phone, gọi điện, qua call, telesale")),
    ("store", Lexicon(
        "tại quầy, tại shop, tại cửa hàng, tại tiệm, ở quầy, ở shop, ở cửa hàng, tại chỗ, trực tiếp tại quầy, "
        "offline, tại showroom, ở showroom, ở chợ, tại chợ, tại quán, ở tiệm, trực tiếp"
    )),
    ("fair", Lexicon("hội chợ, sự kiện, tại hội chợ, hội thảo, triển lãm")),
    ("email", Lexicon("email, mail, gmail")),
    ("online", Lexicon("online")),
    ("grab", Lexicon("grabfood, grab food, grab, shopeefood, shopee food, befood, baemin, now, gofood")),
)  # fmt: skip
_BY = Lexicon(
    "qua, trên, từ, bên, ở, bằng, tại, kênh, sàn, qua kênh, đơn, khách, nguồn, trong, theo, nhờ, thông qua, bán"
)
_WHERE_ALONE = frozenset(
    {"shopee", "tiktok", "lazada", "tiki", "sendo", "store", "livestream", "fair", "instagram", "grab"}
)

BECAUSE = Lexicon(
    "vì, bởi vì, bởi, do, tại, tại vì, lý do, lí do, lý do là, vì lý do, lấy lý do, lấy cớ, do là, nguyên nhân, "
    "nguyên nhân là, vì là, lý do vì, lý do do, với lý do, bởi lý do"
)
SAYING = Lexicon(
    "chê, kêu, bảo, nói, nói là, bảo là, than, kêu là, nói rằng, bảo rằng, báo, phàn nàn, sợ, phản hồi, ngại"
)
_REASONS: tuple[tuple[LostReason, Lexicon], ...] = (
    (
        "price",
        Lexicon(
            "giá cao, giá, đắt, mắc, đắt quá, mắc quá, vượt ngân sách, ngân sách, hết tiền, không đủ tiền, chưa "
            "đủ tiền, thiếu tiền, tài chính, kẹt tiền, rẻ hơn, chiết khấu, phí cao, hết ngân sách, chi phí, học "
            "phí, kinh phí, khuyến mãi, giảm giá, lãi suất, tiền"
        ),
    ),
    (
        "competitor",
        Lexicon(
            "bên khác, chỗ khác, đối thủ, hãng khác, nơi khác, shop khác, công ty khác, bên kia, người khác, đơn "
            "vị khác, chỗ quen, người quen, bạn bè bán, có mối, có người quen, chỗ cũ, nhà cung cấp cũ"
        ),
    ),
    (
        "decision",
        Lexicon(
            "chồng không cho, vợ không cho, vợ không đồng ý, chồng không đồng ý, sếp không duyệt, gia đình không "
            "đồng ý, không được duyệt, gia đình phản đối, bố mẹ không cho, ba mẹ không cho, sếp, ban giám đốc, "
            "hỏi vợ, hỏi chồng, chồng, vợ, gia đình, không duyệt"
        ),
    ),
    (
        "need",
        Lexicon(
            "không có nhu cầu, không cần, chưa cần, hết nhu cầu, không còn nhu cầu, chưa có nhu cầu, nhu cầu, có "
            "rồi, mua rồi, còn hàng cũ, còn dùng, không hợp, không phù hợp, đã có"
        ),
    ),
    (
        "trust",
        Lexicon(
            "không tin, sợ lừa, nghi ngờ, sợ lừa đảo, chưa tin, lo, sợ hàng giả, hàng giả, uy tín, không yên tâm, "
            "sợ"
        ),
    ),
    (
        "product",
        Lexicon(
            "hàng lỗi, chất lượng, hết hàng, mẫu, màu, size, không đúng mẫu, hàng, lỗi, sản phẩm, tính năng, hết "
            "size, hư, hỏng, bể, vỡ, móp, nhỏ quá, to quá, chật, rộng, vị trí, hướng nhà, pháp lý, diện tích, "
            "thiếu tính năng"
        ),
    ),
    (
        "service",
        Lexicon(
            "giao trễ, giao chậm, giao hàng chậm, ship lâu, dịch vụ, thái độ, tư vấn kém, phục vụ, bảo hành, giao "
            "lâu, phí ship, giao nhầm, trả lời chậm, ship chậm, ship trễ, giao sai"
        ),
    ),
    (
        "timing",
        Lexicon(
            "để sau, bận, dời, hoãn, chưa đúng lúc, sang năm, tháng sau, chưa vội, đi công tác, năm sau, chưa "
            "kịp, để tết, chờ, đợi, chưa tới lúc, chưa phải lúc, đổi lịch, qua tết, bận việc, hẹn lại, lùi, thời "
            "điểm"
        ),
    ),
    ("silence", Lexicon("im lặng, không trả lời, không phản hồi, không nghe máy, bặt tăm, mất hút, không liên lạc")),
)  # fmt: skip
_PRICE_WINS = Lexicon("rẻ hơn, giá tốt hơn, giá rẻ hơn, giá thấp hơn")


@dataclass(frozen=True)
class Referral:
    """The words that tell of it, and who sent the customer (None: nobody named)."""

    start: int
    end: int
    by: Party | None


def referral_in(words: Sequence[Word], parties: Sequence[Party]) -> Referral | None:
    """`khách cũ giới thiệu`, `do chị Lan giới thiệu`, `qua giới thiệu của anh Nam`; not `giới thiệu sản phẩm`."""
    told_by = _thanks_to(words, parties) or _brought(words, parties)
    if told_by is not None:
        return told_by
    things = inside(words)
    for start, end in _SENT.all(words):
        if words[start].text in ("giới", "gioi") and _SHOWN.at(words, end) and not _by_before(words, start, parties):
            continue
        praised = words[start].text in ("quảng", "quang", "khoe", "pr")
        if praised and not (_by_before(words, start, parties) or _OLD.ending(words, start)):
            continue  # "chạy quảng cáo cho shop"
        if words[start].text in _LEADS and not _by_before(words, start, parties):
            continue  # "dẫn tới công trình"
        if (
            start in things
            or _NOBODY.ending(words, start)
            or any(party.start <= start < party.end for party in parties)
        ):
            continue  # "quan chi Lai", "chứ không ai giới thiệu"
        by = _by_before(words, start, parties)
        first = by.start if by else start
        last = end
        if by is None:
            behind = next((p for p in parties if p.start == end + 1 and words[end].text in _FROM), None)
            if behind is not None:
                by, last = behind, behind.end
        old = _OLD.ending(words, first)
        first -= old
        while first > 0 and words[first - 1].text in _LEADING and words[first - 1].sort == "word":
            first -= 1
        return Referral(first, last, by)
    return None


def _thanks_to(words: Sequence[Word], parties: Sequence[Party]) -> Referral | None:
    """`nhờ cô Ba bán vé số chỉ qua`, `nhờ anh Sang quảng cáo giùm`: at most a trade stands between the two."""
    for party in parties:
        if party.nobody or not party.start or words[party.start - 1].text not in _THANKS_TO:
            continue
        for k in range(party.end, min(party.end + _LONGEST_TRADE, len(words))):
            if words[k].sort != "word":
                break
            n = max(_SENT.at(words, k), _SHOWS.at(words, k))
            if n and not (words[k].text in ("giới", "gioi") and _SHOWN.at(words, k + n)):
                return Referral(party.start - 1, k + n, party)
    return None


_LONGEST_TRADE = 4  # words


def _brought(words: Sequence[Word], parties: Sequence[Party]) -> Referral | None:
    """`chị Phấn dắt theo em Thơ`: who comes along was sent by who brings them."""
    for start, end in _BRINGS.all(words):
        by = next((party for party in parties if party.end == start and not party.nobody), None)
        along = any(end <= party.start <= end + _LONGEST_TRADE and not party.nobody for party in parties)
        closing = end == len(words) or words[end].sort == "sign"  # "(ông Lộc dắt lại)"
        if by is not None and (along or (closing and words[end - 1].text not in ("theo", "thêm", "them"))):
            return Referral(by.start, end, by)
    return None


def sending_words(words: Sequence[Word], parties: Sequence[Party]) -> set[int]:
    """The words of one who sent or brought somebody: what they do for a living is nothing that was done."""
    found = _thanks_to(words, parties) or _brought(words, parties)
    return set(range(found.start, found.end)) if found is not None else set()


_LEADS = frozenset({"dẫn", "dan", "dắt", "dat"})
_NOBODY = Lexicon(
    "không ai, không có ai, không phải, không phải do ai, chẳng ai, không qua, không nhờ, chưa ai, đâu có ai, không do "
    "ai, không phải ai, không cần ai"
)
_FROM = frozenset({"của", "cua", "từ", "tu", "bởi", "boi", "bên"})
_LEADING = frozenset(
    {
        "nghe",
        "theo",
        "thấy",
        "co",
        "nguoi",
        "do",
        "được",
        "duoc",
        "qua",
        "nhờ",
        "nho",
        "từ",
        "tu",
        "có",
        "ban",
        "là",
        "la",
        "bạn",
        "của",
        "cua",
        "người",
    }
)
_BETWEEN = frozenset(
    {"đã", "da", "vừa", "vua", "mới", "moi", "có", "được", "duoc", "cũ", "cu", "quen", "là", "la", "người"}
)


def _by_before(words: Sequence[Word], start: int, parties: Sequence[Party]) -> Party | None:
    k = start
    while k > 0 and words[k - 1].text in _BETWEEN:
        k -= 1
    return next((party for party in parties if party.end in (k, start) and party.start < start), None)


def repeats(words: Sequence[Word], referral: Referral | None) -> bool:
    """Whether the sentence says that the customer had bought before; who sent them had, too, but isn't the buyer."""
    rest = [word for i, word in enumerate(words) if referral is None or not referral.start <= i < referral.end]
    if _FIRST.has(rest):
        return False
    if _AGAIN.has(rest) or _OLD.has(rest):
        return True
    for start, end in _TURN.all(rest):
        if (
            not rest[start].capital
            and end < len(rest)
            and rest[end].sort == "digits"
            and 2 <= int(rest[end].text[:3]) <= 99
        ):
            return True
    return False


def only_repeats(words: Sequence[Word]) -> bool:
    """`mua lần 2 rồi đó`: said of what stands before or behind."""
    again = repeat_words(words)
    return repeats(words, None) and all(i in again or word.text in _TURN_SAID for i, word in enumerate(words))


_TURN_SAID = frozenset({"mua", "lấy", "lay", "đặt", "dat", "rồi", "roi", "đó", "do", "nè", "ne", "đấy", "nha", "luôn"})


def repeat_words(words: Sequence[Word]) -> set[int]:
    """The words that only say that it is a repeat: no part of the product."""
    found: set[int] = set()
    for lexicon in (_AGAIN, _OLD, _FIRST):
        for start, end in lexicon.all(words):
            found.update(range(start, end))
    for start, end in _TURN.all(words):
        if not words[start].capital and end < len(words) and words[end].sort == "digits":
            found.update(range(start, end + 1))
    return found


@dataclass(frozen=True)
class Channel:
    """Where it was sold: its plain name, and the words that say so."""

    name: str
    start: int
    end: int


def channel_in(words: Sequence[Word]) -> Channel | None:
    best: Channel | None = None
    for name, lexicon in _CHANNELS:
        for start, end in lexicon.all(words):
            led = _BY.ending(words, start)
            apart = (start == 0 or words[start - 1].sort == "sign") and not (
                name == "website" and end < len(words) and words[end].sort == "amount"
            )
            sold = name == "phone" and start > 0 and words[start - 1].text in ("bán", "ban")
            sure = (name in _WHERE_ALONE or led or apart) and not sold  # "bán điện thoại cho cô Mười"
            if not sure:
                continue
            found = Channel(name, start - led, end)
            if best is None or found.end - found.start > best.end - best.start:
                best = found
    return best


def reason_kind(words: Sequence[Word]) -> LostReason:
    """What a reason is counted under; "other" where none of the lists knows it."""
    if _PRICE_WINS.has(words):
        return "price"
    first: tuple[int, int, LostReason] | None = None
    for kind, lexicon in _REASONS:
        place = lexicon.find(words)
        if place is not None:
            rank = (place[0], place[0] - place[1], kind)
            first = rank if first is None or rank < first else first
    return first[2] if first else "other"
