"""The kpi commands: names and one-line helps; each is imported when it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from toolkit.kpi.cli.params import as_of_option, plain_option
from toolkit.shell.app import App
from toolkit.shell.group import LazyGroup
from toolkit.shell.params import csv_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

# In the order in which a member needs them. A new command: one line here, its English in kpi.po.
CHILDREN: Final[Mapping[str, Child]] = {
    "log": (
        "toolkit.kpi.cli.log:log",
        "Ghi một câu: bán, hoàn tiền, thu tiền, khách không mua, việc đã làm, lời hứa. Chỉ hỏi khi câu chưa rõ.",
    ),
    "list": (
        "toolkit.kpi.cli.looking:list_",
        "Xem những gì đã ghi: bán, hoàn, thu, khách không mua, việc đã làm, lời hứa.",
    ),
    "search": (
        "toolkit.kpi.cli.looking:search",
        "Tìm trong câu đã gõ, tên khách, sản phẩm, ghi chú, từ trước đến nay; không cần gõ dấu.",
    ),
    "show": (
        "toolkit.kpi.cli.looking:show",
        "Xem một điều đã ghi: câu đã gõ, khách, hàng, và những lần nó được ghi, sửa, xóa.",
    ),
    "undo": (
        "toolkit.kpi.cli.mending:undo",
        "Đưa sổ về đúng như trước lần ghi, sửa, xóa hay nhập gần nhất. Gõ lại thì lùi thêm một lần.",
    ),
    "edit": ("toolkit.kpi.cli.mending:edit", "Sửa một điều đã ghi: từng phần bằng tùy chọn, hoặc gõ lại cả câu."),
    "delete": ("toolkit.kpi.cli.mending:delete", "Xóa điều đã ghi khỏi sổ. Xóa nhầm thì: toolkit kpi undo"),
    "target": ("toolkit.kpi.cli.targets:target", "Mục tiêu của bạn: đặt, xem, đổi, bỏ."),
    "status": (
        "toolkit.kpi.cli.standing:status",
        "Xem các mục tiêu đang ở đâu: đã có, nhịp, mỗi ngày cần bao nhiêu, dự báo.",
    ),
    "why": (
        "toolkit.kpi.cli.standing:why",
        "Xem từng con số của một mục tiêu được tính ra sao: đơn nào tính, đơn nào không, ngày nào nghỉ.",
    ),
    "metric": ("toolkit.kpi.cli.measuring:metric", "Chỉ số để đặt mục tiêu: có sẵn và của riêng bạn."),
    "chart": (
        "toolkit.kpi.cli.foreseeing:chart",
        "Biểu đồ một mục tiêu: đã bán, nhịp, khoảng dự báo, những kỳ trước của bạn.",
    ),
    "forecast": (
        "toolkit.kpi.cli.foreseeing:forecast",
        "Dự báo cuối kỳ: một khoảng, khả năng đạt, dựa vào đâu, và điều nó không biết.",
    ),
    "trend": (
        "toolkit.kpi.cli.foreseeing:trend",
        "Xu hướng từng tháng, tính trên mỗi ngày làm việc để Tết không tạo ra sóng.",
    ),
    "backtest": (
        "toolkit.kpi.cli.foreseeing:backtest",
        "Thử lại dự báo trên chính những kỳ đã qua của bạn: khoảng đã giữ được bao nhiêu lần.",
    ),
    "page": (
        "toolkit.kpi.cli.papers:page",
        "Một trang HTML về mục tiêu của bạn: biểu đồ, nhịp, dự báo, hoa hồng; không có tên khách.",
    ),
    "note": (
        "toolkit.kpi.cli.papers:note",
        "Một trang bằng chứng để bàn lại chỉ tiêu: quãng tốt nhất của bạn, ngày làm việc, mùa vụ, dự báo.",
    ),
    "commission": (
        "toolkit.kpi.cli.commission:commission",
        "Hoa hồng: bạn được hưởng bao nhiêu và vì sao, từng dòng; so với số tiền nhận được.",
    ),
    "import": (
        "toolkit.kpi.cli.importing:import_",
        "Nhập đơn hàng từ tệp của sàn, phần mềm bán hàng: xem trước, hỏi lại, rồi ghi. Nhập lại không bị trùng.",
    ),
    "export": (
        "toolkit.kpi.cli.exporting:export",
        "Ghi các lần bán và hoàn tiền ra tệp CSV hoặc Excel; phần giấu giữa %% không ra khỏi máy.",
    ),
    "profiles": (
        "toolkit.kpi.cli.importing:profiles",
        "Tệp của sàn và phần mềm bán hàng nào đã biết cách đọc.",
    ),
    "customers": (
        "toolkit.kpi.cli.customers:customers",
        "Khách đã mua gì, bao nhiêu, từ bao giờ; theo tên, hoặc theo cách bạn chọn.",
    ),
    "repeat": (
        "toolkit.kpi.cli.customers:repeat",
        "Khách quay lại mua: bao nhiêu phần, chắc đến đâu, cách nhau bao lâu.",
    ),
    "contacts": (
        "toolkit.kpi.cli.contacts:contacts",
        "Người trong sổ của bạn: thêm, sửa, mang theo; số điện thoại chỉ giữ khi bạn ghi.",
    ),
    "deal": ("toolkit.kpi.cli.deals:deal", "Cơ hội bán hàng: mở, từng bước, bán được hay không, vì sao."),
    "winloss": (
        "toolkit.kpi.cli.deals:winloss",
        "Bán được và không bán được: tỉ lệ trên những cơ hội đã có kết quả, không chia cho cơ hội còn mở.",
    ),
    "funnel": ("toolkit.kpi.cli.deals:funnel", "Từ cuộc trò chuyện đầu đến lần bán: mỗi bước còn lại bao nhiêu."),
    "promises": ("toolkit.kpi.cli.promises:promises", "Sổ lời hứa: đã hứa gì, với ai, giữ được bao nhiêu."),
    "okr": ("toolkit.kpi.cli.okr:okr", "Mục tiêu lớn (OKR) với từng kết quả đo được, từ đâu đến đâu."),
    "calendar": (
        "toolkit.kpi.cli.schedule:calendar",
        "Tuần làm việc của bạn, ngày nghỉ, ngày làm thêm: mọi nhịp và dự báo tính theo đó.",
    ),
    "engagement": (
        "toolkit.kpi.cli.keeping:engagement",
        "Bạn bán cho ai: công ty, đại lý, hay cho chính mình; doanh số từng nơi không lẫn vào nhau.",
    ),
    "product": (
        "toolkit.kpi.cli.keeping:product",
        "Những gì bạn bán, và những tên gọi khác của chúng. Sản phẩm có trong câu ghi thì tự thêm vào.",
    ),
}


@click.group(
    cls=LazyGroup,
    children=CHILDREN,
    invoke_without_command=True,
    examples=[
        ("toolkit kpi", "Xem mọi mục tiêu đang chạy, mỗi mục tiêu một dòng"),
        ('toolkit kpi target add "doanh số 120tr tháng 11"', "Đặt một mục tiêu bằng câu nói thường"),
        ('toolkit kpi log "bán 2 gói bảo hiểm cho chị Hoa 12tr"', "Ghi một lần bán"),
    ],
)
@plain_option
@as_of_option
@csv_option
@click.pass_context
def kpi(ctx: click.Context, plain: bool) -> None:
    """Mục tiêu của riêng bạn so với những gì đã bán: nhịp, dự báo, hoa hồng."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.kpi.cli.standing import say_overview

    say_overview(ctx.ensure_object(App), plain=plain)
