"""The collector under load: acknowledged messages a second, how long each took, memory, and that each one is there.

A real server in a process of its own, behind a "proxy" on this machine: every message comes from another address, so
that no limit is met. The load comes from `wrk` where it is installed, else from raw sockets here (which share the
machine with the server; both are printed as what they are). Nothing is asserted but that nothing was lost.

    python bench/bench_collector.py [SECONDS]
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from toolkit.sitestats.adapters.collected import intake_of, take_collected
from toolkit.sitestats.adapters.intake import Intake
from toolkit.sitestats.adapters.sites import Site, Sites
from toolkit.sitestats.service.collecting import snippet

SECONDS = 10
SENDERS = (1, 16, 64)
HOST = "shop.example"
AGENT = "Mozilla/5.0 (Linux; Android 16; SM-A556E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile"
LUA = """
local n = 0
local id = 0
function setup(thread) thread:set("id", math.random(1, 200)) end
request = function()
  n = n + 1
  local from = string.format("10.%%d.%%d.%%d", id, math.floor(n / 250) %% 250, n %% 250)
  return wrk.format("POST", "/t", {["Origin"] = "https://%(host)s", ["Content-Type"] = "text/plain",
    ["User-Agent"] = "%(agent)s", ["X-Forwarded-For"] = from},
    '{"s":"%(key)s","k":"view","p":"/trang/' .. n %% 500 .. '?utm_source=zalo","r":""}')
end
done = function(summary, latency)
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
"""


def start(home: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A collector of its own, once it answers, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "sitestats", "collect", "serve", "--port", str(port), "--trusted-proxy",
         "127.0.0.1", "--url", f"http://127.0.0.1:{port}"],
        env={**os.environ, "TOOLKIT_HOME": str(home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process, port


def by_wrk(port: int, site: Site, senders: int, seconds: float, folder: Path) -> tuple[int, int, list[float]]:
    """(acknowledged, not acknowledged, milliseconds at 50, 95 and 99 %)."""
    script = folder / "load.lua"
    script.write_text(LUA % {"host": HOST, "agent": AGENT, "key": site.folder.name}, "utf-8")
    threads = min(senders, 2)
    said = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{senders}", f"-d{seconds:.0f}s", "-s", str(script), f"http://127.0.0.1:{port}/t"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", said)
    assert found is not None, said
    asked, refused, failed, *late = (int(number) for number in found.groups())
    return asked - refused, refused + failed, [number / 1_000 for number in late]


def by_sockets(port: int, site: Site, senders: int, seconds: float) -> tuple[int, int, list[float]]:
    """The same with raw sockets of this process."""
    took: list[float] = []
    refused = [0]

    async def send(sender: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        until, number = time.perf_counter() + seconds, 0
        while time.perf_counter() < until:
            number += 1
            body = (
                f'{{"s":"{site.folder.name}","k":"view","p":"/trang/{number % 500}?utm_source=zalo","r":""}}'.encode()
            )
            head = (
                f"POST /t HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: https://{HOST}\r\nUser-Agent: {AGENT}\r\n"
                f"Content-Type: text/plain\r\nX-Forwarded-For: 10.{sender}.{number // 250 % 250}.{number % 250}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            begun = time.perf_counter()
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            if answer.startswith(b"HTTP/1.1 204"):
                took.append(time.perf_counter() - begun)
            else:
                refused[0] += 1
        writer.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(send(sender) for sender in range(senders)))

    asyncio.run(all_of_them())
    cut = statistics.quantiles(took, n=100)
    return len(took), refused[0], [cut[place] * 1_000 for place in (49, 94, 98)]


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="toolkit-") as name:
        folder = Path(name)
        sites = Sites(folder / "sites")
        snippet(sites, "shop", "https://stats.example", zone="Asia/Ho_Chi_Minh", host=HOST)
        site = sites.find("shop")
        process, port = start(folder)
        server = psutil.Process(process.pid)
        print(f"load: {'wrk' if shutil.which('wrk') else 'sockets of this process'}, {os.cpu_count()} cores")
        print(
            f"{'senders':>8}{'kept/s':>9}{'refused':>9}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}{'CPU s':>7}{'RSS MB':>8}"
        )
        total = 0
        for senders in SENDERS:
            before = sum(server.cpu_times()[:2])
            if shutil.which("wrk"):
                kept, refused, late = by_wrk(port, site, senders, seconds, folder)
            else:
                kept, refused, late = by_sockets(port, site, senders, seconds)
            total += kept
            spent, size = sum(server.cpu_times()[:2]) - before, server.memory_info().rss / 1_000_000
            print(f"{senders:>8}{kept / seconds:>9,.0f}{refused:>9}" + "".join(f"{one:>8.1f}" for one in late)
                  + f"{spent:>7.1f}{size:>8.0f}")  # fmt: skip
        process.kill()  # as rudely as can be: what was acknowledged is there
        process.wait()
        with Intake(intake_of(site)) as intake:
            there = len(intake)
        begun = time.perf_counter()
        taken = take_collected(site, now=int(time.time())).rows
        print(
            f"acknowledged {total:,}, there after kill -9 {there:,}, taken over in {time.perf_counter() - begun:.1f} s"
        )
        assert taken == there >= total, "an acknowledged message was lost"


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
