"""Customers: what each bought, who they are, putting two records together and taking them apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import search_key, sort_key
from toolkit.kpi.book.buying import glances
from toolkit.kpi.book.contacts import alias_row, aliases
from toolkit.kpi.model import Contact
from toolkit.kpi.people.customers import Bought, Customers, customers, together
from toolkit.kpi.people.deals import as_of
from toolkit.kpi.people.word import standing
from toolkit.kpi.service.finding import someone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook, Recording
    from toolkit.kpi.model import ContactGroup, Opportunity, Payment, Promise, Sale
    from toolkit.kpi.people.buyers import Buyer
    from toolkit.kpi.people.word import Standing

Sort = Literal["name", "amount", "last"]
_MOST_SHOWN: Final = 20  # purchases of one customer


@dataclass(frozen=True)
class CustomerLine:
    """One customer: the contact where one is kept, and what they bought."""

    name: str
    engagement: str
    bought: Bought
    contact: Contact | None = None


@dataclass(frozen=True)
class CustomerList:
    """Customers and what nobody known bought; `engagements` more than one where each line says which."""

    lines: tuple[CustomerLine, ...]
    nobody: Bought
    total: Bought
    sort: Sort
    this_year: int
    alike: frozenset[str] = frozenset()
    """Folded names that several customers have."""

    @property
    def engagements(self) -> frozenset[str]:
        return frozenset(line.engagement for line in self.lines)


@dataclass(frozen=True)
class CustomerPage:
    """Everything about one contact."""

    contact: Contact
    bought: Bought
    sales: tuple[Sale, ...]
    more: int
    payments: tuple[Payment, ...]
    deals: tuple[Opportunity, ...]
    promises: tuple[tuple[Promise, Standing], ...]
    this_year: int


@dataclass(frozen=True)
class ContactChanged:
    """What was done with a contact (`kpi.contact_<done>`) and how it is now; `moved` things now belong to them."""

    done: str
    contact: Contact
    moved: int = 0
    other: Contact | None = None
    fields: tuple[str, ...] = field(default=())


def listing(
    book: KpiBook,
    clock: Clock,
    since: date | None,
    until: date,
    *,
    sort: Sort = "name",
    engagements: Sequence[str] = (),
    groups: Sequence[ContactGroup] = (),
    everybody: bool = False,
) -> Outcome[CustomerList]:
    """Who bought from day `since` (None: ever) to before `until`; by name unless asked otherwise, so that nobody is
    ranked. `everybody`: also contacts who bought nothing."""
    contacts = {one.id: one for one in book.contacts(engagements=engagements)}
    found = customers(glances(book.read(), since, until, engagements=engagements), since, until)
    lines = [_line(who, bought, contacts) for who, bought in found.known.items()]
    if everybody:
        met = {line.contact.id for line in lines if line.contact}
        lines += [CustomerLine(one.name, one.engagement, Bought(one.name), one)
                  for one in contacts.values() if one.id not in met]  # fmt: skip
    if groups:
        lines = [line for line in lines if line.contact is not None and line.contact.group in groups]
        found = Customers({}, Bought())
    nobody = found.nobody
    named = Counter((line.engagement, search_key(line.name)) for line in lines)
    alike = frozenset(name for (_, name), count in named.items() if count > 1)
    total = together([nobody, *(line.bought for line in lines)])
    return Outcome(CustomerList(_sorted(lines, sort), nobody, total, sort, clock.today().year, alike))


def page(book: KpiBook, clock: Clock, text: str) -> Outcome[CustomerPage]:
    """Everything about one contact, up to today. ConflictError as `someone`."""
    contact = someone(list(book.contacts()), text)
    until = _tomorrow(clock)
    sales = list(book.sales(None, until, customer=contact.id))
    bought = sum(customers(sales, None, until).known.values(), Bought(contact.name))
    today = clock.today()
    deals = tuple(as_of(one, today) for one in book.opportunities(customer=contact.id) if one.opened <= today)
    promises = tuple((one, standing(one, today)) for one in book.promises(None, until, customer=contact.id))
    payments = tuple(book.payments(None, until, customer=contact.id))
    shown = tuple(sales[-_MOST_SHOWN:])
    return Outcome(
        CustomerPage(
            contact, bought, shown, len(sales) - len(shown), payments, deals, promises, clock.today().year
        )
    )  # fmt: skip


def merge(book: KpiBook, clock: Clock, one: str, into: str) -> Outcome[ContactChanged]:
    """Two records of one person become one: all that belongs to `one` belongs to `into`, which also takes the phone,
    address, e-mail and account that it lacks. A later import finds them under both.

    ConflictError: "kpi.person_unknown", "kpi.person_several", "kpi.merge_same", "kpi.merge_two_engagements".
    """
    known = list(book.contacts())
    gone, kept = someone(known, one), someone(known, into)
    if gone.id == kept.id:
        raise ConflictError("kpi.merge_same", value=one, id=gone.id)
    if gone.engagement != kept.engagement:
        raise ConflictError("kpi.merge_two_engagements", one=gone.engagement, other=kept.engagement)
    with book.recording("merge", at=clock.now(), note=f"{gone.name} → {kept.name}") as run:
        moved = hand_over(book, run, gone.id, kept.id)
        taken = {name: getattr(kept, name) or getattr(gone, name) for name in _FIELDS}
        note = "; ".join(dict.fromkeys(filter(None, (kept.note, gone.note))))
        now = run.change(kept, **taken, note=note, own=kept.own and gone.own)
        for alias in (gone, *(one for one in aliases(book.read(), gone.engagement) if one.id == gone.id)):
            run.put("kpi_known_as", alias_row(alias, kept.id))
        run.remove(gone)
    return Outcome(ContactChanged("merged", now, moved, gone))


def split(book: KpiBook, clock: Clock, text: str, sales: Sequence[int], name: str = "") -> Outcome[ContactChanged]:
    """Take purchases away from a contact and give them to a new one, who may be called the same.

    ConflictError("kpi.split_not_theirs") for a sale of somebody else, "kpi.number_unknown" for none.
    """
    contact = someone(list(book.contacts()), text)
    if not sales:
        raise UsageError("kpi.split_needs_sales", id=contact.id)
    found = [book.sale(number) for number in dict.fromkeys(sales)]
    for one in found:
        if one.customer != contact.id:
            raise ConflictError("kpi.split_not_theirs", value=str(one.id), id=one.id, name=contact.name)
    fresh = Contact(0, contact.engagement, name or contact.name, contact.group, own=contact.own)
    with book.recording("split", at=clock.now(), note=fresh.name) as run:
        made = run.add(fresh)
        for one in found:
            run.change(one, customer=made.id, customer_name=made.name)
    return Outcome(ContactChanged("split", made, len(found), contact))


def regroup(book: KpiBook, clock: Clock, text: str, group: ContactGroup) -> Outcome[ContactChanged]:
    """Put a contact into one of the groups."""
    contact = someone(list(book.contacts()), text)
    with book.recording("contact", at=clock.now(), note=contact.name) as run:
        now = run.change(contact, group=group)
    return Outcome(ContactChanged("grouped" if run.changes else "unchanged", now, fields=("group",) * run.changes))


_FIELDS: Final = ("phone", "address", "email", "account", "role", "referrer")


def hand_over(book: KpiBook, run: Recording, contact: int, to: int) -> int:
    """Give everything that belongs to one contact to another (0: to nobody known); names stay as they were written.
    How many things that were."""
    moved = 0
    for kind in (book.sales, book.payments, book.opportunities, book.activities, book.promises):
        things: list[Any] = list(kind(customer=contact))
        for one in things:
            run.change(one, customer=to)
        moved += len(things)
    return moved


def _line(who: Buyer, bought: Bought, contacts: dict[int, Contact]) -> CustomerLine:
    engagement, number, _ = who
    contact = contacts.get(number)
    return CustomerLine(contact.name if contact else bought.name, engagement, bought, contact)


def _sorted(lines: Sequence[CustomerLine], sort: Sort) -> tuple[CustomerLine, ...]:
    by_name = sorted(lines, key=lambda line: (sort_key(line.name), line.contact.id if line.contact else 0))
    if sort == "amount":
        by_name.sort(key=lambda line: line.bought.amount, reverse=True)
    elif sort == "last":
        by_name.sort(key=lambda line: line.bought.last.toordinal() if line.bought.last else 0, reverse=True)
    return tuple(by_name)


def _tomorrow(clock: Clock) -> date:
    return clock.today() + timedelta(days=1)
