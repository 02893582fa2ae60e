"""Who is named: customers, companies, the one who sent a customer; `khách lẻ` is nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.core.sentences.names import GIVEN_NAMES
from toolkit.kpi.sentence import callings, declines, houses, verbs
from toolkit.kpi.sentence.compounds import inside
from toolkit.kpi.sentence.goods import MEASURES
from toolkit.kpi.sentence.naming import BARE, NAMES, begins_a_verb, likely, name_at
from toolkit.kpi.sentence.numbers import number_at, number_ending

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.sentences.line import Word

# Titles that without marks are as often other words: ban (bán), co (có), ba (number), em, di (đi), me, ma.
_DOUBTFUL = frozenset(
    {"ban", "co", "ba", "di", "ma", "me", "be", "bo", "chu", "cau", "bac", "cu", "o", "a", "c", "e", "mo"}
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named by the words from `start` to before `end`; the name itself begins at `name` (khách | Hương).

    `nobody`: a role or a bare title without a name (khách lẻ, anh ấy). `sure` is False for a word that stands where a
    name may stand and is one only if the sentence needs somebody.
    """

    start: int
    end: int
    name: int
    nobody: bool = False


def parties_in(words: Sequence[Word], people: Collection[str] = ()) -> list[Party]:
    """Everybody whom a sentence names, in order, without overlap."""
    found: list[Party] = []
    things = inside(words)
    i = 0
    while i < len(words):
        if i in things and not words[i].capital:
            i += 1  # "4 mật ong anh Hùng"
            continue
        if found and found[-1].end == i - 1 and words[i - 1].text in ("ở", "o", "tại") and words[i].capital:
            i += 1  # "cô Chín ở Bạc Liêu": a place is no customer
            while i < len(words) and words[i].capital:
                i += 1
            continue
        if (
            found
            and found[-1].end == i - 1
            and words[i - 1].text in ("ở", "tại", "o", "tai")
            and callings.ORGS.at(words, i)
        ):
            i += callings.ORGS.at(words, i)  # "chị Nga ở chung cư Hoàng Anh"
            i += houses.name_at(words, i)
            continue
        party = _party_at(words, i, people, floor=found[-1].end if found else 0)
        if party is not None:
            found.append(party)
            i = party.end
        else:
            i += 1
    return found


def _party_at(words: Sequence[Word], i: int, people: Collection[str], floor: int) -> Party | None:
    if words[i].sort != "word":
        return None
    number = number_ending(words, i) if i > floor else None
    house = callings.ORGS.at(words, i)
    named = i + max(1, house) < len(words) and words[i + max(1, house)].capital
    counted = (
        number is not None and not named and number[1] < _YEARS and not (number[0] and _labels(words[number[0] - 1]))
    )
    known = _known(words, i, people)
    if known:
        return Party(i, i + known, i)
    if counted and number is not None and number[1] < _MANY and callings.KIN.at(words, i) > 1:
        pair = _titled(words, i, people)
        return Party(number[0], pair.end, number[0]) if pair is not None and not pair.nobody else None
    return (
        (None if counted else _group(words, i, people))
        or (None if counted else _organisation(words, i, people))
        or _role(words, i, people, counted=counted)
        or (None if counted else _titled(words, i, people))
        or (None if counted else _named(words, i))
    )


_MANY = 10


def _labels(word: Word) -> bool:
    """`lần 2 chị Hoa`, not `chị Lan 2 …`."""
    return not word.capital and word.text in ("thứ", "thu", "lần", "đợt", "số", "lan")


def _group(words: Sequence[Word], i: int, people: Collection[str]) -> Party | None:
    """`đoàn cô Hợi`, `đám Kim Thoa`, `thương lái Tuấn`, `ông Tây tên David`: called by more than a title."""
    n = callings.GROUPS.at(words, i)
    if n and not (i and words[i - 1].text in ("tour", "vé", "ve", "áo", "ao", "giảm", "bảo")):
        inner = _titled(words, i + n, people) if i + n < len(words) else None
        if inner is not None and not inner.nobody:
            return Party(i, inner.end, i)
        if i + n < len(words) and words[i + n].capital and words[i + n].text not in callings.THINGS:
            return Party(i, _led_by(words, i + n + name_at(words, i + n, titled=True, strict=True), people), i)
    n = callings.CALLINGS.at(words, i)
    j = i + n
    if n and j < len(words) and words[j].text in ("tên", "ten"):
        j += 1
    length = name_at(words, j, titled=True, strict=True) if n and j < len(words) and words[j].capital else 0
    behind = j + length
    if length and behind + 1 < len(words) and words[behind].text in ("tên", "ten") and words[behind + 1].capital:
        return Party(i, behind + 1 + name_at(words, behind + 1, titled=True, strict=True), behind + 1)
    return Party(i, behind, i) if length else None


def _led_by(words: Sequence[Word], end: int, people: Collection[str]) -> int:
    """`nhóm Zumba | cô Hiền`, `nhóm Bóng | chuyền anh Toại`: where a group's name ends with whose it is."""
    for k in (end, end + 1):
        leader = _titled(words, k, people) if k + 1 < len(words) and words[k].sort == "word" else None
        if leader is not None and not leader.nobody and words[leader.end - 1].capital:
            return leader.end
        if k < len(words) and (callings.ORG_STOPS.at(words, k) or verbs.BUYS.at(words, k)):
            break
    return end


_YEARS = 1900  # "hợp đồng năm 2027 công ty Nam Hà": a year counts nobody


def _known(words: Sequence[Word], i: int, people: Collection[str]) -> int:
    """A name that the member has used before: its longest spelling from word i on."""
    if not people:
        return 0
    for n in range(min(6, len(words) - i), 0, -1):
        text = " ".join(word.text for word in words[i : i + n])
        if (n > 1 or len(text) > 2) and text in people:
            return n
    return 0


def _organisation(words: Sequence[Word], i: int, people: Collection[str]) -> Party | None:
    if i >= len(words) or words[i].sort != "word":
        return None
    firm = houses.firm_at(words, i)
    if firm:
        return Party(i, i + firm, i)
    n = callings.ORGS.at(words, i, surely=True)
    if n and words[i].unmarked and words[i + n - 1].text == "cho":
        n = 0  # "máy mới cho", no "mối chợ"
    if n and (houses.is_goods(words, i) or (n == 1 and not houses.is_here(words, i))):
        n = 0
    side = 0 if n else callings.SIDE.at(words, i)
    if not n and not side:
        school = houses.class_at(words, i)
        return Party(i, i + school, i) if school else None
    j = i + (n or side)
    more = callings.ORGS.at(words, j) if side or words[i].text == "chuỗi" else 0
    if side and not more:
        if j >= len(words) or words[j].text in callings.NOT_A_SIDE:
            return None
        titled = _titled(words, j, people) or _role(words, j, people, counted=False)
        if titled is not None:
            return Party(i, titled.end, titled.name, titled.nobody)
    j += more
    owner = _titled(words, j + houses.trade_between(words, i), people) if not side and n == 1 else None
    if owner is not None and not owner.nobody:
        return Party(i, owner.end, i)
    if j < len(words) and words[j].text in ("khác", "khac"):
        return None
    length = houses.name_at(words, j)
    if not length:
        return None if side and not more else _plain_org(words, i, j)
    if side and not more:
        length += houses.body_at(words, j + length)
    return Party(i, j + length, j if side and not more else j - more if side else i)


def _plain_org(words: Sequence[Word], i: int, j: int) -> Party | None:
    """An organisation without a name is somebody only where one is expected: "bán cho quán cà phê đầu hẻm"."""
    expected = i > 0 and words[i - 1].text in ("cho", "với", "voi", "bên", "ben")
    opens = i == 0 or words[i - 1].sort in ("sign", "date") or words[i - 1].text in ("của", "cua")
    trade = opens and j - i > 1 and not words[i].unmarked and words[i].text in _TRADE_HOUSES
    whose = i > 0 and words[i - 1].text in ("của", "cua")
    orders = trade and (whose or bool(verbs.BUYS.at(words, j)))
    return Party(i, j, i) if expected or orders else None


_TRADE_HOUSES = frozenset({"xưởng", "tiệm", "quán", "vựa", "lò", "trại", "sạp", "trường", "nhà"})


_NOT_OF_ROLES = frozenset(
    """
    tu hoi xem dat dang do ben qua o moi cu quen le vip si hoan hoàn từ tra
    """.split()  # noqa: SIM905
)


def _role(words: Sequence[Word], i: int, people: Collection[str], *, counted: bool) -> Party | None:
    """`khách Hương`, `khách hàng chị Lan`, `khách lẻ`."""
    n = callings.ROLES.at(words, i)
    while n > 1 and words[i + n - 1].capital and words[i + n - 1].text in ("le", "moi", "cu", "vip"):
        n -= 1  # "khach hang Le Minh Tam"
    if not n:
        return None
    if counted:
        return Party(i, i + n, i, nobody=True)
    j = i + n
    labelled = j + 1 < len(words) and words[j].text in (":", "tên", "ten")
    if labelled:
        j += 1
        end = j
        while end < len(words) and end - j < 5 and words[end].sort == "word" and words[end].typed[:1].isupper():
            end += 1
        if end > j and not callings.TITLES.at(words, j):
            return Party(i, end, j)
    if j < len(words):
        inner = _titled(words, j, people) or _organisation(words, j, people)
        if inner is not None and not inner.nobody:
            return Party(i, inner.end, inner.name)
        plain = not words[j].capital and (words[j].text in _NOT_OF_ROLES or (n > 1 and words[j].unmarked))
        number = number_at(words, j) if not words[j].capital else None
        plain = plain or (number is not None and bool(verbs.COUNTED_HERE.at(words, number[0])))  # "khách mười hai lượt"
        name = 0 if plain else name_at(words, j, titled=True, strict=True)
        if name:
            return Party(i, j + name, j)
    if words[i].text in ("cô", "chú", "cặp", "co", "chu", "cap"):
        return None  # "trang điểm cô dâu"
    return Party(i, i + n, i, nobody=True)


def _titled(words: Sequence[Word], i: int, people: Collection[str]) -> Party | None:
    return _whose(words, i, people) or _with_title(words, i, people)


def _with_title(words: Sequence[Word], i: int, people: Collection[str]) -> Party | None:
    own = _own_kin(words, i)
    if i >= len(words) or own or (words[i].loose and words[i].unmarked and _of_a_thing(words, i)):
        return Party(i, i + own, i) if own else None
    n = callings.TITLES.at(words, i)
    if not n or callings.BEFORE_NAMES.at(words, i) > n:
        called = _called(words, i)
        if called is not None:
            return called
    if not n or _other_word(words, i):
        return None
    first = words[i]
    doubtful = n == 1 and first.loose and first.unmarked and first.text in _DOUBTFUL
    if doubtful and not _title_here(words, i):
        return None
    if n == 1 and first.text in ("a", "c", "e", "o") and not (i + 1 < len(words) and likely(words, i + 1)):
        return None
    j = i + n
    known = _known(words, j, people)
    name = known or name_at(words, j, titled=True, strict=doubtful)
    behind = j + name
    if behind + 1 < len(words) and words[behind].text in ("tên", "ten") and words[behind + 1].capital:
        return Party(i, behind + 1 + max(1, name_at(words, behind + 1, titled=True, strict=True)), behind + 1)
    if name or doubtful:
        return Party(i, j + name, i) if name else None
    house = _organisation(words, j, people) if n > 1 else None
    if house is not None and not house.nobody and house.start == j:
        return Party(i, house.end, i)  # "sư cô chùa Từ Tâm"
    said = _called_by_name(words, i, j)
    if said is not None:
        return said
    relation = callings.RELATIONS.at(words, j, surely=True)
    if relation:
        k = j + relation
        k += int(k + 1 < len(words) and words[k].text in ("tên", "ten") and words[k + 1].capital)
        more = name_at(words, k, titled=True, strict=True)
        return Party(i, k + more, i)
    if n == 1 and first.loose and not (first.unmarked and first.text in ("chi", "anh", "em") and _addressed(words, i)):
        return None  # "mật ong", "linh chi"
    if first.capital or (i and words[i - 1].text in ("tiếng", "tieng", "trẻ", "tre")):
        return None  # "khóa tiếng Anh"
    return _unnamed(words, i, n)


def _called_by_name(words: Sequence[Word], i: int, j: int) -> Party | None:
    """`bạn học cũ tên Phi`: a tie of a few words behind a title, and the name."""
    tie = next((k for k in range(j + 1, min(j + _LONGEST_TIE, len(words) - 1)) if words[k].text == "tên"), None)
    if tie is None or not words[tie + 1].capital or any(word.sort != "word" for word in words[j:tie]):
        return None
    if callings.RELATIONS.ending(words, tie) == tie - j:
        return None  # "bạn gái tên Trúc Ly" is called so
    return Party(i, tie + 1 + max(1, name_at(words, tie + 1, titled=True, strict=True)), tie + 1)


_LONGEST_TIE = 4  # words


def _own_kin(words: Sequence[Word], i: int) -> int:
    """`chị gái em`; not `mẹ Minh Khuê`, `ma em Trang`."""
    n = callings.OWN_KIN.at(words, i) if i < len(words) else 0
    behind = words[i + n : i + n + 1]
    if n and (words[i + n - 1].capital or (words[i].unmarked and behind and behind[0].capital)):
        return 0
    return n


def _whose(words: Sequence[Word], i: int, people: Collection[str]) -> Party | None:
    """`anh trai | bạn Nhật Minh`, `vợ | anh Tú`."""
    n = callings.KIN.at(words, i) if i < len(words) else 0
    doubtful = n == 1 and words[i].loose and words[i].unmarked
    if not n or (doubtful and not (i and words[i - 1].text in ("cho", "voi", ",") and words[i + n + 1 : i + n + 2])):
        return None
    inner = _titled(words, i + n, people)
    if doubtful and not words[i + n + 1].capital:
        return None
    return Party(i, inner.end, i) if inner is not None and not inner.nobody else None


def _unnamed(words: Sequence[Word], i: int, n: int) -> Party | None:
    """A title of n words without a name: somebody only where one is expected ("cho dì"), else nobody."""
    first, j = words[i], i + n
    expected = i > 0 and words[i - 1].text in ("cho", "với", "voi")
    relative = n > 1 or first.text in ("mẹ", "má", "sếp", "dì", "bố", "thầy", "dượng", "mợ", "thím")
    own = first.text in ("mẹ", "má", "bố", "ba") and n == 1 and not expected
    return None if own else Party(i, j, i, nobody=not (expected and relative))


def _other_word(words: Sequence[Word], i: int) -> bool:
    """ "cô dâu", "chụp ảnh": no title."""
    following = words[i + 1].text if i + 1 < len(words) else ""
    if words[i].text in ("cô", "chú", "co", "chu") and following in ("dâu", "rể", "dau", "re"):
        return True
    if words[i].text == "ba" and not words[i].unmarked and i + 1 < len(words) and not words[i + 1].capital:
        return bool(MEASURES.at(words, i + 1))  # "ba bình nước"
    return i > 0 and words[i].text == "anh" and words[i - 1].text in ("chup", "tam", "buc", "rua", "in")


def _of_a_thing(words: Sequence[Word], i: int) -> bool:
    """ "1 set duong trang", "mo hang": no dượng Trang, no mợ Hằng."""
    if words[i].text == "mo" and i + 1 < len(words) and words[i + 1].text == "hang" and not words[i + 1].capital:
        return True
    if words[i].text == "bo" and i and words[i - 1].capital:
        return True
    counted = i > 1 and MEASURES.at(words, i - 1) == 1 and words[i - 1].text not in ("khach", "nguoi", "don")
    return counted and number_ending(words, i - 1) is not None and not (i + 1 < len(words) and words[i + 1].capital)


def _called(words: Sequence[Word], i: int) -> Party | None:
    """`nội Tư`, `thằng Cường`, `nick Bé Na`, `cặp Tuấn – Nhi`: who is somebody only before a name."""
    n = callings.BEFORE_NAMES.at(words, i)
    j = i + n
    if not n or j >= len(words) or not words[j].capital:
        return None
    if words[i].text == "b" and not (i == 0 or words[i - 1].sort != "word" or words[i - 1].text in _SPOKEN_OF):
        return None
    end = j
    while end < len(words) and end - j < 4 and words[end].capital:
        end += 1
    couple = words[i].text in ("cặp", "cap")
    if couple and end + 1 < len(words) and words[end].text in "-–&+" and words[end + 1].capital:
        end += 2
    if not couple and words[j].text in callings.THINGS:
        return None
    return Party(i, end, i)


_SPOKEN_OF = frozenset(
    {
        "với",
        "khách",
        "của",
        "gặp",
        "gọi",
        "bên",
        "hẹn",
        "nhắn",
        "do",
        "nho",
        "cho",
        "voi",
        "khach",
        "cua",
        "gap",
        "goi",
        "ben",
        "hen",
        "nhan",
    }
)


def _addressed(words: Sequence[Word], i: int) -> bool:
    before = words[i - 1] if i else None
    return before is None or before.sort in ("sign", "date", "amount") or before.text in _SPOKEN_OF


def _title_here(words: Sequence[Word], i: int) -> bool:
    """Whether "ban", "co", "di" without marks may address somebody, not sell, have or go."""
    before = words[i - 1] if i else None
    if words[i].text in ("o", "a"):
        called = i + 1 < len(words) and words[i + 1].capital
        led = words[i].text == "a" or before is None or before.text in ("cho", "voi", "cua")
        led = led or bool(verbs.SELLS.ending(words, i))
        return called and led
    if words[i].text in ("ban", "di") and before is None and i + 2 < len(words) and words[i + 1].capital:
        end = i + 2
        while end < len(words) and words[end].capital:
            end += 1
        does = (verbs.BUYS, verbs.PAYS, verbs.REFUNDS, declines.BACKS_OUT, declines.GOES_SILENT, declines.NOT, _ASKS)
        return any(lexicon.at(words, end) for lexicon in does) and number_at(words, end) is None
    if words[i].text in ("ban", "di") and _named_and_done(words, i + 1):
        return True
    if words[i].text in ("ban", "di", "ma"):
        if callings.KIN.ending(words, i) and i + 1 < len(words) and words[i + 1].capital:
            return True
        return before is not None and (before.sort == "amount" or before.text in _SPOKEN_OF)
    if before is not None and i - 1 in inside(words):
        return True  # "sua chua | co Tu"
    return before is None or before.text not in (
        "khong",
        "chua",
        "da",
        "vua",
        "moi",
        "cung",
        "dang",
        "nay",
        "deu",
        "van",
    )


def _named_and_done(words: Sequence[Word], i: int) -> bool:
    """`4 tu lanh | di Ut 1tr`: a known name, and nothing but money, a sign or the end behind it."""
    known = i < len(words) and words[i].capital and (words[i].text in BARE or words[i].text in callings.BY_BIRTH)
    return known and (i + 1 == len(words) or words[i + 1].sort in ("amount", "sign"))


_ASKS = Lexicon("hỏi, đang, hứa, hẹn, chê, nói, bảo, muốn, nhờ")
_FOLLOWED = Lexicon("mua, lấy, đặt, order, chốt, ký, cọc, trả, chuyển, thanh toán, ck, không mua, giới thiệu, từ chối")


def _named(words: Sequence[Word], i: int) -> Party | None:
    """A name without a title: behind "cho" or "với", or before what a customer does."""
    before = words[i - 1] if i else None
    opened = before is None or before.sort in ("sign", "date")
    if before is not None and before.text in ("cho", "với", "voi", "của", "cua"):
        n = name_at(words, i, titled=False, strict=True)
        if n:
            return Party(i, i + n, i)
        if callings.PROFESSIONS.at(words, i):
            return None
        if likely(words, i) and not words[i].unmarked and words[i].text in GIVEN_NAMES:
            return Party(i, i + 1, i)
        return None
    if not opened:
        done = before is not None and (before.sort == "amount" or verbs.SELLS.ending(words, i) > 0)
        n = name_at(words, i, titled=False, strict=True) if done else 0
        return Party(i, i + n, i) if n and (words[i].text in NAMES or n >= 2) else None
    first = words[i]
    if begins_a_verb(words, i):
        return None  # "HOÀN CỌC 3TR CHO …"
    if (
        (first.text in NAMES or (first.unmarked and first.text in BARE))
        and first.typed[:1].isupper()
        and _FOLLOWED.at(words, i + 1)
    ):
        return Party(i, i + 1, i)
    n = 1
    while i + n < len(words) and words[i + n].capital and n < 4:
        n += 1
    full = first.typed[:1].isupper() and not first.typed.isupper() and n >= 2 and not verbs.SELLS.at(words, i)
    if not full:
        return None
    k = i + n
    while k < len(words) and words[k].text in _ADVERBS:
        k += 1
    apart = before is not None and (before.text in ("-", "–", ":") or (before.text == "," and n > 2))
    called = words[i + n - 1].text in NAMES
    apart = apart or (called and (before is None or before.text == ","))  # "DH00123 - Lê Hà - 2 váy"
    closing = apart and (k == len(words) or words[k].text == "(" or (called and words[k].sort == "sign"))
    if verbs.PAYS.at(words, i) and not closing:
        return None
    does = _FOLLOWED.at(words, k) or (k > i + n and (verbs.PAYS.at(words, k) or verbs.BUYS.at(words, k)))
    return Party(i, i + n, i) if does or closing else None


_ADVERBS = frozenset({"đã", "da", "vừa", "vua", "mới", "moi", "cũng", "cung", "lại", "lai"})
