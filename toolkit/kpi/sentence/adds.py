"""Whether a part of a line only adds to the thing before it: its price, what is taken off, whose parcel it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.kpi.sentence import declines, prices
from toolkit.kpi.sentence.told import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import ItemKind
    from toolkit.kpi.sentence.items import Draft
    from toolkit.kpi.sentence.told import Told


def only_adds(said: Told, before: Draft) -> bool:
    """`lấy 10 lọ, trừ 100k`; `khách bom hàng, đơn 250k của chị Sen coi như bỏ`."""
    if before.kind == "sale" and said.words[0].text in ("trừ", "tru"):
        return True
    kinds = {head.kind for head in said.heads}
    if before.kind == "refund" and not has_amount(before) and kinds == {"payment"}:
        return not any(party.end <= said.heads[0].start for party in said.parties)  # "…, trả chị 1tr650"
    return before.kind == "lost" and kinds <= {"order", "lost"} and _unclaimed(before)


def completes(said: Told, before: Draft) -> bool:
    """`khách trả hàng, phải hoàn 280k`: what had to be given back is the amount of what was brought back."""
    return before.kind == "refund" and not has_amount(before) and any(head.kind == "refund" for head in said.heads)


def turned(before: Draft | None, kind: ItemKind, words: Sequence[Word]) -> bool:
    """Whether a part makes another thing of the one before: a cancelled order paid back, an order that was boomed."""
    if before is None:
        return False
    if kind == "refund":
        return before.kind == "lost" and not has_amount(before)  # "khách hủy 1 vé, hoàn lại 2tr"
    ordered = before.kind == "sale" and before.words[0].text in ("đơn", "don")
    joined = before.words[-1].text in ("của", "cua") or words[0].text in ("bị", "bi")
    return kind == "lost" and ordered and joined


def has_amount(draft: Draft) -> bool:
    return any(
        word.sort == "amount" and prices.role_of(draft.words, i) in ("goods", "sum")
        for i, word in enumerate(draft.words)
    )


def new_customer(said: Told) -> bool:
    return any(not party.nobody for party in said.parties)


def _unclaimed(before: Draft) -> bool:
    """`khách bom hàng, đơn 250k của chị Sen coi như bỏ`: whose parcel it was is told behind."""
    return (
        declines.LEFT_PARCELS.has(before.words) and not has_amount(before) and not new_customer(told(before.words, ()))
    )


def adds_price(before: Draft | None, said: Told, priced: Sequence[int]) -> bool:
    return (
        before is not None
        and before.kind == "sale"
        and not has_amount(before)
        and bool(priced)
        and not new_customer(said)
    )
