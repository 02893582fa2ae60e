"""Who bought: the same person in every purchase, and nobody where nobody is known."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypeVar

from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from toolkit.kpi.model import SaleKind, Status

Buyer: TypeAlias = tuple[str, int, str]
"""The engagement, the contact's number (0: none kept), and the folded name where no contact is kept."""
TYPED: Final = "log"
"""The source of what a member typed."""


class SaleFacts(Protocol):
    """What is looked at of a sale or a refund: `Sale` has it, and so has what is read of books of a million sales."""

    @property
    def engagement(self) -> str: ...
    @property
    def kind(self) -> SaleKind: ...
    @property
    def status(self) -> Status: ...
    @property
    def ordered(self) -> date: ...
    @property
    def amount(self) -> int: ...
    @property
    def share(self) -> int: ...
    @property
    def customer(self) -> int: ...
    @property
    def customer_name(self) -> str: ...
    @property
    def referral(self) -> bool: ...
    @property
    def referrer(self) -> str: ...
    @property
    def repeat(self) -> bool: ...


B = TypeVar("B", bound=SaleFacts)

# What shops write where they don't know who bought.
_NOBODY: Final = frozenset({
    "", "khach le", "khach vang lai", "khach hang le", "khach mua le", "khach", "khach hang", "khach la", "guest",
    "walk in", "walk in customer", "anonymous", "unknown", "an danh", "khong ten", "n a", "na", "none", "null",
})  # fmt: skip


@lru_cache(maxsize=16384)
def is_nobody(name: str) -> bool:
    """Whether a name stands for no particular person, such as "Khách lẻ"."""
    return search_key(name) in _NOBODY


def buyer(sale: SaleFacts) -> Buyer | None:
    """Who bought, None where nobody is known. A contact is known by its number, so that equal names with different
    phones or accounts stay apart; a name alone by its letters, with or without marks."""
    if is_nobody(sale.customer_name) and (sale.customer_name or not sale.customer):
        return None
    return (sale.engagement, sale.customer, "" if sale.customer else search_key(sale.customer_name))


def purchases(sales: Iterable[B], until: date) -> Iterator[B]:
    """The sales that are done and lie before day `until`: refunds, open and cancelled orders are no purchases."""
    return (sale for sale in sales if sale.kind == "sale" and sale.status == "done" and sale.ordered < until)
