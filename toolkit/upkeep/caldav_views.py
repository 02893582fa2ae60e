"""How sign-ins to CalDAV servers are shown to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.shell.blocks import Block, Cell, Column, Line, Note, Table, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.upkeep.caldav_sign_ins import Connection


def signed_in(connection: Connection) -> Iterator[Block]:
    yield Line(Words("upkeep.caldav_signed_in", host=connection.server, user=connection.user))
    yield from _calendars(connection)
    yield Note(Words(f"upkeep.secret_in_{connection.kept}"))
    yield Note(Words("upkeep.caldav_next", address=connection.address))


def signed_out(connection: Connection) -> Iterator[Block]:
    yield Line(Words("upkeep.caldav_signed_out", host=connection.server, user=connection.user))


def connections(found: tuple[Connection, ...]) -> Iterator[Block]:
    headings = ("upkeep.caldav_server", "upkeep.caldav_user", "upkeep.caldav_kept", "upkeep.caldav_calendars")
    rows: list[tuple[Cell, ...]] = [
        (one.address, one.user, Words(f"upkeep.kept_in_{one.kept}"), _names(one)) for one in found
    ]
    yield Table([Column(Words(code)) for code in headings], rows, Words("upkeep.no_server_yet"))


def _calendars(connection: Connection) -> Iterator[Block]:
    if connection.calendars:
        yield Line(Words("upkeep.caldav_has", calendars=_names(connection)))


def _names(connection: Connection) -> str:
    return ", ".join(calendar.name for calendar in connection.calendars or ())
