"""What is told of deals, of those who come back, and of the way from a conversation to a sale."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from toolkit.core.text import search_key
from toolkit.kpi.people.stages import LOST_REASONS, is_usual
from toolkit.kpi.views.shares import Dong, Exact, Percent, exact_json, rounded, share_json, span_json, span_words, sure
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.kpi.model import Opportunity
    from toolkit.kpi.people.deals import By, Group
    from toolkit.kpi.service.deals import DealChanged, DealList, Decided, Flow, Repeats
    from toolkit.shell.blocks import Block, Cell


def stage_words(stage: str) -> Cell:
    """A stage in the member's words: the catalogue's for the usual ones, else their own."""
    return Words(f"kpi.stage_{stage}") if is_usual(stage) else stage


def reason_words(kind: str) -> Cell:
    return Words(f"kpi.reason_{kind}") if kind in LOST_REASONS else Words("kpi.reason_unsaid")


# --- one deal, many deals ---


def changed(done: DealChanged) -> Iterator[Block]:
    """One receipt line, and how to take it back."""
    deal = done.deal
    if done.done == "shown":
        yield from _shown(done)
        return
    cells: list[Cell] = [
        Words(f"kpi.deal_{done.done}", id=deal.id),
        deal.customer_name,
        done.labels.get(deal.product, deal.product),
        Dong(deal.amount) if deal.amount is not None else None,
        stage_words(deal.stages[-1].stage) if done.done in ("added", "staged") and deal.stages else None,
        deal.reason or (reason_words(deal.reason_kind) if deal.reason_kind else None),
        When(deal.closed or deal.opened, this_year=done.this_year),
    ]
    yield Line(Joined(cells))
    if done.done == "won":
        code = "kpi.deal_is_sale" if done.sale else "kpi.deal_without_sale"
        yield Note(Words(code, id=done.sale.id if done.sale else deal.id))
    if done.done != "unchanged":
        yield Note(Words("kpi.undo_hint"))


def _shown(done: DealChanged) -> Iterator[Block]:
    deal, year = done.deal, done.this_year
    yield Heading(Joined([Words("kpi.deal_number", id=deal.id), deal.customer_name]))
    pairs: list[tuple[Cell, Cell]] = [(Words("kpi.heading_state"), Words(f"kpi.deal_is_{deal.outcome}"))]
    if deal.product:
        pairs.append((Words("kpi.heading_product"), done.labels.get(deal.product, deal.product)))
    if deal.amount is not None:
        pairs.append((Words("kpi.heading_amount"), Dong(deal.amount)))
    if deal.source:
        pairs.append((Words("kpi.heading_source"), source_words(deal.source)))
    pairs += [(stage_words(event.stage), When(event.day, this_year=year)) for event in deal.stages]
    if deal.closed:
        pairs.append((Words("kpi.heading_closed"), When(deal.closed, this_year=year)))
    if deal.outcome == "lost":
        pairs.append((Words("kpi.heading_reason"), Joined([reason_words(deal.reason_kind), deal.reason])))
    if done.sale:
        pairs.append((Words("kpi.heading_sale"), Joined([done.sale.id, Dong(done.sale.amount)])))
    yield Pairs(pairs)


def changed_json(done: DealChanged) -> dict[str, Any]:
    return {"done": done.done, **deal_json(done.deal, done.labels)}


def listing(found: DealList) -> Iterator[Block]:
    """One line a deal, the newest last."""
    codes = ("id", "customer", "product", "amount", "stage", "day")
    right = ("id", "amount")
    columns = [Column(Words(f"kpi.heading_{code}"), "right" if code in right else "left") for code in codes]
    yield Table(columns, [_row(deal, found) for deal in found.deals], empty=Words("kpi.no_deals"))


def _row(deal: Opportunity, found: DealList) -> list[Cell]:
    last = deal.stages[-1] if deal.stages else None
    stage: Cell = stage_words(last.stage) if last else None
    return [
        deal.id,
        deal.customer_name,
        found.labels.get(deal.product, deal.product),
        Dong(deal.amount) if deal.amount is not None else None,
        stage if deal.outcome == "open" else Words(f"kpi.deal_is_{deal.outcome}"),
        When(deal.closed or (last.day if last else deal.opened), this_year=found.this_year),
    ]


def listing_json(found: DealList) -> list[dict[str, Any]]:
    return [deal_json(deal, found.labels) for deal in found.deals]


def deal_json(deal: Opportunity, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": deal.id,
        "engagement": deal.engagement,
        "outcome": deal.outcome,
        "customer": deal.customer_name or None,
        "customer_id": deal.customer or None,
        "product": labels.get(deal.product, deal.product) or None,
        "amount": deal.amount,
        "source": deal.source or None,
        "opened": deal.opened.isoformat(),
        "closed": deal.closed.isoformat() if deal.closed else None,
        "reason": deal.reason or None,
        "reason_kind": deal.reason_kind or None,
        "sale": deal.sale or None,
        "stages": [{"stage": event.stage, "date": event.day.isoformat()} for event in deal.stages],
    }


# --- won and lost ---


def source_words(source: str) -> Cell:
    return Words("kpi.source_referral") if source == "referral" else source or Words("kpi.reason_unsaid")


def decided(found: Decided) -> Iterator[Block]:
    """Won and lost, and what they have in common where that was asked."""
    deals = found.deals
    yield Heading(Words("kpi.winloss_of", days=span_words(found.span.since, found.span.until)))
    yield Pairs(
        [
            (Words("kpi.deals_won"), deals.won),
            (Words("kpi.deals_lost"), deals.lost),
            (Words("kpi.win_rate"), sure(deals.rate)),
            (Words("kpi.win_loss_ratio"), _ratio(deals.won, deals.lost)),
            (Words("kpi.deals_open"), found.open),
        ]
    )
    if found.by is None:
        return
    reasons = found.by == "reason"
    heads: list[Cell] = [Words(f"kpi.heading_by_{found.by}")]
    heads += [Words("kpi.deals_lost"), Words("kpi.heading_words")] if reasons else [
        Words("kpi.deals_won"), Words("kpi.deals_lost"), Words("kpi.win_rate")
    ]  # fmt: skip
    columns = [Column(head, "right" if 0 < at < len(heads) - reasons else "left") for at, head in enumerate(heads)]
    yield Table(columns, [_group(group, found) for group in found.groups], empty=Words("kpi.no_deals_decided"))


def _ratio(won: int, lost: int) -> Cell:
    if not lost:
        return Words("kpi.share_of_nothing")
    return Words("kpi.won_by_lost", won=won, lost=lost, ratio=Exact(Fraction(won, lost)))


def _group(group: Group, found: Decided) -> list[Cell]:
    name = _group_name(group.name, found.by, found.labels)
    if found.by == "reason":
        return [name, group.deals.lost, "; ".join(group.words)]
    rate = group.deals.rate.value
    return [name, group.deals.won, group.deals.lost, Percent(rate) if rate is not None else None]


def _group_name(name: str, by: By | None, labels: Mapping[str, str]) -> Cell:
    if by == "reason":
        return reason_words(name)
    if by == "source":
        return source_words(name)
    if by == "month":
        return Words("kpi.month_name", month=int(name[5:]), year=int(name[:4]))
    return labels.get(name, name) or Words("kpi.reason_unsaid")


def decided_json(found: Decided) -> dict[str, Any]:
    ratio = found.deals.ratio
    return {
        **span_json(found.span.since, found.span.until, found.span.engagement),
        "won": found.deals.won,
        "lost": found.deals.lost,
        "open": found.open,
        "win_rate": rounded(found.deals.rate.value),
        "rate": share_json(found.deals.rate),
        "ratio": rounded(ratio),
        "by": found.by,
        "groups": [
            {
                "name": found.labels.get(group.name, group.name) or None,
                "won": group.deals.won,
                "lost": group.deals.lost,
                "win_rate": rounded(group.deals.rate.value) if found.by != "reason" else None,
                "reasons": list(group.words),
            }
            for group in found.groups
        ],
    }


# --- coming back ---


def repeats(found: Repeats) -> Iterator[Block]:
    """How many came back, who was sent, and how long coming back takes."""
    back = found.found
    yield Heading(Words("kpi.repeat_of", days=span_words(found.span.since, found.span.until)))
    pairs: list[tuple[Cell, Cell]] = [
        (Words("kpi.customers_who_bought"), back.repeat.whole),
        (Words("kpi.customers_back"), sure(back.repeat)),
        (Words("kpi.purchases_referred"), sure(back.referred)),
    ]
    if back.gap is not None:
        pairs.append((Words("kpi.days_between"), Words("kpi.days_median", days=Exact(back.gap), n=back.gaps)))
    if back.unnamed:
        pairs.append((Words("kpi.purchases_unnamed"), back.unnamed))
    yield Pairs(pairs)
    if found.within is not None:
        yield Note(Words("kpi.repeat_within", n=found.within))


def repeats_named(found: Repeats) -> Iterator[Block]:
    """The same, and who they are."""
    yield from repeats(found)
    columns = [Column(Words("kpi.heading_id"), "right"), Column(Words("kpi.heading_customer"))]
    yield Table(columns, [[number, name] for number, name in found.who], empty=Words("kpi.nobody_back"))


def repeats_json(found: Repeats) -> dict[str, Any]:
    back = found.found
    return {
        **span_json(found.span.since, found.span.until, found.span.engagement),
        "within_days": found.within,
        "who": [{"id": number, "name": name} for number, name in found.who],
        "customers": back.repeat.whole,
        "repeat_customers": back.repeat.part,
        "repeat_share": rounded(back.repeat.value),
        "repeat": share_json(back.repeat),
        "purchases": back.referred.whole,
        "referrals": back.referred.part,
        "referral_share": rounded(back.referred.value),
        "referral": share_json(back.referred),
        "unnamed_purchases": back.unnamed,
        "median_days_between": exact_json(back.gap),
        "gaps": back.gaps,
    }


# --- the funnel ---


def flow(found: Flow) -> Iterator[Block]:
    """Every stage with what it keeps of the one before it and of the first."""
    yield Heading(Words("kpi.funnel_of", days=span_words(found.span.since, found.span.until)))
    codes = ("stage", "count", "of_previous", "of_first")
    columns = [Column(Words(f"kpi.heading_{code}"), "left" if code == "stage" else "right") for code in codes]
    rows: list[list[Cell]] = [
        [
            stage_words(stage.stage),
            stage.count,
            Percent(step.of_previous) if step.of_previous is not None else None,
            Percent(step.of_first) if step.of_first is not None else None,
        ]
        for stage, step in zip(found.funnel.stages, found.funnel.steps, strict=True)
    ]
    yield Table(columns, rows)
    stages = found.funnel.stages
    if found.wanted is not None:
        first, last = stage_words(stages[0].stage), stage_words(stages[-1].stage)
        if found.needed is None:
            yield Line(Words("kpi.funnel_no_way", last=last))
        else:
            yield Line(
                Words(
                    "kpi.funnel_needed", needed=found.needed, wanted=found.wanted, first=first, last=last,
                    entered=stages[0].count, left=stages[-1].count,
                )
            )  # fmt: skip
    left_out = [stage for stage in found.known if search_key(stage) not in {search_key(one.stage) for one in stages}]
    if left_out:
        yield Note(Words("kpi.funnel_other_stages", stages=Joined([stage_words(one) for one in left_out], ", ")))


def flow_json(found: Flow) -> dict[str, Any]:
    return {
        **span_json(found.span.since, found.span.until, found.span.engagement),
        "stages": [
            {
                "stage": stage.stage,
                "count": stage.count,
                "activities": stage.activities,
                "deals": stage.deals,
                "sales": stage.sales,
                "of_previous": rounded(step.of_previous),
                "of_first": rounded(step.of_first),
            }
            for stage, step in zip(found.funnel.stages, found.funnel.steps, strict=True)
        ],
        "wanted": found.wanted,
        "needed": found.needed,
        "other_stages": [one for one in found.known if one not in {stage.stage for stage in found.funnel.stages}],
    }
