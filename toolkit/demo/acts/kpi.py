"""The kpi's act: a target in a sentence, a shop's export, three lines as people type them, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.demo.shop_export import write_export

if TYPE_CHECKING:
    from datetime import date

    from toolkit.demo.stage import Stage

EXPORT: Final = "don-hang-shopee.xlsx"
PAGE: Final = "muc-tieu.html"
DAY: Final = 20
"""Of the month: late enough for a pace and a forecast to have something to say."""
LINES: Final = (
    "hôm qua bán 3 bộ quà tặng cho chị Hoa 2tr6, khách cũ giới thiệu",
    "chị Hoa trả lại 1 bộ quà tặng, hoàn 870k",
    "anh Nam không mua vì giá cao",
)
PLAN: Final = "3% đến 10tr, 5% đến 20tr, 8% trở lên"


def show(stage: Stage, today: date) -> None:
    """Whom it is sold for, the target, the export, three lines, the pace, the chart, the commission, the note."""
    day = today.replace(day=DAY)
    as_of = f"--as-of={day.isoformat()}"
    stage.heading("demo.kpi_title")
    stage.tell("demo.kpi_day", day=f"{day:%d/%m/%Y}")
    stage.run("kpi", "engagement", "add", "Mỹ phẩm Sen", "--kind", "ctv", as_of)
    stage.run("kpi", "target", "add", f"doanh số 30tr tháng {day.month}", "--imposed-by", "Mỹ phẩm Sen", as_of)
    orders = write_export(stage.folder / EXPORT, day)
    stage.tell("demo.kpi_export", file=EXPORT, n=orders)
    stage.run("kpi", "import", EXPORT, "--yes", as_of)
    stage.tell("demo.kpi_lines")
    for line in LINES:
        stage.run("kpi", "log", line, as_of)
    stage.tell("demo.kpi_overview")
    stage.run("kpi", as_of)
    stage.run("kpi", "chart", as_of)
    stage.tell("demo.kpi_commission")
    stage.run("kpi", "commission", "plan", "add", PLAN, "--marginal", "--yes", as_of)
    stage.run("kpi", "commission", "explain", as_of)
    stage.tell("demo.kpi_note")
    stage.run("kpi", "note", as_of)
    stage.tell("demo.kpi_page", file=PAGE)
    stage.run("kpi", "page", PAGE, as_of)
