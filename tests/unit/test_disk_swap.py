"""A folder takes another's place: broken off anywhere, the old one or the new one is there, whole."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from toolkit.disk import swap

if TYPE_CHECKING:
    from pathlib import Path

STEPS = ["disk.swap.made", "disk.swap.exchanged", "disk.swap.aside", "disk.swap.done"]


def made(folder: Path, what: str) -> Path:
    (folder / "trong").mkdir(parents=True)
    (folder / "trong" / "tệp").write_text(what, "utf-8")
    return folder


def text_in(folder: Path) -> str:
    return (folder / "trong" / "tệp").read_text("utf-8")


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("with_old", [True, False])
def test_broken_off_at_any_step_one_of_the_two_is_there(
    step: str, can_exchange: bool, with_old: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    met = []

    def crashpoint(name: str) -> None:
        met.append(name)
        if name == step:
            raise Killed

    monkeypatch.setattr(swap, "crashpoint", crashpoint)
    if not can_exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    folder = tmp_path / "kho"
    if with_old:
        made(folder, "cũ")
    made(swap.beside(folder), "mới")
    with suppress(Killed):
        swap.put_in_place(folder)
    is_new = step != "disk.swap.made"
    assert swap.is_between(folder) == (met[-1:] == ["disk.swap.aside"])
    swap.recover(folder)
    assert [path.name for path in tmp_path.iterdir()] == (["kho"] if is_new or with_old else [])
    if is_new or with_old:
        assert text_in(folder) == ("mới" if is_new else "cũ")


def test_what_was_put_aside_comes_back_where_the_new_one_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    made(swap._aside(folder), "cũ")
    swap.recover(folder)
    assert text_in(folder) == "cũ"


@pytest.mark.parametrize("name", ["k" * 250, "ộ" * 83])
def test_a_long_name_has_room_beside_it(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    assert swap.beside(folder) != swap.beside(folder.with_name(f"{name[:-1]}x"))
    made(swap.beside(folder), "mới")
    swap.put_in_place(folder)
    assert text_in(folder) == "mới"


def test_files_are_shared_or_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "một").write_text("x", "utf-8")
    swap.link_or_copy(tmp_path / "một", tmp_path / "hai")
    assert (tmp_path / "hai").samefile(tmp_path / "một")

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    swap.link_or_copy(tmp_path / "một", tmp_path / "ba")
    assert (tmp_path / "ba").read_text("utf-8") == "x"
    assert not (tmp_path / "ba").samefile(tmp_path / "một")
