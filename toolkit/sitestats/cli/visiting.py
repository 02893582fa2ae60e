"""`funnel` and `retention`: how far visits come, and how long visitors stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from toolkit.core.outcome import Outcome
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.sitestats.cli.choosing import filters_of, rows_of, visits_of, visits_options
from toolkit.sitestats.conversion import BY


@click.command(
    "funnel",
    cls=Command,
    examples=[
        ("toolkit sitestats funnel / /bang-gia /cam-on access.log", "Từ trang chủ đến trang cảm ơn, trong một nhật ký"),
        ('toolkit sitestats funnel "/khoa-hoc*" event:zalo cuahang --by source', "Trong một trang đã thêm, theo nguồn"),
    ],
)
@click.argument("words", nargs=-1, required=True, metavar="BƯỚC… [TRANG | TỆP…]")
@click.option("--by", type=click.Choice(list(BY)),
              help="Theo nguồn, chiến dịch, trang vào đầu tiên, trang vào và nguồn, loại máy, ngày.")  # fmt: skip
@visits_options
@pass_app
def funnel(app: App, /, words: tuple[str, ...], by: str | None, **given: Any) -> None:
    """Bao nhiêu lượt ghé đi qua từng bước theo thứ tự, rời ở bước nào.

    Bước là đường dẫn như /bang-gia, /blog/*, hoặc event:TÊN. Mọi bước nằm trong một lượt ghé: sang ngày khác thì không
    còn biết khách nào với khách nào, vì địa chỉ của khách không được giữ.
    """
    from toolkit.sitestats.service.choices import choices
    from toolkit.sitestats.service.conversion import funnel_figures, goal_of
    from toolkit.sitestats.views import conversion as views

    steps = [goal_of(word) for word in words if is_step(word)]
    places = [word for word in words if not is_step(word)]
    filters = filters_of(given)
    with visits_of(app, places, given) as visits:
        found = funnel_figures(visits.connection, steps, filters, by=by or "", top=rows_of(app, given))
        outcome = Outcome(found).with_problems(*visits.problems)
        there = None if found.visits else choices(visits.connection, filters)
    app.say(outcome, views.funnel(filters, there), as_json=views.funnel_json)


def is_step(word: str) -> bool:
    """Whether a word of the command line is a step rather than a site or a log; a file that is there is a log."""
    return word.startswith(("/", "*", "event:")) and not Path(word).is_file()


@click.command(
    "retention",
    cls=Command,
    examples=[
        ("toolkit sitestats retention access.log", "Khách xem mỗi trang bao lâu, ngày ghé mấy lần"),
        ("toolkit sitestats retention cuahang --source Facebook", "Chỉ khách đến từ Facebook"),
    ],
)
@click.argument("places", nargs=-1, metavar="[TRANG | TỆP…]")
@visits_options
@pass_app
def retention(app: App, /, places: tuple[str, ...], **given: Any) -> None:
    """Khách xem mỗi trang bao lâu, trong ngày ghé mấy lần; và điều gì không thể biết.

    Khách hôm nay và khách hôm qua không nối lại được với nhau: địa chỉ của khách không được giữ, cũng không có cookie.
    """
    from toolkit.sitestats.service.choices import choices
    from toolkit.sitestats.service.conversion import staying
    from toolkit.sitestats.views import conversion as views

    filters = filters_of(given)
    with visits_of(app, places, given) as visits:
        found = staying(visits.connection, filters, top=rows_of(app, given))
        outcome = Outcome(found).with_problems(*visits.problems)
        there = None if found.visits else choices(visits.connection, filters)
    app.say(outcome, views.staying(filters, there), as_json=views.staying_json)
