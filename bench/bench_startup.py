"""Start-up: every quick command against a bare interpreter and against `import click`, side by side in one run.

The commands take turns (A B C A B C …), so that a machine whose speed drifts slows all of them alike. What is printed
is the median of each and its distance from the bare interpreter; nothing is asserted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
BASE = "python -c pass"
COMMANDS: dict[str, list[str]] = {
    BASE: ["-c", "pass"],
    "python -c 'import click'": ["-c", "import click"],
    "toolkit --version": ["-m", "toolkit", "--version"],
    "toolkit --help": ["-m", "toolkit", "--help"],
    "toolkit calendar --help": ["-m", "toolkit", "calendar", "--help"],
    "toolkit calendar import --help": ["-m", "toolkit", "calendar", "import", "--help"],
    "toolkit calendar runs --json": ["-m", "toolkit", "calendar", "runs", "--json"],
    "toolkit calendar agenda --json": ["-m", "toolkit", "calendar", "agenda", "--json"],
    "toolkit doctor --json": ["-m", "toolkit", "doctor", "--json"],
}


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Wall time of one whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TOOLKIT_HOME": str(Path(home, "home"))}
        for arguments in COMMANDS.values():
            seconds(arguments, environment)
        times: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for _ in range(ROUNDS):
            for name, arguments in COMMANDS.items():
                times[name].append(seconds(arguments, environment))
    base = statistics.median(times[BASE])
    print(f"{'command':<34}{'median s':>10}{'above bare':>12}{'× bare':>8}   ({ROUNDS} rounds, in turn)")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:<34}{median:>10.3f}{median - base:>12.3f}{median / base:>8.1f}")


if __name__ == "__main__":
    main()
