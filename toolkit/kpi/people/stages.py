"""Stages of a deal, in the members' words and their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from toolkit.core.text import clean, search_key
from toolkit.kpi.model import ActivityKind, LostReason

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 40
"""Characters of a stage's name; a longer one is a slip of pasting."""
LOST_REASONS: Final[tuple[LostReason, ...]] = get_args(LostReason)

_KNOWN: Final[frozenset[str]] = frozenset(get_args(ActivityKind)) | {"won", "orders"}
_WORDS: Final[Mapping[str, str]] = {
    "lead": "lead", "leads": "lead", "tiem nang": "lead", "khach tiem nang": "lead", "data": "lead", "lam quen": "lead",
    "tiep can": "lead", "gap": "meeting", "gap mat": "meeting", "gap khach": "meeting", "hen gap": "meeting",
    "cuoc gap": "meeting", "meeting": "meeting", "goi": "call", "goi dien": "call", "dien thoai": "call",
    "nhan tin": "message", "inbox": "message", "tin nhan": "message", "bao gia": "quote", "gui bao gia": "quote",
    "chao gia": "quote", "demo": "demo", "dung thu": "demo", "gioi thieu san pham": "demo", "tham": "visit",
    "ghe tham": "visit", "khao sat": "visit", "dang bai": "post", "cham soc": "follow_up", "theo doi": "follow_up",
    "won": "won", "chot": "won", "chot don": "won", "thanh cong": "won", "ban duoc": "won", "don": "orders",
    "don hang": "orders", "orders": "orders",
}  # fmt: skip


def stage_of(text: str) -> str:
    """The stage that is meant: one of the usual ones by any of its names, else the member's own words, lower case.

    "" where there is no word in it, or more than a name.
    """
    words = search_key(text)
    if words.replace(" ", "_") in _KNOWN:
        return words.replace(" ", "_")
    own = " ".join(clean(text).lower().split())
    return _WORDS.get(words, own if words and len(own) <= LONGEST else "")


def is_usual(stage: str) -> bool:
    """Whether the catalogue has a word for it (`kpi.stage_<stage>`)."""
    return stage in _KNOWN
