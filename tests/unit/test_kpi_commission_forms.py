"""Plans as plain values and as a member's file: what is written is read back, what can't be used is named."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.any_commission import plans
from toolkit.core.errors import InputError
from toolkit.kpi.commission.form import rule_of, version_form, version_of
from toolkit.kpi.commission.plan_file import plan_from_toml
from toolkit.kpi.commission.plans import Only, Plan, Rate, Rule
from toolkit.kpi.commission.rates import Tiers

TODAY = date(2026, 11, 22)


def from_toml(text: str) -> Plan:
    return plan_from_toml(text, file="chinh-sach.toml", today=TODAY)


@settings(max_examples=60)
@given(plans())
def test_a_plan_is_kept_to_the_letter(made: Plan) -> None:
    for version in made.versions:
        assert version_of(json.loads(json.dumps(version_form(version)))) == version


def test_the_template_is_a_plan() -> None:
    text = files("toolkit.kpi.commission").joinpath("template.toml").read_text(encoding="utf-8")
    made = from_toml(text)
    (rule,) = made.versions[0].rules
    assert isinstance(rule.pay, Tiers)
    assert (made.label, made.every, rule.pay.tiers[2].start) == ("Công ty A", "month", 100_000_000)


def test_the_rules_that_the_template_explains_can_be_switched_on() -> None:
    text = files("toolkit.kpi.commission").joinpath("template.toml").read_text(encoding="utf-8")
    switched = [line.removeprefix("# ").removeprefix("#") if line.startswith("# ") or line == "#" else line
                for line in text.splitlines()]  # fmt: skip
    begin = next(n for n, line in enumerate(switched) if line.startswith("Hay từng"))
    made = from_toml("\n".join([line for line in text.splitlines()[:begin] if line] + switched[begin + 1 :]))
    assert [rule.kind for rule in made.versions[0].rules] == [
        "tier", "tier", "add_on", "level", "repurchase", "referral", "fixed", "event", "salary",
    ]  # fmt: skip


def test_versions_of_a_file_follow_their_days() -> None:
    made = from_toml(
        '[[version]]\nfrom = 2027-01-01\nsay = "4%"\n[[version]]\nsay = "3%"\ncap = "20tr"\nrefunds = "none"\n'
    )
    assert [(version.start, version.rules) for version in made.versions] == [
        (None, (Rule("basic", Rate(Fraction(3, 100))),)),
        (date(2027, 1, 1), (Rule("basic", Rate(Fraction(4, 100))),)),
    ]
    assert (made.versions[0].cap, made.versions[0].refunds) == (20_000_000, "none")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "kpi.plan_file_empty"),
        ("version = 3", "kpi.plan_file_empty"),
        ("x = ", "kpi.plan_toml"),
        ("[" * 5000, "kpi.plan_toml"),
        ("#" * 200_001, "kpi.plan_file_too_long"),
        ('surprise = 1\n[[version]]\nsay = "5%"', "kpi.plan_key_unknown"),
        ('every = "day"\n[[version]]\nsay = "5%"', "kpi.plan_not_one_of"),
        ('rounding = 0\n[[version]]\nsay = "5%"', "kpi.plan_value"),
        ('label = 7\n[[version]]\nsay = "5%"', "kpi.plan_value"),
        ('[[version]]\nsay = "blah"', "kpi.commission_clause_unknown"),
        ("[[version]]\nsay = 5", "kpi.plan_value"),
        ('[[version]]\nsay = "5% theo quý"', "kpi.plan_every_twice"),
        ("[[version]]\n", "kpi.plan_rule_pays_nothing"),
        ('[[version]]\nsay = "5%"\n[[version]]\nsay = "4%"', "kpi.plan_versions_same_day"),
        ('[[version]]\nsay = "5%"\ncap = "2tr"\nfloor = "3tr"', "kpi.commission_cap_below_floor"),
        ('[[version]]\nsay = "5%"\nfrom = "hôm qua"', "kpi.plan_value"),
        ('[[version]]\nsay = "5%"\ncap = -5', "kpi.plan_value"),
        ('[[version]]\nsay = "5%"\ncap = true', "kpi.plan_value"),
        ("[[version]]\nrules = 5", "kpi.plan_value"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_where(text: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        from_toml(text)
    assert refused.value.problem.code == code
    assert refused.value.problem.place.file == "chinh-sach.toml"


def test_a_slip_in_the_writing_is_told_by_its_line() -> None:
    with pytest.raises(InputError) as refused:
        from_toml('label = "a"\nevery = month\n')
    assert (refused.value.problem.code, refused.value.problem.place.row) == ("kpi.plan_toml", 2)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"kind": "basic"}, "kpi.plan_rule_pays_nothing"),
        ({"kind": "basic", "amount": 5}, "kpi.plan_rule_pays_nothing"),
        ({"kind": "salary", "rate": "3%"}, "kpi.plan_rule_pays_nothing"),
        ({"kind": "boss", "rate": "3%"}, "kpi.plan_not_one_of"),
        ({"kind": "referral", "rate": "2%", "level": 2}, "kpi.commission_second_level"),
        ({"kind": "basic", "rate": 0.03}, "kpi.plan_value"),
        ({"kind": "basic", "rate": "300%"}, "kpi.commission_rate_beyond"),
        ({"kind": "basic", "rate": "3%", "products": 7}, "kpi.plan_value"),
        ({"kind": "basic", "rate": "3%", "repeat": "yes"}, "kpi.plan_value"),
        ({"kind": "basic", "rate": "3%", "tiers": []}, "kpi.plan_key_unknown"),
        ({"kind": "tier", "tiers": [[5, "3%"]]}, "kpi.commission_tiers_rise"),
        ({"kind": "tier", "tiers": [["0", "3%"], ["0", "5%"]]}, "kpi.commission_tiers_rise"),
        ({"kind": "tier", "tiers": [[0]]}, "kpi.plan_value"),
        ({"kind": "level", "levels": [["100%", 5], ["80%", 3]]}, "kpi.commission_levels_rise"),
        ({"kind": "level", "levels": [["100%", 5]], "quota": 0}, "kpi.plan_value"),
        ({"kind": "fixed", "amount": "20k", "per": "moon"}, "kpi.plan_not_one_of"),
        ({"kind": "event", "amount": "20k", "count": "order", "least": 0}, "kpi.plan_value"),
        ("a rule", "kpi.plan_value"),
    ],
)
def test_a_rule_that_cannot_be_used_is_told_which_key(form: object, code: str) -> None:
    with pytest.raises(InputError) as refused:
        rule_of(form)
    assert refused.value.problem.code == code


def test_a_rule_may_be_written_as_people_write() -> None:
    made = rule_of({"kind": "add_on", "rate": "1,5 %", "products": "phụ kiện", "instead": True, "cap": "2tr"})
    assert made == Rule("add_on", Rate(Fraction(3, 200)), Only(products=("phụ kiện",)), instead=True, cap=2_000_000)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["3%", "20k", "order", "0"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    [
        "kind",
        "rate",
        "tiers",
        "levels",
        "mode",
        "amount",
        "per",
        "count",
        "least",
        "day",
        "products",
        "quota",
        "cap",
        "level",
    ]
)


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.sampled_from(["basic", "tier", "level", "event", "salary"]))
def test_any_values_make_a_rule_or_are_refused_by_name(form: dict[str, object], kind: str) -> None:
    with suppress(InputError):
        assert isinstance(rule_of({**form, "kind": kind}), Rule)
