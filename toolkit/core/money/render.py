"""Amounts as Vietnamese people write them. What is written here is read back as the same amount."""

from __future__ import annotations

from toolkit.core.money.model import MINOR_DIGITS


def format_money(amount: int, currency: str = "VND", lang: str = "vi") -> str:
    """`1.250.000đ`, `1.234,50 USD`; in English `1,250,000đ`, `1,234.50 USD`. `amount` is in đồng or minor units."""
    point, group = (".", ",") if lang == "en" else (",", ".")
    sign = "-" if amount < 0 else ""
    digits = MINOR_DIGITS.get(currency, 2)
    whole, minor = divmod(abs(amount), 10**digits)
    text = f"{sign}{whole:,}".replace(",", group)
    if digits:
        text += f"{point}{minor:0{digits}}"
    return f"{text}đ" if currency == "VND" else f"{text} {currency}"


def short_money(amount: int, lang: str = "vi") -> str:
    """Đồng as short as they can be said exactly: `45k`, `1,25tr`, `2,5 tỷ`; what has no short form stays in full."""
    size, sign = abs(amount), "-" if amount < 0 else ""
    point = "." if lang == "en" else ","
    for unit, name, places in ((10**9, " tỷ", 2), (10**6, "tr", 2)):
        step = unit // 10**places
        if size >= unit and size % step == 0 and size < 1000 * unit:
            whole, rest = divmod(size // step, 10**places)
            decimals = f"{rest:0{places}}".rstrip("0")
            return f"{sign}{whole}{point + decimals if decimals else ''}{name}"
    if 1000 <= size < 10**6 and size % 1000 == 0:
        return f"{sign}{size // 1000}k"
    return format_money(amount, "VND", lang)
