"""The sites that are kept, and what an update has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Column, Heading, Joined, Line, Note, Pairs, Table, Words
from toolkit.sitestats.service.updating import Updated
from toolkit.sitestats.views.report import Bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.shell.blocks import Block, Cell
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.service.keeping import Added, Kept

__all__ = ["Updated", "added", "added_json", "forgotten", "listed", "listed_json", "renamed", "shown", "shown_json",
           "site_json", "stays", "updated", "updated_json"]  # fmt: skip

_FEW = 5


def added(found: Added) -> Iterator[Block]:
    """A log was added: to which site, and which files it is now."""
    code = "sitestats.site_made" if found.is_new else "sitestats.log_added"
    yield Line(Words(code, name=found.site.name, n=len(found.files)))
    for path in found.files[-_FEW:]:
        yield Line(terminal_safe(f"  {path}"))
    if len(found.files) > _FEW:
        yield Line(Words("sitestats.more_files", n=len(found.files) - _FEW))
    yield Note(Words("sitestats.next_update", name=_typed(found.site.name)))


def added_json(found: Added) -> dict[str, Any]:
    """`add-log --json`."""
    return {**site_json(found.site), "new": found.is_new, "files": [str(path) for path in found.files]}


def updated(found: Sequence[Updated]) -> Iterator[Block]:
    """What an update has read, a line a site."""
    for one in found:
        name = terminal_safe(one.site.name)
        if one.collected:
            yield Line(Words("sitestats.took_collected", name=name, n=one.collected))
        if one.collected and not one.files:
            continue
        if not one.lines:
            yield Line(Words("sitestats.nothing_new", name=name, n=one.files))
        else:
            first, last = (min(one.days), max(one.days)) if one.days else (None, None)
            days: Cell = Words("sitestats.span", first=first, last=last) if first and last else None
            code = "sitestats.read_new" if one.rejected else "sitestats.read_new_whole"
            yield Line(Joined([Words(code, name=name, n=one.lines, rejected=one.rejected), days]))
        if one.waiting:
            yield Line(Words("sitestats.waiting", n=one.waiting))
    if found:
        yield Note(Words("sitestats.next_report", name=_typed(found[0].site.name)))


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


def listed(found: Sequence[Site]) -> Iterator[Block]:
    """Every site, where its logs are."""
    rows: list[list[Cell]] = [
        [terminal_safe(site.name), terminal_safe(site.host), terminal_safe(", ".join(log.path for log in site.logs))]
        for site in found
    ]
    columns = [Column(Words("sitestats.column_site")), Column(Words("sitestats.column_host"))]
    yield Table([*columns, Column(Words("sitestats.column_logs"))], rows, Words("sitestats.none_kept"))


def listed_json(found: Sequence[Site]) -> list[dict[str, Any]]:
    """`sites list --json`."""
    return [site_json(site) for site in found]


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
        pairs.append((Words("sitestats.column_kept"), Words("sitestats.span", first=found.first, last=found.last)))
        pairs.append((Words("sitestats.column_requests"), found.requests))
    pairs.append((Words("sitestats.column_size"), Bytes(found.size)))
    yield Pairs(pairs)


def shown_json(found: Kept) -> dict[str, Any]:
    """`sites show --json`."""
    days = {name: day.isoformat() if day else None for name, day in (("first", found.first), ("last", found.last))}
    counted = {"requests": found.requests, "rejected": found.rejected, "bytes": found.size}
    return {**site_json(found.site), "host": found.host, **counted, **days}


def renamed(site: Site) -> Iterator[Block]:
    """A site has another name."""
    yield Line(Words("sitestats.renamed", name=terminal_safe(site.name)))


def forgotten(site: Site) -> Iterator[Block]:
    """A site isn't kept any more."""
    yield Line(Words("sitestats.forgotten", name=terminal_safe(site.name)))


def stays(site: Site) -> Iterator[Block]:
    """Nothing was removed."""
    yield Line(Words("sitestats.stays", name=terminal_safe(site.name)))


def _typed(name: str) -> str:
    """A name as it is typed into a command."""
    safe = terminal_safe(name)
    return f'"{safe}"' if " " in safe else safe
