"""Who fills a customer's place: a name with what is said of it, and a group where a customer must stand.

`chị Phượng | tiệm nail`, `chị Trâm | mẹ bé Sóc`, `bà Năm | bán vé số` are one; `cho nhóm công nhân Tân Tạo`,
`hội phụ nữ phường 5 đặt …` are somebody although nobody is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import callings, declines, houses, verbs
from toolkit.kpi.sentence.parties import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

_KIN = Lexicon(
    "mẹ bé, má bé, ba bé, bố bé, mẹ cháu, mẹ của bé, mẹ, má, ba, bố, vợ anh, chồng chị, con chị, con cô, con bác"
)
_SENT = frozenset({"giới", "gioi", "gt", "chỉ", "mách", "rủ", "dẫn", "dắt", "mach", "gthieu", "ref"})
_LIVELIHOODS = frozenset(
    {"bán", "ban", "làm", "lam", "chạy", "chay", "lái", "nuôi", "trồng", "sửa", "dạy", "đi", "thu"}
)
_GROUPS = Lexicon(
    "nhóm, đội, đội bóng, tổ, hội, đoàn, phòng, ban, câu lạc bộ, mấy chị, mấy anh, mấy bạn, mấy cô, mấy chú, mấy em, "
    "mấy bác, các chị, các anh, các bạn, các cô, các bác, anh em, chị em, bà con, cư dân, công nhân, sinh viên, sv, "
    "học sinh, hs, cặp đôi, cặp vợ chồng, gia đình, chủ nhà trọ, chủ trọ, chủ quán, chủ shop, chủ tiệm, chủ vườn, chủ "
    "thầu, cô giáo, thầy giáo, thầy chủ nhiệm, cô chủ nhiệm, cô giáo chủ nhiệm, ông già, bà cụ, ông cụ, bác bảo vệ, "
    "chú bảo vệ, cô lao công"
)
_LED = frozenset({"cho", "với", "voi", "bên", "ben"})
_LONGEST_LIVELIHOOD = 3  # words


def filled(words: Sequence[Word], parties: Sequence[Party]) -> list[Party]:
    """The parties of a sentence, each with what is said of it, and the groups that stand where a customer must."""
    found = [_described(words, party) for party in _joined(words, parties)]
    named = {i for party in found if not party.nobody for i in range(party.start, party.end)}
    for i in range(len(words)):
        group = 0 if i in named else _group(words, i, named)
        if group:
            house = next((p for p in found if p.start == i + group and not p.nobody), None)
            end = house.end if house is not None else i + group  # "phòng kế toán | cty Vạn Lợi"
            found = [party for party in found if not i <= party.start < end]
            found.append(Party(i, end, i))
            named.update(range(i, end))
    return sorted(found, key=lambda party: party.start)


def _joined(words: Sequence[Word], parties: Sequence[Party]) -> list[Party]:
    """A name and, right behind it, whose mother or which shop that is: one party."""
    done: list[Party] = []
    for party in parties:
        before = done[-1] if done else None
        if before is not None and _market(words, before, party):
            done[-1] = Party(before.start, party.end, before.name)
            continue
        says_who = before is not None and before.end == party.start and not before.nobody and not party.nobody
        if (
            says_who
            and before is not None
            and callings.TITLES.at(words, before.start)
            and (callings.ORGS.at(words, party.start) or _KIN.at(words, party.start))
            and not (party.end < len(words) and words[party.end].text in _SENT)
            and not (words[party.start].unmarked and not words[party.end - 1].capital)
        ):
            done[-1] = Party(before.start, party.end, before.name)
        else:
            done.append(party)
    return done


def _market(words: Sequence[Word], one: Party, two: Party) -> bool:
    """`co Muoi cho Ba Chieu dua …`: without marks, before any verb, that is the market where she sells."""
    opens = not one.nobody and (one.start == 0 or words[one.start - 1].sort in ("sign", "date"))
    between = one.end + 1 == two.start and words[one.end].text == "cho" and words[one.end].unmarked
    return opens and between and bool(verbs.PAYS.at(words, two.end) or verbs.BUYS.at(words, two.end))


def _at_market(words: Sequence[Word], party: Party) -> bool:
    """`giao cho co Hai cho Lach`: the second "cho" is a market."""
    led = party.start > 0 and words[party.start - 1].text == "cho"
    return led and words[party.end].text == "cho" and words[party.end].unmarked and party.end + 1 < len(words)


def _described(words: Sequence[Word], party: Party) -> Party:
    """`cô Sáu tạp hóa`, `chị Hảo sạp vải`, `bà Năm bán vé số lấy …`."""
    if not callings.TITLES.at(words, party.start) or party.nobody or party.end >= len(words):
        return party
    i = party.end
    shop = callings.ORGS.at(words, i, surely=True)
    if (
        shop
        and (not words[i].loose or shop > 1 or words[i].text in houses.CLEAR | {"tiem"})
        and words[i].text not in ("ngân", "ngan")
    ):
        name = houses.name_at(words, i + shop) or callings.TRADES.at(words, i + shop)
        return Party(party.start, i + shop + name, party.name)
    relation = callings.RELATIONS.at(words, i)
    if _at_market(words, party):
        while i + 1 < len(words) and words[i + 1].capital:
            i += 1
        return Party(party.start, i + 1, party.name)
    living = _profession(words, i) or (relation if relation > 1 else 0) or _livelihood(words, i)
    return Party(party.start, i + living, party.name) if living else party


def _profession(words: Sequence[Word], i: int) -> int:
    """`em Trang | sv năm 2`, `anh Tâm | thầu`."""
    n = callings.PROFESSIONS.at(words, i, surely=True)
    year = n and i + n + 1 < len(words) and words[i + n].text in ("năm", "nam") and words[i + n + 1].sort == "digits"
    return n + 2 if year else n


def _livelihood(words: Sequence[Word], i: int) -> int:
    """How many words before a verb of buying or paying tell what somebody lives on."""
    if words[i].text not in _LIVELIHOODS:
        return 0
    for k in range(i + 1, min(i + 2 + _LONGEST_LIVELIHOOD, len(words))):
        counted = k + 1 < len(words) and words[k + 1].sort == "digits"
        if k > i + 1 and (verbs.BUYS.at(words, k) or verbs.PAYS.at(words, k)) and (counted or not words[k].unmarked):
            return k - i
        if words[k].sort != "word" or callings.TITLES.at(words, k):
            return 0
    return 0


def _group(words: Sequence[Word], i: int, named: set[int]) -> int:
    """How many words from i on are a group that buys: behind "cho", or opening a clause before what customers do."""
    n = _GROUPS.at(words, i, surely=True)
    if not n or (i and words[i - 1].sort == "digits") or (words[i].unmarked and words[i].text in _OFTEN_OTHERS):
        return 0
    before = words[i - 1] if i else None
    opens = before is None or before.sort in ("sign", "date")
    if not opens and (before is None or before.text not in _LED):
        return 0
    end = i + n
    while (
        end < len(words)
        and end not in named
        and (works := callings.PROFESSIONS.at(words, end) or _describes(words, end))
    ):
        end += works
    if end == i + n:
        return 0
    acts = any(
        lexicon.at(words, end) for lexicon in (verbs.BUYS, verbs.PAYS, verbs.WORKS, declines.BACKS_OUT, declines.NOT)
    )
    counted = end < len(words) and words[end].sort == "digits"  # "nhóm sinh viên Bách Khoa 25 bạn"
    return end - i if acts or counted or not opens else 0


_OFTEN_OTHERS = frozenset({"ban", "to", "doi", "phong"})  # bán, tô, đôi


def _describes(words: Sequence[Word], i: int) -> bool:
    """Whether word i still says which group it is."""
    if words[i].sort == "digits":
        lettered = i + 1 < len(words) and words[i + 1].glued and words[i + 1].typed.isupper()
        return words[i - 1].text in _NUMBERED or lettered  # "phường 5", "5B"
    works = verbs.WORKS.at(words, i)
    if works and words[i + works : i + works + 1] and words[i + works].sort == "digits":
        return False  # "chủ nhà trọ Hai Lúa | lắp 3 máy"
    if words[i].text in _NUMBERED and i + 1 < len(words) and words[i + 1].sort == "digits":
        return True
    return words[i].sort == "word" and not (
        callings.ORG_STOPS.at(words, i) or verbs.SELLS.at(words, i) or declines.BACKS_OUT.at(words, i)
    )


_NUMBERED = frozenset(
    {"phường", "phuong", "quận", "quan", "khối", "khoi", "khu", "tổ", "to", "lớp", "lop", "xóm", "ấp"}
)
