"""What a line of a statement becomes: an entry as it would be written, sorted by the same judge as a typed sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.expenses.accounts import ELSEWHERE
from toolkit.expenses.model import DEBTS, Doubt, Draft, Guess, Kind, Sorting
from toolkit.expenses.sentence import kinds_of, read_sentence
from toolkit.expenses.statements.descriptions import Described, is_person, understand
from toolkit.expenses.statements.moves import Move, Owns, moved
from toolkit.expenses.statements.phrases import category_by_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.expenses.service.understanding import Known, Sorts
    from toolkit.expenses.statements import Line

_MIRROR: Final = {
    Kind.REPAY: Kind.COLLECT,
    Kind.COLLECT: Kind.REPAY,
    Kind.LEND: Kind.BORROW,
    Kind.BORROW: Kind.LEND,
}
_OUT: Final = frozenset({Kind.EXPENSE, Kind.LEND, Kind.REPAY})
_IN: Final = frozenset({Kind.INCOME, Kind.BORROW, Kind.COLLECT})
_FEE_NOTE: Final = "Phí ngân hàng"
_SURE_BARE: Final = ("memory", "near")
"""Who may be sure of a line that says nothing but that money moved: only the member's own lessons."""


class Drafter:
    """Drafts entries of lines. Remembers what it has read and sorted: statements say the same again and again."""

    def __init__(self, sorter: Sorts, known: Known, owns: Owns, holders: Mapping[str, str]) -> None:
        """`holders` are the owners of the accounts, by account, where statements name them."""
        self._sorter = sorter
        self._known = known
        self._owns = owns
        self._holders = holders
        self._sorted: dict[tuple[str, frozenset[Kind]], Sorting] = {}
        self._kinds: dict[str, frozenset[Kind]] = {}
        self._described: dict[tuple[str, str, str, bool], Described] = {}

    def described(self, account: str, line: Line) -> Described:
        """What a line's description says."""
        key = account, line.description, line.name, line.amount > 0
        said = self._described.get(key)
        if said is None:
            holder = self._holders.get(account, "")
            said = understand(line.description, incoming=line.amount > 0, name=line.name, holder=holder)
            self._described[key] = said
        return said

    def move(self, account: str, line: Line) -> Move | None:
        """Where the money of a line came from or went to, if that is the member's own."""
        return moved(line, self.described(account, line), account, self._owns)

    def draft(self, account: str, line: Line, move: Move | None) -> tuple[Draft | None, tuple[Draft, ...]]:
        """The entry of a line (None where only a fee was taken), and those of its fee."""
        fees = (fee_draft(account, line, -line.fee),) if line.fee else ()
        if not line.amount:
            return (fees[0], ()) if fees else (None, ())
        if move is not None:
            return self._transfer(account, line, move), fees
        return self._plain(account, line), fees

    def _transfer(self, account: str, line: Line, move: Move) -> Draft:
        said = self.described(account, line)
        out, into = (account, move.counter) if line.amount < 0 else (move.counter, account)
        doubts = _unproven(line)
        if move.counter == ELSEWHERE:
            doubts += (Doubt("expenses.statement_other_side"),)
        return Draft(
            day=line.day, kind=Kind.TRANSFER, category="transfer", amount=abs(line.amount), currency=line.currency,
            account=out, counter=into, note=said.note, sentence=line.description, core=said.core,
            needs_confirm=bool(doubts), confidence=1.0, doubts=doubts,
        )  # fmt: skip

    def _plain(self, account: str, line: Line) -> Draft:
        said = self.described(account, line)
        incoming = line.amount > 0
        kind = self._kind(said, incoming=incoming)
        ruled = self._ruled(said, line)
        if ruled is not None:
            kind, sorting = Kind.INCOME if incoming else Kind.EXPENSE, ruled
        elif kind in DEBTS:
            sorting = Sorting((Guess(kind.value, 1.0),), sure=True, by="rule")
        else:
            sorting = self._sort(said.core, frozenset({kind}))
        sure = sorting.sure and (not said.bare or sorting.by in _SURE_BARE or ruled is not None)
        person = said.name if is_person(said.name) else ""
        if kind in DEBTS and not person:
            person = self._person_in(said, line)
        doubts = _unproven(line)
        if not sure:
            doubts += (Doubt("expenses.category_unsure"),)
        return Draft(
            day=line.day,
            kind=self._known.kind_of(sorting.category) or kind,
            category=sorting.category,
            amount=abs(line.amount),
            currency=line.currency,
            account=account,
            person=person,
            note=said.note,
            sentence=line.description,
            core=said.core,
            needs_confirm=bool(doubts),
            confidence=sorting.probability,
            doubts=doubts,
        )

    def _ruled(self, said: Described, line: Line) -> Sorting | None:
        """What the bank's own words say for certain; the member's own lessons about the same words go first."""
        incoming = line.amount > 0
        category = category_by_words(line.description, incoming=incoming)
        usual = Kind.INCOME if incoming else Kind.EXPENSE
        if category is None or self._known.kind_of(category) is not usual:
            return None
        learned = self._sort(said.core, frozenset({usual}))
        return learned if learned.by in _SURE_BARE else Sorting((Guess(category, 1.0),), sure=True, by="rule")

    def _kind(self, said: Described, *, incoming: bool) -> Kind:
        """The direction, by the sign; a debt where the words say so. What came in was worded by the payer: their
        lending is the member's borrowing."""
        usual = Kind.INCOME if incoming else Kind.EXPENSE
        if said.bare:
            return usual
        kinds = self._kinds.get(said.core)
        if kinds is None:
            kinds = self._kinds[said.core] = kinds_of(said.core)
        if len(kinds) != 1:
            return usual
        (kind,) = kinds
        if kind not in DEBTS:
            return usual
        allowed = _IN if incoming else _OUT
        return kind if kind in allowed else _MIRROR[kind] if _MIRROR[kind] in allowed else usual

    def _person_in(self, said: Described, line: Line) -> str:
        """Whoever the words name: "tra no chi hoa"."""
        reading = read_sentence(f"{said.core} 1000000đ", today=line.day, people=self._known.people)
        return reading.items[0].person if len(reading.items) == 1 else ""

    def _sort(self, core: str, kinds: frozenset[Kind]) -> Sorting:
        known = self._sorted.get((core, kinds))
        if known is None:
            known = self._sorted[core, kinds] = self._sorter.sort(core, kinds)
        return known


def transfer_draft(drafter: Drafter, out: str, into: str, sent: Line, came: Line) -> Draft:
    """One transfer of two lines: what came in is what was moved."""
    said = drafter.described(out, sent)
    return Draft(
        day=min(sent.day, came.day), kind=Kind.TRANSFER, category="transfer", amount=came.amount,
        currency=sent.currency, account=out, counter=into, note=said.note, sentence=sent.description, core=said.core,
    )  # fmt: skip


def fee_draft(account: str, line: Line, fee: int) -> Draft:
    """What a bank kept, as an expense of its own; `fee` above zero. A fee that was given back is income."""
    kind, category = (Kind.EXPENSE, "finance") if fee > 0 else (Kind.INCOME, "other_income")
    return Draft(
        day=line.day, kind=kind, category=category, amount=abs(fee), currency=line.currency, account=account,
        note=_FEE_NOTE, sentence=line.description, core="phí ngân hàng",
    )  # fmt: skip


def _unproven(line: Line) -> tuple[Doubt, ...]:
    return (Doubt("expenses.statement_unproven"),) if line.unproven else ()
