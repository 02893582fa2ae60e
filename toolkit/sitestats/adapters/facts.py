"""The figures of a page, put together in DuckDB: as fine as fits into a page of bounded size, and coarser beyond that.

A page that can't split a table by what somebody chooses says so; no figure in it is estimated.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from toolkit.sitestats import cubes, metrics
from toolkit.sitestats.adapters.figures import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
DAYS_BY_DAY: Final = 92
"""Logs of more days than this are cut by the month."""


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
    for name, table in (("page_seen", cubes.seen(site, kept)), ("page_came", cubes.came(site, kept))):
        _put_down(connection, name, table)
    maker = _Maker(connection, step, _labels(days, kept))
    cuts = {**cubes.CUTS, **(_of_goals(site, goals) if goals else {})}
    panels = {name: maker.panel(cut) for name, cut in cuts.items()}
    for name in ("page_seen", "page_came", "page_cube"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
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
        "who": ["human", "search", "ai", "bot", "uncertain"],
        "source": [*kept["source"], cubes.OTHERS],
        "country": [*kept["country"], cubes.OTHERS],
        "device": ["desktop", "phone", "tablet", "other", "bot"],
    }


def _most(site: metrics.Site, name: str) -> ir.Table:
    import ibis

    visits = site.visits.mutate(name=site.visits[name].lower() if name == "source" else site.visits[name])
    return visits.group_by("name").aggregate(n=visits.count()).order_by([ibis.desc("n"), "name"])


def _rows(connection: DuckDBPyConnection, table: ir.Table, most: int | None = None) -> list[dict[str, Any]]:
    import ibis

    found = connection.execute(str(ibis.to_sql(table.limit(most) if most is not None else table, dialect="duckdb")))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _put_down(connection: DuckDBPyConnection, name: str, table: ir.Table) -> None:
    import ibis

    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {ibis.to_sql(table, dialect='duckdb')}")


class _Maker:
    """Makes the panels of one page out of what was put down."""

    def __init__(self, connection: DuckDBPyConnection, step: str, labels: dict[str, list[Any]]) -> None:
        self._db = connection
        self._step = step
        self._sources = cubes.materials()
        self.labels = labels

    def panel(self, cut: cubes.Cut) -> cubes.Panel:
        """A table, with as many rows as fit, by as many dimensions as fit."""
        count = 1
        if cut.keys:
            ranked = cubes.keys_of(cut, self._sources)
            count = _rows(self._db, ranked.aggregate(n=ranked.count()))[0]["n"]
        dims = (self._step, *cubes.DIMENSIONS[1:])
        held = self._held(cut, self._step)
        keys = self._keys(held, cut, MOST_KEYS)
        made = self._cube(held, cut, keys, dims, FULL if cut.keys else FULL_WHOLE)
        if made is None and len(keys) > FEWER_KEYS:
            keys = keys[:FEWER_KEYS]
            held = held.semi_join(cubes.largest(held, cut).limit(FEWER_KEYS), list(cut.keys))
            made = self._cube(held, cut, keys, dims, FULL)
        found = [made] if made is not None else list(self._coarser(held, cut, keys))
        if not cut.keys and self._step == "month":
            by_day = self._cube(self._held(cut, "day"), cut, keys, ("day", "who"), FULL)
            found += [by_day] if by_day is not None else []
        return cubes.Panel(cut.values, keys, count - len(keys), found)

    def _held(self, cut: cubes.Cut, time: str) -> ir.Table:
        """The finest cube of a panel, put down."""
        import ibis

        finest = cubes.cube_of(cut, self._sources, time, MOST_KEYS)
        _put_down(self._db, "page_cube", finest)
        return ibis.table(finest.schema(), name="page_cube")

    def _keys(self, held: ir.Table, cut: cubes.Cut, most: int) -> list[tuple[Any, ...]]:
        if not cut.keys:
            return [()]
        return [tuple(row[key] for key in cut.keys) for row in _rows(self._db, cubes.largest(held, cut), most)]

    def _cube(
        self, held: ir.Table, cut: cubes.Cut, keys: Sequence[tuple[Any, ...]], dims: Sequence[str], most: int
    ) -> cubes.Cube | None:
        """The figures by these dimensions; None where they are more than `most` rows."""
        rows = _rows(self._db, cubes.coarser(held, cut, dims), most + 1)
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

    def _coarser(self, held: ir.Table, cut: cubes.Cut, keys: Sequence[tuple[Any, ...]]) -> Iterator[cubes.Cube]:
        """Cubes by fewer dimensions, each as fine as fits."""
        for most, choices in self._ways():
            for dims in choices:
                made = self._cube(held, cut, keys, dims, most)
                if made is not None:
                    yield made
                    break

    def _ways(self) -> Iterator[tuple[int, Sequence[tuple[str, ...]]]]:
        """For each thing that somebody may choose by: the most rows, and dimensions from the finest on."""
        yield TIMED, [(self._step, "who"), (self._step,)]
        for other in ("source", "country", "device"):
            yield PART, [(self._step, "who", other), ("who", other), (other,)]
        yield PART, [("who",)]
