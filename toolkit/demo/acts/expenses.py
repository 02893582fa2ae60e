"""The expenses' act: ten sentences as people type them, one of them unclear, a correction, and the month's report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.disk.atomic import atomic_write

if TYPE_CHECKING:
    from datetime import date

    from toolkit.demo.stage import Stage

NOTES: Final = "chi-tieu.txt"
FIRST: Final = "hôm nay ăn phở với Lan 45k, đổ xăng 60k"
FOLLOW_UP: Final = "à nhầm, phở 54k"
SENTENCES: Final = (
    "lương tháng này 12 triệu 450",
    "tiền trọ 3tr2",
    "bán 2 gói trà cho chị Hoa 700k",
    "cho Nam mượn 2tr",
    "mua bỉm cho con 365k bằng momo",
    "rút atm 3tr",
    "an trua 35 tra da 5",
    "ăn vặt 30-40k",
)


def show(stage: Stage, today: date) -> None:
    """Record, correct, answer the one question, see who owes what, undo, report."""
    day = f"--today={today.isoformat()}"
    stage.heading("demo.expenses_title")
    stage.tell("demo.expenses_first")
    stage.run("expenses", "add", FIRST, day)
    stage.run("expenses", "add", FOLLOW_UP, day)
    notes = stage.folder / NOTES
    atomic_write(notes, "".join(f"{sentence}\n" for sentence in SENTENCES))
    stage.tell("demo.expenses_notes", file=NOTES, n=len(SENTENCES))
    stage.run("expenses", "add", day, source=notes)
    stage.tell("demo.expenses_question")
    stage.run("expenses", "review", "1", "--amount", "35k", day)
    stage.tell("demo.expenses_learn")
    stage.run("expenses", "fix", "2", "--category", "business", day)
    stage.run("expenses", "parse", "đổ xăng 70k", day)
    stage.run("expenses", "undo", day)
    stage.tell("demo.expenses_debts")
    stage.run("expenses", "debts", day)
    stage.tell("demo.expenses_report")
    stage.run("expenses", "report", day)
