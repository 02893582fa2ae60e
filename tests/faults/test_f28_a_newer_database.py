"""F28: a database that a newer program wrote is left alone, and the member is told what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storing import NOTES, TAGS, new_place
from toolkit.core.errors import StoreError
from toolkit.core.outcome import Exit
from toolkit.shell.paths import Paths
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


def test_a_database_with_a_schema_from_the_future_is_refused_and_not_touched(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES, TAGS)
    place.write("a")
    (place.migrations / "0002_step.sql").unlink()  # yesterday's program
    before = place.database.read_bytes()
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.newer"
    assert (refused.value.problem.params["found"], refused.value.problem.params["known"]) == (2, 1)
    assert refused.value.exit == Exit.STORE
    assert place.database.read_bytes() == before


def test_a_newer_schema_that_is_only_in_the_log_yet_is_refused_too(tmp_path: Path) -> None:
    place = new_place(tmp_path / "a", NOTES)
    place.write("a")
    (place.migrations / "0002_step.sql").write_text(TAGS, "utf-8")
    assert place.run("write('b')", fault="kill@store.migrate.committed").returncode == -9
    (place.migrations / "0002_step.sql").unlink()
    with pytest.raises(StoreError) as refused:
        place.open()
    assert refused.value.problem.code == "store.newer"


def test_the_member_is_told_to_update_and_nothing_else(home: Path, cli: Cli) -> None:
    paths = Paths.find()
    Store.open(paths.database, backups=paths.backups).close()
    with closing(sqlite3.connect(paths.database)) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute(f"PRAGMA user_version = {version + 1}")
    before = paths.database.read_bytes()
    ran = cli("backup")
    assert ran.exit_code == 7
    assert "pipx upgrade sotay-toolkit" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert paths.database.read_bytes() == before
