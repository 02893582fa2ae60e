"""The categories: 29 leaves under 14 parents, and those that a member adds."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from toolkit.expenses.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Category:
    """A leaf. `label` is the member's own word for a category they added; the shipped ones speak from the catalogue
    (`expenses.category.<id>`, parents `expenses.parent.<id>`)."""

    id: str
    parent: str
    kind: Kind
    label: str = ""


def _leaves(parent: str, kind: Kind, *ids: str) -> list[Category]:
    return [Category(id_, parent, kind) for id_ in ids]


SHIPPED: Final[tuple[Category, ...]] = (
    *_leaves("eating", Kind.EXPENSE, "food", "groceries"),
    *_leaves("moving", Kind.EXPENSE, "transport"),
    *_leaves("home", Kind.EXPENSE, "housing", "utilities"),
    *_leaves("buying", Kind.EXPENSE, "shopping", "beauty"),
    *_leaves("wellbeing", Kind.EXPENSE, "health"),
    *_leaves("learning", Kind.EXPENSE, "education"),
    *_leaves("fun", Kind.EXPENSE, "entertainment", "travel"),
    *_leaves("household", Kind.EXPENSE, "children", "family", "pets"),
    *_leaves("ceremonies", Kind.EXPENSE, "gifts"),
    *_leaves("money", Kind.EXPENSE, "finance"),
    *_leaves("work", Kind.EXPENSE, "business"),
    *_leaves("rest", Kind.EXPENSE, "other"),
    *_leaves(
        "earnings",
        Kind.INCOME,
        *("salary", "bonus", "sales_income", "investment_income", "gift_income", "other_income"),
    ),
    *(Category(kind.value, "debts", kind) for kind in (Kind.LEND, Kind.BORROW, Kind.REPAY, Kind.COLLECT)),
    *_leaves("moves", Kind.TRANSFER, "transfer"),
)

PARENTS: Final[tuple[str, ...]] = tuple(dict.fromkeys(category.parent for category in SHIPPED))
LEAVES: Final[Mapping[str, Category]] = MappingProxyType({category.id: category for category in SHIPPED})


def leaves_of(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """The ids of the shipped leaves of these kinds, in their order."""
    wanted = frozenset(kinds)
    return tuple(category.id for category in SHIPPED if category.kind in wanted)
