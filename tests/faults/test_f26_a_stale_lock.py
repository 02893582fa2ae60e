"""F26: a process that holds the locks is killed; nobody has to unlock anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storing import NOTES, new_place

if TYPE_CHECKING:
    from pathlib import Path


def test_a_killed_holder_stands_in_nobodys_way(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a")
    process = place.start(
        "store = opened()\n"
        "with store.hold('toolkit calendar import'), store.transaction() as db:\n"
        "    db.execute(\"INSERT INTO note (text) VALUES ('dở dang')\")\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.communicate(timeout=30)
    with place.open(patience=5) as store, store.hold("toolkit"), store.transaction() as db:
        db.execute("INSERT INTO note (text) VALUES ('b')")
    assert place.notes() == ["a", "b"]
