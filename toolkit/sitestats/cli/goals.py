"""`goal`: what counts as success on a site, kept, and what has become of it."""

from __future__ import annotations

from typing import Any

import click

from toolkit.core.errors import UsageError
from toolkit.core.outcome import Outcome
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.shell.params import TEXT
from toolkit.sitestats.cli.choosing import filters_of, rows_of, sites_of, visits_of, visits_options
from toolkit.sitestats.conversion import BY


@click.group(
    cls=Group,
    examples=[
        ('toolkit sitestats goal add cuahang "gửi form" --path "/cam-on*" --value 500k', "Đặt một mục tiêu"),
        ("toolkit sitestats goal show cuahang", "Bao nhiêu lượt ghé đạt mục tiêu, từ đâu đến"),
    ],
)
def goal() -> None:
    """Mục tiêu của trang web: trang nào được xem, việc nào được làm thì gọi là đạt; bao nhiêu lượt ghé đạt."""


@goal.command(
    cls=Command,
    examples=[
        ('toolkit sitestats goal add cuahang "gửi form" --path "/cam-on*"', "Đạt khi khách thấy trang cảm ơn"),
        ("toolkit sitestats goal add cuahang zalo --event zalo --value 200k", "Đạt khi khách bấm nút Zalo"),
    ],
)
@click.argument("site", type=TEXT, metavar="TRANG")
@click.argument("name", type=TEXT, metavar="TÊN")
@click.option("--path", type=TEXT, metavar="ĐƯỜNG-DẪN", help="Trang đánh dấu là đạt; * thay cho bất kỳ gì.")
@click.option("--event", type=TEXT, metavar="TÊN", help="Sự kiện đánh dấu là đạt, do bộ đếm trên trang gửi về.")
@click.option("--value", metavar="TIỀN", help="Một lần đạt đáng giá bao nhiêu với bạn, ví dụ 500k.")
@pass_app
def add(app: App, /, site: str, name: str, *, path: str | None, event: str | None, value: str | None) -> None:
    """Đặt một mục tiêu cho trang; tên đã có thì mục tiêu ấy được thay."""
    from toolkit.sitestats.model import Goal
    from toolkit.sitestats.service.conversion import goal_of
    from toolkit.sitestats.service.goals import add_goal
    from toolkit.sitestats.views.goals import added, goal_json

    if bool(path) == bool(event):
        raise UsageError("sitestats.goal_one_of", value=name)
    read = goal_of(path or f"event:{event}")
    made = Goal(name, read.path, read.event, _value(value, app) if value else None)
    sites = sites_of(app)
    kept = sites.find(site)
    is_new = add_goal(sites, kept, made)
    app.say(Outcome(made), added(kept.name, is_new=is_new), as_json=goal_json)


def _value(text: str, app: App) -> int:
    from toolkit.core.money import parse_amount

    xi = app.settings.money.xi
    money = parse_amount(text, bare="units", xi=xi if isinstance(xi, int) else None).value
    if money is None or money.currency != "VND" or money.amount < 0:
        raise UsageError("sitestats.goal_value", value=text)
    return money.amount


@goal.command("list", cls=Command, examples=[("toolkit sitestats goal list cuahang", "Các mục tiêu của trang")])
@click.argument("site", type=TEXT, metavar="TRANG")
@pass_app
def list_(app: App, site: str) -> None:
    """Các mục tiêu đã đặt cho trang."""
    from toolkit.sitestats.service.goals import goals_of
    from toolkit.sitestats.views.goals import kept, kept_json

    app.say(Outcome(goals_of(sites_of(app).find(site))), kept, as_json=kept_json)


@goal.command(cls=Command, examples=[('toolkit sitestats goal drop cuahang "gửi form"', "Bỏ một mục tiêu")])
@click.argument("site", type=TEXT, metavar="TRANG")
@click.argument("name", type=TEXT, metavar="TÊN")
@pass_app
def drop(app: App, site: str, name: str) -> None:
    """Bỏ một mục tiêu; số lượt ghé đã đọc vẫn còn nguyên."""
    from toolkit.sitestats.service.goals import drop_goal
    from toolkit.sitestats.views.goals import dropped, goal_json

    sites = sites_of(app)
    app.say(Outcome(drop_goal(sites, sites.find(site), name)), dropped, as_json=goal_json)


@goal.command(
    cls=Command,
    examples=[
        ("toolkit sitestats goal show cuahang", "Mọi mục tiêu của trang, theo nguồn khách"),
        ('toolkit sitestats goal show access.log --goal "/cam-on*" --by entry_source', "Từ một nhật ký, chưa cần đặt"),
    ],
)
@click.argument("places", nargs=-1, metavar="[TRANG | TỆP…]")
@click.option("--goal", "named", type=TEXT, multiple=True, metavar="MỤC-TIÊU",
              help="Chỉ mục tiêu này: tên đã đặt, một đường dẫn như /cam-on*, hay event:TÊN.")  # fmt: skip
@click.option("--by", type=click.Choice([*BY, "all"]), multiple=True,
              help="Theo nguồn, chiến dịch, trang vào đầu tiên, trang vào và nguồn, loại máy, ngày.")  # fmt: skip
@visits_options
@pass_app
def show(app: App, /, places: tuple[str, ...], named: tuple[str, ...], by: tuple[str, ...], **given: Any) -> None:
    """Bao nhiêu lượt ghé đạt mục tiêu, theo nguồn, chiến dịch, trang vào, loại máy, ngày."""
    from toolkit.sitestats.service.choices import choices
    from toolkit.sitestats.service.conversion import goal_figures, goal_of
    from toolkit.sitestats.views.conversion import goals, goals_json

    columns = tuple(BY) if "all" in by else by or ("source",)
    filters = filters_of(given)
    with visits_of(app, places, given) as visits:
        chosen = [goal_of(text, visits.goals) for text in named] or list(visits.goals)
        if not chosen:
            raise UsageError("sitestats.no_goals", value=" ".join(places)[:80])
        found = goal_figures(visits.connection, chosen, filters, by=columns, top=rows_of(app, given))
        outcome = Outcome(found).with_problems(*visits.problems)
        there = None if found[0].visits else choices(visits.connection, filters)
    app.say(outcome, goals(filters, there), as_json=goals_json)
