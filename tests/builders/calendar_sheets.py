"""Small spreadsheets as members keep them, written as csv files, and what the local calendar then holds."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.calendar.adapters.local import LocalTarget
from toolkit.calendar.ports import Marks, Operation
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran
    from toolkit.calendar.model import Event, Made

HEADINGS = ("Tiêu đề", "Ngày", "Giờ", "Địa điểm")
TODAY = "2026-11-22"

Row = Sequence[object]

ROWS: list[Row] = [
    ("Họp nhóm", "12/12/2026", "8h30-9h30", "Phòng 2"),
    ("Gặp chị Hoa", "13/12/2026", "14h", "Quán cô Ba"),
    ("Giao hàng", "14/12/2026", "9h-11h", "Kho Tân Bình"),
    ("Gọi anh Tư", "15/12/2026", "9h", "văn phòng"),
    ("Hội chợ", "16/12/2026", "", "Nhà văn hóa"),
    ("Trực cửa hàng", "17/12/2026", "22h-6h", "cửa hàng"),
    ("Họp tổ", "18/12/2026", "8h", "Phòng 1"),
    ("Thăm khách", "19/12/2026", "15h", "Thủ Đức"),
    ("Chốt sổ", "20/12/2026", "17h", "văn phòng"),
    ("Học nghề", "21/12/2026", "19h30", ""),
]


def sheet(path: Path, rows: Iterable[Row] = ROWS, headings: Sequence[str] = HEADINGS) -> Path:
    """Write rows to a csv file; gives its path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def with_row(number: int, *cells: object, rows: Sequence[Row] = ROWS) -> list[Row]:
    """The rows with one of them, counted from 0, replaced."""
    return [*rows[:number], cells, *rows[number + 1 :]]


def imported(cli: Cli, path: Path, *options: object, to: object = "local") -> Ran:
    return cli("calendar", "import", path, "--to", to, "--today", TODAY, "--yes", *options)


def planned(cli: Cli, path: Path, *options: object, to: object = "local") -> Any:
    """The data of the plan as a program sees it."""
    return cli("calendar", "plan", path, "--to", to, "--today", TODAY, "--json", *options).json["data"]


def counts(cli: Cli, path: Path, *options: object, to: object = "local") -> dict[str, int]:
    """What a plan counts, zeros left out."""
    return {kind: n for kind, n in planned(cli, path, *options, to=to)["counts"].items() if n}


def standing(home: Path, calendar: str = "Lịch") -> dict[str, Made]:
    """Title → event of the local calendar; fails if a title is there twice."""
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        found = [made for made, _ in LocalTarget(store, calendar).everything()]
    by_title = {made.event.summary: made for made in found}
    assert len(by_title) == len(found), "an event is there twice"
    return by_title


def edit(home: Path, title: str, now: Event | None, calendar: str = "Lịch") -> None:
    """What a member does in the calendar itself: change an event (its private marks stay), or remove it (None)."""
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        target = LocalTarget(store, calendar)
        made, name = next((made, name) for made, name in target.everything() if made.event.summary == title)
        marks = Marks(name, made.key, made.content, made.run)
        operation = (
            Operation("update", made.event_id, now, marks, made.etag)
            if now
            else Operation("delete", made.event_id, etag=made.etag)
        )
        assert [result.kind for result in target.perform([operation])] == ["done"]
