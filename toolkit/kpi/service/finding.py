"""Whom a member means: a number, a name, the end of a phone number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.text import clean, search_key
from toolkit.kpi.model import DEFAULT_ENGAGEMENT
from toolkit.kpi.people.buyers import is_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.kpi.book import KpiBook, Recording
    from toolkit.kpi.model import Contact, Engagement

_MOST_NAMED: Final = 6
_PHONE_DIGITS: Final = 8  # at least; fewer are the number of a contact


def digits_of(text: str) -> str:
    """The digits of a phone number, +84 as 0."""
    found = "".join(character for character in text if character.isascii() and character.isdigit())
    return f"0{found[2:]}" if found.startswith("84") and len(found) > _PHONE_DIGITS + 2 else found


def told_apart(contact: Contact) -> str:
    """A contact as one of several: `12 chị Hoa (…456)`, by as little of a phone number as tells them apart."""
    account = "" if contact.account.startswith("#") else contact.account  # a mark that stands for a phone number
    known = f"…{digits_of(contact.phone)[-3:]}" if contact.phone else account or contact.role
    return f"{contact.id} {contact.name}" + (f" ({known})" if known else "")


def someone(contacts: Sequence[Contact], text: str) -> Contact:
    """The one contact that `text` names, by number, by name with or without marks, or by phone number.

    ConflictError: "kpi.person_unknown", or "kpi.person_several" with who they are.
    """
    typed = clean(text).removeprefix("#")
    if typed.isascii() and typed.isdigit() and len(typed) < _PHONE_DIGITS:
        found = [one for one in contacts if one.id == int(typed)]
    else:
        found = _named(contacts, typed)
    if not found:
        raise ConflictError("kpi.person_unknown", value=typed)
    return _the_one(found, typed)


def _the_one(found: Sequence[Contact], typed: str) -> Contact:
    if len(found) == 1:
        return found[0]
    shown = " / ".join(told_apart(one) for one in found[:_MOST_NAMED])
    raise ConflictError("kpi.person_several", value=typed, people=shown, id=found[0].id)


def with_whom(book: KpiBook, engagement: str, text: str) -> tuple[Contact | None, str]:
    """Whom something is written down of: the contact, where they are known, and their name.

    A number is a contact's; a name that nobody has is somebody new (None), "" and "Khách lẻ" are nobody (None, ""). A
    name that several have is never guessed at: ConflictError("kpi.person_several").
    """
    typed = clean(text)
    if is_nobody(typed):
        return None, ""
    number = typed.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < _PHONE_DIGITS:
        contact = someone(list(book.contacts(engagements=[engagement])), number)
        return contact, contact.name
    found = book.contacts_like(engagement, typed)
    return (_the_one(found, typed) if found else None), typed


def _named(contacts: Sequence[Contact], typed: str) -> list[Contact]:
    number = digits_of(typed)
    if len(number) >= _PHONE_DIGITS and not search_key(typed).strip("0123456789 "):
        return [one for one in contacts if one.phone and digits_of(one.phone) == number]
    key = search_key(typed)
    if not key:
        return []
    tries = (
        [one for one in contacts if clean(one.name).casefold() == typed.casefold()],
        [one for one in contacts if search_key(one.name) == key],
        [one for one in contacts if one.account and search_key(one.account) == key],
        [one for one in contacts if f" {key} " in f" {search_key(one.name)} "],
    )
    return next((found for found in tries if found), [])


def is_own(book: KpiBook, engagement: str) -> bool:
    """Whether customers of this engagement are the member's own; they are where nothing else was said."""
    known = book.engagements().get(engagement)
    return known is None or known.own_contacts


def kept(book: KpiBook, run: Recording, engagement: str, contact: Contact | None, name: str) -> int:
    """The number of the contact that `with_whom` found, newly kept where it is somebody new; 0 for nobody."""
    if contact is not None or not name:
        return contact.id if contact else 0
    return run.contact(engagement, name, own=is_own(book, engagement)).id


def engagement_of(book: KpiBook, given: str) -> str:
    """The engagement that is meant: the one given by id or label, else the only one that hasn't ended.

    What was written down before there was any is found under DEFAULT_ENGAGEMENT.

    Engagements never mix, so where there are several one has to be named: UsageError("kpi.engagement_needed"), and
    "kpi.engagement_unknown" for one that there isn't.
    """
    known = book.engagements()
    if given:
        key = search_key(given)
        found = [id_ for id_, one in known.items() if key in (search_key(id_), search_key(one.label))]
        if len(found) == 1 or key == DEFAULT_ENGAGEMENT:
            return found[0] if found else DEFAULT_ENGAGEMENT
        raise UsageError("kpi.engagement_unknown", value=given, known=labels(known.values()) or DEFAULT_ENGAGEMENT)
    running = [id_ for id_, one in known.items() if one.ended is None] or list(known)
    if len(running) > 1:
        raise UsageError("kpi.engagement_needed", known=labels(known[id_] for id_ in running), id=running[0])
    return next(iter(running), DEFAULT_ENGAGEMENT)


def labels(engagements: Iterable[Engagement]) -> str:
    """Engagements as the member calls them, one after the other."""
    return ", ".join(one.label or one.id for one in engagements)
