"""F01, F04: a killed collector has kept what it acknowledged; a killed update takes nothing over twice."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from builders.collecting import ORIGIN, PHONE, Collector, collecting, new_site
from running import environment, toolkit_command
from toolkit.sitestats.adapters.sites import Sites

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TAKE = """
import sys
from pathlib import Path
from toolkit.sitestats.adapters.collected import take_collected
from toolkit.sitestats.adapters.sites import Sites
for site in Sites(Path(sys.argv[1])).all():
    print(take_collected(site, now=int(sys.argv[2])).rows)
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def start(folder: Path, port: int, fault: str = "") -> subprocess.Popen[bytes]:
    """A collector as a process of its own, once it answers."""
    env = environment({"TOOLKIT_HOME": str(folder), "TOOLKIT_FAULT": fault or None})
    process = subprocess.Popen(
        toolkit_command("sitestats", "collect", "serve", "--port", str(port)), env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    until = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None, process.stderr.read() if process.stderr else b""
            assert time.monotonic() < until
            time.sleep(0.02)
        else:
            return process


def test_a_collector_that_is_killed_under_load_has_lost_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    collector = new_site(tmp_path)
    collector.port = free_port()
    process = start(tmp_path, collector.port)
    acknowledged: list[str] = []
    enough = threading.Event()

    def send(sender: int) -> None:
        made = http.client.HTTPConnection("127.0.0.1", collector.port, timeout=10)
        headers = {"Origin": ORIGIN, "User-Agent": f"{PHONE} {sender}", "Content-Type": "text/plain"}
        try:
            for number in range(60):
                path = f"/{sender}/{number}"
                made.request("POST", "/t", collector.message(path), headers)
                answer = made.getresponse()
                answer.read()
                if answer.status == 204:
                    acknowledged.append(path)
                if len(acknowledged) > 80:
                    enough.set()
        except (OSError, http.client.HTTPException):
            pass
        finally:
            made.close()

    threads = [threading.Thread(target=send, args=(sender,)) for sender in range(4)]
    for thread in threads:
        thread.start()
    enough.wait(20)
    os.kill(process.pid, signal.SIGKILL)
    for thread in threads:
        thread.join(20)
    process.communicate(timeout=20)
    kept = [told.path for told in collector.told()]
    assert len(acknowledged) > 80
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert collector.take() == len(kept)
    again = start(tmp_path, collector.port)  # nothing has to be unlocked or repaired
    assert collector.send() == 204
    again.send_signal(signal.SIGTERM)
    assert again.wait(20) == 128 + signal.SIGTERM
    assert again.stderr is not None
    again.stderr.close()


def test_what_is_not_on_the_disk_is_not_acknowledged(tmp_path: Path) -> None:
    for number, point in enumerate(("sitestats.collect.written", "sitestats.collect.kept")):
        folder = tmp_path / str(number)
        collector = new_site(folder)
        collector.port = free_port()
        process = start(folder, collector.port, f"kill@{point}:2")
        assert collector.send(path="/first") == 204
        try:
            status = collector.send(path="/second")
        except (OSError, http.client.HTTPException):
            status = 0
        process.communicate(timeout=20)
        assert process.returncode == -signal.SIGKILL
        assert status == 0
        paths = [told.path for told in collector.told()]
        assert paths == (["/first"] if number == 0 else ["/first", "/second"])


def take(folder: Path, now: float, fault: str = "") -> subprocess.CompletedProcess[str]:
    env = environment({"TOOLKIT_FAULT": fault or None, "TOOLKIT_FAULT_COUNT": str(folder.with_suffix(".points"))})
    return subprocess.run(
        [sys.executable, "-c", TAKE, str(folder / "sites"), str(int(now))],
        env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_taking_over_that_is_killed_anywhere_takes_each_message_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    with collecting(whole) as collector:
        for number in range(7):
            assert collector.send(path=f"/{number}") == 204
    assert collector.take() == 7
    with collecting(whole) as collector:
        for number in range(7, 12):
            assert collector.send(path=f"/{number}") == 204
    now = time.time()
    counted = shutil.copytree(whole, tmp_path / "counted")
    told = take(counted, now, "count")
    assert told.stdout.split() == ["5"], told.stderr
    points = counted.with_suffix(".points").read_text("utf-8").split("\n")[1:]
    assert {"sitestats.take.before_commit", "sitestats.take.committed", "sitestats.take.dropped"} <= set(points)
    for number in range(1, len(points) + 1):
        folder = shutil.copytree(whole, tmp_path / f"killed-{number}")
        assert take(folder, now, f"kill@{number}").returncode == -signal.SIGKILL
        assert take(folder, now).returncode == 0
        found = Collector(Sites(folder / "sites").all()[0])
        paths = [path for (path,) in found.rows("SELECT path FROM hits ORDER BY place")]
        assert paths == [f"/{number}" for number in range(12)], points[number - 1]
        assert found.rows("SELECT sum(hits), sum(pages) FROM visitors") == [(12, 12)]
        assert found.rows("SELECT lines FROM cursors") == [(12,)]
        assert not found.told()


def test_a_file_that_was_put_aside_and_made_anew_is_taken_over_from_its_first_message(tmp_path: Path) -> None:
    with collecting(tmp_path) as collector:
        for _ in range(5):
            collector.send()
    assert collector.take() == 5
    folder = collector.site.folder / "collector"
    for path in folder.glob("intake.db*"):
        path.unlink()
    with collecting(tmp_path) as collector:
        for _ in range(3):
            collector.send()
    assert collector.take() == 3
    assert collector.rows("SELECT count(*) FROM hits") == [(8,)]
    assert json.loads((collector.site.folder / "site.json").read_text("utf-8"))["name"] == "Cửa hàng"
