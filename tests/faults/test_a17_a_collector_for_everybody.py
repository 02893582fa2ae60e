"""A17: a collector that other machines can call has to be asked for, and says what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.collecting import collecting
from toolkit.core.errors import UsageError
from toolkit.sitestats.beacon.guards import is_loopback

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "shop.example"])
def test_it_takes_a_word_to_be_heard_by_other_machines(tmp_path: Path, host: str) -> None:
    with pytest.raises(UsageError, match="heard_by_others"), collecting(tmp_path, host=host):
        pass


def test_with_the_word_it_is_heard_and_still_answers_to_its_names_alone(tmp_path: Path) -> None:
    with collecting(tmp_path, host="0.0.0.0", i_know=True) as collector:
        assert collector.send() == 204
        assert collector.send(headers={"Host": "0.0.0.0"}) == 421


def test_the_command_says_what_to_do_instead(cli: Cli) -> None:
    cli("sitestats", "collect", "snippet", "shop", "https://stats.example", "--host", "shop.example")
    ran = cli("sitestats", "collect", "serve", "--host", "0.0.0.0")
    assert ran.exit_code == 2
    assert "--i-know" in ran.stderr
    assert "127.0.0.1" in ran.stderr


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("::ffff:127.0.0.1", True),
     ("0.0.0.0", False), ("127.0.0.1.evil.test", False), ("", False), ("localhost.evil.test", False)],
)  # fmt: skip
def test_what_is_this_machine_alone(host: str, own: bool) -> None:
    assert is_loopback(host) is own
