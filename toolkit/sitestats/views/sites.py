"""The sites that are kept, and what an update has read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from toolkit.core.text import as_argument, terminal_safe
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, When, Words
from toolkit.sitestats.service.updating import Updated
from toolkit.sitestats.views.report import Bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.shell.blocks import Block, Cell
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.service.keeping import Added, Collected, Kept

__all__ = ["Updated", "added", "added_json", "forgotten", "listed", "listed_json", "log_dropped", "renamed", "shown",
           "shown_json", "site_json", "stays", "updated", "updated_json"]  # fmt: skip

_FEW = 5


def added(found: Added) -> Iterator[Block]:
    """A log was added: to which site, and which files it is now."""
    code = "sitestats.site_made" if found.is_new else "sitestats.log_added"
    if not found.changed:
        code = "sitestats.log_known"
    yield Line(Words(code, name=found.site.name, n=len(found.files)))
    for path in found.files[-_FEW:]:
        yield Line(terminal_safe(f"  {path}"))
    if len(found.files) > _FEW:
        yield Line(Words("sitestats.more_files", n=len(found.files) - _FEW))
    yield Note(Words("sitestats.next_update", name=as_argument(found.site.name)))


def added_json(found: Added) -> dict[str, Any]:
    """`add-log --json`."""
    return {**site_json(found.site), "new": found.is_new, "files": [str(path) for path in found.files]}


def updated(found: Sequence[Updated]) -> Iterator[Block]:
    """What an update has read, a line a site."""
    for one in found:
        name = terminal_safe(one.site.name)
        if one.collected:
            yield Line(Words("sitestats.took_collected", name=name, n=one.collected))
        if not one.site.logs and not one.collected:
            yield Line(Words("sitestats.nothing_told" if one.collects else "sitestats.no_logs", name=name))
        elif not one.files:  # nothing but the collector, or logs that are gone, which is said as such
            continue
        elif not one.lines and not one.stopped:
            yield Line(Words("sitestats.nothing_new", name=name, n=one.files))
        else:
            first, last = (min(one.days), max(one.days)) if one.days else (None, None)
            days: Cell = When(first, last + timedelta(days=1)) if first and last else None
            code = "sitestats.read_new" if one.rejected else "sitestats.read_new_whole"
            yield Line(Joined([Words(code, name=name, n=one.lines, rejected=Joined([one.rejected])), days]))
        if one.waiting:
            yield Line(Words("sitestats.waiting", n=one.waiting))
        if one.stopped:
            yield Line(Words("sitestats.update_stopped", name=as_argument(one.site.name)))
    told = [one for one in found if one.lines or one.collected or (one.files and not one.stopped)]
    if told:
        collected = "" if told[0].lines or told[0].files else " --from-collector"
        yield Note(Words("sitestats.next_report", name=as_argument(told[0].site.name) + collected))


def updated_json(found: Sequence[Updated]) -> list[dict[str, Any]]:
    """`update --json`: new lines, those of them that couldn't be read, files with a line that isn't whole yet."""
    return [
        {
            "site": one.site.name,
            "files": one.files,
            "lines": one.lines,
            "rejected": one.rejected,
            "waiting": one.waiting,
            "days": [day.isoformat() for day in one.days],
            "collected": one.collected,
        }
        for one in found
    ]


def listed(found: Sequence[Kept]) -> Iterator[Block]:
    """Every site, how far it has been read, where its logs are."""
    rows: list[list[Cell]] = []
    for one in found:
        sources: list[Cell] = [terminal_safe(log.path) for log in one.site.logs]
        if one.site.more.get("collector"):
            sources.append(Words("sitestats.has_collector"))
        name, host = terminal_safe(one.site.name), terminal_safe(one.host)
        rows.append([name, host, one.last, Joined(sources, between=", ")])
    columns = [Column(Words(f"sitestats.column_{name}")) for name in ("site", "host", "until", "logs")]
    yield Table(columns, rows, Words("sitestats.none_kept"))


def listed_json(found: Sequence[Kept]) -> list[dict[str, Any]]:
    """`sites list --json`; what an update has found, too."""
    return [{**site_json(one.site), "host": one.host, **_days_json(one)} for one in found]


def _days_json(found: Kept) -> dict[str, str | None]:
    return {name: day.isoformat() if day else None for name, day in (("first", found.first), ("last", found.last))}


def site_json(site: Site) -> dict[str, Any]:
    """A site as it was set up."""
    logs = [{"path": log.path, "format": log.format} for log in site.logs]
    return {"site": site.name, "host": site.host, "timezone": site.zone, "logs": logs}


def shown(found: Kept) -> Iterator[Block]:
    """A site: where its logs are and how much of them is kept."""
    site = found.site
    yield Heading(terminal_safe(site.name))
    pairs: list[tuple[Cell, Cell]] = [
        (Words("sitestats.column_host"), terminal_safe(found.host) or Words("sitestats.found_by_itself")),
        (Words("sitestats.column_zone"), site.zone),
    ]
    pairs += [(Words("sitestats.column_log"), terminal_safe(log.path)) for log in site.logs]
    if found.first and found.last:
        pairs.append((Words("sitestats.column_kept"), When(found.first, found.last + timedelta(days=1))))
        pairs.append((Words("sitestats.column_requests"), found.requests))
    elif site.logs:
        pairs.append((Words("sitestats.column_kept"), Words("sitestats.not_read_yet")))
    if found.collected is not None:
        pairs.append((Words("sitestats.column_collector"), _collector(found.collected)))
    for kind, n in found.google.items():
        pairs.append((Words(f"sitestats.column_{kind}"), Words("sitestats.days_kept", n=n)))
    if found.goals:
        pairs.append((Words("sitestats.column_goals"), Joined([terminal_safe(one.name) for one in found.goals], ", ")))
    if found.requests or found.collected is not None:
        pairs.append((Words("sitestats.column_size"), Bytes(found.size)))
    yield Pairs(pairs)
    if site.logs and not found.requests:
        yield Note(Words("sitestats.next_update", name=as_argument(site.name)))


def _collector(told: Collected) -> Cell:
    """How much the collector has told, and whether it listens."""
    days = When(told.first, told.last + timedelta(days=1)) if told.first and told.last else None
    running = Words("sitestats.collector_running" if told.running else "sitestats.collector_resting")
    waiting = Words("sitestats.told_waiting", n=told.waiting) if told.waiting else None
    return Joined([Words("sitestats.told", n=told.messages), days, waiting, running])


def shown_json(found: Kept) -> dict[str, Any]:
    """`sites show --json`."""
    counted = {"requests": found.requests, "rejected": found.rejected, "bytes": found.size}
    told = found.collected
    collector = None
    if told is not None:
        first, last = (day.isoformat() if day else None for day in (told.first, told.last))
        collector = {"messages": told.messages, "waiting": told.waiting, "first": first, "last": last,
                     "running": bool(told.running)}  # fmt: skip
    more = {"collector": collector, "google": dict(found.google), "goals": [one.name for one in found.goals]}
    return {**site_json(found.site), "host": found.host, **counted, **_days_json(found), **more}


def renamed(site: Site) -> Iterator[Block]:
    """A site has another name."""
    yield Line(Words("sitestats.renamed", name=terminal_safe(site.name)))


def log_dropped(site: Site) -> Iterator[Block]:
    """A log isn't read any more; those that still are."""
    yield Line(Words("sitestats.log_dropped", name=terminal_safe(site.name), n=len(site.logs)))
    for log in site.logs:
        yield Line(terminal_safe(f"  {log.path}"))


def forgotten(site: Site) -> Iterator[Block]:
    """A site isn't kept any more."""
    yield Line(Words("sitestats.forgotten", name=terminal_safe(site.name)))


def stays(site: Site) -> Iterator[Block]:
    """Nothing was removed."""
    yield Line(Words("sitestats.stays", name=terminal_safe(site.name)))
