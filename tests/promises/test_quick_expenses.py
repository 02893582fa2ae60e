"""Everyday commands are quick: they import nothing heavy and open few files. (A clock gates nothing; see bench.)"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from running import environment

HEAVY = {
    "certifi", "defusedxml", "duckdb", "google", "google_auth_oauthlib", "googleapiclient", "httplib2", "icalendar",
    "jinja2", "joblib", "lunar_vn", "numpy", "openpyxl", "pandas", "polars", "python_calamine", "requests", "rich",
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
    "add": ["add", "hôm qua ăn phở với Lan 45k, đổ xăng 60k"],
    "parse": ["parse", "hôm qua ăn phở với Lan 45k"],
    "list": ["list"],
    "search": ["search", "pho"],
    "undo": ["undo"],
    "edit": ["edit", "1", "--amount", "54k"],
    "delete": ["delete", "1"],
    "fix": ["fix", "1", "--category", "business"],
    "review": ["review"],
    "debts": ["debts"],
    "accounts": ["accounts"],
    "categories": ["categories"],
}


def test_the_tab_key_suggests_categories_without_anything_heavy() -> None:
    asked = {
        "_TOOLKIT_COMPLETE": "bash_complete", "COMP_WORDS": "toolkit expenses fix 1 --category gr", "COMP_CWORD": "5",
    }  # fmt: skip
    look = LOOK.replace('sys.stdout = open(os.devnull, "w")', "sys.stdout = sys.stderr")
    ended = subprocess.run(
        [sys.executable, "-c", look], env=environment(asked), capture_output=True, check=True, timeout=60
    )
    assert "groceries" in ended.stderr.decode()
    assert not set(json.loads(ended.stdout)["modules"]) & {*HEAVY, "sqlite3"}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_everyday_command_imports_nothing_heavy_and_opens_few_files(name: str) -> None:
    command = [sys.executable, "-c", LOOK, "expenses"]
    subprocess.run([*command, *COMMANDS["add"]], env=environment(), capture_output=True, check=True, timeout=60)
    ended = subprocess.run(
        [*command, *COMMANDS[name]], env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=True,
        timeout=60,
    )  # fmt: skip
    looked = json.loads(ended.stdout)
    assert looked["code"] == 0, ended.stderr.decode()
    assert not set(looked["modules"]) & HEAVY
    others = ("calendar", "google", "kpi", "sheets", "sitestats", "demo", "upkeep")
    assert not [one for one in looked["rooms"] if one.split(".")[1] in others]
    # Beside the code itself: the database with its log, lock, seal and presence, catalogues, settings, the model.
    files = [path for path in looked["opened"] if not path.endswith((".py", ".pyc")) and "/lib/python" not in path]
    assert len(files) <= 40, files
