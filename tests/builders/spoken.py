"""Sentences as somebody might type them, and texts that nobody should: seeded, or drawn by hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from random import Random

THINGS = (
    "phở bò", "đổ xăng", "cà phê sữa",
    "vé xe buýt", "mua rau muống", "gạo tẻ", "thuốc cảm", "sách toán", "cắt tóc",
    "tiền mạng", "bún riêu", "nước giặt", "áo mưa", "gửi xe", "rửa xe", "bánh bao", "trứng gà", "pin quạt",
)  # fmt: skip
AMOUNTS = (
    ("45k", 45_000), ("1tr2", 1_200_000), ("60 nghìn", 60_000), ("hai trăm rưỡi", 250_000), ("12.000đ", 12_000),
    ("ba chục", 30_000), ("5 ngàn", 5_000), ("1.250.000", 1_250_000), ("2 củ", 2_000_000), ("tám mươi nghìn", 80_000),
    ("một triệu hai", 1_200_000), ("99k", 99_000),
)  # fmt: skip
_SHAPES = ("{thing} {amount}", "{thing} hết {amount}", "{thing} là {amount}")
_SCRAPS = (
    "45k", "1tr2", "hai trăm", "rưỡi", "chia đôi", "chia", "còn", "giảm", "tổng", "đưa", "thối", "với", "Lan",
    "chị Hoa",
    "hôm qua", "20/11", "mùng", "thứ 7", "tháng sau", "mai", ",", ";", "+", ".", "?", ":", "\n", "(", ")", "x 3", "/ly",
    "k", "tr", "không", "chưa", "trả", "mượn", "cho", "vay", "nợ", "à nhầm", "mỗi người", "\u0301", "\u200b", "%",
    "🙂",
    "phở", "xăng", "rút atm", "nạp momo", "999999999999999", "0", "-5", "1.000.000.000", "awn", "ddoor", "a8n",
    "r", "j",
    "ck", "nên", "hỏi", "là", "thì", "muốn", "ơi" * 20, "9" * 40, "\u202e", "ﷺ", "İ", "ß", "1,2,3", "=60k", "30-40k",
)  # fmt: skip


def clauses() -> st.SearchStrategy[tuple[str, int]]:
    """A clause with the one amount that it is about."""
    return st.builds(
        lambda thing, amount, shape: (shape.format(thing=thing, amount=amount[0]), amount[1]),
        st.sampled_from(THINGS),
        st.sampled_from(AMOUNTS),
        st.sampled_from(_SHAPES),
    )


def sentences() -> st.SearchStrategy[str]:
    """Scraps of sentences in any order, and any text."""
    scraps = st.lists(st.sampled_from(_SCRAPS), max_size=25).map(" ".join)
    glued = st.lists(st.sampled_from(_SCRAPS), max_size=25).map("".join)
    return st.one_of(scraps, glued, st.text(max_size=300))


def random_sentence(draw: Random) -> str:
    """One of the same kind from a seeded generator."""
    parts = [draw.choice(_SCRAPS) if draw.random() < 0.7 else draw.choice(THINGS) for _ in range(draw.randint(0, 14))]
    if draw.random() < 0.2:
        parts.append("".join(chr(draw.randrange(32, 0x2FFF)) for _ in range(draw.randint(1, 20))))
    return draw.choice((" ", "", " , ")).join(parts)
