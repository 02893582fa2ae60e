"""A whole plan as a member writes it down: a TOML file, each version with rules or with a line of Vietnamese."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from toolkit.core.errors import InputError
from toolkit.core.outcome import Place
from toolkit.kpi.commission.form import every_of, version_of
from toolkit.kpi.commission.grammar import read_plan
from toolkit.kpi.commission.plans import Plan

if TYPE_CHECKING:
    from datetime import date

    from toolkit.kpi.commission.plans import Version

_KEYS: Final = {"engagement", "label", "every", "rounding", "version"}
_TOLD: Final = re.compile(r"at line ([0-9]{1,6}), column ([0-9]{1,6})")  # where tomllib says that it stopped
_MOST_VERSIONS: Final = 100
_LONGEST: Final = 200_000  # characters


def plan_from_toml(text: str, *, file: str, today: date) -> Plan:
    """The plan that a file describes, its number 0. InputError saying which key or which line can't be used."""
    place = Place(file=file)
    if len(text) > _LONGEST:
        raise InputError("kpi.plan_file_too_long", place)
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        told = _TOLD.search(str(error))
        row, column = (int(told[1]), int(told[2])) if told else (None, None)
        raise InputError("kpi.plan_toml", Place(file=file, row=row, column=column)) from error
    try:
        return _plan(given, today)
    except InputError as error:
        problem = error.problem
        raise InputError(problem.code, place, value=problem.value, **problem.params) from error


def _plan(given: dict[str, Any], today: date) -> Plan:
    for key in given:
        if key not in _KEYS:
            raise InputError("kpi.plan_key_unknown", value=key[:60], key=key[:60], known=", ".join(sorted(_KEYS)))
    forms = given.get("version")
    if not isinstance(forms, list) or not 1 <= len(forms) <= _MOST_VERSIONS:
        raise InputError("kpi.plan_file_empty")
    every, rounding = every_of(given), given.get("rounding", 1)
    if isinstance(rounding, bool) or not isinstance(rounding, int) or not 1 <= rounding <= 1_000_000:
        raise InputError("kpi.plan_value", value=str(rounding)[:60], key="rounding")
    versions = [_version(form, n, every, today) for n, form in enumerate(forms, start=1)]
    versions.sort(key=lambda version: version.start.toordinal() if version.start else 0)
    if len({version.start for version in versions}) < len(versions):
        raise InputError("kpi.plan_versions_same_day")
    for key in ("engagement", "label"):
        if not isinstance(given.get(key, ""), str):
            raise InputError("kpi.plan_value", value=str(given[key])[:60], key=key)
    return Plan(
        0, given.get("engagement", ""), every, tuple(versions), given.get("label", "")[:200], rounding
    )  # fmt: skip


def _version(form: object, number: int, every: str, today: date) -> Version:
    where = f"version {number}: "
    if not isinstance(form, dict):
        raise InputError("kpi.plan_value", value=str(form)[:60], key="version")
    said = form.get("say")
    if said is None:
        version = version_of(form, where=where)
    else:
        if not isinstance(said, str):
            raise InputError("kpi.plan_value", value=str(said)[:60], key=f"{where}say")
        reading = read_plan(said, today=today)
        if reading.doubts:
            doubt = reading.doubts[0]
            raise InputError(doubt.code, None, value=said[:80], **doubt.params)
        if reading.every is not None and reading.every != every:
            raise InputError("kpi.plan_every_twice", value=said[:80], every=every)
        settings = {key: value for key, value in form.items() if key != "say"}
        version = version_of(settings, where=where, rules=reading.rules)
        heard = reading.version(None, version)
        version = replace(
            heard,
            start=version.start,
            rules=version.rules,
            base=version.base if "base" in form else heard.base,
            refunds=version.refunds if "refunds" in form else heard.refunds,
            cap=version.cap if "cap" in form else heard.cap,
            floor=version.floor if "floor" in form else heard.floor,
        )
    if not version.rules:
        raise InputError("kpi.plan_rule_pays_nothing", value=where.rstrip(": "))
    return version
