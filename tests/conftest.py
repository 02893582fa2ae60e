"""What every test gets: a home of its own, a fixed time zone, no network beyond this machine."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from running import Cli, Ran, RunToolkit, environment, toolkit_command

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = Path(__file__).parents[1] / "toolkit" / "shell" / "locale"
CLOSED_PORT = 9  # discard: nothing listens there

settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

if not hasattr(sys.modules["__main__"], "__file__"):
    # A worker of xdist; pyspark's client takes a main module without a file for doctests of its own and ends it.
    sys.modules["__main__"].__file__ = __file__


def pytest_configure() -> None:
    """Compile the catalogues that are older than their sources, so that `pytest` alone tests what is written."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        own = compiled.with_name(f"{compiled.name}.{os.getpid()}")
        with source.open("rb") as text, own.open("wb") as target:
            write_mo(target, read_po(text, abort_invalid=True))
        own.replace(compiled)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh TOOLKIT_HOME that nothing has been written to yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TOOLKIT_HOME", str(folder))
    monkeypatch.setenv("TOOLKIT_LOOPBACK_ONLY", "1")
    monkeypatch.setenv("TOOLKIT_GOOGLE_ROOT", f"http://127.0.0.1:{CLOSED_PORT}/")
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setenv("PYTHONUTF8", "1")
    for name in ("COLUMNS", "NO_COLOR", "TOOLKIT_FAULT", "TOOLKIT_FAULT_COUNT", "_TOOLKIT_COMPLETE", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    def run(*arguments: object, stdin: str = "") -> Ran:
        from toolkit.cli import main

        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2))
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", io.StringIO(stdin))
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            exit_code = main([str(argument) for argument in arguments])
        return Ran(exit_code, _written(out), _written(err))

    return run


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@pytest.fixture
def run_toolkit() -> RunToolkit:
    def run(
        *arguments: object,
        stdin: str | bytes = b"",
        env: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        timeout: float = 120,
    ) -> Ran:
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        ended = subprocess.run(
            toolkit_command(*arguments), input=typed, env=environment(env), cwd=cwd, timeout=timeout,
            capture_output=True, check=False,
        )  # fmt: skip
        return Ran(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))

    return run
