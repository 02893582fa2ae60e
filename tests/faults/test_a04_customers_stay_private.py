"""A04, A23, A25 for people: names and phone numbers stand in the member's book alone; odd names do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import dump
from toolkit.kpi.service import contacts as service

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli

NAME, PHONE = "bimathoa", "0987654321"
AS_OF = ("--as-of", "2026-11-20")
HOSTILE = (
    "'; DROP TABLE kpi_contact; --", "x\x1b[2J\u202ey\x9b31m", "[link=http://evil.test]x[/link] %s%n ${jndi}", "a\r\nb",
    "../../etc/passwd" + "x" * 150,
)  # fmt: skip


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("boom")


def test_the_doctor_and_backups_say_nothing_of_customers(cli: Cli, home: Path) -> None:
    assert cli("kpi", "contacts", "add", NAME, "--phone", PHONE).exit_code == 0
    assert cli("backup").exit_code == 0
    for words in (("doctor",), ("doctor", "--json"), ("doctor", "--debug"), ("config", "show")):
        ran = cli(*words)
        assert NAME not in ran.stdout + ran.stderr
        assert PHONE not in ran.stdout + ran.stderr
    assert not [path for path in home.rglob("*") if NAME in path.name or PHONE in path.name]


@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_neither_a_report_nor_a_traceback_names_anybody(
    debug: tuple[str, ...], cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "is_nobody", broken)
    ran = cli("kpi", "contacts", "add", NAME, "--phone", PHONE, "--address", "12 đường bimat", *debug)
    assert ran.exit_code == 70
    (report,) = (home / "reports").iterdir()
    text = report.read_text("utf-8")
    assert "boom" in text
    for place in (ran.stdout, ran.stderr, text):
        assert NAME not in place
        assert PHONE not in place
        assert "bimat" not in place


def test_lists_show_no_phone_number(cli: Cli) -> None:
    cli("kpi", "contacts", "add", NAME, "--phone", PHONE, "--address", "12 Trần Phú")
    for words in (["contacts"], ["customers", "--all"], ["contacts", "--csv"], ["customers", "--all", "--csv"]):
        ran = cli("kpi", *words)
        assert NAME in ran.stdout
        assert PHONE not in ran.stdout
        assert "Trần Phú" not in ran.stdout


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(name: str, cli: Cli, home: Path, tmp_path: Path) -> None:
    tables = set(_tables(cli, home))
    assert cli("kpi", "contacts", "add", name, *AS_OF).exit_code == 0
    assert cli("kpi", "promises", "add", name, "--to", name, *AS_OF).exit_code == 0
    assert cli("kpi", "deal", "add", name, "--source", name, "--product", name, *AS_OF).exit_code == 0
    assert cli("kpi", "deal", "lost", 2, "--reason", name, *AS_OF).exit_code == 0
    assert cli("kpi", "okr", "add", name, *AS_OF).exit_code == 0
    assert cli("kpi", "contacts", "export", tmp_path / "a.vcf", *AS_OF).exit_code == 0
    for words in (
        ["contacts"], ["contacts", "--search", name], ["customers", "show", name], ["promises"],
        ["deal", "list", "--all"], ["winloss", "--by", "reason"], ["winloss", "--by", "source"], ["okr"],
        ["customers", "--all"],
    ):  # fmt: skip
        ran = cli("kpi", *words, *AS_OF)
        assert ran.exit_code in (0, 4), (words, ran.stderr)
        for control in ("\x1b", "\x9b", "\u202e", "\r"):
            assert control not in ran.stdout + ran.stderr
    assert set(dump(home)) == tables
    assert (tmp_path / "a.vcf").read_bytes().count(b"END:VCARD\r\n") == 1


def _tables(cli: Cli, home: Path) -> Any:
    cli("kpi", "contacts", *AS_OF)
    return dump(home)
