"""No pressure: nothing that the product says pushes, threatens, shames or ranks, in neither language.

Held against every sentence of the catalogues and every help text, since a member reads nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALE = Path(__file__).parents[2] / "toolkit" / "shell" / "locale"
ROOMS = sorted(path.stem for path in (LOCALE / "en" / "LC_MESSAGES").glob("*.po"))
OF_A_MEMBERS_OWN_PROGRESS = ("kpi", "composed", "expenses")

# What no room says, and what is not said of a member's own money, sales and time. Whole words.
NEVER = {
    "vi": (
        "cố lên", "cố gắng lên", "nhanh lên", "khẩn cấp", "đừng bỏ lỡ", "bỏ lỡ", "cơ hội cuối", "mất chuỗi",
        "chuỗi ngày", "xếp hạng", "bảng xếp hạng", "thứ hạng", "đứng đầu", "đứng cuối", "thua kém", "tụt hậu",
        "đáng xấu hổ", "xấu hổ", "lười", "báo động", "nguy cấp", "hãy nỗ lực", "nỗ lực hơn", "phải cố",
    ),
    "en": (
        "hurry", "urgent", "don't miss", "last chance", "streak", "leaderboard", "ranking", "ranked", "catch up",
        "falling behind", "shame", "lazy", "alarm", "try harder", "push yourself", "act now", "underperform",
        "underperforming", "loser",
    ),
}  # fmt: skip
NOT_OF_PROGRESS = {
    "vi": (
        "chỉ còn", "còn có", "tụt", "hụt", "chậm", "chậm tiến độ", "thất bại", "trễ", "trễ hạn", "quá hạn", "muộn",
        "yếu kém", "kém", "tệ", "đáng lo", "nguy cơ", "cảnh báo", "không đạt", "chưa đạt", "phải đạt", "phải bán",
        "gấp rút", "ngay lập tức", "mất khách", "thua",
    ),
    "en": (
        "behind", "behind schedule", "overdue", "late", "fail", "failed", "failure", "falling short", "short of",
        "poor", "bad", "worse", "worst", "warning", "danger", "at risk", "must sell", "must reach", "only left",
        "missed", "losing", "lose",
    ),
}  # fmt: skip

# Sentences about the machine or the words of a how-to, where such a word says nothing about a member. Code: the word.
ABOUT_SOMETHING_ELSE = {
    "Riêng tháng 10; tệp này nhập lại được, không mất gì": frozenset({"losing"}),  # a file comes back whole
    "expenses.nothing_given.fix": frozenset({"behind"}),  # where to type it
}


def sentences(lang: str, room: str) -> Iterator[tuple[str, str]]:
    """(message id, what is read) of a catalogue; help texts are Vietnamese in the code and the ids of the English."""
    for entry in polib.pofile(str(LOCALE / lang / "LC_MESSAGES" / f"{room}.po")):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else (entry.msgstr,):
            yield entry.msgid, text


def helps(room: str) -> Iterator[tuple[str, str]]:
    """The Vietnamese help texts of a room: what its English catalogue translates."""
    for code, _ in sentences("en", room):
        if " " in code:
            yield code, code


def pressing(text: str, words: tuple[str, ...]) -> list[str]:
    lower = text.lower()
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lower)]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_sentence_pushes_shames_or_ranks(lang: str, room: str) -> None:
    words = NEVER[lang]
    if room in OF_A_MEMBERS_OWN_PROGRESS:
        words += NOT_OF_PROGRESS[lang]
    said = [*sentences(lang, room), *(helps(room) if lang == "vi" else ())]
    assert said
    found = {(code, word) for code, text in said for word in pressing(text, words)}
    assert not {(code, word) for code, word in found if word not in ABOUT_SOMETHING_ELSE.get(code, frozenset())}


@pytest.mark.parametrize("room", OF_A_MEMBERS_OWN_PROGRESS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_is_shouted(lang: str, room: str) -> None:
    said = [*sentences(lang, room), *(helps(room) if lang == "vi" else ())]
    assert not [code for code, text in said if "!" in text]
    letters = re.compile(r"[^\W\d_]{3,}(?:\s+[^\W\d_]{3,}){2,}")
    assert not [code for code, text in said for run in letters.findall(text) if run.isupper()]


def test_the_test_itself_would_notice() -> None:
    assert pressing("Bạn đang tụt so với nhịp, cố lên", NEVER["vi"] + NOT_OF_PROGRESS["vi"]) == ["cố lên", "tụt"]
    assert pressing("You are behind schedule", NOT_OF_PROGRESS["en"]) == ["behind", "behind schedule"]
    assert not pressing("a latency of the later server", NOT_OF_PROGRESS["en"])
