"""Whatever a list shows as the name of a category, a direction or an account can be typed back, marks aside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import UsageError
from toolkit.core.text import strip_marks
from toolkit.expenses.accounts import KNOWN
from toolkit.expenses.categories import LEAVES, PARENTS, Category
from toolkit.expenses.model import Kind
from toolkit.expenses.views.naming import (
    categories_named,
    category_named,
    kind_named,
    known_account,
    known_category,
    parent_named,
)
from toolkit.shell.messages import LANGUAGES, Messages


@pytest.mark.parametrize("leaf", LEAVES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_category_is_found_by_its_id_and_its_label_in_any_language(leaf: str, lang: str) -> None:
    label = Messages(lang).text(f"expenses.category_{leaf}")
    for name in (leaf, leaf.upper(), label, strip_marks(label), f"  {label} "):
        assert category_named(name, {}) == leaf


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_categories_share_a_name(lang: str) -> None:
    labels = [Messages(lang).text(f"expenses.category_{leaf}").lower() for leaf in LEAVES]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("parent", PARENTS)
def test_a_group_stands_for_all_below_it(parent: str, lang: str) -> None:
    label = Messages(lang).text(f"expenses.parent_{parent}")
    below = {leaf.id for leaf in LEAVES.values() if leaf.parent == parent}
    found = set(categories_named(label, {}))
    assert found == below or (len(found) == 1 and found <= set(LEAVES)), "a category of that very name goes first"


def test_a_group_has_the_members_own_categories_too() -> None:
    own = {"ca-phe": Category("ca-phe", "eating", Kind.EXPENSE, "Cà phê")}
    assert categories_named("Ăn uống", own) == ("food", "groceries", "ca-phe")


def test_the_members_own_name_goes_before_a_shipped_one() -> None:
    own = {"khac": Category("khac", "rest", Kind.EXPENSE, "Đi lại")}
    assert category_named("di lai", own) == "khac"
    assert category_named("transport", own) == "transport"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_direction_is_found_by_its_word(kind: Kind, lang: str) -> None:
    assert kind_named(Messages(lang).text(f"expenses.kind_{kind}")) is kind
    assert kind_named(kind.value.upper()) is kind


@pytest.mark.parametrize("account", sorted({account.id for account in KNOWN.values()}))
def test_an_account_is_found_by_the_id_that_lists_and_json_show(account: str) -> None:
    assert known_account(account, {}).id == account


def test_groups_that_hold_debts_and_transfers_take_no_categories_of_ones_own() -> None:
    assert parent_named("Thu nhập") == ("earnings", Kind.INCOME)
    for text in ("Vay nợ", "Chuyển", "", "zzz"):
        with pytest.raises(UsageError, match="parent_unknown"):
            parent_named(text)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_a_code(text: str) -> None:
    for look in (known_category, known_account):
        try:
            look(text, {})
        except UsageError as error:
            assert error.problem.code.startswith("expenses.")  # noqa: PT017 - most texts are refused, not all
    assert category_named(text, {}) in {None, *LEAVES}
