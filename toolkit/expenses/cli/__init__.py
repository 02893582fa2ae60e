"""The expenses commands: names and one-line helps; each is imported when it is typed."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

import click

from toolkit.shell.app import App
from toolkit.shell.group import LazyGroup
from toolkit.shell.params import today_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.shell.group import Child

# In the order in which a member needs them. A new command: one line here, its English in expenses.po.
CHILDREN: Final[Mapping[str, Child]] = {
    "add": (
        "toolkit.expenses.cli.adding:add",
        "Ghi một câu: tự đọc số tiền, ngày, người, loại. Chỉ hỏi khi câu chưa rõ.",
    ),
    "parse": (
        "toolkit.expenses.cli.adding:parse",
        "Xem một câu được hiểu thế nào mà không ghi; không có câu thì đọc từng dòng từ đầu vào.",
    ),
    "list": ("toolkit.expenses.cli.looking:list_", "Xem các khoản đã ghi."),
    "search": (
        "toolkit.expenses.cli.looking:search",
        "Tìm trong nội dung, câu đã gõ và tên người, từ trước đến nay; không cần gõ dấu.",
    ),
    "show": (
        "toolkit.expenses.cli.looking:show",
        "Xem một khoản: câu đã gõ, ví, người, và những lần nó được ghi, sửa, xóa.",
    ),
    "undo": (
        "toolkit.expenses.cli.mending:undo",
        "Đưa sổ về đúng như trước lần ghi, sửa, xóa hay nhập gần nhất. Gõ lại thì lùi thêm một lần.",
    ),
    "edit": ("toolkit.expenses.cli.mending:edit", "Sửa một khoản: từng phần bằng tùy chọn, hoặc gõ lại cả câu."),
    "delete": ("toolkit.expenses.cli.mending:delete", "Xóa khoản khỏi sổ. Xóa nhầm thì: toolkit expenses undo"),
    "fix": (
        "toolkit.expenses.cli.mending:fix",
        "Sửa loại của một khoản; cụm từ ấy và cụm gần giống từ nay theo loại này.",
    ),
    "review": (
        "toolkit.expenses.cli.reviewing:review",
        "Xem lại những khoản máy chưa chắc: trong cửa sổ lệnh thì hỏi từng khoản, trong tập lệnh thì liệt kê.",
    ),
    "debts": ("toolkit.expenses.cli.owing:debts", "Ai nợ bạn, bạn nợ ai, từng người."),
    "accounts": (
        "toolkit.expenses.cli.keeping:accounts",
        "Ví và tài khoản của bạn: xem số dư, cho biết đang có bao nhiêu.",
    ),
    "categories": (
        "toolkit.expenses.cli.keeping:categories",
        "Các loại thu chi: xem, thêm loại của riêng bạn, đổi tên.",
    ),
    "doctor": (
        "toolkit.expenses.cli.checkup:doctor",
        "Xem sổ thu chi đã sẵn sàng chưa: mô hình, sổ cái, khoản chờ; thiếu gì thì chỉ bước tiếp theo.",
    ),
    "budget": ("toolkit.expenses.cli.budgeting:budget", "Ngân sách mỗi tháng: đặt, đổi, xem còn bao nhiêu."),
    "report": (
        "toolkit.expenses.cli.reporting:report_",
        "Báo cáo thu chi: từng loại, so với kỳ trước và với ngân sách.",
    ),
    "recurring": (
        "toolkit.expenses.cli.recurring:recurring",
        "Khoản định kỳ: tiền nhà, hóa đơn, gói tháng. Chỉ đề nghị, không bao giờ tự ghi.",
    ),
    "import": (
        "toolkit.expenses.cli.statements:import_",
        "Nhập sao kê ngân hàng và ví (csv, xls, xlsx): xem trước, hỏi lại, rồi ghi. Nhập lại không bị trùng.",
    ),
    "merge": (
        "toolkit.expenses.cli.statements:merge",
        "Gộp khoản đã ghi tay với dòng sao kê của cùng số tiền ấy: giữ lời bạn ghi, giữ bằng chứng của ngân hàng.",
    ),
    "banks": ("toolkit.expenses.cli.statements:banks", "Sao kê của ngân hàng và ví nào đã biết cách đọc."),
    "export": (
        "toolkit.expenses.cli.exporting:export",
        "Xuất sổ ra tệp cho bảng tính, hledger hay beancount. Phần giấu trong %% … %% không bao giờ được xuất.",
    ),
    "why": ("toolkit.expenses.cli.learning:why", "Xem những chữ nào khiến máy xếp một khoản vào loại của nó."),
    "train": ("toolkit.expenses.cli.learning:train", "Luyện mô hình xếp loại từ các cụm từ đã gắn nhãn."),
    "evaluate": (
        "toolkit.expenses.cli.learning:evaluate",
        "Đo mô hình đang dùng trên cụm từ và câu của hai người mà lúc luyện không ai xem.",
    ),
}


class Sentences(LazyGroup):
    """A group that takes a sentence for one: `toolkit expenses ăn phở 45k` is `toolkit expenses add ăn phở 45k`.

    Only what no command is called like, and what has a number in it; anything else is a slip of typing, and is told so.
    """

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.children and _is_sentence(args):
            return super().resolve_command(ctx, ["add", *args])
        return super().resolve_command(ctx, args)


def _is_sentence(args: list[str]) -> bool:
    from toolkit.shell.nearest import nearest

    words = " ".join(takewhile(lambda word: not word.startswith("-"), args)).split()
    counted = any(character.isdigit() for word in words[1:] for character in word)
    return counted and not nearest(words[0], CHILDREN)


@click.group(
    cls=Sentences,
    children=CHILDREN,
    invoke_without_command=True,
    examples=[
        ("toolkit expenses", "Mở dòng gõ: mỗi dòng là một câu"),
        ('toolkit expenses add "hôm qua ăn phở với Lan 45k, đổ xăng 60k"', "Ghi một câu, ở đây là hai khoản"),
        ("toolkit expenses list", "Xem các khoản của tháng này"),
    ],
)
@today_option
@click.pass_context
def expenses(ctx: click.Context) -> None:
    """Ghi thu chi bằng câu nói thường, tự xếp loại; xem, sửa, hoàn tác."""
    if ctx.invoked_subcommand is not None:
        return
    from toolkit.expenses.cli.adding import add_lines
    from toolkit.expenses.cli.prompt import Prompt
    from toolkit.shell.stdin import is_typed

    app = ctx.ensure_object(App)
    app.ready()
    if not is_typed():
        if not add_lines(app):
            app.say.raw(ctx.get_help())
    elif app.say.format == "person" and app.ask.is_possible:
        Prompt(app).run()
    else:
        app.say.raw(ctx.get_help())
