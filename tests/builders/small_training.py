"""A small set of labelled phrases: enough to train a model on in a second or two."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from toolkit.expenses.training.augment import examples
from toolkit.expenses.training.fit import fit
from toolkit.expenses.training.voices import Labelled

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.expenses.classifier.model import Model

LINES = {
    "food": "ăn phở|bún bò|cà phê sữa đá|trà sữa|cơm tấm|nhậu với bạn|ăn sáng|bánh mì",
    "transport": "đổ xăng|gửi xe|grab đi làm|vá xe|vé xe buýt|rửa xe|thay nhớt|taxi",
    "utilities": "tiền điện|tiền nước|internet|nạp điện thoại|đổi bình gas|tiền rác",
    "family": "gửi mẹ|biếu bố|cho em gái|mua thuốc cho mẹ|gửi về quê",
    "children": "bỉm cho con|sữa bột|học phí của con|đồ chơi cho con",
    "salary": "lương tháng|nhận lương|công ty trả lương|lương làm thêm",
    "lend": "cho Nam mượn|cho chị Hoa vay|Tú hỏi mượn",
    "repay": "trả nợ Lan|trả nợ ngân hàng|trả lại tiền mượn",
}


def lines() -> list[Labelled]:
    return [
        Labelled(core, label, f"voice-{place % 3}")
        for label, cores in LINES.items()
        for place, core in enumerate(cores.split("|"))
    ]


@cache
def small_model() -> Model:
    return fit(examples(lines()), temperature=0.2, threshold=0.7, origin={"lines": str(len(lines()))})


def write_data(folder: Path) -> Path:
    """The same as files: voices and a gazetteer."""
    voices = folder / "voices"
    voices.mkdir(parents=True)
    for voice in ("voice-0", "voice-1", "voice-2"):
        kept = [f"{line.label}\t{line.core}\n" for line in lines() if line.voice == voice]
        (voices / f"{voice}.tsv").write_text("# voice: thử\n" + "".join(kept), "utf-8")
    (folder / "gazetteer.tsv").write_text("food\tphở gà; lẩu; kem\ntransport\txe ôm; bugi\n", "utf-8")
    return folder
