"""A sentence becomes items: amounts, days, directions and people by grammar; the category is for others to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, overload

from toolkit.core.money import find_amounts, format_money
from toolkit.core.readings import Readings, none, one
from toolkit.core.sentences.days import happened_on
from toolkit.core.sentences.followup import corrects, said_thing
from toolkit.core.sentences.line import Lexicon, Line, Word, joined, price_start, read_line
from toolkit.core.sentences.people import as_typed, person_at
from toolkit.expenses.model import DEBTS, Doubt, Item, Kind, SentenceReading
from toolkit.expenses.sentence import intents, verbs
from toolkit.expenses.sentence.accounts import accounts
from toolkit.expenses.sentence.actors import OPEN, Direction
from toolkit.expenses.sentence.clauses import Clause, bare, divide, purpose
from toolkit.expenses.sentence.cores import companions, core_of, verbatim
from toolkit.expenses.sentence.days import dates_in, days_going_on, is_occasion
from toolkit.expenses.sentence.directions import direct
from toolkit.expenses.sentence.heads import another_meal, for_whom, named, under_head
from toolkit.expenses.sentence.settled import settle
from toolkit.expenses.sentence.turns import begins_with_turn, does, turn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.core.money import Money
    from toolkit.expenses.model import Intent

LONGEST: Final = 2000
"""Characters of a sentence. A longer text is a letter, and its amounts are nobody's purchases."""
UNSAID: Final = "expenses.unsaid"
"""The code of a money or day that a follow-up correction doesn't mention."""

_NEXT_DAY = Lexicon("hôm sau, ngày hôm sau, sáng hôm sau, bữa sau, ngày kế")
_SETTLING = frozenset({Kind.REPAY, Kind.COLLECT, Kind.EXPENSE, Kind.INCOME})
_NOW = frozenset({"mới", "trước", "bớt", "moi", "truoc", "bot"})
_PAYS = Lexicon("trả, gửi trả, trả lại, đưa lại")
_ANY_DAY = date(2026, 1, 1)  # a labelled phrase has no day of its own


@dataclass
class _Draft:
    """An item while its sentence is read. `spoilt`: why it is none; `dated`: its own clause names its day."""

    clause: Clause
    text: str
    core: str
    note: str
    direction: Direction
    person: str
    account: str
    counter: str
    day: Readings[date] | None = None
    spoilt: Intent | None = None


def read_sentence(text: str, *, today: date, xi: int | None = None, people: Collection[str] = ()) -> SentenceReading:
    """What a sentence says of money spent, earned, lent, moved: items in their order, or why there are none.

    `xi` is what the member means by one xị (10,000 or 100,000; None: ask). `people` are names that the member has used
    before, known without a capital. A text of more than LONGEST characters is not read. Never raises.

    A day carries forward to the items behind it; a day that closes the sentence, the only one in it, is that of all.
    Companions carry only from what sets the scene (a heading, a clause without an amount of its own) or to an item
    that names no activity of its own; so does the other side of a debt.

    With the intent "correct" there is one item that holds only what was said: a field that wasn't has no reading and
    the code UNSAID (money, day), or is empty (core, kinds, person, account).
    """
    if len(text) > LONGEST:
        return SentenceReading(text, "chat", questions=(Doubt("expenses.sentence_too_long", {"n": LONGEST}),))
    line = read_line(text)
    words = _with_amounts_and_dates(line, today, xi)
    reader = _Reader(line, words, today, frozenset(name.lower() for name in people))
    return reader.correction() if corrects(words) else reader.record()


def phrase_core(text: str) -> str:
    """A labelled phrase cut as the core of a clause is: no amounts, dates, companions, ways of paying."""
    line = read_line(text[:LONGEST])
    words = _with_amounts_and_dates(line, _ANY_DAY, None, bare_numbers=False)
    plain = _only_words(words)
    _account, _counter, way = accounts(plain, direct(plain).kinds)
    return core_of(line, words, (), without=plain[way[0] : way[1]] if way else ())


def kinds_of(text: str, people: Collection[str] = ()) -> frozenset[Kind]:
    """The directions that the grammar of a phrase leaves open."""
    words = _with_amounts_and_dates(read_line(text[:LONGEST]), _ANY_DAY, None, bare_numbers=False)
    return direct(_only_words(words), people).kinds


def _with_amounts_and_dates(line: Line, today: date, xi: int | None, *, bare_numbers: bool = True) -> list[Word]:
    """The words of a line with its amounts and dates as one word each. A date isn't looked at for amounts."""
    dates = [(place.start, place.end, place) for place in dates_in(line.text, today)]
    hidden = line.text
    for start, end, _place in dates:
        hidden = hidden[:start] + " " * (end - start) + hidden[end:]
    amounts = find_amounts(hidden, bare="thousands" if bare_numbers else "no", xi=xi)
    dates += days_going_on(line.text, dates, amounts, today)
    taken = [(price_start(amount), amount.end, amount) for amount in amounts]
    free = [d for d in dates if not any(d[0] < end and start < d[1] for start, end, _ in taken)]
    return joined(line, taken, free)


def _only_words(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.sort in ("word", "digits")]


@dataclass(frozen=True)
class _Reader:
    """One sentence and what is known around it."""

    line: Line
    words: list[Word]
    today: date
    people: frozenset[str]

    def record(self) -> SentenceReading:
        paid, sums = settle(self.words)
        clauses = divide(self.words, paid)
        drafts = self._drafts(clauses)
        kept = [draft for draft in drafts if draft.spoilt is None]
        if not kept:
            intent = next((draft.spoilt for draft in drafts if draft.spoilt), None)
            intent = intent or intents.of_sentence(self.words, has_amounts=bool(drafts))
            return SentenceReading(self.line.typed, intent)
        items = tuple(map(self._item, kept))
        return SentenceReading(self.line.typed, "record", items, _sum_questions(items, sums))

    def correction(self) -> SentenceReading:
        """What a follow-up sets right; everything else stays unsaid."""
        paid, _sums = settle(self.words)
        thing = said_thing([word for word in self.words if word.sort != "amount"])
        core = verbatim(self.line, thing)
        direction = direct(thing, self.people) if thing else Direction(frozenset())
        account, counter, _way = accounts(thing, direction.kinds)
        item = Item(
            text=self.line.typed,
            core=core,
            note=core,
            money=paid[-1].money if paid else none(UNSAID),
            day=_first(self._day(self.words), none(UNSAID)),
            kinds=frozenset() if direction.kinds == OPEN else direction.kinds,
            person=self._span(thing, direction.person),
            account=account,
            counter=counter,
        )
        return SentenceReading(self.line.typed, "correct", (item,))

    def _drafts(self, clauses: Sequence[Clause]) -> list[_Draft]:
        drafts: list[_Draft] = []
        carried: Readings[date] | None = None
        spoilt: Intent | None = None
        scene, heading = "", (0, 0)
        for clause in clauses:
            inside = self.words[clause.start : clause.end]
            above = self.words[clause.heading[0] : clause.heading[1]]
            if clause.heading != heading:
                heading = clause.heading
                carried = _first(self._day(above), carried)
                scene = self._company(above)
            draft = self._draft(clause, inside, above)
            reason = intents.spoils([*above, *inside], len(above) + clause.paid.at - clause.start, self.today)
            if drafts and reason == "question" and intents.alternative(inside):
                drafts[-1].spoilt = reason
            said = self._day(inside, draft.direction.kinds, carried)
            if said is not None and not said and turn(inside[: clause.paid.at - clause.start]):
                said = None  # "hôm bữa kêu hết tiền mà nay cho My mượn": the vague day is that of before the turn
            spoilt = reason if clause is clauses[0] else spoilt
            carries = said is None and not begins_with_turn(inside) and (spoilt != "chat" or not does(inside))
            draft.spoilt = reason or (spoilt if carries else None)
            draft.day = carried = _first(said, carried)
            if drafts:
                self._inherit(draft, drafts[-1], drafts)
            scene = scene or self._scene(inside, clause.paid.at - clause.start)
            draft.person = draft.person or scene
            drafts.append(draft)
        self._carry_back(clauses, drafts)
        return drafts

    def _draft(self, clause: Clause, inside: Sequence[Word], above: Sequence[Word]) -> _Draft:
        plain = _only_words(inside)
        told, direction = self._direction(inside, clause.paid.at - clause.start)
        account, counter, way = accounts(plain, direction.kinds)
        way_words = plain[way[0] : way[1]] if way else []
        person = self._span(told, direction.person)
        if not person and not direction.kinds & DEBTS:
            person = self._company(inside)
        settled = clause.paid.reckoned or bool(clause.paid.taken)
        core = core_of(self.line, inside, self.people, without=way_words, settled=settled)
        note = core_of(self.line, inside, self.people, without=way_words, company=True, settled=settled)
        if purpose(self.words, clause.heading):
            core = f"{core_of(self.line, above, self.people)} {core}".strip()
        start, end = 0, len(inside)
        while start < end - 1 and inside[start].sort == "sign":
            start += 1
        while end > start + 1 and inside[end - 1].sort == "sign":
            end -= 1
        text = self.line.typed[inside[start].start : inside[end - 1].end]
        return _Draft(clause, text, core, note or core, direction, person, account, counter)

    def _direction(self, inside: Sequence[Word], at: int) -> tuple[list[Word], Direction]:
        """The direction of a clause, and the words that it was read from: those behind the last turn; where they leave
        it open, those behind the last comma ("mẹ gọi báo điện hỏng, mình gửi mẹ 500k")."""
        turned = turn(inside[:at])
        told = _only_words(inside[turned:])
        direction = direct(told, self.people)
        if turned and not direction.person:
            before = _only_words(inside)
            whole = direct(before, self.people)
            if whole.person and whole.kinds == {Kind.INCOME} and inside[turned - 1].text == "nay":
                return before, whole  # "má hứa hoài nay cho thiệt"
        comma = next((i for i in range(at - 1, 0, -1) if inside[i].sort == "sign"), 0)
        if not comma or direction.person:
            return told, direction
        near = _only_words(inside[comma:])
        nearer = direct(near, self.people)
        firm = verbs.CUSTOMERS.at(near, 0) or verbs.CUSTOMERS_MARKED.at(near, 0)
        if nearer.person or (len(nearer.kinds) == 1 and (firm or direction.kinds == OPEN)):
            return near, nearer
        return told, direction

    def _span(self, words: Sequence[Word], span: tuple[int, int] | None) -> str:
        return as_typed(words[span[0] : span[1]], self.line.typed) if span else ""

    def _company(self, words: Sequence[Word]) -> str:
        found = companions(words, self.people)
        return self._span(words, found[1:]) if found else ""

    def _scene(self, inside: Sequence[Word], at: int) -> str:
        """Whom a clause without an amount names at the beginning: "đi Đà Lạt với Lan, ăn phở 45k, cà phê 30k"."""
        comma = next((i for i in range(at - 1, 0, -1) if inside[i].text == ","), None)
        own = inside[comma + 1 : at] if comma else ()
        return self._company(inside[:comma]) if core_of(self.line, own, self.people) else ""

    def _day(
        self, words: Sequence[Word], kinds: frozenset[Kind] = frozenset(), before: Readings[date] | None = None
    ) -> Readings[date] | None:
        """The day that these words name, if they name one; `before` is the day named before them."""
        for i, word in enumerate(words):
            if before is not None and _NEXT_DAY.at(words, i):
                return before.map(lambda day: day + timedelta(days=1))
            if word.date is None or is_occasion(words, i, self.today) or intents.ahead(word, self.today):
                continue
            if not _of_the_debt(words, i, kinds) and not intents.promised(words, i):
                return happened_on(word.date, self.today)
        return None

    def _inherit(self, draft: _Draft, before: _Draft, earlier: Sequence[_Draft]) -> None:
        """An item without an activity of its own continues the one before: the same thing, direction and person."""
        if not draft.core and (meal := another_meal(self.words, draft.clause, [other.core for other in earlier])):
            draft.core = draft.note = meal
            draft.direction = Direction(frozenset({Kind.EXPENSE}))
            return
        if not draft.core:
            draft.core, draft.note, draft.direction = before.core, before.note, before.direction
            draft.person = draft.person or before.person
            draft.account, draft.counter = draft.account or before.account, draft.counter or before.counter
            return
        under_head(draft, before)
        if before.direction.kinds <= {Kind.LEND, Kind.BORROW} and draft.direction.kinds <= _SETTLING:
            self._settle_state(draft, before)
        start, end = bare(self.words, draft.clause.start, draft.clause.end)
        plain = [word for word in self.words[start:end] if word.sort == "word"]
        n = person_at(plain, 0, self.people)
        if n and n == len(plain) and before.direction.kinds <= DEBTS:
            draft.direction, draft.person = before.direction, as_typed(plain, self.line.typed)
        elif n and n == len(plain) and before.person and before.core.endswith(f" {before.person}"):
            draft.person = as_typed(plain, self.line.typed)  # "lì xì cháu Bi 100, cháu Na 100"
            draft.core = draft.note = before.core.removesuffix(before.person) + draft.person
            draft.direction = before.direction
        elif (
            plain
            and named(plain, 0, self.people) == len(plain)
            and (head := for_whom(before.core, before.clause, self.words, self.people))
        ):
            person = as_typed(plain, self.line.typed)
            draft.core, draft.note, draft.direction = f"{head} {person}", f"{head} {person}", before.direction
            draft.person = person if before.person else draft.person

    def _settle_state(self, draft: _Draft, before: _Draft) -> None:
        """`Nam nợ 500k mà nay mới trả 200k`: the first tells what is owed, only the second is new."""
        inside = self.words[draft.clause.start : draft.clause.end]
        if not (begins_with_turn(inside) or any(word.text in _NOW for word in inside)) or not _PAYS.has(inside):
            return
        before.spoilt = "chat"
        if before.direction.kinds == {Kind.LEND} and not draft.person:
            draft.direction, draft.person = Direction(frozenset({Kind.COLLECT})), before.person

    def _carry_back(self, clauses: Sequence[Clause], drafts: list[_Draft]) -> None:
        """A day that closes the sentence is that of all its items if no other was named."""
        if len(drafts) < 2 or drafts[-1].day is None or any(draft.day is not None for draft in drafts[:-1]):
            return
        if any(word.sort == "date" for word in self.words[clauses[-1].paid.at + 1 :]):
            for draft in drafts[:-1]:
                draft.day = drafts[-1].day

    def _item(self, draft: _Draft) -> Item:
        doubts = [] if draft.core else [Doubt("expenses.thing_missing")]
        if draft.clause.paid.maybe_not:
            doubts.append(Doubt(draft.clause.paid.maybe_not))
        return Item(
            text=draft.text,
            core=draft.core,
            note=draft.note,
            money=draft.clause.paid.money,
            day=_first(draft.day, one(self.today)),
            kinds=draft.direction.kinds,
            person=draft.person,
            account=draft.account,
            counter=draft.counter,
            doubts=tuple(doubts),
        )


@overload
def _first(said: Readings[date] | None, other: Readings[date]) -> Readings[date]: ...
@overload
def _first(said: Readings[date] | None, other: Readings[date] | None) -> Readings[date] | None: ...
def _first(said: Readings[date] | None, other: Readings[date] | None) -> Readings[date] | None:
    """What was said, even where it can't be read, else the other."""
    return other if said is None else said


def _of_the_debt(words: Sequence[Word], i: int, kinds: frozenset[Kind]) -> bool:
    """`trả Lan tiền cơm hôm qua`: the day of the meal, not of paying it back."""
    if not kinds & {Kind.REPAY, Kind.COLLECT} or kinds - DEBTS:
        return False
    start = i
    while start > 0 and words[start - 1].sort == "word":
        start -= 1
    return any(word.text in ("tiền", "khoản", "tien", "khoan", "mượn", "vay", "muon") for word in words[start:i])


def _sum_questions(items: Sequence[Item], sums: Sequence[tuple[int, Money]]) -> tuple[Doubt, ...]:
    """A stated total that isn't the sum of the items."""
    values = [item.money.value for item in items]
    if len(sums) != 1 or any(value is None or value.currency != sums[0][1].currency for value in values):
        return ()
    stated, total = sums[0][1], sum(value.amount for value in values if value)
    if total == stated.amount:
        return ()
    shown = {name: format_money(value, stated.currency) for name, value in (("stated", stated.amount), ("sum", total))}
    return (Doubt("expenses.sum_differs", shown),)
