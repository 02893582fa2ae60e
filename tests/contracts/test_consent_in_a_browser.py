"""A real browser clicks through `toolkit google login`: on our own consent page, and on somebody else's.

Needs Chromium; without it this file is skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from builders.emulated import MISSING, WHY_MISSING, emulation
from running import environment, toolkit_command
from toolkit.demo.google_calendar import LoopbackGoogle
from toolkit.google.signin import APP_CREATED

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium; on Debian: apt install chromium")


class Login:
    """`toolkit google login` in a process of its own, waiting for a browser that the test plays."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running
        assert running.stderr is not None
        self.url = next(line.strip() for line in running.stderr if line.startswith("http"))

    @property
    def back(self) -> str:
        """Where the browser is to come back to."""
        return parse_qs(urlsplit(self.url).query)["redirect_uri"][0]

    @property
    def is_waiting(self) -> bool:
        return self._running.poll() is None

    def ended(self) -> tuple[int, str]:
        """Its exit code and everything it said after the address."""
        out, err = self._running.communicate(timeout=60)
        return self._running.returncode, out + err

    def stop(self) -> None:
        if self.is_waiting:
            self._running.kill()
            self._running.communicate(timeout=60)


@contextmanager
def login(client: Path, root: str, *options: object) -> Iterator[Login]:
    env = environment({"TOOLKIT_GOOGLE_ROOT": root, "COLUMNS": "80"})
    command = toolkit_command("google", "login", "--client", client, "--no-browser", *options)
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        waiting = Login(running)
        try:
            yield waiting
        finally:
            waiting.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own. A page that opens a dialog, or asks anything beyond this machine, fails the test."""
    with browser.new_context() as context:
        asked: list[str] = []
        said: list[str] = []
        context.on("request", lambda request: asked.append(request.url))

        def dismiss(dialog: Dialog) -> None:
            said.append(dialog.message)
            dialog.dismiss()

        context.on("dialog", dismiss)
        yield context.new_page()
        assert not said
        assert {urlsplit(url).hostname for url in asked if url.startswith("http")} <= {"127.0.0.1"}


@pytest.fixture
def google() -> Iterator[LoopbackGoogle]:
    with LoopbackGoogle() as server:
        yield server


@pytest.fixture
def client(google: LoopbackGoogle, tmp_path: Path) -> Path:
    return google.client_file(tmp_path / "client.json")


def scopes_kept(home: Path) -> list[str]:
    return list(json.loads((home / "google" / "default.json").read_bytes())["scopes"])


def test_allowing(google: LoopbackGoogle, client: Path, page: Page, home: Path) -> None:
    with login(client, google.root) as waiting:
        page.goto(waiting.url)
        assert page.get_by_role("checkbox").is_checked()
        page.get_by_role("button", name="Cho phép", exact=True).click()
        assert page.get_by_role("heading").inner_text() == "Đã đăng nhập xong"
        assert page.evaluate("document.documentElement.lang") == "vi"
        exit_code, said = waiting.ended()
    assert exit_code == 0
    assert "Đã đăng nhập Google" in said
    assert scopes_kept(home) == [APP_CREATED]


def test_not_allowing(google: LoopbackGoogle, client: Path, page: Page, home: Path) -> None:
    with login(client, google.root) as waiting:
        page.goto(waiting.url)
        page.get_by_role("button", name="Không cho phép").click()
        page.wait_for_url(f"{waiting.back}**")
        heading = page.get_by_role("heading").inner_text()
        exit_code, said = waiting.ended()
    assert exit_code == 5
    assert "chưa có gì thay đổi" in said
    assert heading != "Đã đăng nhập xong"
    assert not (home / "google" / "default.json").exists()
    assert google.count("token") == 0


def test_unticking_the_only_permission(google: LoopbackGoogle, client: Path, page: Page, home: Path) -> None:
    with login(client, google.root) as waiting:
        page.goto(waiting.url)
        page.get_by_role("checkbox").uncheck()
        page.get_by_role("button", name="Cho phép", exact=True).click()
        page.wait_for_url(f"{waiting.back}**")
        exit_code, _ = waiting.ended()
    assert exit_code == 5
    assert not (home / "google" / "default.json").exists()


def test_closing_the_window_and_opening_the_address_again(
    google: LoopbackGoogle, client: Path, browser: Browser, page: Page
) -> None:
    with login(client, google.root) as waiting:
        with browser.new_context() as first:
            first.new_page().goto(waiting.url)
        assert waiting.is_waiting
        page.goto(waiting.url)
        page.get_by_role("button", name="Cho phép", exact=True).click()
        page.wait_for_url(f"{waiting.back}**")
        assert waiting.ended()[0] == 0


def test_strays_from_other_tabs(google: LoopbackGoogle, client: Path, page: Page, browser: Browser) -> None:
    """Icons, guesses, a foreign page that fetches, posts and frames: none of them ends the sign-in or gets in."""
    with login(client, google.root) as waiting:
        with browser.new_context() as elsewhere:
            other = elsewhere.new_page()
            for path in ("favicon.ico", "?code=x&state=guessed", "?error=access_denied", "a/b?state=", "%00"):
                answer = other.goto(waiting.back + path)
                assert answer is not None
                assert answer.status >= 400
                assert "Đã đăng nhập xong" not in other.content()
            other.goto(f"{google.root}o/oauth2/auth")  # any page of another origin
            fetched = other.evaluate(
                """async (address) => {
                    const tries = [];
                    for (let n = 0; n < 40; n++) tries.push(fetch(address + '?n=' + n, {mode: 'no-cors'}));
                    tries.push(fetch(address, {method: 'POST', mode: 'no-cors', body: 'code=x&state=y'}));
                    return (await Promise.allSettled(tries)).length;
                }""",
                waiting.back,
            )
            assert fetched == 41
            other.set_content(f'<iframe src="{waiting.back}"></iframe><img src="{waiting.back}?code=1&state=2">')
        assert waiting.is_waiting
        page.goto(waiting.url)
        page.get_by_role("button", name="Cho phép", exact=True).click()
        assert page.get_by_role("heading").inner_text() == "Đã đăng nhập xong"
        assert waiting.ended()[0] == 0
    assert google.count("token") == 1


def test_a_foreign_error_is_not_shown_as_markup(google: LoopbackGoogle, client: Path, page: Page) -> None:
    with login(client, google.root) as waiting:
        state = parse_qs(urlsplit(waiting.url).query)["state"][0]
        page.goto(f"{waiting.back}?state={state}&error=<script>alert(1)</script><img src=x onerror=alert(2)>")
        assert page.locator("script, img").count() == 0
        exit_code, said = waiting.ended()
    assert exit_code == 5
    assert "\x1b" not in said


def test_going_back_and_allowing_once_more_changes_nothing(
    google: LoopbackGoogle, client: Path, page: Page, home: Path
) -> None:
    with login(client, google.root) as waiting:
        page.goto(waiting.url)
        page.get_by_role("button", name="Cho phép", exact=True).click()
        page.wait_for_url(f"{waiting.back}**")
        assert waiting.ended()[0] == 0
        kept = (home / "google" / "default.json").read_bytes()
        page.goto(waiting.url)
        refused: list[str | None] = []
        page.on("requestfailed", lambda request: refused.append(request.failure))
        with suppress(playwright.Error):  # whether the click or what follows hears of it depends on the browser
            page.get_by_role("button", name="Cho phép", exact=True).click()
            page.wait_for_url(f"{waiting.back}**", timeout=5_000)
        assert refused == ["net::ERR_CONNECTION_REFUSED"]
    assert (home / "google" / "default.json").read_bytes() == kept
    assert google.count("token") == 1


@pytest.mark.skipif(MISSING, reason=WHY_MISSING)
def test_on_somebody_elses_consent_page(page: Page, tmp_path: Path, home: Path) -> None:
    with emulation() as emulated:
        client = emulated.client_file(tmp_path / "client.json")
        with login(client, emulated.root, "--port", emulated.port) as waiting:
            page.goto(waiting.url)
            page.locator("form button, form input[type=submit]").first.click()
            page.wait_for_url(f"{waiting.back}**")
            assert page.get_by_role("heading").inner_text() == "Đã đăng nhập xong"
            exit_code, said = waiting.ended()
    assert exit_code == 0
    assert "Đã đăng nhập Google" in said
    assert (home / "google" / "default.json").exists()
