"""The figures of a page, put together in DuckDB: as fine as fits into a page of bounded size, and coarser beyond that.

A page that can't split a table by what somebody chooses says so; no figure in it is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats import cubes, metrics
from toolkit.sitestats.adapters.figures import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir
    from duckdb import DuckDBPyConnection

    from toolkit.sitestats.model import Goal

KEPT: Final = 24
"""Sources, and countries, that can be chosen one by one; the others together."""
MOST_KEYS: Final = 1_000
"""Rows of a table that a page holds at most."""
FEWER_KEYS: Final = 100
"""The same where every dimension of so many doesn't fit."""
FULL: Final = 20_000
"""Most rows of a cube with every dimension; a figure takes about a dozen bytes of the page."""
FULL_WHOLE: Final = 30_000
"""The same for the figures at the top of the page."""
TIMED: Final = 15_000
"""Most rows of a cube by time, and by who it was if that fits: what is asked for most."""
PART: Final = 5_000
"""Most rows of each other cube with fewer dimensions."""
WHO: Final = ("human", "search", "ai", "bot", "uncertain")
DEVICES: Final = ("desktop", "phone", "tablet", "other", "bot")
DAYS_BY_DAY: Final = 92
"""Logs of more days than this are cut by the month."""
_PATHS: Final = """CREATE OR REPLACE TEMP TYPE page_path AS ENUM (
    SELECT path FROM (SELECT path FROM hits UNION SELECT entry FROM visits UNION SELECT exit FROM visits)
    WHERE path IS NOT NULL ORDER BY path
)"""


def facts(connection: DuckDBPyConnection, filters: metrics.Filters, goals: Sequence[Goal] = ()) -> cubes.Facts | None:
    """Everything that a page can show of the part that `filters` names, with `goals`; None where nothing was seen."""
    site = metrics.narrowed(metrics.tables(), filters)
    days = [row["date"] for row in run(connection, metrics.days, filters, None)]
    if not days:
        return None
    first, last = days[0], days[-1]
    step = "day" if (last - first).days < DAYS_BY_DAY else "month"
    kept = {
        "source": [row["name"] for row in _rows(connection, _most(site, "source"), KEPT)],
        "country": [row["name"] for row in _rows(connection, _most(site, "country"), KEPT)],
    }
    connection.execute(_PATHS)
    kinds = {"who": _one_of(WHO), "device": _one_of(DEVICES)}
    kinds |= {name: _one_of([*values, cubes.OTHERS]) for name, values in kept.items()}
    _put_down(connection, "page_seen", cubes.seen(site, kept), {**kinds, "path": "page_path"})
    _put_down(connection, "page_came", cubes.came(site, kept), {**kinds, "entry": "page_path", "exit": "page_path"})
    maker = _Maker(connection, step, _labels(days, kept))
    cuts = {**cubes.CUTS, **(_of_goals(site, goals) if goals else {})}
    panels = {name: maker.panel(cut) for name, cut in cuts.items()}
    for name in ("page_seen", "page_came", "page_cube"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    connection.execute("DROP TYPE IF EXISTS page_path")
    return cubes.Facts(first, last, step, maker.labels, panels)


def _of_goals(site: metrics.Site, goals: Sequence[Goal]) -> dict[str, cubes.Cut]:
    """What came of the goals: in all, by where the visits came from, by the page on which they began."""
    cut = cubes.goals_cut(site, goals)
    return {
        "goals": cut,
        "goal_sources": replace(cut, keys=("goal", "name", "medium")),
        "goal_entries": replace(cut, rows=lambda sources: _began(cut.rows(sources)), keys=("goal", "entry")),
    }


def _began(visits: ir.Table) -> ir.Table:
    return visits.filter(visits.entry.notnull())


def _labels(days: Sequence[date], kept: dict[str, list[str]]) -> dict[str, list[Any]]:
    return {
        "day": list(days),
        "month": sorted({day.replace(day=1) for day in days}),
        "who": [*WHO],
        "source": [*kept["source"], cubes.OTHERS],
        "country": [*kept["country"], cubes.OTHERS],
        "device": [*DEVICES],
    }


def _most(site: metrics.Site, name: str) -> ir.Table:
    import ibis

    visits = site.visits.mutate(name=site.visits[name].lower() if name == "source" else site.visits[name])
    return visits.group_by("name").aggregate(n=visits.count()).order_by([ibis.desc("n"), "name"])


def _rows(connection: DuckDBPyConnection, table: ir.Table, most: int) -> list[dict[str, Any]]:
    return _asked(connection, _sql(table.limit(most)))


def _asked(connection: DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _sql(table: ir.Table) -> str:
    import ibis

    return str(ibis.to_sql(table, dialect="duckdb"))


def _put_down(connection: DuckDBPyConnection, name: str, table: ir.Table, kinds: Mapping[str, str]) -> None:
    """A table of the page. Texts that come again and again (`kinds`, by their columns) are put down as what they are
    among all of their kind, in the same order: they are grouped three times as quickly."""
    columns = ", ".join(f"{column}::{kind} AS {column}" for column, kind in kinds.items())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * REPLACE ({columns}) FROM ({_sql(table)})"  # noqa: S608
    )


def _one_of(values: Iterable[str]) -> str:
    """A type that has these values, which are anybody's."""
    named = (value.replace("'", "''") for value in sorted({*values}))
    return "ENUM(" + ", ".join(f"'{value}'" for value in named) + ")"


@dataclass(frozen=True)
class _Held:
    """The finest cube of a panel, by `time`, that stands in page_cube: all of it, or its `most` largest keys."""

    cut: cubes.Cut
    time: str
    most: int | None
    keys: Sequence[tuple[Any, ...]]


# What is asked for a table of the page, as SQL; kept, because bringing it into SQL takes longer than a small log does.


@lru_cache(maxsize=128)
def _count_sql(cut: cubes.Cut) -> str:
    ranked = cubes.keys_of(cut, cubes.materials())
    return _sql(ranked.aggregate(n=ranked.count()))


@lru_cache(maxsize=128)
def _finest_sql(cut: cubes.Cut, time: str, keys: int) -> str:
    return _sql(cubes.cube_of(cut, cubes.materials(), time, keys))


@lru_cache(maxsize=128)
def _held(cut: cubes.Cut, time: str, most: int | None) -> ir.Table:
    """The finest cube of a panel, which was put down, with its `most` largest keys."""
    import ibis

    held = ibis.table(cubes.cube_of(cut, cubes.materials(), time, 1).schema(), name="page_cube")
    return held.semi_join(cubes.largest(held, cut).limit(most), list(cut.keys)) if most else held


@lru_cache(maxsize=128)
def _keys_sql(cut: cubes.Cut, time: str, most: int) -> str:
    return _sql(cubes.largest(_held(cut, time, None), cut).limit(most))


@lru_cache(maxsize=1024)
def _cube_sql(cut: cubes.Cut, time: str, keys: int | None, dims: tuple[str, ...], most: int) -> str:
    return _sql(cubes.coarser(_held(cut, time, keys), cut, dims).limit(most))


class _Maker:
    """Makes the panels of one page out of what was put down."""

    def __init__(self, connection: DuckDBPyConnection, step: str, labels: dict[str, list[Any]]) -> None:
        self._db = connection
        self._step = step
        self.labels = labels

    def panel(self, cut: cubes.Cut) -> cubes.Panel:
        """A table, with as many rows as fit, by as many dimensions as fit."""
        count = _asked(self._db, _count_sql(cut))[0]["n"] if cut.keys else 1
        dims = (self._step, *cubes.DIMENSIONS[1:])
        self._put_down(cut, self._step)
        keys = self._keys(cut)
        held = _Held(cut, self._step, None, keys)
        made = self._cube(held, dims, FULL if cut.keys else FULL_WHOLE)
        if made is None and len(keys) > FEWER_KEYS:
            held = _Held(cut, self._step, FEWER_KEYS, keys[:FEWER_KEYS])
            made = self._cube(held, dims, FULL)
        found = [made] if made is not None else list(self._coarser(held))
        if not cut.keys and self._step == "month":
            self._put_down(cut, "day")
            by_day = self._cube(_Held(cut, "day", None, keys), ("day", "who"), FULL)
            found += [by_day] if by_day is not None else []
        return cubes.Panel(cut.values, held.keys, count - len(held.keys), found)

    def _put_down(self, cut: cubes.Cut, time: str) -> None:
        """The finest cube of a panel."""
        self._db.execute(f"CREATE OR REPLACE TEMP TABLE page_cube AS {_finest_sql(cut, time, MOST_KEYS)}")

    def _keys(self, cut: cubes.Cut) -> list[tuple[Any, ...]]:
        if not cut.keys:
            return [()]
        rows = _asked(self._db, _keys_sql(cut, self._step, MOST_KEYS))
        return [tuple(row[key] for key in cut.keys) for row in rows]

    def _cube(self, held: _Held, dims: Sequence[str], most: int) -> cubes.Cube | None:
        """The figures by these dimensions; None where they are more than `most` rows."""
        cut, keys = held.cut, held.keys
        rows = _asked(self._db, _cube_sql(cut, held.time, held.most, tuple(dims), most + 1))
        if len(rows) > most:
            return None
        places = {key: place for place, key in enumerate(keys)}
        at = {dim: {label: place for place, label in enumerate(self.labels[dim])} for dim in dims}
        wide = len(cut.keys)
        return cubes.Cube(
            tuple(dims),
            sorted(
                (places[row[:wide]], *(at[dim][row[wide + n]] for n, dim in enumerate(dims)),
                 *(int(value or 0) for value in row[wide + len(dims) :]))
                for row in (tuple(one.values()) for one in rows)
            ),
        )  # fmt: skip

    def _coarser(self, held: _Held) -> Iterator[cubes.Cube]:
        """Cubes by fewer dimensions, each as fine as fits."""
        for most, choices in self._ways():
            for dims in choices:
                made = self._cube(held, dims, most)
                if made is not None:
                    yield made
                    break

    def _ways(self) -> Iterator[tuple[int, Sequence[tuple[str, ...]]]]:
        """For each thing that somebody may choose by: the most rows, and dimensions from the finest on."""
        yield TIMED, [(self._step, "who"), (self._step,)]
        for other in ("source", "country", "device"):
            yield PART, [(self._step, "who", other), ("who", other), (other,)]
        yield PART, [("who",)]
