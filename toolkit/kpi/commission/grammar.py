"""A plan in one line of Vietnamese: `3% đến 50tr, 5% đến 100tr, 8% trở lên, tái mua 2%, thưởng 1tr khi đủ 20 đơn`.

What isn't understood is said, clause by clause, and nothing of it is guessed: a plan is money.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.dates import parse_date
from toolkit.core.money import short_money
from toolkit.kpi.commission.clauses import LONGEST, Clause, read_clause, split
from toolkit.kpi.commission.plans import (
    Base,
    Bonus,
    ByCompletion,
    Each,
    Every,
    OnDay,
    Only,
    PerThing,
    Rate,
    RefundWay,
    Rule,
    Salary,
    Version,
)
from toolkit.kpi.commission.rates import Levels, Tier, Tiers
from toolkit.kpi.model import Doubt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

TierMode = Literal["marginal", "retroactive"]
_MOST_CLAUSES: Final = 50

_THINGS: Final = {
    "don": "order", "don hang": "order", "hop dong": "order", "hoa don": "order", "lan ban": "order",
    "san pham": "unit", "sp": "unit", "cai": "unit", "chiec": "unit", "mon": "unit", "hop": "unit", "goi": "unit",
    "khach moi": "customer", "khach hang moi": "customer",
    "cuoc hen": "meeting", "cuoc gap": "meeting", "buoi gap": "meeting", "lan gap": "meeting", "cuoc goi": "call",
    "bao gia": "quote", "demo": "demo", "bai dang": "post", "bai viet": "post", "tin nhan": "message",
    "khach tiem nang": "lead", "lead": "lead",
}  # fmt: skip
_THING: Final = "|".join(sorted(_THINGS, key=len, reverse=True))
_EACH: Final = "(?:tren |cho )?(?:moi|mot|tung)"
_FILLER: Final = re.compile(
    r"\b(?:hoa hong|chiet khau|doanh so|doanh thu|gia tri|don hang|tien hang|ban hang|tat ca|co ban|duoc|huong|tren|cho"
    r"|cua|tinh|la|muc|toan bo hang|moi don|phan|thi|ban|tro xuong|hang)\b"
)
# Words that no product begins or goes on with, as typed: "đèn" is one, "đến" is not.
_OTHER_WORDS: Final = "đến den tới toi từ tu trên tren dưới duoi hơn hon vượt vuot đạt dat thưởng thuong khi nếu đủ"
_NO_NAME: Final = frozenset(_OTHER_WORDS.split())
_NOT_PAID: Final = re.compile(r"\b(?:thue|phat|tru|khau tru|giu lai|giam|hoan|tra lai)\b")
_EVERY: Final[dict[str, Every]] = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}


@dataclass
class PlanReading:
    """A line, understood. `doubts` say what could not be read, each with the clause; nothing may be kept then.

    `mode_given`: it is said whether tiers pay by parts or on the whole. Settings are None where the line is silent.
    """

    text: str
    rules: tuple[Rule, ...] = ()
    every: Every | None = None
    base: Base | None = None
    refunds: RefundWay | None = None
    cap: int | None = None
    floor: int | None = None
    mode_given: bool = False
    doubts: tuple[Doubt, ...] = ()

    def version(self, start: date | None, like: Version | None = None) -> Version:
        """The version that the line describes, from `start` on; what it says nothing of is as in `like`. ValueError
        while there are doubts."""
        if self.doubts:
            raise ValueError("the line isn't understood")
        usual = like or Version(None, ())
        return Version(
            start,
            self.rules,
            self.base or usual.base,
            self.refunds or usual.refunds,
            usual.date,
            usual.cap if self.cap is None else self.cap,
            usual.floor if self.floor is None else self.floor,
            self.text,
        )


@dataclass
class _Line:
    today: date
    mode: TierMode | None = None
    linear: bool = False
    by_order: bool = False
    every: Every | None = None
    base: Base | None = None
    refunds: RefundWay | None = None
    cap: int | None = None
    floor: int | None = None
    quota: int | None = None
    tiers: list[tuple[int | None, int | None, Fraction]] = field(default_factory=list)
    levels: list[tuple[Fraction, int | Fraction]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    tiers_at: int = 0


def read_plan(text: str, *, today: date, mode: TierMode | None = None) -> PlanReading:
    """The plan that a line tells. `mode` is how tiers pay where the line doesn't say (None: each part by itself).

    Never raises; see `PlanReading.doubts`.
    """
    if len(text) > LONGEST:
        return PlanReading(text[:80], doubts=(Doubt("kpi.commission_line_too_long", {"n": LONGEST}),))
    line = _Line(today)
    clauses = split(text)
    if not clauses or len(clauses) > _MOST_CLAUSES:
        return PlanReading(text, doubts=(Doubt("kpi.commission_line_empty"),))
    for written in clauses:
        clause = read_clause(written)
        if clause is None or not _take(clause, line):
            line.doubts.append(Doubt("kpi.commission_clause_unknown", {"clause": written[:80]}))
    _close(line, mode or "marginal")
    if not line.rules and not line.doubts:
        line.doubts.append(Doubt("kpi.commission_line_empty"))
    if line.cap is not None and line.floor is not None and line.cap < line.floor:
        line.doubts.append(Doubt("kpi.commission_cap_below_floor"))
    return PlanReading(
        text, tuple(line.rules), line.every, line.base, line.refunds, line.cap, line.floor,
        line.mode is not None or mode is not None, tuple(line.doubts),
    )  # fmt: skip


# --- clause by clause ---


def _take(clause: Clause, line: _Line) -> bool:
    """Put what a clause says into the line; False where it isn't understood."""
    below = re.search(r"\b(?:tuyen duoi|cap duoi|doi nhom|nhanh duoi)\b", clause.shape)
    if below or re.search(r"\b(?:tang|cap|doi|f) ?(?:thu )?(?:N|hai|ba)\b", clause.shape):
        levels = [*clause.counts, 2]
        if below or levels[0] != 1 or re.search(r"\b(?:hai|ba)\b", clause.shape):
            line.doubts.append(Doubt("kpi.commission_second_level", {"clause": clause.text[:80]}))
            return True
        shape = re.sub(r" ?\b(?:tang|cap|doi|f) ?(?:thu )?N\b", "", clause.shape).strip()
        clause = replace(clause, shape=shape, counts=clause.counts[1:])
    clause = _ways(clause, line)
    if not clause.shape:
        return True
    return any(take(clause, line) for take in _TAKERS)


def _ways(clause: Clause, line: _Line) -> Clause:
    """Take the words that say how tiers, levels and periods work out of a clause."""
    shape = clause.shape
    ways: list[tuple[str, Callable[[re.Match[str]], None]]] = [
        (r"(?:tinh )?(?:theo )?(?:kieu )?(?:luy tien|tung phan|tung bac)", lambda _: _set(line, "mode", "marginal")),
        (
            r"(?:tinh )?(?:cho |tren |theo )?(?:toan bo(?: doanh so| doanh thu)?|ca doanh so|tong doanh so|hoi to)",
            lambda _: _set(line, "mode", "retroactive"),
        ),
        (r"(?:theo )?(?:duong thang|tuyen tinh|noi suy)", lambda _: _set(line, "linear", True)),
        (r"(?:tinh )?(?:theo |tren )?tung don(?: hang)?", lambda _: _set(line, "by_order", True)),
        (
            r"(?:tinh )?(?:theo|hang|moi) (tuan|thang|quy|nam)",
            lambda match: _set(line, "every", _EVERY[match[1]]),
        ),
        (
            r"(?:tinh )?(?:tren|theo) (?:so )?(?:tien )?(?:thuc thu|da thu|thuc nhan|da nhan|ve)",
            lambda _: _set(line, "base", "received"),
        ),
        (r"(?:tinh )?(?:tren |theo )?(?:doanh thu|doanh so) thuan", lambda _: _set(line, "refunds", "own_period")),
    ]
    for pattern, act in ways:
        match = re.search(rf"\b(?:{pattern})\b", shape)
        if match:
            act(match)
            first = shape[: match.start()].count(" ")
            many = len(match[0].split())
            words = clause.words[:first] + clause.words[first + many :]
            shape = " ".join((shape[: match.start()] + shape[match.end() :]).split())
            clause = replace(clause, shape=shape, words=words)
    return clause


def _set(line: _Line, name: str, value: object) -> None:
    setattr(line, name, value)


def _setting(clause: Clause, line: _Line) -> bool:
    shape = clause.shape
    if re.fullmatch(r"(?:toi da|tran|khong qua|cao nhat)(?: la)? A", shape):
        line.cap = clause.amounts[0]
    elif re.fullmatch(r"(?:toi thieu|it nhat|san|bao dam|dam bao|thap nhat)(?: la)? A", shape):
        line.floor = clause.amounts[0]
    elif re.fullmatch(r"(?:chi tieu|kpi|muc tieu|dinh muc)(?: la)? A", shape) and clause.amounts[0]:
        line.quota = clause.amounts[0]
    elif re.fullmatch(
        r"(?:khong tru|khong thu hoi)(?: (?:hang )?hoan(?: tra| hang| lai)?| tra hang| hang tra)?", shape
    ):
        line.refunds = "none"
    elif re.fullmatch(r"tru (?:hang )?hoan vao (?:thang|ky) (?:phat sinh )?hoan", shape):
        line.refunds = "own_period"
    elif re.fullmatch(r"thu hoi khi (?:hoan|tra)(?: hang| tra)?", shape):
        line.refunds = "claw_back"
    elif re.fullmatch(r"(?:luong|luong cung|luong co ban)(?: la)? A", shape):
        line.rules.append(Rule("salary", Salary(clause.amounts[0])))
    else:
        return False
    return True


def _bonus(clause: Clause, line: _Line) -> bool:
    shape = clause.shape
    counted = re.fullmatch(
        rf"thuong A (?:khi|neu) (?:ban )?(?:du|dat|co|tu|duoc) N ({_THING})(?: tro len)?", shape
    ) or (re.fullmatch(rf"(?:du|dat|tu) N ({_THING})(?: tro len)? (?:thi )?thuong A", shape))
    again = re.fullmatch(rf"(?:cu )?moi N ({_THING}) (?:thi )?(?:thuong|duoc) A", shape) or re.fullmatch(
        rf"thuong A (?:cho )?moi N ({_THING})", shape
    )
    match = counted or again
    if match and clause.counts[0] >= 1:
        pay = Bonus(clause.amounts[0], _THINGS[match[1]], clause.counts[0], again is not None)
        line.rules.append(Rule("event", pay))
        return True
    sums = "(?:doanh so |doanh thu )?(?:dat|tu|tren|vuot)"
    if re.fullmatch(rf"thuong A (?:khi|neu) {sums} A(?: tro len)?", shape):
        line.rules.append(Rule("event", Bonus(clause.amounts[0], "amount", clause.amounts[1])))
        return bool(clause.amounts[1])
    if re.fullmatch(rf"{sums} A(?: tro len)? (?:thi )?thuong A", shape):
        line.rules.append(Rule("event", Bonus(clause.amounts[1], "amount", clause.amounts[0])))
        return bool(clause.amounts[0])
    named = re.fullmatch(r"thuong (?:(?P<name>[a-z ]{1,40}) )?A (?:vao )?(?:ngay )?D", shape)
    if named:
        day = parse_date(clause.days[0], today=line.today, look="forward").value
        if day is None:
            return False
        label = clause.typed(*named.span("name")) if named["name"] else ""
        line.rules.append(Rule("event", OnDay(clause.amounts[0], day.date), label=label))
        return True
    return False


def _level(clause: Clause, line: _Line) -> bool:
    shape = re.sub(
        r"\b(?:kpi|chi tieu|muc tieu|doanh so|ke hoach|thi|duoc|huong|khi|neu|hoa hong|tu|tro len|muc)\b",
        "",
        clause.shape,
    )
    shape = " ".join(shape.split())
    begun = bool(line.levels)
    paid = (
        r"(?:dat|hoan thanh|tren|vuot) P (?:thuong )?A|P thuong A"
        r"|thuong A (?:dat |hoan thanh |tren |vuot )?P|A (?:dat|hoan thanh) P"
    )
    if re.fullmatch(paid, shape) or (begun and shape == "P A"):
        line.levels.append((clause.percents[0], clause.amounts[0]))
    elif re.fullmatch(r"(?:dat|hoan thanh|tren|vuot) P P", shape) or (begun and shape == "P P"):
        line.levels.append((clause.percents[0], clause.percents[1]))
    elif re.fullmatch(r"P (?:dat|hoan thanh) P", shape):
        line.levels.append((clause.percents[1], clause.percents[0]))
    else:
        return False
    return clause.percents[0] <= 100


_TIER_FORMS: Final = (
    (re.compile(r"P (?:den|toi|duoi) A|(?:den|toi|duoi) A P"), "upto"),
    (re.compile(r"(?:tu )?A (?:den|toi|den duoi) A P|P (?:tu |cho )?(?:A) (?:den|toi|den duoi) A"), "range"),
    (
        re.compile(r"(?:tren|tu|hon|vuot|dat) A(?: tro len)? P|A tro len P|P (?:tren|tu|hon|vuot|dat) A(?: tro len)?"),
        "from",
    ),
    (re.compile(r"P (?:tro len|con lai|sau do|tren do)|(?:con lai|sau do|tren do) P"), "rest"),
)


def _tier(clause: Clause, line: _Line) -> bool:
    shape = " ".join(_FILLER.sub(" ", clause.shape.replace("tu tren", "tren")).split())
    kept = " ".join(
        re.sub(r"\b(?:hoa hong|doanh so|doanh thu|thi|huong|duoc|phan|cho|muc|la)\b", " ", clause.shape).split()
    )
    for tried in (kept, shape):
        for form, kind in _TIER_FORMS:
            if form.fullmatch(tried) and len(clause.percents) == 1:
                if not line.tiers:
                    line.tiers_at = len(line.rules)
                low, high = _bounds(kind, clause.amounts)
                line.tiers.append((low, high, clause.percents[0]))
                return clause.percents[0] <= 1
    return False


def _bounds(kind: str, amounts: tuple[int, ...]) -> tuple[int | None, int | None]:
    if kind == "upto":
        return None, amounts[0]
    if kind == "range":
        return amounts[0], amounts[1]
    return (amounts[0] if kind == "from" else None), None


def _special(clause: Clause, line: _Line) -> bool:
    """Referrals, purchases that come again, new customers."""
    shape = clause.shape
    if re.search(r"\b(?:gioi thieu|ref|referral)\b", shape):
        return _shared(
            clause, line, "referral", Only(referral=True), r"gioi thieu|ref|referral|khach|hang|duoc|tien|nguoi|thuong"
        )
    if re.search(r"\b(?:tai mua|mua lai|khach cu|khach quay lai|khach quen)\b", shape):
        return _shared(
            clause,
            line,
            "repurchase",
            Only(repeat=True),
            r"tai mua|mua lai|khach cu|khach quay lai|khach quen|hang|don|khach",
        )
    if re.search(r"\bkhach (?:hang )?moi\b", shape) and clause.percents:
        return _shared(clause, line, "basic", Only(repeat=False), r"khach (?:hang )?moi|don")
    return False


def _shared(
    clause: Clause, line: _Line, kind: Literal["referral", "repurchase", "basic"], only: Only, own: str
) -> bool:
    shape = re.sub(rf"\b(?:{own})\b", " ", clause.shape)
    shape = " ".join(_FILLER.sub(" ", shape).split())
    on_top = re.search(r"\bthem\b", shape) is not None
    if (
        re.fullmatch(r"(?:(?:cong them|them|rieng) ?)?P(?: ?(?:cong them|them|rieng))?", shape)
        and clause.percents[0] <= 1
    ):
        line.rules.append(Rule(kind, Rate(clause.percents[0]), only, instead=not on_top))
        return True
    if re.fullmatch(r"A(?: moi)?(?: don)?|moi(?: don)? A", shape):
        line.rules.append(Rule(kind, PerThing(clause.amounts[0], "order"), only))
        return True
    return False


def _fixed(clause: Clause, line: _Line) -> bool:
    shape = " ".join(re.sub(r"\b(?:thuong|hoa hong|duoc)\b", " ", clause.shape).split())
    match = re.fullmatch(rf"A {_EACH} ({_THING})(?: (?P<name>[a-z ]{{1,60}}))?", shape) or re.fullmatch(
        rf"(?:moi|mot) ({_THING})(?: (?P<name>[a-z ]{{1,60}}))? A", shape
    )
    if not match:
        return False
    thing = _THINGS[match[1]]
    only = Only()
    if match["name"]:
        if thing not in ("unit", "order"):
            return False
        at = clause.shape.find(match["name"])
        only = Only(products=(clause.typed(at, at + len(match["name"])),))
    pay = PerThing(clause.amounts[0], thing)
    line.rules.append(Rule("fixed" if thing in ("order", "unit", "customer") else "event", pay, only))
    return True


def _product(clause: Clause, line: _Line) -> bool:
    """A product's, a category's or a channel's own rate, or one on top of the others."""
    if len(clause.percents) != 1 or clause.amounts or clause.percents[0] > 1:
        return False
    shape = clause.shape
    on_top = re.search(r"\b(?:cong them|them|ban kem)\b", shape) is not None
    channel = re.search(r"\b(?:kenh|qua)\b", shape) is not None
    rest = (
        r"(?:(?:cong them|them|ban kem|rieng|kenh|qua|hoa hong|cho|doi voi|tren|nhom|san pham|hang|mat hang|nganh"
        r"|ban|la|duoc|huong) )*"
    )
    match = re.fullmatch(rf"{rest}(?P<name>[a-z][a-zN ]{{0,80}}?) (?:(?:cong them|them|rieng|duoc|huong|la) )*P", shape)
    match = match or re.fullmatch(rf"(?:(?:cong them|them|hoa hong) )*P {rest}(?P<name>[a-z][a-zN ]{{0,80}})", shape)
    if not match or not _FILLER.sub("", match["name"]).strip():
        return False
    name = clause.typed(*match.span("name"))
    if _NO_NAME & set(name.lower().split()) or _NOT_PAID.search(match["name"]):
        return False
    only = Only(channels=(name,)) if channel else Only(products=(name,))
    line.rules.append(Rule("add_on", Rate(clause.percents[0]), only, instead=not on_top))
    return True


def _rate(clause: Clause, line: _Line) -> bool:
    shape = " ".join(_FILLER.sub(" ", clause.shape).split())
    if shape != "P" or clause.percents[0] > 1:
        return False
    line.rules.append(Rule("basic", Rate(clause.percents[0])))
    return True


_TAKERS: Final = (_setting, _bonus, _special, _level, _tier, _fixed, _rate, _product)


# --- the line as a whole ---


def _close(line: _Line, mode: TierMode) -> None:
    """Make tiers and levels of the clauses that belong together."""
    if line.tiers:
        _close_tiers(line, line.mode or mode)
    if line.levels:
        _close_levels(line)


def _close_tiers(line: _Line, mode: TierMode) -> None:
    rules = line.rules
    first = rules[line.tiers_at - 1] if line.tiers_at else None
    tiers = list(line.tiers)
    plain = first is not None and first.kind == "basic" and first.only == Only()
    if plain and tiers[0][0] and first is not None and isinstance(first.pay, Rate):
        tiers.insert(0, (0, tiers[0][0], first.pay.rate))  # "3%, từ 50tr 5%": what comes before the first step
        del rules[line.tiers_at - 1]
        line.tiers_at -= 1
    made: list[Tier] = []
    reached: int | None = 0
    for n, (low, high, rate) in enumerate(tiers):
        start = reached if low is None else low
        if start is None or (made and reached is not None and start != reached):
            line.doubts.append(Doubt("kpi.commission_tiers_gap", {"n": n + 1}))
            return
        if not made and start > 0:
            made.append(Tier(0, Fraction(0)))
        if (made and start <= made[-1].start) or (high is not None and high <= start):
            line.doubts.append(Doubt("kpi.commission_tiers_gap", {"n": n + 1}))
            return
        made.append(Tier(start, rate))
        following = tiers[n + 1][0] if n + 1 < len(tiers) else None
        reached = high if high is not None else following
    if reached is not None:  # nothing is said of what lies above
        line.doubts.append(Doubt("kpi.commission_tiers_open", {"amount": short_money(reached)}))
        return
    found = Tiers(tuple(made), mode)
    rules.insert(line.tiers_at, Rule("tier", Each(found) if line.by_order else found))


def _close_levels(line: _Line) -> None:
    rates = {isinstance(paid, Fraction) for _, paid in line.levels}
    levels = sorted(line.levels)
    if len(rates) > 1 or len({done for done, _ in levels}) < len(levels):
        line.doubts.append(Doubt("kpi.commission_levels_mixed"))
        return
    found = Levels(tuple(levels), "linear" if line.linear else "step")
    line.rules.append(Rule("level", ByCompletion(found, rates.pop(), line.quota)))
