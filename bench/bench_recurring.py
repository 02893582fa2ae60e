"""What comes back: how many of the bills of simulated members are found after how many months, and how many habits that
are none are proposed as well.

Sixty members each. Bills come within a few days of their day, some with amounts that vary by a third; habits come by
chance (exponential gaps, from once in five months to twice a week) with amounts around their own. Printed, not
asserted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from toolkit.expenses.model import Entry, Kind
from toolkit.expenses.recurring import proposals

MEMBERS = 60
HABITS = 60
TODAY = date(2026, 11, 18)


@dataclass(frozen=True)
class Bill:
    name: str
    day: int
    amount: int
    late: int  # days it may come early or late
    varies: float  # share by which its amount may differ


BILLS = (
    Bill("tiền nhà", 5, 3_500_000, 2, 0), Bill("tiền điện", 12, 500_000, 4, 0.35),
    Bill("tiền nước", 15, 120_000, 4, 0.3),
    Bill("mạng", 25, 220_000, 3, 0), Bill("netflix", 8, 180_000, 0, 0), Bill("học thêm", 3, 800_000, 3, 0.1),
    Bill("trả góp", 20, 1_900_000, 1, 0),
)  # fmt: skip


def entry(day: date, amount: int, note: str, category: str) -> Entry:
    at = datetime(2026, 11, 18, tzinfo=UTC)
    return Entry(1, day, Kind.EXPENSE, category, max(1000, amount), "VND", "cash", "", "", note, "", 1, at)


def bills(seed: int, months: int) -> list[Entry]:
    """The newest `months` turns of every bill."""
    chance = random.Random(seed)
    found = []
    for bill in BILLS:
        turns = [date(2026, number, bill.day) for number in range(1, 12) if date(2026, number, bill.day) <= TODAY]
        for turn in turns[-months:]:
            day = min(turn + timedelta(days=chance.randint(-bill.late, bill.late)), TODAY)
            amount = int(bill.amount * chance.uniform(1 - bill.varies, 1 + bill.varies))
            found.append(entry(day, amount, f"{bill.name} t{turn.month}", "utilities"))
    return found


def habits(seed: int) -> list[Entry]:
    """A year of what comes whenever it likes."""
    chance = random.Random(seed)
    found = []
    for number in range(HABITS):
        a_month = chance.choice([0.2, 0.3, 0.5, 0.8, 1, 1.5, 2, 4, 8])
        usual, spread = chance.choice([30, 50, 80, 150, 300, 600]), chance.choice([0.1, 0.3, 0.6])
        day = TODAY - timedelta(days=365)
        while (day := day + timedelta(days=chance.expovariate(a_month / 30.4))) <= TODAY:
            amount = int(usual * chance.uniform(1 - spread, 1 + spread)) * 1000
            name = chr(ord("a") + number % 26) + chr(ord("a") + number // 26)
            found.append(entry(day, amount, f"quán {name}", "food"))
    return found


def main() -> None:
    total = len(BILLS) * MEMBERS
    print(f"{MEMBERS} members with {len(BILLS)} monthly bills and {HABITS} habits each")
    for months in (2, 3, 4, 6, 11):
        found = sum(len(proposals(bills(seed, months), TODAY)) for seed in range(MEMBERS))
        print(f"  bills found after {months:2} turns      {found / total:6.1%}")
    wrong = sum(len(proposals(habits(seed), TODAY)) for seed in range(MEMBERS))
    print(f"  habits proposed in a year    {wrong / MEMBERS:6.2f} a member")


if __name__ == "__main__":
    main()
