"""Types of arguments that expenses commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.shell.app import App
from toolkit.shell.params import Text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class CategoryName(Text):
    """The name of a category, in any way that a list shows it; the Tab key suggests ids with their labels."""

    name = "category"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from toolkit.expenses.categories import LEAVES

        del param
        messages = ctx.ensure_object(App).messages
        return [
            CompletionItem(leaf, help=messages.text(f"expenses.category_{leaf}"))
            for leaf in LEAVES
            if leaf.startswith(incomplete)
        ]


CATEGORY: Final = CategoryName()
ENTRY_ID: Final = click.IntRange(1, 999_999_999)  # more digits than that are a slip of typing
