"""Files are the old one or the new one, whole, and never somebody else's to read."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import StoreError
from toolkit.disk import crash
from toolkit.disk.atomic import atomic_file, atomic_write
from toolkit.disk.failures import disk_failure


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@given(content=st.binary(max_size=2000), before=st.none() | st.binary(max_size=2000))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, before: bytes
) -> None:
    path = tmp_path_factory.mktemp("atomic") / "lịch.ics"
    if before is not None:
        path.write_bytes(before)
    atomic_write(path, content)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_text_is_written_as_utf_8(tmp_path: Path) -> None:
    atomic_write(tmp_path / "a", "Đổ xăng\n")
    assert (tmp_path / "a").read_bytes() == "Đổ xăng\n".encode()


def test_a_file_belongs_to_its_owner_alone_even_while_it_is_written(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        with atomic_file(tmp_path / "a") as file:
            file.write(b"x")
            assert [mode(path) for path in tmp_path.iterdir()] == [0o600]
    finally:
        os.umask(previous)
    assert mode(tmp_path / "a") == 0o600


def test_a_file_that_was_open_to_others_is_closed_by_writing_it_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("cũ")
    path.chmod(0o644)
    atomic_write(path, "mới")
    assert mode(path) == 0o600


def test_an_error_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("cũ")
    with pytest.raises(TypeError), atomic_file(path) as file:
        file.writelines([b"half of the ne", "w one"])  # type: ignore[list-item]  # the error on the way
    assert path.read_text() == "cũ"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_refused_and_what_it_points_to_stays(tmp_path: Path) -> None:
    target = tmp_path / "thật"
    target.write_text("cũ")
    (tmp_path / "lối tắt").symlink_to(target)
    with pytest.raises(StoreError) as refused:
        atomic_write(tmp_path / "lối tắt", "mới")
    assert refused.value.problem.code == "disk.link"
    assert target.read_text() == "cũ"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x" * 300, "disk.name_too_long"),
        ("không có/a", "disk.no_folder"),
        ("tệp/a", "disk.no_folder"),
        ("thư mục", "disk.is_folder"),
    ],
)
def test_a_place_that_will_not_do_is_named_with_its_reason(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "tệp").write_text("")
    (tmp_path / "thư mục").mkdir()
    with pytest.raises(StoreError) as refused:
        atomic_write(tmp_path / name, "x")
    assert refused.value.problem.code == code
    assert refused.value.problem.params["path"] == str(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thư mục", "tệp"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk.full"),
        (errno.EDQUOT, "disk.full"),
        (errno.EFBIG, "disk.full"),
        (errno.EROFS, "disk.read_only"),
        (errno.EACCES, "disk.no_permission"),
        (errno.EIO, "disk.failed"),
    ],
)
def test_each_refusal_of_the_system_has_its_own_sentence(number: int, code: str) -> None:
    assert disk_failure(OSError(number, "x"), Path("/a")).problem.code == code


def test_a_file_open_in_excel_is_said_to_be_open() -> None:
    error = OSError(errno.EACCES, "x")
    error.winerror = 32  # type: ignore[attr-defined]  # as Windows sets it
    assert disk_failure(error, Path("a.xlsx")).problem.code == "disk.in_use"


@pytest.mark.parametrize(("old", "code"), [(True, "disk.in_use"), (False, "disk.no_permission")])
def test_a_file_that_windows_will_not_let_go_of_is_said_to_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool, code: str
) -> None:
    def refused(*_: object) -> None:
        error = PermissionError(errno.EACCES, "x")
        error.winerror = 5  # type: ignore[attr-defined]  # as Windows sets it
        raise error

    if old:
        (tmp_path / "a").write_text("cũ")
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(StoreError) as failed:
        atomic_write(tmp_path / "a", "mới")
    assert failed.value.problem.code == code
    assert [path.read_text() for path in tmp_path.iterdir()] == (["cũ"] if old else [])


def test_what_a_killed_process_left_is_swept_up_later_and_the_work_of_a_living_one_is_not(tmp_path: Path) -> None:
    names = (".toolkit-1.tmp", ".toolkit-2.tmp-journal", ".toolkit-3.tmp", "của tôi.tmp", ".toolkit-4.tmp")
    old, journal, folder, foreign, young = (tmp_path / name for name in names)
    folder.mkdir()
    (folder / "toolkit.db").write_text("")
    for path in (old, journal, foreign, young):
        path.write_text("")
    for path in (old, journal, folder, foreign):
        os.utime(path, (time.time() - 90_000,) * 2)
    atomic_write(tmp_path / "a", "x")
    assert sorted(tmp_path.iterdir()) == sorted([young, foreign, tmp_path / "a"])


def test_the_bytes_are_on_the_disk_before_the_name_is_and_the_name_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def replaced(*paths: str) -> None:
        steps.append("name")
        replace(*paths)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    atomic_write(tmp_path / "a", "x")
    assert steps == ["file", "name", "folder"]


@pytest.mark.parametrize("point", ["opened", "written", "synced", "replaced"])
def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(tmp_path: Path, point: str) -> None:
    path = tmp_path / "a"
    path.write_text("cũ")
    program = (
        "import sys, pathlib; from toolkit.disk.atomic import atomic_write as w; w(pathlib.Path(sys.argv[1]), 'mới')"
    )
    environment = {**os.environ, "TOOLKIT_FAULT": f"kill@disk.atomic.{point}"}
    done = subprocess.run([sys.executable, "-c", program, str(path)], env=environment, check=False)
    assert done.returncode == -9
    assert path.read_text() == ("mới" if point == "replaced" else "cũ")


def test_a_fault_that_nobody_knows_is_refused_so_that_no_test_injects_nothing() -> None:
    for wish in ("kill", "kill@", "kill@a:b", "explode@3"):
        with pytest.raises(ValueError, match="TOOLKIT_FAULT"):
            crash._from_environment(wish, "")


def test_a_named_point_can_be_met_several_times_before_it_kills(tmp_path: Path) -> None:
    program = "from toolkit.disk.crash import crashpoint as c\nfor n in range(5): c('x'); c('y'); print(n, flush=True)"
    environment = {**os.environ, "TOOLKIT_FAULT": "kill@y:3"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (-9, ["0", "1"])


def test_counting_names_every_point_met(tmp_path: Path) -> None:
    program = "from toolkit.disk.crash import crashpoint; crashpoint('x'); crashpoint('y'); crashpoint('x')"
    environment = {**os.environ, "TOOLKIT_FAULT": "count", "TOOLKIT_FAULT_COUNT": str(tmp_path / "n")}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert (tmp_path / "n").read_text().split() == ["3", "x", "y", "x"]
