"""Opening the member's own browser, where there is one that has a window of its own."""

from __future__ import annotations

import os
import threading


def open_in_browser(url: str) -> bool:
    """Start the member's browser on `url`, and don't wait for it; False if this machine has none that can be started.

    BROWSER names another than the usual one. Whether a window really appears is for the member to see.
    """
    import webbrowser

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # Without a desktop the standard library falls back to lynx and its kin, which would take over this very terminal.
    in_terminal = type(browser) is webbrowser.GenericBrowser or isinstance(browser, getattr(webbrowser, "Elinks", ()))
    if in_terminal and not os.environ.get("BROWSER"):
        return False

    def start() -> None:
        try:
            browser.open(url)
        except (OSError, webbrowser.Error):
            return  # the address is on the screen as well

    threading.Thread(target=start, daemon=True).start()
    return True
