"""What is told of customers and contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.text import search_key
from toolkit.kpi.model import DEFAULT_ENGAGEMENT
from toolkit.kpi.service.finding import told_apart
from toolkit.kpi.views.shares import Dong, exact_json, half_up
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.kpi.model import Contact, Sale
    from toolkit.kpi.people.customers import Bought
    from toolkit.kpi.service.contacts import ContactList, Exported
    from toolkit.kpi.service.customers import ContactChanged, CustomerLine, CustomerList, CustomerPage
    from toolkit.shell.blocks import Block, Cell

_NARROW = 60
_SCREENFUL = 200  # lines; a shop's customers are a matter for a spreadsheet


def listing(width: int | None) -> Callable[[CustomerList], Iterator[Block]]:
    """One line a customer; on a narrow screen without the days."""
    wide = width is None or width >= _NARROW

    def view(found: CustomerList) -> Iterator[Block]:
        several = len(found.engagements) > 1
        codes = ["customer", "purchases", "amount", *(["first", "last"] if wide else []), *(["engagement"] * several)]
        right = ("purchases", "amount")
        columns = [Column(Words(f"kpi.heading_{code}"), "right" if code in right else "left") for code in codes]
        shown = found.lines[:_SCREENFUL]
        rows = [[cell for code, cell in _row(line, found).items() if code in codes] for line in shown]
        yield Table(columns, rows, empty=Words("kpi.no_customers"))
        if len(found.lines) > len(shown):
            yield Line(Words("kpi.more_customers", n=len(found.lines) - len(shown)))
        if found.nobody.purchases:
            yield Line(Words("kpi.nobody_bought", n=found.nobody.purchases, amount=Dong(found.nobody.amount)))
        if not several and found.total.purchases:
            yield Line(_sum(len(found.lines), found.total))

    return view


def _sum(people: int, total: Bought) -> Cell:
    cells: list[Cell] = [
        Words("kpi.customers_total", n=people), Words("kpi.purchases_total", n=total.purchases), Dong(total.amount)
    ]  # fmt: skip
    if total.refund_count:
        cells.append(Words("kpi.refunds_apart", amount=Dong(total.refunds)))
    return Joined(cells)


def _row(line: CustomerLine, found: CustomerList) -> dict[str, Cell]:
    bought, year = line.bought, found.this_year
    alike = search_key(line.name) in found.alike and line.contact is not None
    name: Cell = told_apart(line.contact) if alike and line.contact else line.name or Words("kpi.unnamed")
    return {
        "customer": name,
        "purchases": bought.purchases,
        "amount": Dong(bought.amount),
        "first": When(bought.first, this_year=year) if bought.first else None,
        "last": When(bought.last, this_year=year) if bought.last else None,
        "engagement": line.engagement,
    }


def spreadsheet(found: CustomerList) -> Iterator[Block]:
    """The same for a spreadsheet."""
    codes = ("id", "customer", "purchases", "amount", "refunds", "first", "last", "referrer", "engagement")
    rows: list[list[Cell]] = [
        [
            line.contact.id if line.contact else None, line.name, line.bought.purchases, half_up(line.bought.amount),
            half_up(line.bought.refunds), line.bought.first, line.bought.last, _referrer(line), line.engagement,
        ]
        for line in found.lines
    ]  # fmt: skip
    yield Table([Column(Words(f"kpi.heading_{code}")) for code in codes], rows)


def listing_json(found: CustomerList) -> dict[str, Any]:
    several = len(found.engagements) > 1
    return {
        "customers": [
            {
                "id": line.contact.id if line.contact else None,
                "name": line.name,
                "engagement": line.engagement,
                "group": line.contact.group if line.contact else None,
                "referrer": _referrer(line) or None,
                **bought_json(line.bought),
            }
            for line in found.lines
        ],
        "nobody": bought_json(found.nobody),
        "total": None if several else {"customers": len(found.lines), **bought_json(found.total)},
    }


def bought_json(bought: Bought) -> dict[str, Any]:
    return {
        "purchases": bought.purchases,
        "amount": exact_json(bought.amount),
        "refunds": exact_json(bought.refunds),
        "net": exact_json(bought.net),
        "open_orders": bought.open,
        "first": bought.first.isoformat() if bought.first else None,
        "last": bought.last.isoformat() if bought.last else None,
        "repeat": bought.came_back,
        "referral": bought.referral,
    }


def _referrer(line: CustomerLine) -> str:
    return line.bought.referrer or (line.contact.referrer if line.contact else "")


def page(found: CustomerPage) -> Iterator[Block]:
    """One contact and everything with them."""
    contact, bought, year = found.contact, found.bought, found.this_year
    yield Heading(contact.name)
    yield Pairs([*_known(contact), *_figures(bought, year)])
    if found.sales:
        columns = [Column(Words(f"kpi.heading_{code}"), "right" if code in ("id", "amount") else "left")
                   for code in ("id", "day", "what", "amount")]  # fmt: skip
        yield Table(columns, [_sale_row(sale, year) for sale in found.sales])
        if found.more:
            yield Line(Words("kpi.more_purchases", n=found.more))
    for deal in found.deals:
        amount = Dong(deal.amount) if deal.amount is not None else None
        what = Words(f"kpi.deal_is_{deal.outcome}")
        yield Line(Joined([Words("kpi.deal_number", id=deal.id), what, amount, When(deal.opened, this_year=year)]))
    for promise, stands in found.promises:
        yield Line(Joined([Words("kpi.promise_number", id=promise.id), promise.text,
                           Words(f"kpi.promise_is_{stands}")]))  # fmt: skip


def page_json(found: CustomerPage) -> dict[str, Any]:
    return {
        **contact_json(found.contact),
        **bought_json(found.bought),
        "paid": sum(one.amount for one in found.payments),
        "sales": [
            {"id": one.id, "kind": one.kind, "date": one.ordered.isoformat(), "amount": one.amount,
             "status": one.status, "products": [line.product for line in one.lines]}
            for one in found.sales
        ],
        "deals": [
            {"id": one.id, "outcome": one.outcome, "opened": one.opened.isoformat(), "amount": one.amount}
            for one in found.deals
        ],
        "promises": [
            {"id": one.id, "text": one.text, "due": one.due.isoformat() if one.due else None, "standing": stands}
            for one, stands in found.promises
        ],
    }  # fmt: skip


def _sale_row(sale: Sale, year: int) -> list[Cell]:
    what: Cell = sale.sentence or ", ".join(line.product for line in sale.lines) or sale.order
    amount = Dong(-sale.amount if sale.kind == "refund" else sale.amount)
    shown: Cell = what if sale.status == "done" else Joined([what, Words(f"kpi.status_is_{sale.status}")])
    return [sale.id, When(sale.ordered, this_year=year), shown, amount]


def _known(contact: Contact) -> Iterator[tuple[Cell, Cell]]:
    yield Words("kpi.heading_id"), contact.id
    yield Words("kpi.heading_group"), Words(f"kpi.group_{contact.group}")
    for name in ("role", "phone", "email", "address", "account", "referrer", "note"):
        if value := getattr(contact, name):
            yield Words(f"kpi.heading_{name}"), value
    if not contact.own:
        yield Words("kpi.heading_own"), Words("kpi.contact_of_company")


def _figures(bought: Bought, year: int) -> Iterator[tuple[Cell, Cell]]:
    if bought.purchases:
        yield Words("kpi.heading_purchases"), bought.purchases
        yield Words("kpi.heading_amount"), Dong(bought.amount)
    if bought.refund_count:
        yield Words("kpi.heading_refunds"), Dong(bought.refunds)
    if bought.first and bought.last:
        yield Words("kpi.heading_first"), When(bought.first, this_year=year)
        yield Words("kpi.heading_last"), When(bought.last, this_year=year)
    if bought.referral:
        yield Words("kpi.heading_referral"), bought.referrer or Words("kpi.referred_by_somebody")
    if bought.open:
        yield Words("kpi.heading_open_orders"), bought.open


def contacts(found: ContactList) -> Iterator[Block]:
    """Contacts by name, without what is private to look at on a shared screen: `show` tells it."""
    simple = all(one.own and one.engagement == DEFAULT_ENGAGEMENT for one in found.contacts)
    codes = ("id", "customer", "group", "engagement")[: 3 if simple else 4]
    columns = [Column(Words(f"kpi.heading_{code}"), "right" if code == "id" else "left") for code in codes]
    rows = [_contact_row(one)[: len(codes)] for one in found.contacts]
    yield Table(columns, rows, empty=Words("kpi.no_contacts"))


def _contact_row(contact: Contact) -> list[Cell]:
    job = "" if contact.engagement == DEFAULT_ENGAGEMENT else contact.engagement
    whose = None if contact.own else Words("kpi.contact_of_company")
    return [contact.id, contact.name, Words(f"kpi.group_{contact.group}"), Joined([job, whose])]


def contacts_json(found: ContactList) -> list[dict[str, Any]]:
    return [contact_json(one) for one in found.contacts]


def contact_json(contact: Contact) -> dict[str, Any]:
    given = {name: getattr(contact, name) or None
             for name in ("role", "phone", "email", "address", "account", "referrer", "note")}  # fmt: skip
    return {
        "id": contact.id,
        "name": contact.name,
        "engagement": contact.engagement,
        "group": contact.group,
        "own": contact.own,
        **given,
    }


def changed(done: ContactChanged) -> Iterator[Block]:
    """One receipt line, and how to take it back."""
    other = told_apart(done.other) if done.other else ""
    group = Words(f"kpi.group_{done.contact.group}")
    yield Line(Words(f"kpi.contact_{done.done}", name=told_apart(done.contact), n=done.moved, other=other, group=group))
    if done.done != "unchanged":
        yield Note(Words("kpi.undo_hint"))


def changed_json(done: ContactChanged) -> dict[str, Any]:
    return {
        "done": done.done,
        "contact": contact_json(done.contact),
        "moved": done.moved,
        "other": done.other.id if done.other else None,
        "fields": list(done.fields),
    }


def exported(done: Exported) -> Iterator[Block]:
    yield Line(Words("kpi.contacts_exported", n=done.contacts, file=str(done.file)))


def exported_json(done: Exported) -> dict[str, Any]:
    return {
        "to": done.to,
        "file": str(done.file),
        "contacts": done.contacts,
        "kept_back": done.kept_back,
        "hidden": done.hidden,
    }
