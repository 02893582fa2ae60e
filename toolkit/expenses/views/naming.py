"""What members call categories, kinds and accounts, turned into ids: by any name that either language shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.text import search_key
from toolkit.expenses.accounts import account_named
from toolkit.expenses.categories import LEAVES, PARENTS
from toolkit.expenses.model import Kind
from toolkit.shell.messages import LANGUAGES, Messages
from toolkit.shell.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.expenses.categories import Category
    from toolkit.expenses.model import Account

_ALL: Final = tuple(Messages(lang) for lang in LANGUAGES)


def category_names(own: Mapping[str, Category]) -> dict[str, str]:
    """Every folded name of a category → its id: ids, labels in both languages, the parts of a label between commas, and
    the member's own names, which go first."""
    names: dict[str, str] = {}
    for category in own.values():
        _name(names, category.label, category.id)
        _name(names, category.id, category.id)
    for leaf in LEAVES:
        _name(names, leaf, leaf)
        for messages in _ALL:
            label = messages.text(f"expenses.category_{leaf}")
            for text in (label, *label.split(",")):
                _name(names, text, leaf)
    return names


def category_named(text: str, own: Mapping[str, Category]) -> str | None:
    """The category that somebody calls so; None if nobody does."""
    return category_names(own).get(search_key(text))


def demand_free(label: str, own: Mapping[str, Category], but: str = "") -> None:
    """ConflictError("expenses.category_exists") if a category other than `but` is shown by this name already."""
    shown = {one.id: {one.label} for one in own.values()}
    for leaf in LEAVES:
        shown.setdefault(leaf, {messages.text(f"expenses.category_{leaf}") for messages in _ALL})
    key = search_key(label)
    if any(key in map(search_key, (id_, *labels)) for id_, labels in shown.items() if id_ != but):
        raise ConflictError("expenses.category_exists", value=label)


def categories_named(text: str, own: Mapping[str, Category]) -> tuple[str, ...]:
    """The categories that a filter names: one, or all below a parent ("Ăn uống"). UsageError if there is none so."""
    key = search_key(text)
    for parent in PARENTS:
        labels = {parent, *(messages.text(f"expenses.parent_{parent}") for messages in _ALL)}
        if key in map(search_key, labels) and key not in category_names(own):
            leaves = [category.id for category in LEAVES.values() if category.parent == parent]
            return (*leaves, *(category.id for category in own.values() if category.parent == parent))
    return (known_category(text, own),)


def known_category(text: str, own: Mapping[str, Category]) -> str:
    """The category that the text names. UsageError("expenses.category_…"), with the nearest name if one is near."""
    found = category_named(text, own)
    if found is None:
        labels = [category.label or category.id for category in own.values()]
        labels += [Messages("vi").text(f"expenses.category_{leaf}") for leaf in LEAVES]
        near = nearest(text, [*labels, *LEAVES], most=1)
        if near:
            raise UsageError("expenses.category_mistyped", value=text, near=near[0])
        raise UsageError("expenses.category_unknown", value=text)
    return found


def parent_named(text: str) -> tuple[str, Kind]:
    """A parent ("Ăn uống", "eating") and the direction of its categories. UsageError("expenses.parent_unknown") for
    what is none, debts and transfers included: these have no categories of one's own."""
    key = search_key(text)
    for leaf in LEAVES.values():
        labels = {leaf.parent, *(messages.text(f"expenses.parent_{leaf.parent}") for messages in _ALL)}
        if key in map(search_key, labels) and leaf.kind in (Kind.EXPENSE, Kind.INCOME):
            return leaf.parent, leaf.kind
    raise UsageError("expenses.parent_unknown", value=text)


def kind_named(text: str) -> Kind:
    """`chi`, `thu`, `cho vay`, `expense` … UsageError("expenses.kind_unknown") for anything else."""
    key = search_key(text)
    for kind in Kind:
        labels = {kind.value, *(messages.text(f"expenses.kind_{kind}") for messages in _ALL)}
        if key in map(search_key, labels):
            return kind
    raise UsageError("expenses.kind_unknown", value=text)


def category_or_kind_named(text: str, own: Mapping[str, Category]) -> str | Kind | None:
    """What a correction names ("là quà", "là thu"): a category's id, a direction, or None for neither."""
    category = category_named(text, own)
    if category is not None:
        return category
    try:
        return kind_named(text)
    except UsageError:
        return None


def known_account(text: str, own: Mapping[str, Account]) -> Account:
    """The own account that the text names. UsageError("expenses.account_unknown") if there is none so."""
    found = account_named(text, own)
    if found is None:
        raise UsageError("expenses.account_unknown", value=text)
    return found


def _name(names: dict[str, str], text: str, category: str) -> None:
    key = search_key(text)
    if key:
        names.setdefault(key, category)
