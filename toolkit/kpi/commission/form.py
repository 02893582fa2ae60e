"""A plan's terms as plain values: what the store keeps as JSON and what a member may write as TOML."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, get_args

from toolkit.core.errors import InputError
from toolkit.core.money import parse_amount
from toolkit.kpi.commission.plans import (
    MOST_DONG,
    MOST_RULES,
    RULE_KINDS,
    THINGS,
    Base,
    Bonus,
    ByCompletion,
    Each,
    Every,
    OnDay,
    Only,
    PerThing,
    Rate,
    RefundWay,
    Rule,
    Salary,
    Version,
)
from toolkit.kpi.commission.rates import Levels, Tier, Tiers
from toolkit.kpi.model import DateKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.kpi.commission.plans import Pay

PERCENT: Final = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,4}))? ?%")
_EXACT: Final = re.compile(r"(-?[0-9]{1,20})(?:/([1-9][0-9]{0,20}))?")
_MOST_STEPS: Final = 50

_ONLY_KEYS: Final = {"products", "channels", "repeat", "referral"}
_RULE_KEYS: Final = {"kind", "label", "cap", "instead", "level", *_ONLY_KEYS}
_PAY_KEYS: Final = {
    "rate": {"rate"},
    "tiers": {"tiers", "mode", "each_order"},
    "levels": {"levels", "mode", "quota", "metric"},
    "per": {"amount", "per"},
    "count": {"amount", "count", "least", "again"},
    "day": {"amount", "day"},
    "amount": {"amount"},
}
VERSION_KEYS: Final = {"from", "base", "refunds", "date", "cap", "floor", "sentence", "say", "rules"}


# --- writing ---


def version_form(version: Version) -> dict[str, Any]:
    """A version as plain values: money in đồng, shares as exact "n/d", days in ISO."""
    given: dict[str, Any] = {
        "from": version.start.isoformat() if version.start else None,
        "base": version.base,
        "refunds": version.refunds,
        "date": version.date,
        "cap": version.cap,
        "floor": version.floor,
        "sentence": version.sentence or None,
        "rules": [rule_form(rule) for rule in version.rules],
    }
    return {key: value for key, value in given.items() if value is not None}


def rule_form(rule: Rule) -> dict[str, Any]:
    """A rule as plain values."""
    only = rule.only
    given: dict[str, Any] = {
        "kind": rule.kind,
        **_pay_form(rule.pay),
        "products": list(only.products) or None,
        "channels": list(only.channels) or None,
        "repeat": only.repeat,
        "referral": only.referral,
        "instead": rule.instead or None,
        "cap": rule.cap,
        "label": rule.label or None,
    }
    return {key: value for key, value in given.items() if value is not None}


def _pay_form(pay: Pay) -> dict[str, Any]:
    if isinstance(pay, Rate):
        return {"rate": str(pay.rate)}
    if isinstance(pay, Tiers | Each):
        tiers = pay.tiers if isinstance(pay, Each) else pay
        steps = [[tier.start, str(tier.rate)] for tier in tiers.tiers]
        return {"tiers": steps, "mode": tiers.mode, **({"each_order": True} if isinstance(pay, Each) else {})}
    if isinstance(pay, ByCompletion):
        levels: list[list[Any]] = [
            [str(done), str(Fraction(paid)) if pay.rates else paid] for done, paid in pay.levels.levels
        ]
        by = {"quota": pay.quota} if pay.quota is not None else {"metric": pay.metric}
        return {"levels": levels, "mode": pay.levels.mode, **by}
    if isinstance(pay, PerThing):
        return {"amount": pay.amount, "per": pay.thing}
    if isinstance(pay, Bonus):
        again = {"again": True} if pay.again else {}
        return {"amount": pay.amount, "count": pay.thing, "least": pay.least, **again}
    if isinstance(pay, OnDay):
        return {"amount": pay.amount, "day": pay.day.isoformat()}
    return {"amount": pay.amount}


# --- reading ---


def version_of(form: Mapping[str, Any], *, where: str = "", rules: Sequence[Rule] = ()) -> Version:
    """The version that plain values describe; `rules` come before those of the form. InputError naming the key."""
    _known(form, VERSION_KEYS, where)
    own = form.get("rules", [])
    if not isinstance(own, list) or len(own) + len(rules) > MOST_RULES:
        raise _wrong("rules", where, own if not isinstance(own, list) else len(own))
    found = (*rules, *(rule_of(one, where=f"{where}rules {n}: ") for n, one in enumerate(own, start=1)))
    cap, floor = _optional_money(form, "cap", where), _optional_money(form, "floor", where)
    if cap is not None and floor is not None and cap < floor:
        raise InputError("kpi.commission_cap_below_floor", value=str(cap))
    start = _day(form["from"], "from", where) if form.get("from") else None
    return Version(
        start,
        found,
        _one_of(form, "base", get_args(Base), where, "revenue"),
        _one_of(form, "refunds", get_args(RefundWay), where, "claw_back"),
        _one_of(form, "date", get_args(DateKind), where, "ordered"),
        cap,
        floor,
        str(form.get("sentence", "")),
    )


def every_of(form: Mapping[str, Any]) -> Every:
    """How long a period is."""
    every: Every = _one_of(form, "every", get_args(Every), "", "month")
    return every


def rule_of(form: object, *, where: str = "") -> Rule:
    """The rule that plain values describe. InputError naming the key that can't be used."""
    if not isinstance(form, dict):
        raise _wrong("rules", where, form)
    if form.get("level", 1) != 1:
        raise InputError("kpi.commission_second_level", value=str(form["level"]))
    kind = _one_of(form, "kind", RULE_KINDS, where)
    shape = next(
        (key for key in ("rate", "tiers", "levels", "per", "count", "day", "amount") if form.get(key) is not None), None
    )
    if shape is None or (shape == "amount") != (kind == "salary"):
        raise InputError("kpi.plan_rule_pays_nothing", value=where.rstrip(": ") or kind)
    _known(form, _RULE_KEYS | _PAY_KEYS[shape], where)
    for key in ("repeat", "referral", "instead"):
        if not isinstance(form.get(key, False), bool):
            raise _wrong(key, where, form[key])
    only = Only(
        _names(form, "products", where), _names(form, "channels", where), form.get("repeat"), form.get("referral")
    )
    return Rule(
        kind, _pay(form, shape, where), only, form.get("instead", False), _optional_money(form, "cap", where),
        str(form.get("label", ""))[:200],
    )  # fmt: skip


def _pay(form: Mapping[str, Any], shape: str, where: str) -> Pay:
    if shape == "rate":
        return Rate(share(form["rate"], "rate", where))
    if shape == "tiers":
        return _tiers(form, where)
    if shape == "levels":
        return _levels(form, where)
    amount = _money(form.get("amount"), "amount", where)
    if shape == "per":
        return PerThing(amount, _one_of(form, "per", tuple(thing for thing in THINGS if thing != "amount"), where))
    if shape == "count":
        thing = _one_of(form, "count", THINGS, where)
        least = _money(form.get("least"), "least", where)
        if least < 1:
            raise _wrong("least", where, least)
        return Bonus(amount, thing, least, form.get("again") is True)
    if shape == "day":
        return OnDay(amount, _day(form["day"], "day", where))
    return Salary(amount)


def _tiers(form: Mapping[str, Any], where: str) -> Tiers | Each:
    steps = _steps(form["tiers"], "tiers", where)
    mode = _one_of(form, "mode", ("marginal", "retroactive"), where, "marginal")
    found = tuple(Tier(_money(start, "tiers", where), share(rate, "tiers", where)) for start, rate in steps)
    try:
        tiers = Tiers(found, mode)
    except ValueError as error:
        raise InputError("kpi.commission_tiers_rise", value=", ".join(str(start) for start, _ in steps)) from error
    return Each(tiers) if form.get("each_order") is True else tiers


def _levels(form: Mapping[str, Any], where: str) -> ByCompletion:
    steps = _steps(form["levels"], "levels", where)
    rates = all(isinstance(paid, str) and ("%" in paid or "/" in paid) for _, paid in steps)
    levels: list[tuple[Fraction, int | Fraction]] = [
        (
            share(done, "levels", where, most=100),
            share(paid, "levels", where) if rates else _money(paid, "levels", where),
        )
        for done, paid in steps
    ]
    try:
        found = Levels(tuple(levels), _one_of(form, "mode", ("step", "linear"), where, "step"))
    except ValueError as error:
        raise InputError("kpi.commission_levels_rise", value=", ".join(str(done) for done, _ in steps)) from error
    quota = _optional_money(form, "quota", where)
    if quota == 0:
        raise _wrong("quota", where, quota)
    return ByCompletion(found, rates, quota, str(form.get("metric", "revenue"))[:60])


def _steps(given: object, key: str, where: str) -> list[tuple[Any, Any]]:
    if not isinstance(given, list) or not 1 <= len(given) <= _MOST_STEPS:
        raise _wrong(key, where, given)
    if any(not isinstance(step, list | tuple) or len(step) != 2 for step in given):
        raise _wrong(key, where, given)
    return [(step[0], step[1]) for step in given]


def share(given: object, key: str = "rate", where: str = "", *, most: int = 1) -> Fraction:
    """`3%`, `1,5 %`, an exact "n/d", or for pieces an amount such as `5k`. InputError for shares beyond `most`."""
    if isinstance(given, str) and len(given) <= 60:
        percent, exact = PERCENT.fullmatch(given.strip()), _EXACT.fullmatch(given.strip())
        if percent:
            value = Fraction(int(percent[1] + (percent[2] or "")), 10 ** len(percent[2] or "") * 100)
            if value > most:
                raise InputError("kpi.commission_rate_beyond", value=given)
            return value
        if exact and 0 <= (found := Fraction(int(exact[1]), int(exact[2] or 1))) <= MOST_DONG:
            return found
        return Fraction(_money(given, key, where))
    raise _wrong(key, where, given)


def _money(given: object, key: str, where: str) -> int:
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= MOST_DONG:
        return given
    if isinstance(given, str):
        read = parse_amount(given, bare="units").value if given.strip() != "0" else None
        if given.strip() == "0":
            return 0
        if read is not None and read.currency == "VND" and 0 <= read.amount <= MOST_DONG:
            return read.amount
    raise _wrong(key, where, given)


def _optional_money(form: Mapping[str, Any], key: str, where: str) -> int | None:
    return None if form.get(key) is None else _money(form[key], key, where)


def _names(form: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    given = form.get(key, [])
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list) or not all(isinstance(name, str) and 0 < len(name) <= 200 for name in given):
        raise _wrong(key, where, given)
    return tuple(given)


def _day(given: object, key: str, where: str) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as error:
        raise _wrong(key, where, given) from error


def _one_of(form: Mapping[str, Any], key: str, known: Sequence[str], where: str, usual: str | None = None) -> Any:
    given = form.get(key, usual)
    if given not in known:
        raise InputError("kpi.plan_not_one_of", value=str(given)[:60], key=f"{where}{key}", known=", ".join(known))
    return given


def _known(form: Mapping[str, Any], keys: set[str], where: str) -> None:
    for key in form:
        if key not in keys:
            known = ", ".join(sorted(keys))
            raise InputError("kpi.plan_key_unknown", value=str(key)[:60], key=f"{where}{key}"[:120], known=known)


def _wrong(key: str, where: str, given: object) -> InputError:
    return InputError("kpi.plan_value", value=str(given)[:80], key=f"{where}{key}")
