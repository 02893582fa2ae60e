"""The command line itself: help in the member's language, mistypings understood, one envelope whatever happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from toolkit import __version__
from toolkit.cli import CHILDREN
from toolkit.core.errors import ConflictError, InputError, RemoteError, SignInError, StoreError, UsageError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.shell.app import App, pass_app, run
from toolkit.shell.blocks import Line
from toolkit.shell.group import Group, LazyGroup, paragraphs
from toolkit.shell.params import DAY, EXISTING_FILE, MINUTES, PAST_DAY, TEXT, TIMEZONE, read_minutes, today_option

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from running import Cli, RunToolkit


@click.group(cls=Group)
def tool() -> None:
    """Dụng cụ thử."""


@tool.command()
@click.argument("what", type=TEXT, metavar="GÌ")
@click.option("--nth", type=click.IntRange(1), help="Cái thứ mấy.")
@click.option("--kind", type=click.Choice(["a", "b"]), help="Loại nào.")
@click.option("--day", type=DAY, help="Ngày.")
@click.option("--past", type=PAST_DAY, help="Ngày đã qua.")
@click.option("--tz", type=TIMEZONE, help="Múi giờ.")
@click.option("--length", type=MINUTES, help="Bao lâu.")
@click.option("--file", type=EXISTING_FILE, help="Tệp.")
@click.option("--count", type=click.IntRange(1, 5), help="Mấy cái.")
@today_option
@pass_app
def take(app: App, **given: Any) -> None:
    """Nhận.

    Thêm một đoạn
    ở hai dòng.
    """
    app.say(Outcome({name: value for name, value in given.items() if value is not None}))


@tool.command()
@click.argument("how")
@pass_app
def fail(app: App, how: str) -> None:
    """Hỏng theo ý muốn."""
    errors: dict[str, BaseException] = {
        "usage": UsageError("shell.two_formats", first="a", second="b"),
        "input": InputError("shell.no_such_file"),
        "conflict": ConflictError("shell.no_such_file"),
        "sign-in": SignInError("shell.no_such_file"),
        "remote": RemoteError("shell.no_such_file"),
        "store": StoreError("shell.no_home"),
        "bug": RuntimeError("hỏng"),
        "recursion": RecursionError(),
        "memory": MemoryError(),
        "interrupt": KeyboardInterrupt(),
    }
    if how == "partial":
        app.say(Outcome("xong một nửa", (Problem("shell.no_such_file"),), "partial"), lambda data: [Line(data)])
        return
    raise errors[how]


class Ran:
    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        self.exit_code = run(tool, arguments)
        captured = capsys.readouterr()
        self.stdout, self.stderr = captured.out, captured.err

    @property
    def json(self) -> Any:
        import json

        return json.loads(self.stdout)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("partial", 1), ("usage", 2), ("input", 3), ("conflict", 4), ("sign-in", 5), ("remote", 6), ("store", 7),
        ("bug", 70), ("recursion", 70), ("memory", 70), ("interrupt", 130),
    ],
)  # fmt: skip
def test_every_ending_has_its_exit_code_its_words_and_its_envelope(
    capsys: pytest.CaptureFixture[str], how: str, code: int
) -> None:
    person = Ran(capsys, "fail", how)
    assert person.exit_code == code
    assert person.stderr.strip()
    assert "Traceback" not in person.stderr
    program = Ran(capsys, "fail", how, "--json")
    assert program.exit_code == code
    assert program.json["status"] == ("partial" if how == "partial" else "error")
    assert all(problem["message"] and problem["suggestion"] for problem in program.json["problems"])


def test_exit_codes_never_change_their_meaning() -> None:
    assert {code.name: code.value for code in Exit} == {
        "OK": 0, "PARTIAL": 1, "USAGE": 2, "INPUT": 3, "CONFLICT": 4, "SIGN_IN": 5, "REMOTE": 6, "STORE": 7, "BUG": 70,
        "INTERRUPTED": 130,
    }  # fmt: skip


def test_our_own_failure_leaves_a_private_report_and_says_where(capsys: pytest.CaptureFixture[str], home: Path) -> None:
    ran = Ran(capsys, "fail", "bug")
    (report,) = (home / "reports").iterdir()
    assert str(report) in ran.stderr
    assert report.stat().st_mode & 0o777 == 0o600
    assert report.parent.stat().st_mode & 0o777 == 0o700
    assert "RuntimeError: hỏng" in report.read_text(encoding="utf-8")


def test_debug_shows_the_traceback_even_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "fail", "bug", "--debug", "--json")
    assert "Traceback" in ran.stderr
    assert ran.json["problems"][0]["code"] == "shell.bug"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["tak"], "shell.mistyped_command", "take"),
        (["xyzzy"], "shell.unknown_command", "--help"),
        (["take", "a", "--lenght", "3"], "shell.mistyped_option", "--length"),
        (["take", "a", "--qqq"], "shell.unknown_option", "--help"),
        (["take"], "shell.missing_argument", "GÌ"),
        (["take", "a", "b"], "shell.bad_command_line", "thừa: b"),
        (["take", "a", "--count", "9"], "shell.wants_number_between", "--count phải là một số từ 1 đến 5"),
        (["take", "a", "--count", "ba"], "shell.wants_number_between", "--count phải là một số từ 1 đến 5"),
        (["take", "a", "--nth", "0"], "shell.wants_number_from", "--nth phải là một số từ 1 trở lên"),
        (["take", "a", "--kind", "c"], "shell.wants_choice", "--kind phải là một trong: a, b"),
        (["take", "a", "--count"], "shell.bad_command_line", "--count"),
        (["take", "a", "--lang", "fr"], "shell.unknown_language", "fr"),
        (["take", "a", "--tz", "Hanoi"], "shell.not_a_timezone", "Hanoi"),
        (["take", "a", "--length", "lâu"], "shell.not_minutes", "lâu"),
        (["take", "a", "--length", "99 ngày"], "shell.minutes_out_of_range", "40320"),
        (["take", "a", "--json", "--file", "/không/có.xlsx"], "shell.no_such_file", "có.xlsx"),
    ],
)
def test_a_slip_of_the_fingers_is_named_and_put_right(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: str, said: str
) -> None:
    program = Ran(capsys, "--json", *arguments)
    assert program.json["problems"][0]["code"] == code
    person = Ran(capsys, *(argument for argument in arguments if argument != "--json"))
    assert said in person.stderr
    assert not person.stdout
    assert person.exit_code == program.exit_code


def test_a_missing_command_is_a_usage_error_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, "--json")
    assert ran.exit_code == 2
    assert ran.json["problems"][0]["code"] == "shell.missing_command"


def test_help_is_vietnamese_and_english_on_request_wherever_the_option_stands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    vietnamese = Ran(capsys, "take", "--help")
    assert vietnamese.exit_code == 0
    assert vietnamese.stdout.startswith("Cách gõ: toolkit take [TÙY CHỌN] GÌ\n")
    assert "Thêm một đoạn ở hai dòng." in vietnamese.stdout
    assert "Tùy chọn chung:" in vietnamese.stdout
    assert "[1–5]" in vietnamese.stdout
    for typed in ("--lang en take -h", "take --lang=en --help", "take --help --lang en"):
        assert Ran(capsys, *typed.split()).stdout.startswith("Usage: toolkit take [OPTIONS] GÌ\n")


def test_a_language_asked_for_behind_two_dashes_is_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert Ran(capsys, "take", "--json", "--", "--lang=en").json["data"] == {"what": "--lang=en"}


def test_help_on_a_very_narrow_terminal_still_fits(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    assert all(len(line) <= 30 for line in Ran(capsys, "take", "--help").stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "data"),
    [
        (["--day", "25/11", "--today", "2026-11-22"], {"day": "2026-11-25"}),
        (["--day", "21/11", "--today", "2026-11-22"], {"day": "2027-11-21"}),
        (["--past", "23/11", "--today", "2026-11-22"], {"past": "2025-11-23"}),
        (["--day", "ngày mai", "--today", "28/2/2028"], {"day": "2028-02-29"}),
        (["--tz", "Europe/Paris"], {"tz": "Europe/Paris"}),
        (["--length", "1h30"], {"length": 90}),
    ],
)
def test_arguments_are_understood_as_people_write_them(
    capsys: pytest.CaptureFixture[str], arguments: list[str], data: dict[str, Any]
) -> None:
    assert Ran(capsys, "take", "a", "--json", *arguments).json["data"] == {"what": "a", **data}


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0", 0), ("90", 90), ("90 phút", 90), ("90p", 90), ("1h", 60), ("1h30", 90), ("1 giờ 30 phút", 90),
        ("2 tiếng", 120), ("1 ngày", 1440), ("1 ngày 2 giờ", 1560), ("1g15", 75), ("NỬA", None), ("", None),
        ("-5", None),        ("1.5", None), ("９０", 90), ("5 5", None), ("h", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_lengths_are_read(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


def test_a_nearly_right_file_name_is_pointed_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "Lịch tháng 12.xlsx").touch()
    ran = Ran(capsys, "take", "a", "--file", str(tmp_path / "lich thang 12.xlsx"))
    assert ran.exit_code == 3
    assert "Lịch tháng 12.xlsx" in ran.stderr
    assert Ran(capsys, "take", "a", "--file", str(tmp_path)).exit_code == 3


def test_the_program_typed_alone_shows_its_help(cli: Cli) -> None:
    ran = cli()
    assert ran.exit_code == 0
    assert not ran.stderr
    for name, (_, line) in CHILDREN.items():
        assert name in ran.stdout
        assert line in " ".join(ran.stdout.split())


def test_the_version_is_said_to_people_and_to_programs(cli: Cli, run_toolkit: RunToolkit) -> None:
    assert cli("--version").stdout == f"toolkit {__version__}\n"
    assert cli("--version", "--json").json["data"] == {"version": __version__}
    assert run_toolkit("--version").stdout == f"toolkit {__version__}\n"


def test_a_group_typed_alone_shows_its_help_too(cli: Cli) -> None:
    assert cli("config").exit_code == 0
    assert "unset" in cli("config").stdout


def test_a_lazy_group_imports_a_child_only_when_it_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    root = LazyGroup("toolkit", children={"gone": ("no.such.module:x", "Không có.")})
    assert run(root, ["--help"]) == 0
    assert "gone" in capsys.readouterr().out
    assert run(root, ["gon"]) == 2
    assert "gone" in capsys.readouterr().err


def test_paragraphs_of_a_docstring_are_lines_of_the_catalogue() -> None:
    assert paragraphs("Một.\n\n    Hai\n    ba.\n\n    \b\n    giữ\n    nguyên\n") == [
        "Một.",
        "Hai ba.",
        "\b\ngiữ\nnguyên",
    ]
    assert not paragraphs("")


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import os

    monkeypatch.setenv("LANGUAGE", "fr")
    Ran(capsys, "take", "a")
    assert os.environ["LANGUAGE"] == "fr"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_its_script_with_how_to_install_it(cli: Cli, shell: str) -> None:
    ran = cli("completion", shell)
    assert ran.exit_code == 0
    assert ran.stdout.startswith("# Cài")
    assert f"{shell}_complete" in ran.stdout
    assert cli("completion", shell, "--json").json["data"]["shell"] == shell


@pytest.mark.parametrize(
    ("shell", "words", "suggested"),
    [
        ("bash", ["co"], "plain,config"),
        ("bash", ["config", "s"], "plain,show"),
        ("bash", ["config", "show", "--"], "plain,--json"),
        ("zsh", ["backu"], "Sao lưu dữ liệu của bạn."),
        ("fish", ["dem"], "plain,demo"),
        ("powershell", ["config", "un"], "plain\tunset\tTrả một lựa chọn về mặc định."),
        ("powershell", ["completion", ""], "plain\tbash\tbash"),
    ],
)
def test_suggestions_name_commands_and_options_in_the_members_language(
    run_toolkit: RunToolkit, shell: str, words: list[str], suggested: str
) -> None:
    typed = ["toolkit", *words]
    asked = {
        "bash": {"COMP_WORDS": " ".join(typed), "COMP_CWORD": str(len(words))},
        "zsh": {"COMP_WORDS": " ".join(typed), "COMP_CWORD": str(len(words))},
        "fish": {"COMP_WORDS": " ".join(typed[:-1]), "COMP_CWORD": typed[-1]},
        "powershell": {"COMP_WORDS": "\n".join(word for word in typed if word), "COMP_INCOMPLETE": words[-1]},
    }
    ran = run_toolkit(env={"_TOOLKIT_COMPLETE": f"{shell}_complete", **asked[shell]})
    assert ran.exit_code == 0
    assert suggested in ran.stdout
    assert not ran.stderr


def test_an_unknown_shell_asking_for_suggestions_gets_none(run_toolkit: RunToolkit) -> None:
    ran = run_toolkit(env={"_TOOLKIT_COMPLETE": "tcsh_complete"})
    assert (ran.exit_code, ran.stdout) == (1, "")


def test_a_file_name_with_spaces_that_was_not_quoted_is_put_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Lịch tháng 12.xlsx").touch()
    ran = Ran(capsys, "take", "a", "--file", "Lịch", "tháng", "12.xlsx")
    assert ran.exit_code == Exit.INPUT
    assert '"Lịch tháng 12.xlsx"' in ran.stderr
    ran = Ran(capsys, "take", "a", "--file", "Lịch", "tháng", "11.xlsx")
    assert "shell.file_name_has_spaces" not in ran.stderr
    assert "Không tìm thấy tệp này" in ran.stderr


def test_a_placeholder_is_named_in_the_language_of_the_complaint(cli: Cli) -> None:
    assert cli("calendar", "undo", "ba").stderr.startswith("SỐ phải là một số từ 1 đến 999999.")
    english = cli("calendar", "undo", "ba", "--lang", "en").stderr
    assert english.startswith("NUMBER has to be a number from 1 to 999999.")
