"""What an export says, and the words that it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.expenses.ledger import Root
from toolkit.expenses.service.exporting import Labels
from toolkit.expenses.views.words import account_words, category_words, parent_words
from toolkit.shell.blocks import Line, Verbatim, Words, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account
    from toolkit.expenses.service.exporting import Exported
    from toolkit.shell.blocks import Block
    from toolkit.shell.messages import Messages


def labels(messages: Messages, accounts: Mapping[str, Account], categories: Mapping[str, Category]) -> Labels:
    """The words of an export in the member's language."""

    def capital(text: str) -> str:
        return text[:1].upper() + text[1:]

    return Labels(
        category=lambda id_: capital(said(category_words(id_, categories), messages)),
        parent=lambda id_: capital(said(parent_words(id_), messages)),
        account=lambda id_: capital(said(account_words(id_, accounts), messages)),
        roots={root: messages.text(f"expenses.root_{root.value}") for root in Root},
        nobody=messages.text("expenses.root_nobody"),
        opening=messages.text("expenses.root_opening_balance"),
        lang=messages.lang,
    )


def exported(done: Exported) -> Iterator[Block]:
    if done.file is None:
        yield Verbatim(done.text)
    else:
        yield Line(Words("expenses.exported", n=done.entries, file=str(done.file)))


def exported_json(done: Exported) -> dict[str, Any]:
    return {
        "to": done.to,
        "entries": done.entries,
        "file": str(done.file) if done.file else None,
        "text": done.text or None,
    }
