"""Start-up is a feature: help, version and suggestions import nothing that only a working command needs."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from running import environment
from toolkit.cli import CHILDREN
from toolkit.cli import toolkit as root
from toolkit.shell.group import every_command

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAVY = {
    "caldav", "dateutil", "defusedxml", "duckdb", "filelock", "google", "google_auth_oauthlib", "googleapiclient",
    "httplib2", "icalendar", "jinja2", "joblib", "keyring", "lunar_vn", "lxml", "niquests", "numpy", "openpyxl",
    "polars", "python_calamine", "requests", "rich", "scipy", "sklearn", "sqlite3", "starlette", "tomlkit",
    "underthesea", "uvicorn",
}  # fmt: skip
LOOK = """
import json, sys
from toolkit.cli import main
sys.stdout = sys.stderr
code = main(sys.argv[1:])
sys.stdout = sys.__stdout__
print(json.dumps({"code": code, "modules": sorted({name.partition(".")[0] for name in sys.modules})}))
"""


def imported(*arguments: str, env: Mapping[str, str | None] | None = None) -> set[str]:
    """The top-level modules that are there after the command has ended well."""
    command = [sys.executable, "-c", LOOK, *arguments]
    ended = subprocess.run(command, env=environment(env), capture_output=True, check=True, timeout=60)
    looked = json.loads(ended.stdout)
    assert looked["code"] == 0, ended.stderr.decode()
    return set(looked["modules"])


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["--help", "--lang", "en"]], ids=" ".join)
def test_the_first_thing_a_member_types_imports_nothing_heavy_and_no_tool(arguments: list[str]) -> None:
    modules = imported(*arguments)
    assert not modules & HEAVY


@pytest.mark.parametrize("name", CHILDREN)
def test_help_imports_nothing_heavy(name: str) -> None:
    child = root.get_command(click.Context(root), name)
    assert child is not None
    for path, _ in every_command(child, name):
        assert not imported(*path.split(), "--help") & HEAVY, path


@pytest.mark.parametrize("words", ["toolkit ", "toolkit calendar ", "toolkit calendar import --", "toolkit demo "])
def test_suggestions_import_nothing_heavy(words: str) -> None:
    asked = {"_TOOLKIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert not imported(env=asked) & HEAVY


def test_settings_are_shown_without_anything_heavy() -> None:
    assert not imported("config", "show") & HEAVY


@pytest.mark.parametrize("words", [None, "toolkit ", "toolkit con"])
def test_the_help_of_the_program_and_its_suggestions_import_no_tool(words: str | None) -> None:
    look = LOOK.replace('name.partition(".")[0]', "name")
    asked = {"_TOOLKIT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": "1"} if words else {}
    command = [sys.executable, "-c", look, "--help"]
    ended = subprocess.run(command, env=environment(asked), capture_output=True, check=True, timeout=60)
    modules = json.loads(ended.stdout)["modules"]
    rooms = ("calendar", "demo", "google", "sheets", "store", "upkeep")
    assert not [name for name in modules if name.startswith(tuple(f"toolkit.{room}" for room in rooms))]


@pytest.mark.parametrize("arguments", [("calendar", "doctor"), ("calendar", "runs"), ("caldav", "status")])
def test_a_look_at_what_is_set_up_imports_no_service(arguments: tuple[str, ...]) -> None:
    services = {"caldav", "googleapiclient", "httplib2", "icalendar", "lxml", "niquests", "openpyxl", "requests"}
    assert not imported(*arguments) & services
