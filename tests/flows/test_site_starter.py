"""A website to begin with: written once, served to this machine, its visits read from the log that it leaves."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from builders.browser import chromium
from running import environment, toolkit_command
from toolkit.sitestats.adapters.local_server import serving
from toolkit.sitestats.formats import LineReader, find_format
from toolkit.sitestats.model import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Cli, RunToolkit
    from toolkit.sitestats.adapters.local_server import LocalServer

NASTY = "Hoa & <img src=x onerror=alert(1)> \"'$name"
FOREVER = 4_000_000_000
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
LACKS = """() => [
  ...[...document.querySelectorAll('input,textarea')].filter(e => !e.labels.length).map(e => 'label ' + e.id),
  ...[...document.querySelectorAll('.button,button')].filter(e => e.clientHeight < 44).map(e => 'small'),
  ...(document.documentElement.lang === 'vi' ? [] : ['lang']), ...(document.title ? [] : ['title']),
  ...(document.querySelector('main') ? [] : ['main']),
]"""
CONTRAST = """() => {
  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, place) => sum + v * [0.2126, 0.7152, 0.0722][place], 0);
  const read = colour => colour.match(/[\\d.]+/g).map(Number);
  const behind = element => {
    for (let one = element; one; one = one.parentElement) {
      const found = read(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const worst = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own) continue;
    const [a, b] = [luminance(read(getComputedStyle(element).color)), luminance(behind(element))];
    worst.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element.outerHTML.slice(0, 60)]);
  }
  return worst.sort((one, other) => one[0] - other[0])[0];
}"""


@pytest.fixture
def site(cli: Cli, tmp_path: Path) -> Path:
    folder = tmp_path / "trang"
    assert cli("sitestats", "site", "new", folder, "--name", NASTY, "--phone", "0901 234 567").exit_code == 0
    return folder


@contextmanager
def served(folder: Path, log: Path, port: int = 0) -> Iterator[LocalServer]:
    done = threading.Event()
    with serving(folder, log, port=port, zone="Asia/Ho_Chi_Minh") as server:
        thread = threading.Thread(target=server.until, args=(done.is_set,))
        thread.start()
        try:
            yield server
        finally:
            done.set()
            thread.join()


def asked(server: LocalServer, path: str, method: str = "GET", **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def test_a_folder_with_anything_in_it_is_left_as_it_is(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "trang"
    folder.mkdir()
    (folder / "index.html").write_text("của tôi")
    ran = cli("sitestats", "site", "new", folder, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (4, "sitestats.folder_in_use")
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("index.html", "của tôi")]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".toolkit")] == []
    (folder / "index.html").unlink()
    assert cli("sitestats", "site", "new", folder).exit_code == 0
    assert (folder / "cam-on.html").is_file()


def test_every_page_is_vietnamese_small_and_asks_nothing_of_anybody_else(site: Path) -> None:
    assert sum(path.stat().st_size for path in site.iterdir()) < 25_000
    for page in site.glob("*.html"):
        text = page.read_text("utf-8")
        assert '<html lang="vi">' in text
        assert "default-src 'none'" in text
        assert text.count("<h1>") == 1
        assert "<img src=x" not in text
        assert "$name" in text  # of the member's own words, not filled in a second time
        outside = [one for one in re.findall(r'(?:src|href)="(https?:[^"]*)', text) if "zalo.me/0901234567" not in one]
        assert outside == []


@pytest.mark.parametrize(("option", "value", "code"), [
    ("--email", "hoa@", "sitestats.not_an_email"),
    ("--email", 'a"onx=@b.vn', "sitestats.not_an_email"),
    ("--phone", "gọi tôi", "sitestats.not_a_phone"),
    ("--collector", "javascript:alert(1)", "sitestats.not_an_address"),
])  # fmt: skip
def test_what_cannot_stand_in_a_page_is_refused_before_anything_is_written(
    cli: Cli, tmp_path: Path, option: str, value: str, code: str
) -> None:
    ran = cli("sitestats", "site", "new", tmp_path / "trang", option, value, "--json")
    assert (ran.exit_code, ran.json["problems"][0]["code"]) == (2, code)
    assert not (tmp_path / "trang").exists()


def test_the_collectors_line_stands_in_every_page_that_is_counted(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "trang"
    assert cli("sitestats", "site", "new", folder, "--collector", "http://127.0.0.1:8787").exit_code == 0
    for name in ("index.html", "cam-on.html", "rieng-tu.html"):
        text = (folder / name).read_text("utf-8")
        assert re.search(r'<script defer src="http://127.0.0.1:8787/[^"]*" data-site="[^"]+"', text)
        assert "script-src 'self' http://127.0.0.1:8787; connect-src http://127.0.0.1:8787" in text
    assert "data-site" not in (folder / "404.html").read_text("utf-8")


def test_the_server_gives_files_of_the_folder_and_nothing_else(site: Path, tmp_path: Path) -> None:
    (tmp_path / "bi-mat.txt").write_text("bí mật")
    (site / ".an").write_text("bí mật")
    (site / "sub").mkdir()
    (site / "duong").symlink_to(tmp_path)
    log = tmp_path / "access.log"
    with served(site, log) as server:
        assert asked(server, "/")[0] == 200
        assert "Cảm ơn" in asked(server, "/cam-on?utm_source=zalo")[1]
        assert asked(server, "/sub")[2]["Location"] == "/sub/"
        for path in ("/../bi-mat.txt", "/%2e%2e/bi-mat.txt", "/..%2fbi-mat.txt", "/.an", "/duong/bi-mat.txt", "/sub/",
                     "/%00", "/c:/x", "//bi-mat.txt", "/sub\\..\\x", "/" + "a" * 5_000):  # fmt: skip
            status, text, _ = asked(server, path)
            assert (status, "bí mật" in text) == (404, False), path
        assert asked(server, "/", "POST", Content_Length="0")[0] == 405
        assert asked(server, "/", "HEAD")[:2] == (200, "")
        assert asked(server, "/", Host="evil.example")[0] == 421
        assert server.server_address[0] == "127.0.0.1"


def test_its_log_is_one_that_every_reader_knows_and_no_request_can_forge_a_line(site: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with served(site, log) as server:
        asked(server, "/", Referer="https://zalo.me/", User_Agent='x" 200 1 "-" "y')
        asked(server, "/khong-co")
        with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5) as raw:
            raw.sendall(b'\x16\x03\x01 "\\\x1b[31m\r\n\r\n')
            raw.recv(2_000)
    lines = log.read_text("ascii").splitlines()
    assert len(lines) == 3
    assert find_format(lines, FOREVER).name == "combined"
    first, missing, _ = (LineReader("combined", FOREVER).read(line) for line in lines)
    assert isinstance(first, Request)
    assert isinstance(missing, Request)
    assert (first.target, first.status, first.referrer) == ("/", 200, "https://zalo.me/")
    assert first.agent == 'x" 200 1 "-" "y'
    assert missing.status == 404
    assert all(32 <= ord(sign) < 127 for sign in "".join(lines))


def test_a_port_that_is_taken_is_left_to_whoever_has_it(site: Path, tmp_path: Path) -> None:
    with served(site, tmp_path / "a.log") as first:
        port = first.server_address[1]
        if port < 65_000:
            with served(site, tmp_path / "b.log", port) as second:
                assert port < second.server_address[1] <= port + 20
                assert asked(second, "/")[0] == asked(first, "/")[0] == 200


def test_the_log_never_lies_within_the_folder_and_a_missing_folder_is_said(
    cli: Cli, site: Path, tmp_path: Path
) -> None:
    ran = cli("sitestats", "site", "serve", site, "--log", site / "access.log", "--json")
    assert ran.json["problems"][0]["code"] == "sitestats.log_within"
    ran = cli("sitestats", "site", "serve", tmp_path / "nowhere", "--json")
    assert ran.json["problems"][0]["code"] == "sitestats.no_such_folder"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_served_until_it_is_stopped_and_then_its_log_is_reported(site: Path, cli: Cli) -> None:
    process = subprocess.Popen(
        toolkit_command("sitestats", "site", "serve", site, "--port", "0"), env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        address = re.search(r"127\.0\.0\.1:(\d+)", told)
        assert address, told
        connection = http.client.HTTPConnection("127.0.0.1", int(address[1]), timeout=10)
        connection.request("GET", "/", headers={"User-Agent": AGENT})
        assert connection.getresponse().read()
        connection.close()
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=20)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 130, rest
    found = cli("sitestats", "report", site.with_name("trang-access.log"), "--json").json["data"]
    assert [page["path"] for page in found["pages"]] == ["/"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened.chromium


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_can_be_read_by_everybody(browser: Any, site: Path, tmp_path: Path, width: int, scheme: Any) -> None:
    with served(site, tmp_path / "access.log") as server:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        for name in ("", "cam-on.html", "rieng-tu.html", "404.html"):
            page.goto(f"{server.address}{name}")
            assert page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth") <= 0
            worst = page.evaluate(CONTRAST)
            assert worst[0] >= 4.5, (name, worst)
            levels = page.evaluate("() => [...document.querySelectorAll('h1,h2,h3')].map(e => +e.tagName[1])")
            assert levels[0] == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))
            assert page.evaluate(LACKS) == []
        assert said == []
        context.close()


def test_a_question_leads_to_the_thank_you_page_and_counts_as_the_goal(
    browser: Any, site: Path, tmp_path: Path, cli: Cli
) -> None:
    log = tmp_path / "access.log"
    with served(site, log) as server:
        context = browser.new_context(user_agent=AGENT)
        page = context.new_page()
        page.goto(f"{server.address}?utm_source=zalo&utm_campaign=tet2027")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") == "skip"
        page.fill("#ten", "Lan")
        page.fill("#cau-hoi", "Bao nhiêu tiền một buổi?")
        page.get_by_role("button", name="Viết thư cho tôi").click()
        page.wait_for_url("**/cam-on.html")
        context.close()
    assert "Bao" not in log.read_text()  # what visitors write is in no log
    [goal] = cli("sitestats", "goal", "show", log, "--goal", "/cam-on*", "--all", "--json").json["data"]
    assert (goal["visits"], goal["conversions"]) == (1, 1)
    assert goal["by"]["source"][0]["source"] == "Zalo"
    steps = cli("sitestats", "funnel", "/", "/cam-on*", log, "--all", "--json").json["data"]["steps"]
    assert [step["visits"] for step in steps] == [1, 1]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_site_is_there_whole_or_not_at_all(run_toolkit: RunToolkit, tmp_path: Path) -> None:
    folder = tmp_path / "trang"
    killed = run_toolkit("sitestats", "site", "new", folder, env={"TOOLKIT_FAULT": "kill@1"})
    assert killed.exit_code == -signal.SIGKILL
    assert not folder.exists()
    assert run_toolkit("sitestats", "site", "new", folder).exit_code == 0
    assert len(list(folder.iterdir())) == 8


def test_a_folder_that_cannot_be_written_is_said(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    ran = cli("sitestats", "site", "new", tmp_path / "tep" / "trang", "--json")
    assert ran.exit_code in (4, 7)
    assert ran.json["problems"][0]["code"].partition(".")[0] in ("disk", "sitestats")


def test_the_collector_is_let_in_by_the_pages_and_told_of_pages_and_deeds(
    browser: Any, cli: Cli, tmp_path: Path
) -> None:
    from toolkit.sitestats.beacon.script import script

    folder, told = tmp_path / "trang", []
    assert cli("sitestats", "site", "new", folder, "--collector", "http://127.0.0.1:8787").exit_code == 0

    def answer(route: Any) -> None:
        allowed = {"Access-Control-Allow-Origin": "*"}
        if route.request.method == "GET":
            route.fulfill(body=script().decode(), content_type="text/javascript", headers=allowed)
        else:
            told.append(route.request.post_data_json)
            route.fulfill(status=204, headers=allowed)

    with served(folder, tmp_path / "access.log") as server:
        context = browser.new_context()
        context.route("http://127.0.0.1:8787/**", answer)
        page = context.new_page()
        page.goto(server.address)
        page.fill("#ten", "Lan")
        page.fill("#cau-hoi", "Giá?")
        page.get_by_role("button", name="Viết thư cho tôi").click()
        page.wait_for_url("**/cam-on.html")
        for _ in range(100):
            if told[-1:] and told[-1]["p"] == "/cam-on.html":
                break
            page.wait_for_timeout(50)
        context.close()
    assert [(one["k"], one.get("n"), one["p"]) for one in told][:2] == [("view", None, "/"), ("event", "gui-form", "/")]
    assert told[-1]["p"] == "/cam-on.html"
    assert "Lan" not in str(told)
