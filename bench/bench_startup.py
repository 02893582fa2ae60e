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

from toolkit.cli import toolkit
from toolkit.shell.group import every_command

ROUNDS = 5
BASE = "python -c pass"
USED = ("--version", "calendar runs --json", "calendar agenda --json", "config show --json", "doctor --json")


def commands() -> dict[str, list[str]]:
    """What is timed, by its name: two yardsticks, the help of every command there is, quick commands at work."""
    helped = [f"{path} --help".removeprefix("toolkit ") for path, _ in every_command(toolkit)]
    return {
        BASE: ["-c", "pass"],
        "python -c 'import click'": ["-c", "import click"],
        **{f"toolkit {words}": ["-m", "toolkit", *words.split()] for words in (*USED, *helped)},
    }


def seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Wall time of one whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TOOLKIT_HOME": str(Path(home, "home"))}
        timed = commands()
        for arguments in timed.values():
            seconds(arguments, environment)
        times: dict[str, list[float]] = {name: [] for name in timed}
        for _ in range(ROUNDS):
            for name, arguments in timed.items():
                times[name].append(seconds(arguments, environment))
    base = statistics.median(times[BASE])
    print(f"{'command':<44}{'median s':>10}{'above bare':>12}{'× bare':>8}   ({ROUNDS} rounds, in turn)")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:<44}{median:>10.3f}{median - base:>12.3f}{median / base:>8.1f}")


if __name__ == "__main__":
    main()
