"""Our figures are GoAccess's, where it is installed: requests, bytes, answers, missing pages, visitors of each day."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from toolkit.demo.access_logs import write_access_log
from toolkit.sitestats.service.reporting import report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("goaccess") is None, reason="goaccess is not installed")
NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())


def of_peer(log: Path, zone: str, folder: Path) -> Any:
    """GoAccess's own report, its visitors counted as ours are: those that met nothing but errors are some too."""
    out = folder / "peer.json"
    command = ["goaccess", str(log), "--log-format=COMBINED", "--no-global-config", "--no-progress",
               "--4xx-to-unique-count", f"--tz={zone}", "-o", str(out)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return json.loads(out.read_text("utf-8"))


def counts(panel: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for row in panel["data"]:
        for item in row.get("items", [row]):
            yield item["data"], item["hits"]["count"]


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York", "Europe/London", "UTC"])
def test_the_same_log_is_the_same_figures(tmp_path: Path, zone: str) -> None:
    log = tmp_path / "access.log"
    # the night in which clocks are set back in two of these zones is among the days
    truth = write_access_log(log, 12_000, first=date(2026, 10, 24), days=12, zone=zone, seed=len(zone))
    ours = report([log], zone=zone, now=NOW).data
    assert ours is not None
    peer = of_peer(log, zone, tmp_path)
    general = peer["general"]
    assert ours.requests == general["total_requests"] == truth.lines
    assert ours.valid == general["valid_requests"]
    assert ours.totals["bytes"] == general["bandwidth"] == truth.size
    assert ours.totals["visitors"] == general["unique_visitors"] == truth.visitors
    assert ours.totals["sessions"] == truth.visits
    answered = {str(row["code"]): row["n"] for row in ours.panels["statuses"]}
    assert answered == {name[:3]: n for name, n in counts(peer["status_codes"])}
    assert sum(row["hits"] for row in ours.panels["not_found"]) == truth.not_found
    assert truth.not_found == peer["not_found"]["metadata"]["hits"]["total"]["value"]
    days = {f"{row['date']:%Y%m%d}": (row["requests"], row["visitors"]) for row in ours.panels["days"]}
    assert days == {
        row["data"]: (row["hits"]["count"], row["visitors"]["count"]) for row in peer["visitors"]["data"]
    }  # fmt: skip
    assert days == {f"{day:%Y%m%d}": (n, truth.visitors_by_day[day]) for day, n in truth.days.items()}
