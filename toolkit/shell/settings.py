"""What a member has chosen once for all: `config.toml`, read strictly and changed without losing its comments."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from toolkit.core.errors import InputError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.disk.failures import disk_failures
from toolkit.shell.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tomlkit import TOMLDocument

Value = str | int

# An address of a CalDAV server has no room for a user and a password.
_TARGET: Final = r"local|google|ics:.{1,1000}|caldav:(?![^/]{0,20}//[^/]*@)(?:https?://)?[^/@\s]{1,255}(?:/\S{0,1000})?"


@dataclass(frozen=True)
class CalendarSettings:
    """`target` as in --to; `reminder` in minutes before the start (None: what the calendar does by itself);
    `duration` in minutes, for a start without an end; `profile` as in --profile; `lunar`: whether the agenda shows the
    lunar day beside the solar one."""

    target: str = "local"
    reminder: int | None = None
    duration: int = 60
    profile: str | None = None
    lunar: Literal["yes", "no"] = "yes"


@dataclass(frozen=True)
class MoneySettings:
    """`xi`: what the member means by one *xị*, in đồng; it is 10,000 in some regions and 100,000 in others."""

    xi: Literal[10_000, 100_000, "ask"] = "ask"


@dataclass(frozen=True)
class ExpensesSettings:
    """`account`: the id of the own account that pays where a sentence names none."""

    account: str = "cash"


@dataclass(frozen=True)
class Settings:
    """The member's choices, each valid. `timezone` is an IANA name; `secrets` is where new sign-ins are kept."""

    lang: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    color: Literal["auto", "never"] = "auto"
    secrets: Literal["file", "keyring"] = "file"
    calendar: CalendarSettings = field(default_factory=CalendarSettings)
    money: MoneySettings = field(default_factory=MoneySettings)
    expenses: ExpensesSettings = field(default_factory=ExpensesSettings)

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The settings in `path`, the defaults if there is no such file. SettingsError with every wrong line."""
        given = _read(path)
        text = given.text
        problems: list[Problem] = []
        chosen: dict[str, Any] = {}
        for key, value in _flat(given.values):
            problem = _problem_with(key, value, Place(file=str(path), row=line_of(text, key)))
            if problem is None:
                chosen[key] = value
            else:
                problems.append(problem)
        if problems:
            raise SettingsError(problems)
        return _build(chosen)

    def value(self, key: str) -> Value | None:
        """The value of `calendar.duration` and the like; None where nothing is chosen and there is no default."""
        section, _, name = key.rpartition(".")
        value: Value | None = getattr(getattr(self, section) if section else self, name)
        return value


class SettingsError(InputError):
    """`config.toml` can't be used; every wrong line is a problem of its own."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        super().__init__(first.code, first.place, value=first.value, **first.params)
        self.problems = tuple(problems)

    def outcome(self) -> Outcome[None]:
        return Outcome(None, self.problems, "error", self.exit)


@dataclass(frozen=True)
class Setting:
    """One key: whether a value will do, and the code of the sentence that says what is wanted."""

    accepts: Callable[[object], bool]
    wanted: str


def _one_of(*choices: Value) -> Callable[[object], bool]:
    return lambda value: any(value == choice and type(value) is type(choice) for choice in choices)


def _minutes(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_timezone(value: object) -> bool:
    """Whether `value` is the name of a time zone, such as Asia/Ho_Chi_Minh."""
    if not isinstance(value, str) or len(value) > 100:
        return False
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):  # what zoneinfo raises for odd names, folders and unknown names
        return False
    return True


def _is_target(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(_TARGET, value))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= 60


def _is_account(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9-]{1,60}", value))


KEYS: Final[Mapping[str, Setting]] = {
    "lang": Setting(_one_of("vi", "en"), "shell.wants_language"),
    "timezone": Setting(is_timezone, "shell.wants_timezone"),
    "color": Setting(_one_of("auto", "never"), "shell.wants_color"),
    "secrets": Setting(_one_of("file", "keyring"), "shell.wants_keeper"),
    "calendar.target": Setting(_is_target, "shell.wants_target"),
    "calendar.reminder": Setting(_minutes(0, 40_320), "shell.wants_reminder"),
    "calendar.duration": Setting(_minutes(1, 1_440), "shell.wants_duration"),
    "calendar.profile": Setting(_is_name, "shell.wants_profile"),
    "calendar.lunar": Setting(_one_of("yes", "no"), "shell.wants_yes_no"),
    "expenses.account": Setting(_is_account, "shell.wants_account"),
    "money.xi": Setting(_one_of(10_000, 100_000, "ask"), "shell.wants_xi"),
}
_SECTIONS: Final = {key.partition(".")[0] for key in KEYS if "." in key}


def change(path: Path, key: str, typed: str) -> Value:
    """Write `key = typed` into `path`, keeping the rest of it, and return the value. InputError if it can't be used."""
    value: Value = int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else typed
    if problem := _problem_with(key, value, Place(file=str(path))):
        raise SettingsError([problem])
    document = _document(path)
    section, _, name = key.rpartition(".")
    if section and section not in document:
        import tomlkit

        document[section] = tomlkit.table()
    _table(document, section, path)[name] = value
    _write(path, document)
    return value


def forget(path: Path, key: str) -> bool:
    """Take `key` out of `path`, so that its default counts again; False if it wasn't there. InputError if unknown."""
    if key not in KEYS:
        raise SettingsError([_unknown(key, Place())])
    document = _document(path)
    section, _, name = key.rpartition(".")
    if section and section not in document:
        return False
    table = _table(document, section, path)
    if name not in table:
        return False
    del table[name]
    _write(path, document)
    return True


def line_of(text: str, key: str) -> int | None:
    """The line of `text` (from 1) on which `key` or its section stands; None if it is written in an unusual way."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            section = bare.strip("[] \t").partition("]")[0].strip()
            if section == key:
                return number
        elif "=" in bare:
            name = bare.partition("=")[0].replace(" ", "").replace('"', "").replace("'", "")
            if (f"{section}.{name}" if section else name) == key:
                return number
    return None


@dataclass(frozen=True)
class _Given:
    text: str
    values: dict[str, Any]


def _read(path: Path) -> _Given:
    try:
        with disk_failures(path):
            if not path.exists():
                return _Given("", {})
            text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("shell.settings_not_utf8", Place(file=str(path))) from error
    import tomllib

    try:
        return _Given(text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line ([0-9]{1,9})", str(error))
        place = Place(file=str(path), row=int(line[1]) if line else None)
        raise InputError("shell.settings_not_toml", place) from error


def _document(path: Path) -> TOMLDocument:
    """The file with its comments and its order, for changing."""
    import tomlkit

    return tomlkit.parse(_read(path).text)


def _table(document: TOMLDocument, section: str, path: Path) -> MutableMapping[str, Any]:
    """The part of the file that a section's keys stand in. SettingsError where the file has a value of that name."""
    table = document[section] if section else document
    if not isinstance(table, MutableMapping):
        raise SettingsError([_unknown(section, Place(file=str(path), row=line_of(document.as_string(), section)))])
    return table


def _write(path: Path, document: TOMLDocument) -> None:
    import tomlkit

    from toolkit.disk.atomic import atomic_write
    from toolkit.disk.folders import private_folder

    private_folder(path.parent)
    atomic_write(path, tomlkit.dumps(document))


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, dict) and name in _SECTIONS:
            yield from ((f"{name}.{inner}", item) for inner, item in value.items())
        else:
            yield name, value


def _problem_with(key: str, value: object, place: Place) -> Problem | None:
    setting = KEYS.get(key)
    if setting is None:
        return _unknown(key, place)
    if not setting.accepts(value):
        shown = re.sub(r"//[^/@]{1,1000}@", "//…@", str(value))  # a password that has slipped into an address
        return Problem(setting.wanted, place, {"key": key}, value=shown)
    return None


def _unknown(key: str, place: Place) -> Problem:
    near = nearest(key, KEYS, most=1)
    if near:
        return Problem("shell.setting_mistyped", place, {"key": key, "near": near[0]})
    return Problem("shell.setting_unknown", place, {"key": key, "known": ", ".join(KEYS)})


def _build(chosen: Mapping[str, Any]) -> Settings:
    def of(section: str) -> dict[str, Any]:
        start = f"{section}." if section else ""
        return {key.removeprefix(start): value for key, value in chosen.items() if key.rpartition(".")[0] == section}

    return Settings(
        **of(""),
        calendar=CalendarSettings(**of("calendar")),
        money=MoneySettings(**of("money")),
        expenses=ExpensesSettings(**of("expenses")),
    )
