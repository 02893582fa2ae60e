"""The catalogues: every sentence a member can meet exists in Vietnamese and in English, with the same blanks in it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit
from toolkit.cli import toolkit as root
from toolkit.core.text import clean
from toolkit.shell.app import App
from toolkit.shell.group import COMMON, LazyGroup, Spoken, every_command, paragraphs
from toolkit.shell.messages import LANGUAGES, LOCALE, Messages
from toolkit.shell.settings import KEYS

if TYPE_CHECKING:
    from running import Cli

SOURCE = Path(toolkit.__file__).parent
ROOMS = tuple(sorted(folder.name for folder in SOURCE.iterdir() if folder.is_dir() and not folder.name.startswith("_")))
CODE = re.compile(rf"({'|'.join(ROOMS)})\.[a-z0-9_]+")
CODE_BEGINNING = re.compile(rf"({'|'.join(ROOMS)})\.[a-z0-9_]+_")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{[^{}]*\}")
COMPLAINS = re.compile(r".*Error|Problem|Readings|Remark|Setting|none|several")
# These rooms have nothing to show: whatever they have a code for is a problem, except how a reading was meant.
ROOMS_OF_PROBLEMS = re.compile(r"(core|disk|google|sheets|store)\.(?!note_|reading_)")


@cache
def entries(lang: str) -> dict[str, polib.POEntry]:
    """Every entry of a language's catalogues, click's excepted."""
    found: dict[str, polib.POEntry] = {}
    for source in sorted((LOCALE / lang / "LC_MESSAGES").glob("*.po")):
        if source.stem != "click":
            found |= {entry.msgid: entry for entry in polib.pofile(str(source))}
    return found


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@cache
def codes_in_source() -> tuple[dict[str, set[str]], set[str]]:
    """Codes in the source with what they are handed to, and the beginnings of codes that are put together."""
    used: dict[str, set[str]] = defaultdict(set)
    beginnings: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parent = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            above = parent[node]
            if isinstance(above, ast.JoinedStr):
                if above.values[0] is node and CODE_BEGINNING.fullmatch(node.value):
                    beginnings.add(node.value)
                continue
            if CODE.fullmatch(node.value):
                while isinstance(above, ast.IfExp):
                    above = parent[above]
                listed = isinstance(above, ast.Tuple | ast.List | ast.Set | ast.Compare)
                name = ast.unparse(above.func).rpartition(".")[2] if isinstance(above, ast.Call) else ""
                used[node.value] |= set() if listed else {name}
    return {code: names for code, names in used.items() if code not in KEYS}, beginnings


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_in_the_source_has_a_sentence(lang: str) -> None:
    used, beginnings = codes_in_source()
    missing = sorted(set(used) - set(entries(lang)))
    assert not missing
    assert not [begin for begin in beginnings if not any(code.startswith(begin) for code in entries(lang))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_says_what_to_do_next(lang: str) -> None:
    used, _ = codes_in_source()
    problems = {
        code for code, names in used.items() if any(map(COMPLAINS.fullmatch, names)) or ROOMS_OF_PROBLEMS.match(code)
    }
    assert not sorted(code for code in problems if f"{code}.fix" not in entries(lang))


def test_no_sentence_is_left_over_from_code_that_is_gone() -> None:
    used, beginnings = codes_in_source()
    for lang in LANGUAGES:
        for msgid in entries(lang):
            code = msgid.removesuffix(".fix")
            if CODE.fullmatch(code):
                assert code in used or code.startswith(tuple(beginnings)), f"{lang}: {msgid}"


def test_both_languages_have_the_same_codes_with_the_same_blanks() -> None:
    def blanks(lang: str) -> dict[str, set[str]]:
        return {
            msgid: set(PLACEHOLDER.findall(" ".join(texts(entry))))
            for msgid, entry in entries(lang).items()
            if CODE.fullmatch(msgid.removesuffix(".fix"))
        }

    assert blanks("vi") == blanks("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_is_translated_and_none_is_marked_as_a_guess(lang: str) -> None:
    for msgid, entry in entries(lang).items():
        assert all(texts(entry)), msgid
        assert not entry.fuzzy, msgid
        assert not entry.obsolete, msgid


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_catalogue_declares_its_language_its_encoding_and_its_plurals(lang: str) -> None:
    for source in (LOCALE / lang / "LC_MESSAGES").glob("*.po"):
        metadata = polib.pofile(str(source)).metadata
        assert metadata["Language"] == lang, source
        assert metadata["Content-Type"].lower() == "text/plain; charset=utf-8", source
        assert metadata["Plural-Forms"].startswith("nplurals=1" if lang == "vi" else "nplurals=2"), source


def test_no_code_stands_in_two_catalogues() -> None:
    for lang in LANGUAGES:
        seen: dict[str, str] = {}
        for source in (LOCALE / lang / "LC_MESSAGES").glob("*.po"):
            for entry in polib.pofile(str(source)):
                if CODE.fullmatch(entry.msgid.removesuffix(".fix")):
                    assert entry.msgid.startswith(f"{source.stem}."), entry.msgid
                    assert seen.setdefault(entry.msgid, source.stem) == source.stem


def test_vietnamese_is_spelt_one_way() -> None:
    for msgid, entry in entries("vi").items():
        for word in " ".join(texts(entry)).split():
            assert clean(word) == word, f"{msgid}: {word}"


def test_every_help_text_has_its_english() -> None:
    english = Messages("en")
    missing = []
    for path, command in every_command(root):
        assert isinstance(command, Spoken), path
        rooms = (command.room, "shell")
        for text in _help_texts(command):
            if english.help(text, *rooms) == text and not text.isascii():
                missing.append((path, text))
    assert not missing


def _help_texts(command: Spoken) -> list[str]:
    found = [*paragraphs(command.help or ""), command.options_metavar or ""]
    for param in [*command.params, *COMMON]:
        metavar = param.make_metavar(click.Context(command, obj=App()))
        found += [" ".join((param.help or "").split()), param.metavar or metavar]
    return [text for text in found if text]


def test_every_command_and_every_option_has_a_help_text() -> None:
    for path, command in every_command(root):
        assert command.help, path
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, f"{path} {param.opts}"


def test_a_lazy_group_says_of_each_child_what_the_child_says_of_itself() -> None:
    app = App()
    for _, command in every_command(root):
        if isinstance(command, LazyGroup):
            context = click.Context(command, obj=app)
            for name, line in command.one_lines(context):
                child = command.get_command(context, name)
                assert isinstance(child, Spoken)
                assert child.one_line(app) == line


def test_every_sentence_of_click_itself_is_vietnamese() -> None:
    from babel.messages.extract import extract_from_dir

    vietnamese = {entry.msgid: entry for entry in polib.pofile(str(LOCALE / "vi" / "LC_MESSAGES" / "click.po"))}
    extracted = extract_from_dir(
        str(Path(click.__file__).parent), [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    for found in extracted:
        message = found[2]
        msgid = message[0] if isinstance(message, tuple) else message
        assert msgid in vietnamese, msgid
        known = set(PLACEHOLDER.findall(" ".join(message) if isinstance(message, tuple) else message))
        for text in texts(vietnamese[msgid]):
            assert text
            assert set(PLACEHOLDER.findall(text)) <= known, msgid


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert Messages("vi").text("shell.no_such_code", n=3) == "shell.no_such_code"
    assert Messages("vi").text("nonsense") == "nonsense"
    assert Messages("vi").text("../../etc.passwd") == "../../etc.passwd"


def test_a_blank_that_nobody_filled_stays_visible() -> None:
    assert "{file}" in Messages("vi").text("shell.place_file")


def test_counts_have_separators_and_rows_have_none() -> None:
    assert "1.234" in Messages("vi").text("shell.more_problems", n=1234)
    assert "1,234" in Messages("en").text("shell.more_problems", n=1234)
    assert Messages("vi").text("shell.place_row", row=1234) == "dòng 1234"


def test_english_has_a_singular() -> None:
    assert Messages("en").text("shell.remaining_minutes", n=1) == "about 1 minute left"
    assert Messages("en").text("shell.remaining_minutes", n=2) == "about 2 minutes left"


@given(st.text())
def test_a_value_is_never_taken_for_a_template_nor_for_a_line_of_its_own(value: str) -> None:
    text = Messages("vi").text("shell.place_file", file=value)
    assert text == f"tệp {' '.join(value.splitlines())}"


def test_no_help_page_mixes_the_languages(cli: Cli) -> None:
    for path, _ in every_command(root):
        words = path.split()[1:]
        vietnamese, english = cli(*words, "--help").stdout, cli(*words, "--help", "--lang", "en").stdout
        assert not re.search(
            r"\b(TEXT|INTEGER|FLOAT|PATH|FILE|DIRECTORY|RANGE|Options|Usage|Commands)\b", vietnamese
        ), path
        others = english.replace("Sổ tay", "")
        assert not re.search("[\u1ea0-\u1ef9đĐăĂơƠưƯ]", others), path
