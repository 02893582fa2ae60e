"""The how-to on the collector tells the truth: its commands, its limits, its server in front, its unit."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from toolkit.cli import toolkit as root
from toolkit.shell.app import App
from toolkit.shell.group import Context
from toolkit.sitestats.adapters import door, serving
from toolkit.sitestats.beacon import PORT, message, script

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "collector.md").read_text("utf-8")
COMMANDS = sorted(
    {
        re.split(r"\s+#|`|,? rồi", found)[0].strip()
        for found in re.findall(r"toolkit (sitestats (?:collect|update|report|goal) [^`\n]*)", PAGE)
    }
)


@pytest.mark.parametrize("typed", COMMANDS)
def test_every_command_of_the_page_can_be_typed(typed: str) -> None:
    command: click.Command = root
    words = shlex.split(typed)
    context: click.Context = Context(root, obj=App())
    while isinstance(command, click.Group):
        child = command.get_command(context, words.pop(0))
        assert child is not None, typed
        command, context = child, Context(child, parent=context, info_name=typed)
    with command.make_context("x", words, parent=context) as made:
        assert made.params


def test_there_are_commands_on_the_page() -> None:
    assert len(COMMANDS) >= 6


def test_the_limits_of_the_page_are_those_of_the_collector() -> None:
    rate, burst = door.OF_A_VISITOR
    assert f"mỗi khách nhiều nhất {burst} tin một lúc rồi {rate:.0f} tin mỗi giây" in PAGE
    rate, burst = door.OF_AN_ADDRESS
    assert f"mỗi địa chỉ {burst} rồi {rate:.0f}" in PAGE
    assert f"mỗi địa chỉ {serving.MOST_OF_ONE} kết nối" in PAGE
    assert f"nhiều nhất {message.LARGEST // 1024} KB" in PAGE
    assert f"`{script.NAME}`" in PAGE
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", PAGE)) == {str(PORT)}


def test_what_stands_in_front_tells_whose_message_it_is() -> None:
    assert "proxy_set_header Host $host;" in PAGE
    assert "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;" in PAGE
    assert "SuccessExitStatus=143" in PAGE  # how the collector ends when it is asked to
