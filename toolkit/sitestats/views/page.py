"""The report as one page that is filtered where it is opened: what stands in it, and its words."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from toolkit.pages.page import Card, Column, Course, Grid, Live, Page, Remark
from toolkit.shell.blocks import Line, Words, said
from toolkit.sitestats.views.conversion import goal_name
from toolkit.sitestats.views.page_data import fitted, label, labels_of, month_end, panels_of, searches_of, short
from toolkit.sitestats.views.report import Bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.pages.page import Block as PageBlock
    from toolkit.shell.blocks import Block, Cell
    from toolkit.shell.messages import Messages
    from toolkit.sitestats.cubes import Facts
    from toolkit.sitestats.service.reporting import Report

GENERATOR: Final = "toolkit sitestats report"
"""Written into every page: a file that has it is ours to replace."""
_FEW: Final = 10
_SCRIPT: Final = ("page_elements", "page_figures", "page_controls", "page_tables", "page")

# What the script says, under the name it knows it by; names of panels, columns and kinds are those of the terminal.
_OWN: Final = (
    "all", "from", "to", "source", "country", "device", "whose", "choose", "search", "search_note", "reset", "before",
    "highest", "show_table", "measure", "name", "more", "fewer", "left", "nothing", "cannot", "pick", "seconds",
    "minutes", "hour", "people", "of_visits", "worth", "other_sources", "other_countries",
    "searches_sum", "searches_kept", "searches_none", "searches_whole",
    *(f"status_{hundreds}" for hundreds in range(1, 6)),
    *(f"choice_{who}" for who in ("all", "human", "programs", "ai", "uncertain")),
    *(f"card_{name}" for name in ("visitors", "sessions", "pages", "stay", "bounced", "hits", "size")),
    *(f"dimension_{name}" for name in ("day", "who", "source", "country", "device")),
)  # fmt: skip
_SHARED: Final = (
    "unknown", "unnamed",
    *(f"who_{who}" for who in ("human", "search", "ai", "bot", "uncertain")),
    *(f"device_{name}" for name in ("desktop", "phone", "tablet", "other", "bot")),
    *(f"medium_{name}" for name in ("direct", "search", "social", "ai", "referral", "campaign", "internal", "spam")),
    *(f"reason_{name}" for name in ("says_ai", "says_search", "says_bot", "tool", "headless", "no_agent", "no_browser",
                                    "old_browser", "asks_robots", "probes", "hurries", "no_assets")),
    *(f"panel_{name}" for name in ("days", "hours", "kinds", "statuses", "sources", "goals", "pages", "referrers")),
    *(f"panel_{name}" for name in ("campaigns", "entry_pages", "exit_pages", "devices", "browsers", "systems")),
    *(f"panel_{name}" for name in ("countries", "files", "programs", "not_found", "searches", "found_pages")),
    *(f"panel_{name}" for name in ("goal_sources", "goal_entries")),
    *(f"column_{name}" for name in ("sessions", "visitors", "hits", "day", "hour", "conversions", "rate")),
    *(f"column_{name}" for name in ("clicks", "impressions", "position")),
)  # fmt: skip


def page(found: Report, messages: Messages) -> Page:
    """The whole report in one language. Without anything seen it is a page without a script."""
    teller = _Teller(found, messages)
    facts = found.facts
    live = Live(_script(), _file("page.css"), teller.data(facts)) if facts else None
    return Page(
        messages.lang,
        teller.say(Words("sitestats.page_title", site=found.host or teller.say(Words("sitestats.site")))),
        teller.subtitle(),
        teller.cards() if found.totals["hits"] else (),
        list(teller.blocks()),
        list(teller.footer()),
        GENERATOR,
        live,
    )


def _script() -> str:
    """The parts of the script as one, whose names are nobody else's."""
    parts = "\n".join(_file(f"{name}.js") for name in _SCRIPT)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


def _file(name: str) -> str:
    return files("toolkit.sitestats.views").joinpath(name).read_text("utf-8")


class _Teller:
    """Says the parts of one report in one language."""

    def __init__(self, found: Report, messages: Messages) -> None:
        self._found = found
        self._messages = messages

    def say(self, cell: Cell) -> str:
        return said(cell, self._messages)

    def subtitle(self) -> str:
        found = self._found
        if not found.totals["hits"] or not found.first or not found.last:
            return self.say(Words("sitestats.nothing_seen"))
        span = self.say(Words("sitestats.span", first=f"{found.first:%d/%m/%Y}", last=f"{found.last:%d/%m/%Y}"))
        chosen = found.filters
        parts = [self.say(Words(f"sitestats.who_{who}")) for who in sorted(chosen.who)]
        parts += [part for part in (chosen.path, chosen.source, chosen.campaign, chosen.country) if part]
        parts += [self.say(Words(f"sitestats.device_{chosen.device}"))] if chosen.device else []
        only = self.say(Words("sitestats.page_only", parts=", ".join(parts))) if parts else ""
        return " · ".join(part for part in (span, only) if part)

    def footer(self) -> Iterator[str]:
        found, number = self._found, self._messages.number
        yield self.say(
            Words("sitestats.page_lines", requests=number(found.requests), valid=number(found.valid),
                  rejected=number(found.rejected))
        )  # fmt: skip
        for one in found.rejects:
            reason = self.say(Words(f"sitestats.reject_{one.reason}"))
            yield self.say(Words("sitestats.page_reject", count=number(one.n), reason=reason, sample=one.sample[:80]))
        yield self.say(Words("sitestats.page_visitor", zone=found.zone))
        yield self.say(Words("sitestats.page_private"))

    def cards(self) -> list[Card]:
        totals, number = self._found.totals, self._messages.number
        return [
            Card(self.say(Words("sitestats.page_card_visitors")), number(totals["visitors"])),
            Card(self.say(Words("sitestats.page_card_sessions")), number(totals["sessions"])),
            Card(self.say(Words("sitestats.page_card_pages")), number(totals["page_views"])),
            Card(self.say(Words("sitestats.page_card_size")), self.say(Bytes(totals["bytes"]))),
        ]

    def blocks(self) -> Iterator[PageBlock]:
        """What is read where no script runs, as in some previews of mail and chat programs."""
        found = self._found
        if found.facts is not None:
            yield Remark(self.say(Words("sitestats.page_without_script")))
        days = found.panels["days"]
        if len(days) > 1:
            yield self._course(days)
        for name, columns in (
            ("sources", ("source", "sessions", "visitors")), ("pages", ("path", "hits", "visitors")),
            ("campaigns", ("campaign", "sessions", "visitors")), ("countries", ("name", "hits", "visitors")),
            ("not_found", ("path", "hits", "visitors")),
        ):  # fmt: skip
            if found.panels[name]:
                yield self._grid(name, columns)

    def _course(self, days: Any) -> Course:
        number = self._messages.number
        most = max(int(row["visitors"]) for row in days)
        shown = [
            Column(f"{row['date']:%d/%m}", number(int(row["visitors"])), int(row["visitors"]) / max(most, 1))
            for row in days
        ]
        highest = self.say(Words("sitestats.page_highest", n=most))
        heads = (self.say(Words("sitestats.column_day")), self.say(Words("sitestats.column_visitors")))
        title = self.say(Words("sitestats.panel_days"))
        return Course(title, highest, heads, shown, highest, self.say(Words("sitestats.page_show_table")))

    def _grid(self, name: str, columns: tuple[str, ...]) -> Grid:
        number = self._messages.number
        first, *others = columns
        unnamed = self.say(Words("sitestats.medium_direct" if name == "sources" else "sitestats.unknown"))
        rows = [
            [short(str(row[first] or unnamed)), *(number(int(row[column] or 0)) for column in others)]
            for row in self._found.panels[name][:_FEW]
        ]
        heads = [
            self.say(Words("sitestats.page_name")),
            *(self.say(Words(f"sitestats.column_{one}")) for one in others),
        ]
        title = self.say(Words(f"sitestats.panel_{name}"))
        return Grid(title, heads, rows, frozenset(range(1, len(columns))))

    def data(self, facts: Facts) -> dict[str, Any]:
        """What the script reads. Foreign text is without controls and without what turns a line around."""
        found, chosen = self._found, self._found.filters
        known = {str(row["source"]).lower(): str(row["source"]) for row in reversed(found.panels["sources"])}
        words = {name: self._messages.text(f"sitestats.page_{name}") for name in _OWN}
        words |= {name: self._messages.text(f"sitestats.{name}") for name in _SHARED}
        first = max(chosen.since, facts.first) if chosen.since else facts.first
        labels, panels = labels_of(facts), panels_of(facts)
        if found.searches is not None:
            labels["searched"], searched = searches_of(found.searches, facts)
            panels |= searched
        return fitted(
            {
                "lang": self._messages.lang,
                "words": words,
                "step": facts.step,
                "first": facts.first.isoformat(),
                "last": facts.last.isoformat(),
                "from": (first if facts.step == "day" else first.replace(day=1)).isoformat(),
                "to": (facts.last if facts.step == "day" else month_end(facts.last)).isoformat(),
                "labels": labels,
                "sourceNames": [label(known.get(name, name)) for name in facts.labels["source"]],
                "goals": [{"name": short(self.say(goal_name(one.goal))), "value": one.goal.value}
                          for one in found.goals],
                "panels": panels,
            }
        )  # fmt: skip


def written(data: Mapping[str, Any]) -> Iterator[Block]:
    """Where the page is."""
    yield Line(Words("sitestats.page_written", file=data["file"]))
