"""The tutorial of the first website followed word by word, with a real server that is looked at for a while."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from running import Cli

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "first-website.md"
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36"
)


def steps() -> list[list[str]]:
    """The commands of each step."""
    parts = re.split(r"^## \d+\. .* \(.*\)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [re.findall(r"^\$ toolkit (.*)$", part, re.MULTILINE) for part in parts]


def look_around(command: str, folder: Path) -> None:
    """Open the site as the page says, look at three pages, and stop it with Ctrl-C."""
    arguments = [sys.executable, "-m", "toolkit", *shlex.split(command), "--port", "0"]
    with subprocess.Popen(arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            said = ""
            while (found := re.search(r"http://127\.0\.0\.1:\d+", said)) is None:
                line = server.stdout.readline()
                assert line, said
                said += line
            for path in ("/", "/rieng-tu.html", "/cam-on.html"):
                request = urllib.request.Request(f"{found[0]}{path}", headers={"User-Agent": PHONE})
                with urllib.request.urlopen(request) as answer:
                    assert answer.status == 200
        finally:
            server.send_signal(signal.SIGINT)
            server.stdout.read()


def test_the_first_website_works_word_by_word(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    def typed(line: str) -> str:
        ran = cli(*shlex.split(line))
        assert ran.exit_code == 0, (line, ran.stdout, ran.stderr)
        return ran.stdout

    made, opened, read, reached, posted, kept = steps()
    typed(made[0])
    assert (tmp_path / "trang-cua-toi" / "index.html").is_file()
    look_around(opened[0], tmp_path)
    assert "1 khách · 1 lượt ghé · 3 trang đã xem" in typed(read[0])
    for line in read[1:]:
        typed(line)
    assert re.search(r"/cam-on\* +1 +1 +100 %", typed(reached[0]))
    typed(reached[1])
    assert "Không có lượt nào" in typed(posted[0])
    for line in kept:
        typed(line)
    assert (tmp_path / "trang-web.html").is_file()
