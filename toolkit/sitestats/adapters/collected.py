"""What the collector has kept becomes rows of the same tables as a log's, in a database of its own beside the site's.

Of its own, because a visit that a log and the collector have both seen must not be counted twice, and because what was
collected can't be read again from any log. Everything that opens a site opens this one as well: `collected_of(site)`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from toolkit.disk.crash import crashpoint
from toolkit.disk.folders import private_folder
from toolkit.disk.scratch import scratch_folder
from toolkit.sitestats.adapters import store
from toolkit.sitestats.adapters.intake import Intake
from toolkit.sitestats.adapters.salting import forget_old_salt
from toolkit.sitestats.classify import agents, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.adapters.intake import Told
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.model import FormatName

AT_ONCE: Final = 50_000
"""Rows that are taken over in one transaction."""
_METHODS: Final = {"view": "GET", "event": "EVENT", "link": "LINK"}
_NO_FORMAT: Final = cast("FormatName", "")
"""No lines are read, so they have no format."""
_NO_MARKS: Final = ("", "", "", "", "", "", False)


@dataclass(frozen=True)
class Took:
    """What was taken over: how many messages, of which days."""

    rows: int = 0
    days: tuple[date, ...] = ()


def collected_of(site: Site) -> Site:
    """Where what is collected of a site is kept, as a site: its database, its lock."""
    return replace(site, folder=site.folder / "collector", logs=())


def intake_of(site: Site) -> Path:
    """The file that the collector writes into."""
    return site.folder / "collector" / "intake.db"


def salt_of(site: Site) -> Path:
    """The collector's salt of the day."""
    return site.folder / "collector" / "salt.json"


def serving_lock(site: Site) -> Path:
    """What a collector holds for as long as it serves this site."""
    return site.folder / "collector" / "serving"


def take_collected(site: Site, *, now: int) -> Took:
    """Take over what the collector has kept since the last time, each message exactly once, also when this is killed
    at any point, and while the collector runs: rows and the number of the last one are one transaction. `now` is
    seconds since 1970.

    Raises StoreError as `store.open_site` does, "sitestats.intake_unusable".
    """
    if not intake_of(site).exists():
        return Took()
    forget_old_salt(salt_of(site), datetime.fromtimestamp(now, ZoneInfo(site.zone)).date())
    own = collected_of(site)
    private_folder(own.folder)
    rows = 0
    days: set[date] = set()
    with own.lock("sitestats update"), Intake(intake_of(site)) as intake:
        if not len(intake):  # nothing new: nothing else is opened
            return Took()
        with scratch_folder() as scratch, store.open_site(own, scratch, write=True) as connection:
            known = f"taken:{intake.identity}"
            done = int(store.state(connection, known) or 0)
            while told := intake.after(done, AT_ONCE):
                connection.execute("BEGIN")
                done = told[-1][0]
                touched = _insert_hits(connection, [one for _, one in told], site)
                store.set_state(connection, known, str(done))
                _count(connection, len(told))
                store.unsettle(connection, touched)  # visitors and visits follow when they are looked at
                crashpoint("sitestats.take.before_commit")
                connection.execute("COMMIT")
                crashpoint("sitestats.take.committed")
                rows, days = rows + len(told), days | touched
        intake.drop(done)
        crashpoint("sitestats.take.dropped")
    return Took(rows, tuple(sorted(days)))


def _count(connection: DuckDBPyConnection, rows: int) -> None:
    """What was taken over counts as what was read: `requests` of the report."""
    counted = next(iter(store.cursors(connection)), store.Cursor(1, "collector", _NO_FORMAT))
    counted.lines += rows
    store.put_cursor(connection, counted)


def _insert_hits(connection: DuckDBPyConnection, told: Sequence[Told], site: Site) -> set[date]:
    zone = ZoneInfo(site.zone)
    found = connection.execute("SELECT coalesce(max(place), 0) FROM hits").fetchone()
    place = int(found[0]) if found else 0
    of_agent = _agents(connection, {one.agent: one.seen for one in told})
    of_referrer = _referrers(connection, {one.referrer for one in told}, site)
    of_marks = _campaigns(connection, {one.marks for one in told})
    rows = []
    for number, one in enumerate(told, start=place + 1):
        moment = datetime.fromtimestamp(one.seen, zone).replace(tzinfo=None)
        rows.append((
            moment.date(), moment, one.visitor, of_agent[one.agent], of_referrer[one.referrer], of_marks[one.marks],
            one.country, one.host, _METHODS.get(one.kind, "EVENT"), one.name or one.path, 200, 0, number,
            one.kind == "view", False,
        ))  # fmt: skip
    _insert(connection, "hits", rows)
    return {row[0] for row in rows}


def _agents(connection: DuckDBPyConnection, texts: Mapping[str, int]) -> dict[str, int]:
    known = _known(connection, "agents")
    new = []
    for text in sorted(texts.keys() - known.keys()):
        found, app = agents.classify_agent(text, datetime.fromtimestamp(texts[text], UTC).year), sources.of_agent(text)
        known[text] = len(known)
        new.append((known[text], text, found.browser, found.system, found.device, found.who, found.reason, found.name,
                    app.name if app else ""))  # fmt: skip
    _insert(connection, "agents", new)
    return known


def _referrers(connection: DuckDBPyConnection, texts: Iterable[str], site: Site) -> dict[str, int]:
    known = _known(connection, "referrers")
    host = urlsplit(f"//{site.host.lower()}").hostname or ""  # a referrer is known without its port
    own = frozenset({host.removeprefix("www.")} - {""})
    new = []
    for text in sorted(set(texts) - known.keys()):
        found = sources.of_referrer(text, own)
        known[text] = len(known)
        new.append((known[text], text, found.name, found.medium, found.host))
    _insert(connection, "referrers", new)
    return known


def _campaigns(connection: DuckDBPyConnection, texts: Iterable[str]) -> dict[str, int]:
    rows = connection.execute("SELECT id, source, medium, campaign, content, term, click, paid FROM campaigns")
    known = {tuple(row[1:]): int(row[0]) for row in rows.fetchall()}
    of_text, new = {}, []
    for text in sorted(set(texts)):
        key = tuple(json.loads(text)) if text else _NO_MARKS
        if key not in known:
            known[key] = len(known)
            new.append((known[key], *key))
        of_text[text] = known[key]
    _insert(connection, "campaigns", new)
    return of_text


def _known(connection: DuckDBPyConnection, table: str) -> dict[str, int]:
    return dict(connection.execute(f"SELECT text, id FROM {table}").fetchall())  # noqa: S608 - names of ours


def _insert(connection: DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    if not rows:
        return
    kinds = connection.execute(
        "SELECT data_type FROM duckdb_columns() WHERE table_name = ? AND NOT internal ORDER BY column_index", [table]
    ).fetchall()
    picked = ", ".join(f"unnest(${place}::{kind}[])" for place, (kind,) in enumerate(kinds, start=1))
    values = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"INSERT INTO {table} SELECT {picked}", values)
