"""A log, the collector and Google Analytics side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Table, When, Words
from toolkit.sitestats.views.report import Share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.shell.blocks import Block, Cell
    from toolkit.sitestats.adapters.comparing import Counted
    from toolkit.sitestats.service.reconciling import Compared, Reason, Reconciled

MEASURES: Final = ("visitors", "visits", "page_views")
_DAYS: Final = 14


def reconciled(*, full: bool) -> Callable[[Reconciled], Iterator[Block]]:
    """All days together, the newest ones (with `full` every one), and why the figures differ."""

    def view(found: Reconciled) -> Iterator[Block]:
        days = list(found.days)
        span = Words("sitestats.span", first=days[0], last=days[-1])
        yield Heading(Joined([terminal_safe(found.site.name), span]))
        has_collector = any(one.collector is not None for one in found.days.values())
        columns = _columns(has_collector)
        rows = [[Words(f"sitestats.measure_{name}"), *_row(found.total, name, has_collector)] for name in MEASURES]
        yield Table([Column(Words("sitestats.people_only")), *columns], rows)
        shown = days if full else days[-_DAYS:]
        parts = {one.at.date() for one in found.reasons if one.at is not None}
        course = [
            [Joined([When(day), "*" if day in parts else ""], ""), *_row(found.days[day], "visits", has_collector)]
            for day in shown
        ]
        yield Table([Column(Words("sitestats.visits_a_day")), *columns], course)
        gap = found.total.google.page_views - found.total.log.page_views
        yield Line(Words("sitestats.gap_more" if gap > 0 else "sitestats.gap_fewer", n=abs(gap)))
        yield Line(Words("sitestats.reasons"))
        for reason in found.reasons:
            yield from _reason(reason, found)
        yield Note(Words("sitestats.reconciled_note"))

    return view


def _columns(has_collector: bool) -> list[Column]:
    names = ["log", *(["collector"] if has_collector else []), "google", "ratio"]
    return [Column(Words(f"sitestats.counted_{name}"), "right") for name in names]


def _row(one: Compared, name: str, has_collector: bool) -> list[Cell]:
    log, google = getattr(one.log, name), getattr(one.google, name)
    collected = getattr(one.collector, name) if one.collector is not None else None
    return [log, *([collected] if has_collector else []), google, Share(google, log)]


def _reason(reason: Reason, found: Reconciled) -> Iterator[Block]:
    share = Joined([" (", Share(reason.n, reason.whole), ")"], "") if reason.n and reason.whole else ""
    own = found.zone
    told: dict[str, Cell] = {"n": reason.n or 0, "share": share, "zone": terminal_safe(found.google_zone), "own": own}
    if reason.at is not None:
        one = found.days[reason.at.date()]
        told |= {"day": When(reason.at.date()), "time": f"{reason.at:%H:%M}",
                 "log": Joined([one.log.page_views]), "google": Joined([one.google.page_views])}  # fmt: skip
    yield Line(Joined(["- ", Words(f"sitestats.cause_{reason.cause}", **told)], between=""))
    if reason.pages:
        yield Line(terminal_safe("  " + ", ".join(path[:60] for path in reason.pages)))


def reconciled_json(found: Reconciled) -> dict[str, Any]:
    """`reconcile --json`; `ratio` is Analytics' page views over the log's, None where the log has none."""
    return {
        "site": found.site.name,
        "timezone": found.zone,
        "google_timezone": found.google_zone,
        "totals": _compared(found.total),
        "days": [{"date": day.isoformat(), **_compared(one)} for day, one in found.days.items()],
        "reasons": [
            {
                "cause": one.cause,
                "n": one.n,
                "of": one.whole,
                "pages": list(one.pages),
                "at": one.at.isoformat() if one.at else None,
            }
            for one in found.reasons
        ],
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "log": _counted(one.log),
        "collector": _counted(one.collector),
        "google": _counted(one.google),
        "ratio": round(one.google.page_views / one.log.page_views, 3) if one.log.page_views else None,
    }


def _counted(one: Counted | None) -> dict[str, int] | None:
    return {name: getattr(one, name) for name in MEASURES} if one is not None else None
