"""Everyday commands of kpi are quick: they import nothing heavy and open few files. (A clock gates nothing; see
bench/bench_kpi_log.py.)"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from running import environment

if TYPE_CHECKING:
    from running import Cli

HEAVY = {
    "certifi", "defusedxml", "duckdb", "google", "google_auth_oauthlib", "googleapiclient", "holidays", "httplib2",
    "icalendar", "jinja2", "joblib", "numpy", "openpyxl", "pandas", "polars", "python_calamine", "requests", "rich",
    "scipy", "sklearn", "starlette", "tomlkit", "underthesea",
}  # fmt: skip
LOOK = """
import json, os, sys
opened = []
def hook(event, arguments):
    if event in ("open", "sqlite3.connect"):
        opened.append(str(arguments[0]))
sys.addaudithook(hook)
from toolkit.cli import main
sys.stdout = open(os.devnull, "w")
code = main(sys.argv[1:])
sys.stdout = sys.__stdout__
modules = sorted({name.partition(".")[0] for name in sys.modules})
rooms = sorted(name for name in sys.modules if name.startswith("toolkit."))
print(json.dumps({"code": code, "modules": modules, "rooms": rooms, "opened": opened}))
"""
COMMANDS = {
    "log": ["log", "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu"],
    "dry run": ["log", "--dry-run", "--json", "gặp 3 khách, báo giá 1"],
    "list": ["list"],
    "search": ["search", "hoa"],
    "show": ["show", "1"],
    "undo": ["undo"],
    "edit": ["edit", "1", "--amount", "5tr"],
    "delete": ["delete", "1"],
    "engagement": ["engagement", "list"],
    "product": ["product", "list"],
    "leave": ["calendar", "leave", "24/12"],
    "customers": ["customers"],
    "winloss": ["winloss"],
    "promises": ["promises"],
    "okr": ["okr"],
}
# What reckons and foresees: a line in the book needs none of it.
ELSEWHERE = ("toolkit.kpi.forecast", "toolkit.kpi.trend", "toolkit.kpi.imports", "toolkit.kpi.commission",
             "toolkit.expenses", "toolkit.sheets", "toolkit.google", "toolkit.calendar")  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_an_everyday_command_imports_nothing_heavy(name: str, cli: Cli) -> None:
    assert cli("kpi", "log", "bán son cho Lan 450k").exit_code == 0
    ended = subprocess.run(
        [sys.executable, "-c", LOOK, "kpi", *COMMANDS[name]], env=environment(), capture_output=True, check=True,
        timeout=60,
    )  # fmt: skip
    looked = json.loads(ended.stdout)
    assert looked["code"] == 0, ended.stderr.decode()
    assert not set(looked["modules"]) & HEAVY
    assert not [room for room in looked["rooms"] if room.startswith(ELSEWHERE)]
    ours = [
        path for path in looked["opened"] if not path.endswith((".pyc", ".py", ".so")) and "site-packages" not in path
    ]
    assert len(ours) < 60, ours
