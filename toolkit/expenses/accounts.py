"""The member's own accounts: cash, banks, wallets, as they are named in a sentence. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from toolkit.core.text import search_key
from toolkit.expenses.model import Account

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.expenses.model import AccountKind

CASH: Final = "cash"
BANK: Final = "bank"
CREDIT: Final = "credit"
SAVINGS: Final = "savings"
ELSEWHERE: Final = "elsewhere"
"""The other side of a transfer that names none."""

# Names as people type them, folded. The first is the id. Banks under the names of the State Bank's list of 2025.
_BANKS: Final = (
    ("vietcombank", "Vietcombank", "vcb", "viet com", "vietcom"),
    ("techcombank", "Techcombank", "tcb", "tech", "techcom"),
    ("mbbank", "MB Bank", "mb", "mb bank", "quan doi"),
    ("vpbank", "VPBank", "vp", "vp bank"),
    ("acb", "ACB", "a chau"),
    ("tpbank", "TPBank", "tp bank", "tien phong"),
    ("bidv", "BIDV"),
    ("vietinbank", "VietinBank", "vietin", "ctg", "vtb"),
    ("agribank", "Agribank", "agri"),
    ("sacombank", "Sacombank", "sacom", "stb"),
    ("vib", "VIB"),
    ("shb", "SHB"),
    ("hdbank", "HDBank", "hd bank"),
    ("msb", "MSB"),
    ("ocb", "OCB"),
    ("scb", "SCB"),
    ("seabank", "SeABank", "sea bank"),
    ("eximbank", "Eximbank", "exim"),
    ("lpbank", "LPBank", "lp bank", "lienviet"),
    ("cake", "Cake"),
    ("timo", "Timo"),
)
_WALLETS: Final = (
    ("momo", "MoMo", "vi momo"),
    ("zalopay", "ZaloPay", "zalo pay", "zalo", "vi zalopay"),
    ("shopeepay", "ShopeePay", "shopee pay", "spay", "airpay"),
    ("vnpay", "VNPAY", "vn pay", "vi vnpay"),
    ("viettelmoney", "Viettel Money", "viettel money", "viettelpay", "viettel pay"),
    ("grabpay", "GrabPay", "grab pay", "moca", "vi grab", "grab"),
    ("paypal", "PayPal"),
    ("payoneer", "Payoneer"),
    ("wise", "Wise"),
    ("vi-dien-tu", "", "vi dien tu", "vi"),
)
_GENERAL: Final[tuple[tuple[str, AccountKind, tuple[str, ...]], ...]] = (
    (CASH, "cash", ("tien mat", "tm", "cash", "vi tien", "mat")),
    (
        BANK,
        "bank",
        (
            "ngan hang",
            "nh",
            "tai khoan",
            "tk",
            "the",
            "atm",
            "the luong",
            "the atm",
            "bank",
            "banking",
            "ck",
            "chuyen khoan",
            "ib",
        ),
    ),
    (CREDIT, "bank", ("the tin dung", "tin dung", "visa", "the visa", "credit", "mastercard")),
    (
        SAVINGS,
        "bank",
        (
            "tiet kiem",
            "so tiet kiem",
            "stk",
            "heo dat",
            "ong heo",
            "tk tiet kiem",
            "tai khoan tiet kiem",
            "bo ong",
            "heo",
        ),
    ),
    (ELSEWHERE, "bank", ()),
)


def _known() -> dict[str, Account]:
    known: dict[str, Account] = {}
    for id_, kind, names in _GENERAL:
        known |= dict.fromkeys((id_, *names), Account(id_, "", kind))
    kinds: tuple[tuple[AccountKind, tuple[tuple[str, ...], ...]], ...] = (("bank", _BANKS), ("wallet", _WALLETS))
    for kind, table in kinds:
        for id_, label, *others in table:
            account = Account(id_, label, kind)
            known |= dict.fromkeys((search_key(id_), search_key(label or id_), *others), account)
    return known


KNOWN: Final[Mapping[str, Account]] = MappingProxyType(_known())
"""Accounts that need not be set up first, by every folded name. Those without a label speak from the catalogue
(`expenses.account_<id>`, `-` as `_`)."""


def account_named(name: str, own: Mapping[str, Account]) -> Account | None:
    """The account that a name means: one of the member's `own` (by id or label), else a known one; None if neither."""
    key = search_key(name)
    if not key:
        return None
    for account in own.values():
        if key in (search_key(account.id), search_key(account.label)):
            return account
    known = KNOWN.get(key)
    return own.get(known.id, known) if known else None


def new_account(label: str, kind: AccountKind = "bank") -> Account:
    """An account under a name of the member's own; the id is made of it."""
    return Account(search_key(label).replace(" ", "-"), label, kind)
