"""What is said about budgets, reports and what comes back tells, and never presses, praises or blames."""

from __future__ import annotations

import re
from itertools import product

import polib
import pytest

from builders.money_months import TODAY, entry
from toolkit.core.dates.periods import month
from toolkit.core.text import fold
from toolkit.expenses.budgets import TOTAL, Limits, Rule, spending, status
from toolkit.expenses.categories import LEAVES
from toolkit.expenses.views.budgets import receipt_line
from toolkit.shell.messages import LANGUAGES, LOCALE, Messages

# Words that hurry, scold, cheer or frighten. Folded; whole words.
PRESSING = {
    "vi": (
        "canh bao", "nguy hiem", "bao dong", "vuot muc", "vuot qua", "lang phi", "hoang phi", "tieu hoang", "qua tay",
        "that bai", "loi cua ban", "ban phai", "ngay lap tuc", "gap", "nhanh len", "chi con", "sap het", "tuyet voi",
        "gioi lam", "co gang", "tiec", "xin loi", "dung nen", "nen tiet kiem", "tre han", "qua han", "no nan",
        "can than", "!",
    ),
    "en": (
        "warning", "danger", "alert", "exceeded", "overspent", "overspending", "waste", "wasted", "failed", "failure",
        "must", "immediately", "hurry", "only", "running out", "great", "well done", "congratulations", "sorry",
        "overdue", "late", "should", "too much", "careful", "!",
    ),
}  # fmt: skip
SPENT = [(lang, spent) for lang in LANGUAGES for spent in (0, 1, 900_000, 1_000_000, 1_000_001, 99_000_000)]
OURS = re.compile(r"expenses\.(budget|report|recurring|page|figure|column|every|scope_total|change|compared)")


def pressing(text: str, lang: str) -> list[str]:
    words = f" {re.sub('[^a-z0-9!]+', ' ', fold(text).replace('!', ' ! '))} "
    return [word for word in PRESSING[lang] if f" {word} " in words]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_about_money_presses(lang: str) -> None:
    catalogue = polib.pofile(str(LOCALE / lang / "LC_MESSAGES" / "expenses.po"))
    found = {
        entry.msgid: words
        for entry in catalogue
        if OURS.match(entry.msgid)
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if (words := pressing(text, lang))
    }
    assert not found


@pytest.mark.parametrize(("lang", "spent"), SPENT)
def test_a_receipt_line_is_calm_however_much_was_spent(lang: str, spent: int) -> None:
    for scope, day in product((TOTAL, "eating", "food"), (TODAY, TODAY.replace(day=30), TODAY.replace(day=1))):
        sums = spending([entry(TODAY, spent)] if spent else [])
        found = status(scope, month(2026, 11), day, Limits([Rule(scope, TODAY.replace(day=1), 1_000_000)]), sums)
        assert found is not None
        line = receipt_line(found, day, LEAVES).said(Messages(lang))
        assert not pressing(line, lang)
        assert len(line) <= 120
        assert line == " ".join(line.split())


def test_the_list_of_pressing_words_notices_them() -> None:
    assert pressing("Cảnh báo: bạn đã tiêu quá tay!", "vi") == ["canh bao", "qua tay", "!"]
    assert pressing("Only 2 days left", "en") == ["only"]
