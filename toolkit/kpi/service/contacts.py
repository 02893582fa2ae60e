"""Contacts: keeping them, and taking one's own along."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.hidden import shown
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.core.text import sort_key
from toolkit.kpi.book.contacts import alias_key, aliases
from toolkit.kpi.people.buyers import is_nobody
from toolkit.kpi.people.vcard import OPENING, Version, card, cards
from toolkit.kpi.service.customers import ContactChanged, hand_over
from toolkit.kpi.service.finding import digits_of, someone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from toolkit.core.dates import Clock
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import Contact, ContactGroup

To = Literal["vcf", "csv"]
FIELDS: Final = ("name", "phone", "email", "address", "role", "group", "account", "referrer", "note", "own")
COLUMNS: Final = ("Tên", "Điện thoại", "E-mail", "Địa chỉ", "Vai trò", "Nhóm", "Tài khoản mua", "Người giới thiệu",
                  "Ghi chú")  # fmt: skip
"""The heading of every table of contacts that is written here."""
_LOOKED_AT: Final = 4096  # characters
_LEAST_DIGITS: Final = 3  # of a phone number that is searched for


@dataclass(frozen=True)
class ContactList:
    contacts: tuple[Contact, ...]


@dataclass(frozen=True)
class Exported:
    """How many contacts are in the file; `kept_back` are the company's and stay here, as do those whose names are
    `hidden` between %% and %%."""

    to: To
    file: Path
    contacts: int
    kept_back: int
    hidden: int


class Contacts:
    """The verbs on one book."""

    def __init__(self, book: KpiBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def listing(
        self, *, groups: Sequence[ContactGroup] = (), words: str = "", engagements: Sequence[str] = ()
    ) -> Outcome[ContactList]:
        """Contacts by name. `words` all stand somewhere in what is kept of them, or are a part of the phone number."""
        found: Iterable[Contact] = self._book.contacts(engagements=engagements, groups=groups, words=words)
        number = digits_of(words)
        if len(number) >= _LEAST_DIGITS and not words.strip("+ 0123456789.-()"):
            everybody = self._book.contacts(engagements=engagements, groups=groups)
            found = [one for one in everybody if number in digits_of(one.phone)]
        return Outcome(ContactList(tuple(sorted(found, key=lambda one: (sort_key(one.name), one.id)))))

    def add(self, contact: Contact) -> Outcome[ContactChanged]:
        """Keep somebody. ConflictError("kpi.contact_known") where the name, phone or account is somebody's already, and
        nothing tells the two apart."""
        if is_nobody(contact.name):
            raise UsageError("kpi.contact_needs_name", value=contact.name)
        known = self._book.contacts_like(contact.engagement, contact.name, contact.phone, contact.account)
        if known:
            raise ConflictError("kpi.contact_known", value=contact.name, id=known[0].id, name=known[0].name)
        with self._book.recording("contact", at=self._clock.now(), note=contact.name) as run:
            made = run.add(contact)
        return Outcome(ContactChanged("added", made))

    def edit(self, text: str, **fields: str | bool) -> Outcome[ContactChanged]:
        """Write these fields anew ("" empties one). The name stays on what was sold, as it was written then."""
        contact = someone(list(self._book.contacts()), text)
        if not fields:
            raise UsageError("kpi.contact_nothing_to_edit", id=contact.id)
        if "name" in fields and is_nobody(str(fields["name"])):
            raise UsageError("kpi.contact_needs_name", value=str(fields["name"]))
        with self._book.recording("contact", at=self._clock.now(), note=contact.name) as run:
            now = run.change(contact, **fields)
        changed = tuple(name for name in FIELDS if getattr(now, name) != getattr(contact, name))
        return Outcome(ContactChanged("edited" if changed else "unchanged", now, fields=changed))

    def delete(self, text: str) -> Outcome[ContactChanged]:
        """Forget somebody: what they bought stays, as bought by nobody known."""
        contact = someone(list(self._book.contacts()), text)
        with self._book.recording("contact", at=self._clock.now(), note=contact.name) as run:
            moved = hand_over(self._book, run, contact.id, 0)
            for alias in aliases(self._book.read(), contact.engagement):
                if alias.id == contact.id:
                    run.drop("kpi_known_as", **alias_key(alias))
            run.remove(contact)
        return Outcome(ContactChanged("deleted", contact, moved))

    def export(
        self,
        file: Path,
        to: To,
        *,
        label: Callable[[ContactGroup], str],
        version: Version = "4.0",
        groups: Sequence[ContactGroup] = (),
        engagements: Sequence[str] = (),
    ) -> Outcome[Exported]:
        """Write the member's own contacts to a file. The company's stay here, and a note says how many; what is hidden
        between %% and %% stays, too. An export may be written again; ConflictError("kpi.contacts_not_ours") where
        another file has that name, "kpi.contacts_none_own" where there is nothing to write."""
        if not may_be_written(file, to):
            raise ConflictError("kpi.contacts_not_ours", Place(file.name), value=file.name)
        known = self.listing(groups=groups, engagements=engagements).data.contacts
        companies = {id_ for id_, job in self._book.engagements().items() if not job.own_contacts}
        own = [one for one in known if one.own and one.engagement not in companies]
        leaving = [clear for one in own if (clear := _shown(one)).name]
        kept_back = len(known) - len(own)
        if not leaving:
            raise ConflictError("kpi.contacts_none_own", n=kept_back)
        if to == "vcf":
            from toolkit.disk.atomic import atomic_write

            atomic_write(file, cards((card(one, label(one.group)) for one in leaving), version))
        else:
            from toolkit.sheets.write import write_table

            write_table(file, [COLUMNS, *_rows(leaving, label)], kind="csv")
        hidden = len(own) - len(leaving)
        notes = [Problem("kpi.contacts_kept_back", params={"n": kept_back})] if kept_back else []
        notes += [Problem("kpi.contacts_hidden", params={"n": hidden})] if hidden else []
        return Outcome(Exported(to, file, len(leaving), kept_back, hidden), notes=tuple(notes))


def _shown(contact: Contact) -> Contact:
    """The contact as it may leave the machine. A mark that stands for a phone number (`imports.people`) stays here."""
    return replace(
        contact, name=shown(contact.name), phone=shown(contact.phone), email=shown(contact.email),
        address=shown(contact.address), role=shown(contact.role), note=shown(contact.note),
        account="" if contact.account.startswith("#") else shown(contact.account), referrer=shown(contact.referrer),
    )  # fmt: skip


def _rows(contacts: Iterable[Contact], label: Callable[[ContactGroup], str]) -> Iterable[list[str]]:
    for one in contacts:
        yield [
            one.name, one.phone, one.email, one.address, one.role, label(one.group), one.account, one.referrer,
            one.note,
        ]  # fmt: skip


def may_be_written(file: Path, to: To) -> bool:
    """Whether nothing is lost: there is no such file, an empty one, or an earlier export of the same sort."""
    from toolkit.disk.failures import disk_failures

    with disk_failures(file):
        if not file.is_file() or not file.stat().st_size:
            return True
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            begins = text.read(_LOOKED_AT)
    if to == "vcf":
        return any(begins.startswith(OPENING.format(version=version)) for version in ("3.0", "4.0"))
    try:
        return tuple(next(csv.reader(begins.splitlines()[:1]), ())) == COLUMNS
    except csv.Error as error:
        raise InputError("kpi.contacts_not_ours", Place(file.name), value=file.name) from error
