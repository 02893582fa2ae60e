"""config.toml: read strictly, refused by name and line, changed without losing what the member wrote beside it."""

from __future__ import annotations

import contextlib
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import InputError, StoreError, ToolkitError
from toolkit.shell.settings import KEYS, Settings, SettingsError, change, forget, line_of

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def refused(file: Path, text: str) -> SettingsError:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        Settings.load(file)
    return caught.value


def test_without_a_file_everything_has_its_default(file: Path) -> None:
    assert Settings.load(file) == Settings()
    assert Settings().timezone == "Asia/Ho_Chi_Minh"


def test_every_key_can_be_chosen(file: Path) -> None:
    file.write_text(
        'lang = "en"\ntimezone = "Europe/Paris"\ncolor = "never"\nsecrets = "keyring"\n'
        '[calendar]\ntarget = "ics:/tmp/a.ics"\nreminder = 30\nduration = 90\n'
        'profile = "cua-hang"\nlunar = "no"\n[money]\nxi = 10000\n[expenses]\naccount = "vietcombank"\n',
        encoding="utf-8",
    )
    settings = Settings.load(file)
    usual = Settings()
    assert all(settings.value(key) != usual.value(key) for key in KEYS)
    assert settings.calendar.reminder == 30
    assert settings.money.xi == 10_000


def test_an_unknown_key_is_refused_by_name_with_its_line_and_the_nearest_one(file: Path) -> None:
    problem = refused(file, '# của tôi\nlang = "vi"\n\n[calendar]\nremindr = 30\n').problems[0]
    assert problem.code == "shell.setting_mistyped"
    assert problem.params == {"key": "calendar.remindr", "near": "calendar.reminder"}
    assert problem.place.row == 5
    assert problem.place.file == str(file)


def test_an_unknown_section_and_a_key_like_no_other_are_refused_too(file: Path) -> None:
    problems = refused(file, "xyzzy = 1\n[qqqq]\na = 1\n").problems
    assert [(problem.code, problem.params["key"], problem.place.row) for problem in problems] == [
        ("shell.setting_unknown", "xyzzy", 1),
        ("shell.setting_unknown", "qqqq", 2),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('lang = "fr"', "shell.wants_language"),
        ("lang = 1", "shell.wants_language"),
        ('timezone = "Asia/Sài_Gòn"', "shell.wants_timezone"),
        ('timezone = "../../etc/passwd"', "shell.wants_timezone"),
        ('timezone = ""', "shell.wants_timezone"),
        ('color = "red"', "shell.wants_color"),
        ('calendar.target = "outlook"', "shell.wants_target"),
        ("calendar.reminder = -1", "shell.wants_reminder"),
        ("calendar.reminder = true", "shell.wants_reminder"),
        ("calendar.reminder = 40321", "shell.wants_reminder"),
        ("calendar.duration = 0", "shell.wants_duration"),
        ('calendar.duration = "60"', "shell.wants_duration"),
        ('calendar.profile = ""', "shell.wants_profile"),
        ('calendar.lunar = "maybe"', "shell.wants_yes_no"),
        ("money.xi = 20000", "shell.wants_xi"),
        ("money.xi = [10000]", "shell.wants_xi"),
        ("lang = 2026-01-01", "shell.wants_language"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_its_line(file: Path, line: str, code: str) -> None:
    problem = refused(file, f"# một dòng\n{line}\n").problems[0]
    assert (problem.code, problem.place.row) == (code, 2)


def test_every_wrong_line_is_named_at_once(file: Path) -> None:
    error = refused(file, 'lang = "fr"\ncolour = 1\n[money]\nxi = 5\n')
    assert [problem.place.row for problem in error.outcome().problems] == [1, 2, 4]


def test_what_is_not_toml_is_refused_with_its_line(file: Path) -> None:
    file.write_text('lang = "vi"\ntimezone = Asia\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Settings.load(file)
    assert caught.value.problem.code == "shell.settings_not_toml"
    assert caught.value.problem.place.row == 2


def test_what_is_not_utf8_is_refused_and_a_byte_order_mark_is_not(file: Path) -> None:
    file.write_bytes('lang = "en"'.encode("utf-8-sig"))
    assert Settings.load(file).lang == "en"
    file.write_bytes('# hôm nay\nlang = "en"'.encode("utf-16"))
    with pytest.raises(InputError) as caught:
        Settings.load(file)
    assert caught.value.problem.code == "shell.settings_not_utf8"


@pytest.mark.parametrize("text", ["calendar = 5\n", "[[calendar]]\n", 'lang = "vi"\ncalendar = "x"\n'])
def test_a_value_where_a_section_should_be_is_named_with_its_line_and_kept(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as changing:
        change(file, "calendar.reminder", "30")
    with pytest.raises(SettingsError) as forgetting:
        forget(file, "calendar.reminder")
    for caught in (changing, forgetting):
        problem = caught.value.problems[0]
        assert (problem.params["key"], problem.place.row) == ("calendar", len(text.splitlines()))
    assert file.read_text(encoding="utf-8") == text


def test_a_folder_in_its_place_is_named(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreError):
        Settings.load(file)


def test_changing_a_setting_keeps_comments_and_order(file: Path) -> None:
    file.write_text('# của tôi\nlang = "vi"  # tiếng Việt\n\n[money]\nxi = "ask"\n', encoding="utf-8")
    change(file, "money.xi", "100000")
    change(file, "calendar.reminder", "30")
    change(file, "timezone", "Europe/Paris")
    text = file.read_text(encoding="utf-8")
    assert text.startswith('# của tôi\nlang = "vi"  # tiếng Việt\n')
    settings = Settings.load(file)
    assert (settings.money.xi, settings.calendar.reminder, settings.timezone) == (100_000, 30, "Europe/Paris")
    assert file.stat().st_mode & 0o777 == 0o600


def test_forgetting_a_setting_puts_the_default_back_and_twice_changes_nothing(file: Path) -> None:
    change(file, "calendar.reminder", "30")
    assert forget(file, "calendar.reminder")
    before = file.read_bytes()
    assert not forget(file, "calendar.reminder")
    assert file.read_bytes() == before
    assert Settings.load(file) == Settings()


@pytest.mark.parametrize(("key", "typed"), [("calendar.remindr", "1"), ("lang", "fr"), ("calendar", "x"), ("", "x")])
def test_a_change_that_would_be_refused_is_not_written(file: Path, key: str, typed: str) -> None:
    with pytest.raises(InputError):
        change(file, key, typed)
    assert not file.exists()


@given(st.text(max_size=200))
def test_no_text_whatever_makes_the_settings_raise_anything_but_our_errors(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.toml"
    file.write_bytes(text.encode(errors="surrogatepass"))
    with contextlib.suppress(ToolkitError):
        Settings.load(file)


@given(st.sampled_from(sorted(KEYS)), st.text(max_size=30))
def test_what_can_be_set_can_be_read(tmp_path_factory: pytest.TempPathFactory, key: str, typed: str) -> None:
    file = tmp_path_factory.mktemp("settings") / "config.toml"
    try:
        value = change(file, key, typed)
    except InputError:
        assert not file.exists()
    else:
        assert Settings.load(file).value(key) == value


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.integers(0, 9), min_size=1))
def test_the_line_of_a_key_is_where_it_stands(values: dict[str, int]) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in values.items())
    assert tomllib.loads(text) == values
    for number, key in enumerate(values, 1):
        assert line_of(text, key) == number


def test_a_broken_file_stops_commands_with_its_place_but_not_help_nor_config(cli: Cli, home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text('lang = "fr"\n', encoding="utf-8")
    stopped = cli("calendar", "runs")
    assert stopped.exit_code == 3
    assert "config.toml, dòng 1" in stopped.stderr
    assert cli("--help").exit_code == 0
    shown = cli("config", "show")
    assert shown.exit_code == 1
    assert "calendar.reminder" in shown.stdout
    assert cli("config", "set", "lang", "en").exit_code == 0
    assert cli("config", "show").exit_code == 0


def test_settings_count_in_the_next_command(cli: Cli) -> None:
    assert "Lựa chọn" in cli("config", "show").stdout
    cli("config", "set", "lang", "en")
    assert "Setting" in cli("config", "show").stdout
    assert "Lựa chọn" in cli("config", "show", "--lang", "vi").stdout


def test_config_says_what_counts_to_a_program_too(cli: Cli) -> None:
    ran = cli("config", "set", "calendar.reminder", "30", "--json")
    assert ran.json["data"] == {"key": "calendar.reminder", "value": 30, "is_default": False}
    shown = cli("config", "show", "--json").json["data"]
    assert {"key": "calendar.reminder", "value": 30, "is_default": False} in shown["settings"]
    assert cli("config", "unset", "calendar.reminder", "--json").json["data"]["value"] is None
