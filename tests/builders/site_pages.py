"""A report's page as a reader sees it: its tables and figures, read from the open page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from builders.browser import Opened

Tables: TypeAlias = "dict[str, dict[str, list[int]]]"

# Every table by its panel: the label (with its remark) of each row, and its numbers; drawings by what they unfold.
READ: Final = """() => {
    const whole = (text) => Number(text.replace(/[^0-9]/g, ''));
    for (const more of document.querySelectorAll('.more[aria-expanded=false]')) more.click();
    const found = {};
    for (const section of document.querySelectorAll('#live section')) {
        if (section.closest('[hidden]')) continue;
        const rows = {};
        for (const row of section.querySelectorAll('tbody tr')) {
            const numbers = [...row.querySelectorAll('td')].map(one => whole(one.textContent));
            rows[row.querySelector('th').textContent] = numbers;
        }
        found[section.dataset.panel] = section.querySelector('table') ? rows
            : section.textContent.includes('không chia được') ? null : {};
    }
    return found;
}"""
CARDS: Final = """() => Object.fromEntries([...document.querySelectorAll('#live .cards div')].map(one =>
    [one.querySelector('dt').textContent, [...one.querySelectorAll('dd')].map(text => text.textContent)]))"""

MEDIA: Final = {
    "direct": "vào thẳng", "search": "tìm kiếm", "social": "mạng xã hội", "ai": "trợ lý AI",
    "referral": "trang khác", "campaign": "chiến dịch", "spam": "rác",
}  # fmt: skip


def tables(opened: Opened) -> dict[str, dict[str, list[int]] | None]:
    """The rows of every panel, all unfolded; None for one that says it can't be split by what is chosen."""
    found: dict[str, dict[str, list[int]] | None] = opened.page.evaluate(READ)
    return found


def cards(opened: Opened) -> dict[str, list[str]]:
    """The figures at the top, with their remarks."""
    found: dict[str, list[str]] = opened.page.evaluate(CARDS)
    return found


def choose(opened: Opened, **chosen: str) -> None:
    """Choose as a reader does: `who` by its button, days by typing them, everything else from a list."""
    for name, value in chosen.items():
        if name == "who":
            opened.page.check(f"input[name=who][value={value}]", force=True)
        elif name in ("start", "end"):
            opened.page.fill(f"input[name={'from' if name == 'start' else 'to'}]", value)
        elif name == "words":
            opened.page.fill("input[name=words]", value)
        else:
            opened.page.select_option(f"select[name={name}]", label=value)


def labelled(row: dict[str, Any], key: str) -> str:
    """How the page calls a source, or a path, of a row of JSON."""
    if key != "source":
        return str(row[key])
    return f"{row['source']} {MEDIA[row['medium']]}" if row["source"] else MEDIA["direct"]


def expected(data: dict[str, Any], opened: Opened) -> Tables:
    """The tables of a page as `report --json` gives their figures."""
    country = "code => code ? new Intl.DisplayNames(['vi'], {type: 'region'}).of(code) : 'không rõ'"
    found: Tables = {
        name: {row["path"]: [row["hits"], row["visitors"]] for row in data[name]} for name in ("pages", "not_found")
    }
    for name in ("entry_pages", "exit_pages"):
        found[name] = {row["path"]: [row["sessions"]] for row in data[name]}
    for name in ("browsers", "systems"):
        found[name] = {row["name"] or "không rõ": [row["hits"], row["visitors"]] for row in data[name]}
    found["countries"] = {
        opened.page.evaluate(country, row["name"]): [row["hits"], row["visitors"]] for row in data["countries"]
    }
    found["sources"] = {labelled(row, "source"): [row["sessions"], row["visitors"]] for row in data["sources"]}
    found["campaigns"] = {f"{row['campaign']} {row['source']}": [row["sessions"], row["visitors"]]
                          for row in data["campaigns"]}  # fmt: skip
    codes = {
        "2": "đã gửi",
        "3": "chuyển hướng hoặc chưa đổi",
        "4": "không có hoặc không được xem",
        "5": "máy chủ có lỗi",
    }
    found["statuses"] = {f"{code} {codes[code[0]]}": [n] for code, n in data["statuses"].items()}
    found["days"] = {f"{row['date'][8:]}/{row['date'][5:7]}": [row["visitors"]] for row in data["days"]}
    found["hours"] = {f"{row['hour']} giờ": [row["hits"]] for row in data["hours"]}
    return found
