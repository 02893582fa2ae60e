"""F04: the power goes; every row that was acknowledged before is there when it comes back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from storing import NOTES, Place, new_place
from toolkit.disk import crash

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def remains(place: Place, folder: Path) -> Place:
    """What the disk would hold: the database, its log and its seal, but no shared memory and no lock."""
    left = Place(folder)
    left.database.parent.mkdir(parents=True)
    for name in ("toolkit.db", "toolkit.db-wal", "toolkit.db-seal"):
        if (place.database.parent / name).exists():
            shutil.copy(place.database.parent / name, left.database.parent / name)
    shutil.copytree(place.migrations, left.migrations)
    return left


def test_what_was_acknowledged_is_there_whenever_the_power_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("0")
    acknowledged = ["0"]
    snapshots: list[tuple[str, Place, list[str]]] = []

    def power_goes(name: str) -> None:
        left = remains(place, tmp_path / f"mất điện {len(snapshots)}")
        snapshots.append((name, left, list(acknowledged)))

    monkeypatch.setattr(crash, "_fault", power_goes)
    for session in range(2):
        with place.open() as store:
            for number in range(3):
                text = f"{session}.{number} " + "x" * 3000
                with store.transaction() as db:
                    db.execute("INSERT INTO note (text) VALUES (?)", (text,))
                    power_goes("within")
                acknowledged.append(text)
                power_goes("acknowledged")
    monkeypatch.setattr(crash, "_fault", None)

    assert len({name for name, _, _ in snapshots}) > 8
    for name, left, expected in snapshots:
        notes = left.notes()
        assert notes[: len(expected)] == expected, name
        assert len(notes) <= len(expected) + 1, name  # what was just being acknowledged may be there too


def test_a_log_torn_anywhere_loses_only_whole_transactions_from_its_end(tmp_path: Path) -> None:
    place = new_place(tmp_path / "gốc", NOTES)
    place.write("0")
    texts = [f"{number} " + "x" * 3000 for number in range(4)]
    program = "store = opened()\nfor text in sys.stdin.read().split('|'):\n"
    program += "    with store.transaction() as db: db.execute('INSERT INTO note (text) VALUES (?)', (text,))\n"
    process = place.start(program + "os.kill(os.getpid(), 9)")
    process.communicate("|".join(texts), timeout=30)
    log = place.database.with_name("toolkit.db-wal")
    size = log.stat().st_size
    assert size > 4 * 4096
    for step in range(24):
        left = remains(place, tmp_path / f"rách {step}")
        with left.database.with_name("toolkit.db-wal").open("r+b") as torn:
            torn.truncate(size * step // 24)
        notes = left.notes()
        assert notes == ["0", *texts][: len(notes)]
        left.write("sau")
        assert left.notes() == [*notes, "sau"]
