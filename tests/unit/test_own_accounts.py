"""Own accounts are found by the names that people type for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.text import search_key
from toolkit.expenses.accounts import KNOWN, account_named, new_account
from toolkit.expenses.model import Account
from toolkit.shell.messages import Messages


@pytest.mark.parametrize(
    ("typed", "id_", "kind"),
    [
        ("MoMo", "momo", "wallet"),
        ("ví momo", "momo", "wallet"),
        ("VCB", "vietcombank", "bank"),
        ("Vietcombank", "vietcombank", "bank"),
        ("tcb", "techcombank", "bank"),
        ("TP Bank", "tpbank", "bank"),
        ("zalo pay", "zalopay", "wallet"),
        ("tiền mặt", "cash", "cash"),
        ("thẻ", "bank", "bank"),
        ("ATM", "bank", "bank"),
        ("sổ tiết kiệm", "savings", "bank"),
        ("thẻ tín dụng", "credit", "bank"),
    ],
)
def test_common_names_are_known_without_setting_anything_up(typed: str, id_: str, kind: str) -> None:
    account = account_named(typed, {})
    assert account is not None
    assert (account.id, account.kind) == (id_, kind)


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_an_account_or_none(typed: str) -> None:
    account = account_named(typed, {})
    assert account is None or search_key(typed) in KNOWN


def test_the_members_own_name_goes_first() -> None:
    own = {"quy-lop": Account("quy-lop", "Quỹ lớp", "cash"), "momo": Account("momo", "Ví hồng", "wallet")}
    assert account_named("quỹ LỚP", own) == own["quy-lop"]
    assert account_named("vi hong", own) == own["momo"]
    assert account_named("momo", own) == own["momo"]


def test_an_account_under_a_new_name_gets_an_id_that_can_be_typed() -> None:
    assert new_account("Quỹ  lớp 12A").id == "quy-lop-12a"


def test_every_known_account_has_a_name_in_both_languages() -> None:
    for account in KNOWN.values():
        code = f"expenses.account_{account.id.replace('-', '_')}"
        assert account.label or all(Messages(lang).knows(code) for lang in ("vi", "en")), account.id
