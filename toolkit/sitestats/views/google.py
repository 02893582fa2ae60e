"""What was fetched from Google."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.text import as_argument, terminal_safe
from toolkit.shell.blocks import Joined, Line, Note, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block
    from toolkit.sitestats.service.pulling import Pulled


def pulled(found: Pulled) -> Iterator[Block]:
    """How many days are there now, and what to know about them."""
    name = terminal_safe(found.site.name)
    if found.fetched:
        yield Line(
            Words(f"sitestats.pulled_{found.kind}", name=name, origin=terminal_safe(found.origin),
                  n=len(found.fetched), first=min(found.fetched), last=max(found.fetched))
        )  # fmt: skip
    else:
        yield Line(Words("sitestats.pulled_nothing", name=name, origin=terminal_safe(found.origin)))
    yield Line(Words("sitestats.pulled_kept", n=found.kept))
    if found.waiting:
        code = "sitestats.still_counted" if found.kind == "ga4" else "sitestats.not_counted_yet"
        yield Line(Words(code, day=When(min(found.waiting))))
    if found.zone and found.zone != found.site.zone:
        yield Line(Words("sitestats.google_zone", zone=terminal_safe(found.zone), own=found.site.zone))
    for name, holds in (("thresholded", found.thresholded), ("merged", found.merged), ("sampled", found.sampled)):
        if holds:
            yield Line(Words(f"sitestats.google_{name}"))
    if found.quota is not None:
        hour, day = (Joined([n]) for n in (found.quota.hour, found.quota.day))  # as numbers are written, in thousands
        yield Note(Words("sitestats.tokens_left", hour=hour, day=day))
    if found.kind == "ga4" and found.kept and found.site.logs:
        yield Note(Words("sitestats.next_reconcile", name=as_argument(found.site.name)))
    if found.kind == "gsc" and found.kept:
        yield Note(Words("sitestats.next_report", name=as_argument(found.site.name)))


def pulled_json(found: Pulled) -> dict[str, Any]:
    """`ga4 pull --json`, `gsc pull --json`."""
    data: dict[str, Any] = {
        "site": found.site.name,
        "origin": found.origin,
        "timezone": found.zone,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "fetched": [day.isoformat() for day in found.fetched],
        "waiting": [day.isoformat() for day in found.waiting],
        "rows": found.rows,
        "days_kept": found.kept,
    }
    if found.kind == "ga4":
        quota = found.quota
        data |= {"thresholded": found.thresholded, "merged": found.merged, "sampled": found.sampled}
        data["tokens_left"] = {"hour": quota.hour, "day": quota.day} if quota else None
    return data
