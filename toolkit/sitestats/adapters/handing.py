"""Columns of Python's values as a table that SQL can read, without turning each value into a constant of the query."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection


@contextmanager
def handed(connection: DuckDBPyConnection, **tables: Mapping[str, Sequence[Any]]) -> Iterator[None]:
    """Lets a query read these tables by their names: columns of whole numbers, truth values, or texts and None. They
    are gone afterwards."""
    connection.complete()  # a row that was fetched alone leaves its query open, and nothing can be handed over then
    for name, columns in tables.items():
        connection.register(name, {column: _array(values) for column, values in columns.items()})
    try:
        yield
    finally:
        for name in tables:
            connection.unregister(name)


def _array(values: Sequence[Any]) -> Any:
    import numpy as np

    if values and isinstance(values[0], (bool, int)):
        return np.array(values)
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
