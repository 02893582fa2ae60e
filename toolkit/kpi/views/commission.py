"""Commission plans: what a line was understood as, the plans, what a change changed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toolkit.kpi.commission.form import rule_form, version_form
from toolkit.kpi.commission.plans import Bonus, ByCompletion, Each, OnDay, PerThing, Rate
from toolkit.kpi.commission.rates import Tiers
from toolkit.kpi.views.amounts import MetricName
from toolkit.kpi.views.words import Dong, Number
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Sayable, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.kpi.commission.plans import Base, Every, Only, Pay, Plan, Rule, RuleKind, Version
    from toolkit.kpi.service.commission import PlanChange, Plans
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages

_EXAMPLE_BEYOND = Fraction(6, 5)  # of the last tier's start: 120tr for the usual 50 and 100


@dataclass(frozen=True)
class RateOf(Sayable):
    """A rate: `3%`, or of pieces `5.000đ`."""

    rate: Fraction
    base: Base = "revenue"

    def said(self, messages: Messages) -> str:
        if self.base == "units":
            return Dong(round(self.rate)).said(messages)
        return f"{Number(self.rate * 100).said(messages)}%"


@dataclass(frozen=True)
class Counted(Sayable):
    """What tiers go by: an amount of money, or a number of pieces."""

    value: int
    base: Base = "revenue"

    def said(self, messages: Messages) -> str:
        return messages.number(self.value) if self.base == "units" else Dong(self.value, short=True).said(messages)


def plan_name(plan: Plan) -> str:
    """What a plan is called: by the member, or by whom it is with; "" where it has no name."""
    return plan.label or plan.engagement


def _named(code: str, plan: Plan, **params: Cell) -> Joined:
    return Joined([Words(code, id=str(plan.id), **params), plan_name(plan)], ": ")


def rule_name(rule: Rule) -> Cell:
    """A rule as the first cell of its line: its kind and what it is for."""
    return Joined([rule.label or Words(f"kpi.plan_kind_{rule.kind}"), *_only(rule.only, rule.kind)], " · ")


def rule_words(rule: Rule, version: Version, every: Every) -> Cell:
    """How a rule pays, in one cell."""
    cells: list[Cell] = [pay_words(rule.pay, version.base, every)]
    narrowed = (
        rule.only.products or rule.only.channels or rule.only.repeat is not None or rule.only.referral is not None
    )
    if narrowed and isinstance(rule.pay, Rate | Tiers | Each):
        cells.append(Words("kpi.plan_instead" if rule.instead else "kpi.plan_on_top"))
    if rule.cap is not None:
        cells.append(Words("kpi.plan_rule_cap", amount=Dong(rule.cap)))
    return Joined(cells, "; ")


def pay_words(pay: Pay, base: Base, every: Every) -> Cell:
    if isinstance(pay, Rate):
        return Words("kpi.plan_rate", rate=RateOf(pay.rate, base), base=Words(f"kpi.plan_of_{base}"))
    if isinstance(pay, Tiers | Each):
        tiers = pay.tiers if isinstance(pay, Each) else pay
        mode = Words(f"kpi.plan_mode_{tiers.mode}")
        each = [Words("kpi.plan_each_order")] if isinstance(pay, Each) else []
        return Joined([Joined(list(_tiers(tiers, base)), " · "), mode, *each], "; ")
    if isinstance(pay, ByCompletion):
        steps = [
            Words("kpi.plan_level", done=RateOf(Fraction(done)), paid=_level(paid, rates=pay.rates))
            for done, paid in pay.levels.levels
        ]
        of = (
            Words("kpi.plan_quota", amount=Dong(pay.quota))
            if pay.quota
            else Words("kpi.plan_own_target", metric=MetricName(pay.metric))
        )
        return Joined([Joined(steps, " · "), Words(f"kpi.plan_levels_{pay.levels.mode}"), of], "; ")
    if isinstance(pay, PerThing):
        return Words("kpi.plan_per", amount=Dong(pay.amount), thing=Words(f"kpi.plan_thing_{pay.thing}"))
    if isinstance(pay, Bonus):
        thing = Words(f"kpi.plan_thing_{pay.thing}")
        least: Cell = Dong(pay.least) if pay.thing == "amount" else Words("kpi.plan_so_many", n=pay.least, thing=thing)
        return Words("kpi.plan_bonus_again" if pay.again else "kpi.plan_bonus", amount=Dong(pay.amount), least=least)
    if isinstance(pay, OnDay):
        return Words("kpi.plan_on_day", amount=Dong(pay.amount), day=f"{pay.day:%d/%m/%Y}")
    return Words("kpi.plan_salary", amount=Dong(pay.amount), every=Words(f"kpi.plan_every_{every}"))


def version_blocks(version: Version, every: Every) -> Iterator[Block]:
    """A version's rules as a table, and its settings."""
    columns = [Column(Words("kpi.column_rule")), Column(Words("kpi.column_pays"))]
    yield Table(columns, [[rule_name(rule), rule_words(rule, version, every)] for rule in version.rules])
    pairs: list[tuple[Cell, Cell]] = [
        (Words("kpi.plan_period"), Words(f"kpi.plan_every_{every}")),
        (Words("kpi.plan_base"), Words(f"kpi.plan_base_{version.base}")),
        (Words("kpi.plan_refunds"), Words(f"kpi.plan_refunds_{version.refunds}")),
    ]
    if version.date != "ordered":
        pairs.append((Words("kpi.plan_date"), Words(f"kpi.plan_date_{version.date}")))
    if version.cap is not None:
        pairs.append((Words("kpi.plan_cap"), Dong(version.cap)))
    if version.floor is not None:
        pairs.append((Words("kpi.plan_floor"), Dong(version.floor)))
    yield Pairs(pairs)


def example_blocks(version: Version, *, mode_given: bool) -> Iterator[Block]:
    """What tiers come to at one base, both ways where the member didn't say which is meant."""
    for rule in version.rules:
        tiers = rule.pay.tiers if isinstance(rule.pay, Each) else rule.pay
        if not isinstance(tiers, Tiers) or len(tiers.tiers) < 2:
            continue
        base = int(tiers.tiers[-1].start * _EXAMPLE_BEYOND)
        paid = round(tiers.commission(Fraction(base)))
        yield Line(Words("kpi.plan_example", base=Counted(base, version.base), amount=Dong(paid)))
        if not mode_given:
            other = Tiers(tiers.tiers, "retroactive" if tiers.mode == "marginal" else "marginal")
            paid = round(other.commission(Fraction(base)))
            yield Note(Words(f"kpi.plan_example_{other.mode}", amount=Dong(paid)))
        return


def drafted(version: Version, every: Every, *, mode_given: bool) -> Iterator[Block]:
    """A plan before it is kept: what was understood."""
    yield from version_blocks(version, every)
    yield from example_blocks(version, mode_given=mode_given)


def changed(change: PlanChange) -> Iterator[Block]:
    """What became of a plan, and the way back; its terms have been shown before it was kept."""
    plan, before = change.plan, change.before
    if change.run is None:
        yield Line(_named("kpi.plan_as_before", plan))
        return
    if plan.dropped:
        yield Line(_named("kpi.plan_dropped", plan))
    elif plan.ended is not None and (before is None or before.ended != plan.ended):
        yield Line(_named("kpi.plan_ends", plan, day=f"{plan.ended:%d/%m/%Y}"))
    else:
        yield Line(_named("kpi.plan_kept", plan))
    yield Note(Words("kpi.plan_undo"))


def since_words(version: Version) -> Words:
    if version.start is None:
        return Words("kpi.plan_from_ever")
    return Words("kpi.plan_from", day=f"{version.start:%d/%m/%Y}")


def listing(found: Plans) -> Iterator[Block]:
    columns = [Column(Words(f"kpi.column_plan_{name}")) for name in ("number", "name", "every", "rules", "since")]
    rows: list[Sequence[Cell]] = []
    for plan in found.plans:
        version = plan.version_on(found.today) or plan.versions[-1]
        rules = Joined([rule_words(rule, version, plan.every) for rule in version.rules], " | ")
        state: Cell = since_words(version)
        if plan.dropped:
            state = Words("kpi.plan_state_dropped")
        elif plan.ended is not None:
            state = Words("kpi.plan_state_ended", day=f"{plan.ended:%d/%m/%Y}")
        rows.append(
            [
                str(plan.id),
                plan_name(plan) or version.sentence[:60],
                Words(f"kpi.plan_every_{plan.every}"),
                rules,
                state,
            ]
        )
    yield Table(columns, rows, empty=Words("kpi.plan_none_yet"))


def told(plan: Plan) -> Iterator[Block]:
    """One plan with all its versions."""
    yield Heading(_named("kpi.plan_title", plan))
    if plan.dropped:
        yield Line(Words("kpi.plan_state_dropped"))
    if plan.ended is not None:
        yield Line(Words("kpi.plan_state_ended", day=f"{plan.ended:%d/%m/%Y}"))
    for version in plan.versions:
        yield Heading(since_words(version))
        yield from version_blocks(version, plan.every)
    if plan.rounding != 1:
        yield Line(Words("kpi.plan_rounding", amount=Dong(plan.rounding)))


# --- for programs ---


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan; the keys are a promise. Rates are exact "n/d" parts of 1, amounts đồng."""
    return {
        "id": plan.id,
        "engagement": plan.engagement,
        "label": plan.label,
        "every": plan.every,
        "rounding": plan.rounding,
        "ended": plan.ended.isoformat() if plan.ended else None,
        "dropped": plan.dropped,
        "versions": [
            version_form(version) | {"rules": [rule_form(rule) for rule in version.rules]} for version in plan.versions
        ],
    }


def plans_json(found: Plans) -> dict[str, Any]:
    return {"plans": [plan_json(plan) for plan in found.plans]}


def changed_json(change: PlanChange) -> dict[str, Any]:
    return {"plan": plan_json(change.plan), "run": change.run, "new": change.before is None}


# --- pieces ---


def _tiers(tiers: Tiers, base: Base) -> Iterator[Cell]:
    starts = [tier.start for tier in tiers.tiers]
    for n, tier in enumerate(tiers.tiers):
        rate = RateOf(tier.rate, base)
        following = starts[n + 1] if n + 1 < len(starts) else None
        if following is None:
            yield Words("kpi.plan_tier_from", low=Counted(tier.start, base), rate=rate)
        elif n == 0:
            yield Words("kpi.plan_tier_below", high=Counted(following, base), rate=rate)
        else:
            yield Words(
                "kpi.plan_tier_between", low=Counted(tier.start, base), high=Counted(following, base), rate=rate
            )


def _level(paid: int | Fraction, *, rates: bool) -> Cell:
    return RateOf(Fraction(paid)) if rates else Dong(int(paid))


def _only(only: Only, kind: RuleKind) -> Iterator[Cell]:
    if only.products:
        yield ", ".join(only.products)
    if only.channels:
        yield Words("kpi.plan_only_channels", names=", ".join(only.channels))
    if only.repeat is not None and kind != "repurchase":
        yield Words("kpi.plan_only_repeat" if only.repeat else "kpi.plan_only_new")
    if only.referral is not None and kind != "referral":
        yield Words("kpi.plan_only_referral" if only.referral else "kpi.plan_only_not_referral")
