"""`sitestats export SITE` into the same folder again: new and changed days are written, the others left alone."""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.kept_sites import log_line, log_lines
from toolkit.disk import swap
from toolkit.sitestats.adapters.engines import open_tables
from toolkit.sitestats.adapters.figures import run
from toolkit.sitestats.metrics import METRICS, TABLES, Filters

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

TODAY = ("--tz", "UTC", "--today", "2026-11-22")
A_DAY = 24  # lines of log_line with a step of an hour


class Shop:
    """A site whose log grows, and the folder it is exported into."""

    def __init__(self, cli: Cli, folder: Path, name: str = "shop") -> None:
        self.cli, self.name, self.folder = cli, name, folder / "kho"
        self.log = folder / f"{name}.log"
        self.write(log_lines(0, 2 * A_DAY - 1, step=3600))
        assert cli("sitestats", "add-log", name, self.log, *TODAY).exit_code == 0

    def write(self, lines: str) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            file.write(lines)

    def export(self, *more: str) -> Any:
        assert self.cli("sitestats", "update", self.name, "--today", "2026-11-22").exit_code == 0
        return self.cli(
            "sitestats", "export", self.name, "--parquet", self.folder, *more, "--today", "2026-11-22", "--json"
        )

    def said(self) -> dict[str, Any]:
        done = self.cli("sitestats", "report", self.name, "--today", "2026-11-22", "--json")
        found: dict[str, Any] = done.json["data"]
        return found

    def read(self) -> dict[str, Any]:
        done = self.cli("sitestats", "report", "--data", self.folder, "--today", "2026-11-22", "--json")
        found: dict[str, Any] = done.json["data"]
        return found


def files(folder: Path) -> dict[str, int]:
    """Every file of the tables by day, with its place on the disk."""
    return {str(path.relative_to(folder)): path.stat().st_ino for path in folder.rglob("day=*/*.parquet")}


@pytest.fixture
def shop(cli: Cli, tmp_path: Path) -> Shop:
    return Shop(cli, tmp_path)


def test_new_days_are_added_and_a_changed_one_is_replaced(shop: Shop) -> None:
    first = shop.export().json["data"]
    assert (len(first["added"]), first["replaced"], first["kept"]) == (3, [], 0)
    before = files(shop.folder)
    shop.write(log_lines(2 * A_DAY, 3 * A_DAY - 1, step=3600))
    second = shop.export().json["data"]
    assert (second["added"], second["replaced"], second["kept"]) == (["2026-11-21"], ["2026-11-20"], 2)
    now = files(shop.folder)
    left = {name for name in before if "2026-11-20" not in name}
    assert {name: now[name] for name in left} == {name: before[name] for name in left}
    assert second["rows"]["hits"] == 3 * A_DAY
    assert shop.read() == shop.said()


def test_nothing_new_leaves_every_file_alone_and_says_so(shop: Shop, cli: Cli) -> None:
    shop.export()
    before = files(shop.folder)
    done = cli("sitestats", "export", "shop", "--parquet", shop.folder, "--today", "2026-11-22")
    assert "không ngày nào mới hay đổi" in done.stdout
    assert files(shop.folder) == before
    assert [path.name for path in shop.folder.parent.iterdir() if path.name.startswith(".")] == []


def test_what_changed_is_said_by_day(shop: Shop, cli: Cli) -> None:
    shop.export()
    shop.write(log_line(5, step=3600, address="192.0.2.9"))  # a line of the first day that came late
    assert cli("sitestats", "update", "--today", "2026-11-22").exit_code == 0
    done = cli("sitestats", "export", "shop", "--parquet", shop.folder, "--today", "2026-11-22")
    assert "Ngày mới: 0; ngày đã đổi, được ghi lại: 1; giữ nguyên: 2." in done.stdout
    assert "18/11/2026" in done.stdout


def test_a_day_whose_files_were_touched_is_written_again(shop: Shop) -> None:
    shop.export()
    (broken, *_) = shop.folder.glob("hits/day=2026-11-19/*.parquet")
    broken.unlink()
    again = shop.export().json["data"]
    assert (again["replaced"], again["kept"]) == (["2026-11-19"], 2)
    assert shop.read() == shop.said()


def test_a_renamed_site_goes_on_in_its_folder(shop: Shop, cli: Cli) -> None:
    shop.export()
    assert cli("sitestats", "sites", "rename", "shop", "cửa hàng").exit_code == 0
    shop.name = "cửa hàng"
    assert shop.export().json["data"]["kept"] == 3


def test_two_sites_never_share_a_folder(shop: Shop, cli: Cli, tmp_path: Path) -> None:
    shop.export()
    before = files(shop.folder)
    other = Shop(cli, tmp_path, "blog")
    done = other.export()
    assert done.exit_code == 4
    assert done.json["problems"][0]["code"] == "sitestats.folder_of_another"
    assert "shop" in done.json["problems"][0]["message"]
    assert files(shop.folder) == before


def test_logs_are_not_added_to_a_folder_nor_a_site_to_that_of_logs(shop: Shop, cli: Cli, tmp_path: Path) -> None:
    shop.export()
    for source, folder in ((shop.log, shop.folder), (shop.log, tmp_path / "của tệp")):
        done = cli("sitestats", "export", source, "--parquet", folder, *TODAY, "--json")
        if folder == shop.folder:
            assert done.json["problems"][0]["code"] == "sitestats.folder_of_logs"
    shop.folder = tmp_path / "của tệp"
    assert shop.export().json["problems"][0]["code"] == "sitestats.folder_of_logs"


def test_days_that_the_site_has_lost_are_never_lost_from_the_folder(shop: Shop, home: Path) -> None:
    shop.export()
    before = files(shop.folder)
    told = json.loads((shop.folder / "export.json").read_text("utf-8"))
    told["days"]["2026-10-01"] = ["hits:1:a", 0]
    (shop.folder / "export.json").write_text(json.dumps(told), "utf-8")
    done = shop.export()
    assert done.json["problems"][0]["code"] == "sitestats.folder_has_more"
    assert "01/10/2026" in done.json["problems"][0]["message"]
    assert files(shop.folder) == before


def test_a_folder_behind_a_link_is_the_one_that_is_written(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "ổ lớn").mkdir()
    shop.folder.symlink_to(tmp_path / "ổ lớn", target_is_directory=True)
    shop.export()
    shop.write(log_lines(2 * A_DAY, 3 * A_DAY - 1, step=3600))
    assert shop.export().json["data"]["kept"] == 2
    assert shop.folder.is_symlink()
    assert shop.read() == shop.said()


def test_where_names_cannot_be_exchanged_nor_shared_it_grows_as_well(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.export()

    def refuse(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "link", refuse)
    shop.write(log_lines(2 * A_DAY, 3 * A_DAY - 1, step=3600))
    assert shop.export().json["data"]["kept"] == 2
    assert shop.read() == shop.said()
    assert [path.name for path in shop.folder.parent.iterdir() if path.name.startswith(".")] == []


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.lists(st.integers(0, 90), min_size=1, max_size=12), min_size=1, max_size=3))
def test_an_export_after_any_lines_is_the_site(
    parts: list[list[int]], cli: Cli, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("grows")
    monkeypatch.setenv("TOOLKIT_HOME", str(folder / "home"))
    shop = Shop(cli, folder)
    for numbers in parts:
        shop.write("".join(log_line(number, step=3600) for number in numbers))
        done = shop.export().json["data"]
        assert done["kept"] + len(done["added"]) + len(done["replaced"]) == len(shop.said()["days"])
    assert shop.read() == shop.said()
    with open_tables(shop.folder) as connection:
        [whole] = run(connection, METRICS["totals"], Filters(), None)
        counted = [
            connection.execute(f"SELECT count(*), count(DISTINCT ({', '.join(columns)})) FROM {name}").fetchall()
            for name, columns in TABLES.items()
            if name in ("agents", "referrers", "visitors", "visits")
        ]
    assert whole["hits"] == 2 * A_DAY + sum(map(len, parts))
    assert all(rows == distinct for [(rows, distinct)] in counted)
    assert date(2026, 11, 18) == date.fromisoformat(shop.read()["days"][0]["date"])


def test_log_and_collector_of_a_site_never_share_a_folder(shop: Shop, cli: Cli) -> None:
    assert shop.export().exit_code == 0
    told = json.loads((shop.folder / "export.json").read_text("utf-8"))
    told["id"] = told["id"].replace("/logs", "/collector")
    (shop.folder / "export.json").write_text(json.dumps(told), "utf-8")
    assert shop.export().json["problems"][0]["code"] == "sitestats.folder_of_both"


def test_tables_of_another_version_are_named_as_such_and_written_anew(shop: Shop, cli: Cli) -> None:
    shop.export()
    told = json.loads((shop.folder / "export.json").read_text("utf-8"))
    told["tables"]["hits"].remove("place")
    (shop.folder / "export.json").write_text(json.dumps(told), "utf-8")
    done = cli("sitestats", "report", "--data", shop.folder, "--json")
    assert done.json["problems"][0]["code"] == "sitestats.tables_older"
    assert len(shop.export().json["data"]["replaced"]) == 3
    assert shop.read() == shop.said()
