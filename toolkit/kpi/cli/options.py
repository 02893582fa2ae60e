"""What options say of a sale, read strictly."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError, UsageError
from toolkit.core.text import clean, digits
from toolkit.kpi.model import WHOLE_SHARE, Split

if TYPE_CHECKING:
    from toolkit.kpi.service.drafting import Options

_NUMBER: Final = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,3}))?")
_PART: Final = re.compile(r"(.{1,80}?)[ =:]+([0-9]{1,3}(?:[.,][0-9]{1,2})?) ?%?")
_MOST_PARTS: Final = 20


def options_of(given: dict[str, Any]) -> Options:
    """What the options of `params.sale_options` say. InputError, UsageError for what can't be read."""
    from toolkit.kpi.service.drafting import Options

    return Options(
        amount=None if given["amount"] is None else amount_given(given["amount"]),
        day=given["day"],
        customer=given["customer"],
        product=given["product"],
        quantity=None if given["quantity"] is None else quantity_given(given["quantity"]),
        channel=given["channel"],
        note=given["note"],
        engagement=given["engagement"] or None,
        share=None if given["share"] is None else share_given(given["share"]),
        splits=None if given["splits"] is None else splits_given(given["splits"]),
        referral=given["referral"],
        referrer=given["referrer"],
        repeat=given["repeat"],
    )


def amount_given(text: str) -> int:
    """đồng. InputError saying why it can't be read, or that it has several readings."""
    from toolkit.core.money import parse_amount
    from toolkit.kpi.service.drafting import MOST_AMOUNT

    readings = parse_amount(text, bare="thousands")
    money = readings.value
    if money is None:
        raise InputError(readings.code or "kpi.amount_missing", None, value=text, **readings.params)
    if money.currency != "VND":
        raise InputError("kpi.only_dong", None, value=text, currency=money.currency)
    if not 0 < money.amount <= MOST_AMOUNT:
        raise InputError("kpi.amount_out_of_range", None, value=text)
    return money.amount


def quantity_given(text: str) -> Fraction:
    """A number of pieces, above 0, in thousandths at most."""
    match = _NUMBER.fullmatch(digits(text).strip()[:20])
    value = Fraction(f"{match[1]}.{match[2] or 0}") if match else Fraction(0)
    if not value:  # at most nine digits, so never too many
        raise UsageError("kpi.not_a_quantity", value=text)
    return value


def share_given(text: str) -> int:
    """A share such as `50%` in hundredths of a percent, from 0 to the whole."""
    typed = digits(text).strip()[:20]
    match = _NUMBER.fullmatch(typed.removesuffix("%").rstrip())
    share = Fraction(f"{match[1]}.{match[2] or 0}") * 100 if match else Fraction(-1)
    if share.denominator != 1 or not 0 <= share <= WHOLE_SHARE:
        raise UsageError("kpi.not_a_part", value=text)
    return int(share)


def splits_given(text: str) -> tuple[Split, ...]:
    """The others' parts: `Lan 30%, Nam 20%`."""
    found: dict[str, Split] = {}
    parts = [part for part in re.split(r"[;\n]|,(?![0-9])", clean(text)[:1000]) if part.strip()]
    for part in parts[:_MOST_PARTS]:
        match = _PART.fullmatch(part.strip())
        share = share_given(match[2]) if match else 0
        if match is None or not share or match[1].strip() in found:
            raise UsageError("kpi.not_splits", value=part.strip())
        person = match[1].strip()
        found[person] = Split(person, share)
    return tuple(found.values())
