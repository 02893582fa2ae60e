"""`toolkit sitestats revenue`: visits of a site beside the sales of the kpi book, which is only read.

No customer is named, and sales of several jobs are added up only where the member names them all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.composed.channels import CAMPAIGN, DIRECT, Came, beside
from toolkit.composed.channels import Words as Matching
from toolkit.core.errors import ConflictError, UsageError
from toolkit.core.outcome import Outcome
from toolkit.core.text import clean, search_key
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command, Group
from toolkit.shell.params import PERIOD, TEXT
from toolkit.sitestats.cli.choosing import days_options, filters_of, rows_of, sites_of, visits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from toolkit.composed.channels import Beside, By
    from toolkit.core.dates import Period
    from toolkit.kpi.model import Sale
    from toolkit.sitestats.adapters.sites import Site
    from toolkit.sitestats.metrics import Filters
    from toolkit.sitestats.service.opening import Visits

_KEPT: Final = "channels"
_MOST: Final = 200
_DIRECT: Final = frozenset({"direct", "truc tiep", "vao thang"})


@dataclass(frozen=True)
class Revenue:
    """Visits and sales of the days from `since` to before `until`, side by side; `jobs` are whom the sales were for."""

    since: date
    until: date
    by: By
    jobs: tuple[str, ...]
    whole: Beside


class _Usually(Group):
    """A group whose first command is meant where no other is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self.spelt_out(args))

    def spelt_out(self, args: list[str]) -> list[str]:
        """What was typed, with the command that it means."""
        if args and (args[0] in self.commands or args[0] in ("-h", "--help")):
            return args
        return [next(iter(self.commands)), *args]


@click.group(
    cls=_Usually,
    examples=[
        ("toolkit sitestats revenue", "Trang duy nhất đã thêm, mọi ngày đã đọc"),
        ("toolkit sitestats revenue access.log --by campaign", "Một nhật ký, theo chiến dịch"),
        ('toolkit sitestats revenue map "bạn bè" = direct', "Chữ của bạn nghĩa là nguồn nào"),
    ],
)
def revenue() -> None:
    """Lượt ghé và tiền bán được đặt cạnh nhau: mỗi lượt ghé từ mỗi nguồn đem về bao nhiêu.

    Tiền lấy từ sổ bán hàng (toolkit kpi): đơn đã xong, trước hoàn tiền và phí. Gõ map, unmap để nói chữ của bạn nghĩa
    là nguồn nào; không gõ gì thêm là xem.
    """


@revenue.command(
    cls=Command,
    examples=[
        ("toolkit sitestats revenue show access.log", "Theo nguồn"),
        ('toolkit sitestats revenue show cuahang --period "tháng 11" --by entry', "Theo trang vào, tháng 11"),
        ('toolkit sitestats revenue show access.log --map "bạn bè=direct"', "Nói luôn chữ của bạn nghĩa là gì"),
    ],
)
@click.argument("places", nargs=-1, metavar="[TRANG | TỆP…]")
@click.option("--by", type=click.Choice(["source", "campaign", "entry"]), default="source", show_default=False,
              help="Theo nguồn (mặc định), chiến dịch, hay trang vào đầu tiên.")  # fmt: skip
@click.option(
    "--period", type=PERIOD, metavar="KỲ", help="Kỳ nào, ví dụ 2026-11, tuần này; không ghi thì mọi ngày đã đọc."
)
@click.option("--engagement", "jobs", type=TEXT, multiple=True, metavar="NƠI",
              help="Bán cho nơi nào; nhiều nơi thì ghi nhiều lần, tiền của các nơi được cộng chung.")  # fmt: skip
@click.option("--map", "typed", type=TEXT, multiple=True, metavar="CHỮ=NGUỒN",
              help="Chữ trong sổ nghĩa là nguồn nào, chỉ cho lần này.")  # fmt: skip
@days_options
@pass_app
def show(app: App, /, places: tuple[str, ...], by: By, period: Period | None, **given: Any) -> None:
    """Mỗi nguồn, chiến dịch hay trang vào: bao nhiêu lượt ghé, bao nhiêu đơn, mỗi lượt ghé đem về bao nhiêu."""
    from toolkit.composed import site_revenue_view as views

    filters = _within(filters_of(given), period)
    own = dict(_pair(text) for text in given["typed"])
    with visits_of(app, places, given) as visits:
        span = _days(visits, filters, app.clock.today())
        words = _words(visits, own, filters)
        came = _came(visits, by, filters)
        problems = visits.problems
    jobs, sales = _sales(app, span, given["jobs"])
    whole = beside(came, sales, words, by)
    found = Revenue(*span, by, jobs, whole)
    outcome = Outcome(found).with_problems(*problems)
    app.say(outcome, views.revenue(rows_of(app, given)), as_json=views.revenue_json)


@revenue.command(
    "map",
    cls=Command,
    examples=[
        ('toolkit sitestats revenue map "bạn bè" = direct', "Đơn có chữ ấy là của khách vào thẳng trang"),
        ('toolkit sitestats revenue map "hội chợ" = campaign:tet2027', "… là của một chiến dịch"),
        ("toolkit sitestats revenue map KM8 = /khuyen-mai", "… là của khách vào từ một trang"),
        ("toolkit sitestats revenue map", "Xem những gì đã nói"),
    ],
)
@click.argument("words", nargs=-1, metavar="[CHỮ = NGUỒN]")
@click.option("--of", "name", type=TEXT, metavar="TRANG", help="Của trang nào; không ghi thì trang duy nhất đã thêm.")
@pass_app
def map_(app: App, /, words: tuple[str, ...], name: str | None) -> None:
    """Chữ của bạn trong sổ bán hàng nghĩa là nguồn nào: một nguồn, direct, campaign:TÊN hay /trang."""
    from toolkit.composed import site_revenue_view as views

    site = _site(app, name)
    if words:
        typed, meant = _pair(" ".join(words))

        def mapped(own: Mapping[str, str]) -> Mapping[str, str]:
            more = {**_without(own, typed), typed: meant}
            if len(more) > _MOST:
                raise UsageError("composed.map_many", value=typed, most=_MOST)
            return more

        site = _changed(app, site, mapped)
    app.say(Outcome(_own(site)), views.mapping, as_json=views.mapping_json)


@revenue.command(cls=Command, examples=[('toolkit sitestats revenue unmap "bạn bè"', "Bỏ một điều đã nói")])
@click.argument("word", type=TEXT, metavar="CHỮ")
@click.option("--of", "name", type=TEXT, metavar="TRANG", help="Của trang nào; không ghi thì trang duy nhất đã thêm.")
@pass_app
def unmap(app: App, /, word: str, name: str | None) -> None:
    """Bỏ một điều đã nói bằng map."""
    from toolkit.composed import site_revenue_view as views

    def unmapped(own: Mapping[str, str]) -> Mapping[str, str]:
        left = _without(own, word)
        if left == own:
            raise ConflictError("composed.not_mapped", value=word, known=", ".join(own) or "–")
        return left

    site = _changed(app, _site(app, name), unmapped)
    app.say(Outcome(_own(site)), views.mapping, as_json=views.mapping_json)


def _pair(text: str) -> tuple[str, str]:
    """`bạn bè = direct` as what was typed and what it means. UsageError("composed.map_unreadable")."""
    typed, equals, meant = (clean(part) for part in text.partition("="))
    if not (equals and search_key(typed) and meant and len(text) <= _MOST):
        raise UsageError("composed.map_unreadable", value=text[:80])
    if search_key(meant) in _DIRECT:
        return typed, DIRECT
    return typed, meant if meant.startswith(("/", CAMPAIGN)) else _known_sources().get(search_key(meant), meant)


def _known_sources() -> dict[str, str]:
    from toolkit.sitestats.classify.sources import NAMES_OF_SOURCES

    return {search_key(name): name for name in NAMES_OF_SOURCES}


def _site(app: App, name: str | None) -> Site:
    from toolkit.sitestats.service.opening import found_at

    sites = sites_of(app)
    if name or not sites.all():
        return sites.find(name or "")
    found = found_at(sites, ())
    assert not isinstance(found, list)  # nothing was named, so no files were
    return found


def _own(site: Site) -> dict[str, str]:
    told = site.more.get(_KEPT, {})
    return {str(typed): str(meant) for typed, meant in told.items()} if isinstance(told, dict) else {}


def _without(own: Mapping[str, str], word: str) -> dict[str, str]:
    return {typed: meant for typed, meant in own.items() if search_key(typed) != search_key(word)}


def _changed(app: App, site: Site, how: Callable[[Mapping[str, str]], Mapping[str, str]]) -> Site:
    """The site with other words of its own; whatever else is said of it in another window at the same time stays."""

    def changed(standing: Site) -> Site:
        return replace(standing, more={**standing.more, _KEPT: dict(how(_own(standing)))})

    return sites_of(app).change(site, changed)


def _within(filters: Filters, period: Period | None) -> Filters:
    if period is None:
        return filters
    if filters.since or filters.until:
        raise UsageError("composed.two_periods", value=str(period))
    return replace(filters, since=period.start, until=period.end)


def _days(visits: Visits, filters: Filters, today: date) -> tuple[date, date]:
    """The days that are looked at: those asked for, else those that there are visits of; nothing of tomorrow counts."""
    first, last = visits.connection.execute("SELECT min(day), max(day) FROM visits").fetchone() or (None, None)
    tomorrow = today + timedelta(days=1)
    until = min(filters.until or (last + timedelta(days=1) if last else tomorrow), tomorrow)
    since = filters.since or first or until
    return min(since, until), until


def _came(visits: Visits, by: By, filters: Filters) -> list[Came]:
    from toolkit.sitestats.adapters.figures import run
    from toolkit.sitestats.conversion import FIGURES

    rows = run(visits.connection, FIGURES[f"visits_by_{by}"], filters, None)
    return [Came(str(row[by]), int(row["visits"]), int(row["visitors"])) for row in rows]


def _words(visits: Visits, own: Mapping[str, str], filters: Filters) -> Matching:
    from toolkit.sitestats.adapters.figures import run
    from toolkit.sitestats.conversion import campaign_sources, visits_by_entry, visits_by_source

    figures = {
        metric.__name__: run(visits.connection, metric, filters, None)
        for metric in (visits_by_source, campaign_sources, visits_by_entry)
    }
    campaigns: dict[str, set[str]] = {}
    for row in figures["campaign_sources"]:
        campaigns.setdefault(str(row["campaign"]), set()).add(str(row["source"]))
    sources = {str(row["source"]) for row in figures["visits_by_source"]} | set(_known_sources().values())
    return Matching(
        sources=frozenset(sources - {DIRECT}),
        campaigns={name: frozenset(each) for name, each in campaigns.items()},
        pages=frozenset(str(row["entry"]) for row in figures["visits_by_entry"]),
        own={**(_own(visits.site) if visits.site is not None else {}), **own},
    )


def _sales(app: App, span: tuple[date, date], named: Sequence[str]) -> tuple[tuple[str, ...], Iterable[Sale]]:
    """The sales that are done, of the jobs that were named, or of the only one."""
    from toolkit.kpi.cli.opening import open_book
    from toolkit.kpi.service.finding import engagement_of

    with open_book(app) as book:
        known = book.engagements()
        jobs = tuple(dict.fromkeys(engagement_of(book, one) for one in named or ("",)))
        since, until = span
        sales = list(book.sales(since, until, engagements=jobs, kinds=["sale"], statuses=["done"]))
    return tuple(known[id_].label if id_ in known else "" for id_ in jobs), sales
