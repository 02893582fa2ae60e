"""A sentence becomes items: amounts, days, directions and people by grammar; the category is for others to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.dates import parse_date
from toolkit.core.money import find_amounts
from toolkit.core.readings import Readings, none, one
from toolkit.core.text import clean
from toolkit.expenses.model import DEBTS, Doubt, Item, Kind, SentenceReading
from toolkit.expenses.sentence import intents
from toolkit.expenses.sentence.accounts import accounts
from toolkit.expenses.sentence.clauses import Clause, bare, divide, purpose
from toolkit.expenses.sentence.days import dates_in, days_going_on, is_occasion, spent_on
from toolkit.expenses.sentence.actors import OPEN, Direction
from toolkit.expenses.sentence.directions import direct
from toolkit.expenses.sentence.followup import corrects, said_thing
from toolkit.expenses.sentence.line import Lexicon, Line, Word, joined, read_line
from toolkit.expenses.sentence.people import as_typed, person_at
from toolkit.expenses.sentence.settled import FILLING, settle

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.money import Money
    from toolkit.expenses.model import Intent

LONGEST = 2000
UNSAID = "expenses.unsaid"

_WITH = Lexicon("với, cùng, cùng với, chung với, đi với")
_CLIENTS = Lexicon("khách, khách hàng, đối tác, client, khách sỉ, con, vợ chồng khách, kh")
_NEXT_DAY = Lexicon("hôm sau, ngày hôm sau, sáng hôm sau, bữa sau, ngày kế, hôm sau nữa")
_SHARED_PLACES = Lexicon("team, phòng, lớp, công ty, xóm, quê, trường, cơ quan, chuyền, tổ, xưởng, nhà, khóa, cấp")
_SESSIONS = Lexicon(
    "sáng, trưa, chiều, tối, khuya, đêm, hồi sáng, hồi trưa, hồi chiều, hồi tối, sáng sớm, hồi nãy, nãy"
)
_EDGE = Lexicon(
    "hết, tốn, mất, là, giá, nha, nhé, nhen, nghen, rồi, nè, ạ, luôn, tổng, tổng cộng, hết tổng, tất cả, chỉ, "
    "cũng, đó, á, thôi, có"
)


@dataclass
class _Draft:
    """An item while the sentence is read."""

    clause: Clause
    text: str
    core: str
    note: str
    day: Readings[date] | None
    direction: Direction
    person: str
    account: str
    counter: str
    spoilt: Intent | None
    companion: bool = False


def read_sentence(text: str, *, today: date, xi: int | None = None, people: Collection[str] = ()) -> SentenceReading:
    """What a sentence says of money spent, earned, lent, moved: items in their order, or why there are none.

    `xi` is what the member means by one xị (10,000 or 100,000; None: ask). `people` are names that the member has used
    before, lower-case, known without a capital. A text of more than 2,000 characters is not read. Never raises.

    With the intent "correct" there is one item that holds only what was said: a field that wasn't has no reading and
    the code `expenses.unsaid` (money, day), or is empty (core, kinds, person, account).
    """
    if len(text) > LONGEST:
        return SentenceReading(text, "chat", questions=(Doubt("expenses.sentence_too_long", {"n": LONGEST}),))
    line = read_line(text)
    words = _with_amounts_and_dates(line, today, xi)
    paid, sums = settle(words)
    if corrects(words):
        return _correction(line, words, today, people)
    clauses = divide(words, paid)
    drafts = _drafts(line, words, clauses, today, people)
    kept = [draft for draft in drafts if draft.spoilt is None]
    if not kept:
        intent = next((draft.spoilt for draft in drafts if draft.spoilt), None)
        return SentenceReading(text, intent or intents.of_sentence(words, has_amounts=bool(drafts)))
    items = tuple(_item(draft, today) for draft in kept)
    return SentenceReading(text, "record", items, _sum_questions(items, sums))


def phrase_core(text: str) -> str:
    """A labelled phrase cut as the core of a clause is: no amounts, dates, companions, ways of paying."""
    line = read_line(text[:LONGEST])
    words = _plain_words(line)
    return _core(line, words, 0, len(words), frozenset(), ())


def kinds_of(text: str, people: Collection[str] = ()) -> frozenset[Kind]:
    """The directions that the grammar of a phrase leaves open."""
    return direct(_only_words(_plain_words(read_line(text[:LONGEST]))), people).kinds


def _plain_words(line: Line) -> list[Word]:
    from datetime import date  # noqa: PLC0415 - any day serves: a core has no date of its own

    return _with_amounts_and_dates(line, date(2026, 1, 1), None, bare_numbers=False)


def _with_amounts_and_dates(line: Line, today: date, xi: int | None, *, bare_numbers: bool = True) -> list[Word]:
    """The words of a line with its amounts and dates as one word each. A date isn't looked at for amounts."""
    dates = [(place.start, place.end, place) for place in dates_in(line.text, today)]
    hidden = line.text
    for start, end, place in dates:
        if place.readings or place.readings.code == "core.date_vague":
            hidden = hidden[:start] + " " * (end - start) + hidden[end:]
    amounts = find_amounts(hidden, bare="thousands" if bare_numbers else "no", xi=xi)
    dates += days_going_on(line.text, dates, amounts, today)
    taken = [(amount.start, amount.end, amount) for amount in amounts]
    free = [d for d in dates if not any(d[0] < end and start < d[1] for start, end, _ in taken)]
    return joined(line.words, [*taken, *free], line)


def _only_words(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.sort in ("word", "digits")]


def _drafts(
    line: Line, words: Sequence[Word], clauses: Sequence[Clause], today: date, people: Collection[str]
) -> list[_Draft]:
    drafts: list[_Draft] = []
    carried: Readings[date] | None = None
    spoilt: Intent | None = None
    scene = ""
    for clause in clauses:
        draft = _draft(line, words, clause, today, people, carried)
        start = clause.heading[0] if clause.heading[1] and clause.heading[0] < clause.start else clause.start
        if clause.heading != (0, 0):
            heading = words[clause.heading[0] : clause.heading[1]]
            said = _day_in(heading, today, frozenset())
            if said is not None and (not drafts or drafts[-1].clause.heading != clause.heading):
                carried = said
            company = _companions(heading, people)
            scene = as_typed(heading[company[1] : company[2]], line.typed) if company else scene
        reason = intents.spoils(words[start : clause.end], clause.paid.at - start, today)
        if reason is not None and clause is clauses[0]:
            spoilt = reason
        if reason == "question" and drafts and intents.alternative(words[start : clause.end]):
            drafts[-1].spoilt = reason
        draft.spoilt = reason or (spoilt if not _day_said(draft) else None)
        if draft.day is not None:
            carried = draft.day
        else:
            draft.day = carried
        before = drafts[-1] if drafts else None
        if before is not None:
            _inherit(draft, before, line, words, people)
        if not draft.person and scene:
            draft.person = scene
        drafts.append(draft)
    _carry_back(words, clauses, drafts)
    return drafts


def _day_said(draft: _Draft) -> bool:
    return draft.day is not None


def _draft(
    line: Line,
    words: Sequence[Word],
    clause: Clause,
    today: date,
    people: Collection[str],
    carried: Readings[date] | None,
) -> _Draft:
    inside = words[clause.start : clause.end]
    amounts = {clause.paid.at, *clause.paid.taken}
    plain = _only_words(inside)
    direction = direct(plain, people)
    account, counter, way = accounts(plain, direction.kinds)
    cut = set(map(id, plain[way[0] : way[1]])) if way else set()
    company = _companions(inside, people)
    person, companion = "", False
    if direction.person:
        person = as_typed(plain[direction.person[0] : direction.person[1]], line.typed)
    elif company and not direction.kinds & DEBTS:
        person, companion = as_typed(inside[company[1] : company[2]], line.typed), True
    heading = (
        as_typed(words[clause.heading[0] : clause.heading[1]], line.typed) if purpose(words, clause.heading) else ""
    )
    core = _core(line, words, clause.start, clause.end, frozenset(amounts), people, cut)
    note = _core(line, words, clause.start, clause.end, frozenset(amounts), people, cut, company=True)
    start, end = _trimmed(words, clause.start, clause.end)
    return _Draft(
        clause,
        line.typed[words[start].start : words[end - 1].end],
        " ".join(filter(None, (heading, core))),
        note or core,
        _day_in(inside, today, direction.kinds, carried),
        direction,
        person,
        account,
        counter,
        None,
        companion,
    )


def _trimmed(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and words[start].sort == "sign":
        start += 1
    while end > start + 1 and words[end - 1].sort == "sign":
        end -= 1
    return start, end


def _companions(words: Sequence[Word], people: Collection[str]) -> tuple[int, int, int] | None:
    """`với Lan`, `cùng chị Hoa`: the preposition, and the person behind it; not `với trứng`, not a client."""
    for i, end in _WITH.all(words):
        n = person_at(words, end, people)
        if words[i].text in ("cùng", "cung") and _SHARED_PLACES.at(words, end):
            continue
        if n and not (_CLIENTS.at(words, end) and n == 1 and words[end].text in ("khách", "client", "khach")):
            return i, end, end + n
    return None


def _day_in(
    words: Sequence[Word], today: date, kinds: frozenset[Kind], before: Readings[date] | None = None
) -> Readings[date] | None:
    """The day that a clause names, if it names one; `before` is the day named before it."""
    for i, word in enumerate(words):
        if word.date is None and before is not None and _NEXT_DAY.at(words, i):
            return before.map(lambda day: day + timedelta(days=1))
        if word.date is None or is_occasion(words, i, today):
            continue
        if _of_the_debt(words, i, kinds) or intents.promised(words, i) or intents.ahead(word, today):
            continue
        return spent_on(word.date, today)
    return None


def _of_the_debt(words: Sequence[Word], i: int, kinds: frozenset[Kind]) -> bool:
    """`trả Lan tiền cơm hôm qua`: the day of the meal, not of paying it back."""
    if not kinds & {Kind.REPAY, Kind.COLLECT} or kinds - DEBTS:
        return False
    back = i - 1
    while back >= 0 and words[back].sort == "word":
        if words[back].text in ("tiền", "khoản", "tien", "khoan", "mượn", "vay"):
            return True
        back -= 1
    return False


def _core(
    line: Line,
    words: Sequence[Word],
    start: int,
    end: int,
    amounts: frozenset[int],
    people: Collection[str],
    cut: Collection[int] = (),
    *,
    company: bool = False,
) -> str:
    """The words of a clause that say what it was about, as typed."""
    start, end = bare(words, start, end)
    inside = list(words[start:end])
    gone: set[int] = set()
    for i, word in enumerate(inside):
        if start + i in amounts or (word.sort == "amount") or id(word) in cut:
            gone.add(i)
        elif word.sort == "date" and (
            word.date is None or word.date.readings or word.date.readings.code == "core.date_vague"
        ):
            gone.add(i)
    together = None if company else _companions(inside, people)
    if together:
        gone.update(range(together[0], together[2]))
    left = [word for i, word in enumerate(inside) if i not in gone]
    while left and (left[0].sort == "sign" or _SESSIONS.at(left, 0) or (_EDGE.at(left, 0) and len(left) > 1)):
        left = left[(_SESSIONS.at(left, 0) or _EDGE.at(left, 0) or 1) :]
    while left and (left[-1].sort == "sign" or (_EDGE.at(left, len(left) - 1) == 1 and len(left) > 1)):
        left.pop()
    if all(word.sort == "sign" or FILLING.at(left, i) for i, word in enumerate(left)):
        left = []
    pieces: list[str] = []
    for n, word in enumerate(left):
        typed = line.typed[word.start : word.end]
        if n and word.start == left[n - 1].start:
            continue
        together = word.sort == "sign" and typed in ",.;:!)" or (n > 0 and left[n - 1].end == word.start)
        pieces.append(typed if n and together else f" {typed}")
    return clean("".join(pieces)).replace("\n", " ")


def _inherit(draft: _Draft, before: _Draft, line: Line, words: Sequence[Word], people: Collection[str]) -> None:
    """An item without an activity of its own continues the one before: the same thing, direction and person."""
    if not draft.core:
        draft.core, draft.note, draft.direction = before.core, before.note, before.direction
        draft.person = draft.person or before.person
        draft.account, draft.counter = draft.account or before.account, draft.counter or before.counter
        return
    if not before.direction.kinds <= DEBTS:
        return
    start, end = bare(words, draft.clause.start, draft.clause.end)
    plain = [w for w in words[start:end] if w.sort == "word"]
    n = person_at(plain, 0, people)
    if n and n == len(plain):
        draft.direction, draft.person = before.direction, as_typed(plain, line.typed)


def _carry_back(words: Sequence[Word], clauses: Sequence[Clause], drafts: list[_Draft]) -> None:
    """A day that closes the sentence is that of all its items if no other was named."""
    if len(drafts) < 2 or drafts[-1].day is None or any(draft.day is not None for draft in drafts[:-1]):
        return
    last = clauses[-1]
    tail = words[last.paid.at + 1 :]
    if any(word.sort == "date" for word in tail):
        for draft in drafts[:-1]:
            draft.day = drafts[-1].day


def _item(draft: _Draft, today: date) -> Item:
    day = draft.day if draft.day is not None else one(today)
    doubts = [] if draft.core else [Doubt("expenses.thing_missing")]
    if draft.clause.paid.maybe_not:
        doubts.append(Doubt(draft.clause.paid.maybe_not))
    return Item(
        draft.text,
        draft.core,
        draft.note,
        draft.clause.paid.money,
        day,
        draft.direction.kinds,
        draft.person,
        draft.account,
        draft.counter,
        tuple(doubts),
    )


def _sum_questions(items: Sequence[Item], sums: Sequence[tuple[int, Money]]) -> tuple[Doubt, ...]:
    """A stated total that isn't the sum of the items."""
    if len(sums) != 1 or any(not item.money.certain for item in items):
        return ()
    stated = sums[0][1]
    values = [item.money.value for item in items]
    if any(value is None or value.currency != stated.currency for value in values):
        return ()
    total = sum(value.amount for value in values if value)
    if total == stated.amount:
        return ()
    return (Doubt("expenses.sum_differs", {"stated": stated.amount, "sum": total, "currency": stated.currency}),)


def _correction(line: Line, words: list[Word], today: date, people: Collection[str]) -> SentenceReading:
    """What a follow-up sets right; everything else stays unsaid."""
    paid, _ = settle(words)
    money: Readings[Money] = paid[-1].money if paid else none(UNSAID)
    day = _day_in(words, today, frozenset())
    thing = said_thing([word for word in words if word.sort != "amount"])
    core = replace_spaces(line, thing)
    direction = direct(thing, people) if thing else Direction(frozenset())
    kinds = frozenset() if direction.kinds == OPEN else direction.kinds
    person = as_typed(thing[direction.person[0] : direction.person[1]], line.typed) if direction.person else ""
    account, counter, _way = accounts(thing, direction.kinds)
    item = Item(line.typed, core, core, money, day or none(UNSAID), kinds, person, account, counter)
    return SentenceReading(line.typed, "correct", (item,))


def replace_spaces(line: Line, words: Sequence[Word]) -> str:
    return " ".join(" ".join(line.typed[word.start : word.end] for word in words).split())
