"""Sales beside visits: the source, campaign or landing page of a sale, by its channel and by codes in its words.

Nothing is guessed: a sale that names no source, or two campaigns, belongs to none and is listed as such. A member's own
words go before everything else.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from toolkit.core.hidden import shown
from toolkit.core.text import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.kpi.model import Sale

By = Literal["source", "campaign", "entry"]
Reason = Literal["no_channel", "unknown_channel", "no_code", "several"]

DIRECT: Final = ""
"""The name of the source of visits that came by no link."""
CAMPAIGN: Final = "campaign:"
"""What the member's own words begin with where they mean a campaign; pages begin with a stroke."""
_SHORTEST: Final = 3
_SURE: Final = 6  # letters of a code without a digit: shorter ones are too often somebody's name


@dataclass(frozen=True)
class Came:
    """Visits by one source, campaign or landing page; `sources` of a campaign are those that its visits came from."""

    name: str
    visits: int
    visitors: int
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """Visits with the sales that belong to them, in đồng. `per_visit` is None where nobody came."""

    name: str
    visits: int
    visitors: int
    sales: int
    revenue: Fraction

    @property
    def per_visit(self) -> Fraction | None:
        return self.revenue / self.visits if self.visits else None


@dataclass(frozen=True)
class Apart:
    """Sales that belong to no visits, by their channel ("" for none) and the reason."""

    channel: str
    reason: Reason
    sales: int
    revenue: Fraction


@dataclass(frozen=True)
class Beside:
    """Visits and sales side by side."""

    rows: tuple[Row, ...]
    apart: tuple[Apart, ...]


@dataclass(frozen=True)
class Words:
    """What sales are matched by: names of sources that are known, campaigns with their sources, landing pages, and the
    member's own words (as typed) with what they mean: a source, `campaign:…`, a page, or DIRECT."""

    sources: frozenset[str] = frozenset()
    campaigns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pages: frozenset[str] = frozenset()
    own: Mapping[str, str] = field(default_factory=dict)


def beside(came: Sequence[Came], sales: Iterable[Sale], words: Words, by: By) -> Beside:
    """Each sale with its visits, in the order of `came`, which holds each name once; rows without visits come last.

    A sale counts for the member's share of it.
    """
    match = _Match(words, by)
    taken: dict[str, list[Fraction]] = defaultdict(list)
    apart: dict[tuple[str, Reason], list[Fraction]] = defaultdict(list)
    for sale in sales:
        found, reason = match.of(sale)
        if found is None:
            apart[sale.channel, reason].append(sale.credited)
        else:
            taken[found].append(sale.credited)
    known = {one.name for one in came}
    rows = [
        Row(one.name, one.visits, one.visitors, len(taken[one.name]), sum(taken[one.name], Fraction(0))) for one in came
    ]
    rows += [
        Row(name, 0, 0, len(amounts), sum(amounts, Fraction(0)))
        for name, amounts in sorted(taken.items())
        if name not in known and amounts
    ]
    left = [Apart(channel, reason, len(each), sum(each, Fraction(0))) for (channel, reason), each in apart.items()]
    return Beside(tuple(rows), tuple(sorted(left, key=lambda one: (-one.revenue, one.channel, one.reason))))


class _Match:
    """What a sale belongs to. Codes stand in its channel, its order number, its note or the line it was told in."""

    def __init__(self, words: Words, by: By) -> None:
        self._words = words
        self._by = by
        self._own = {search_key(typed): meant for typed, meant in words.own.items() if search_key(typed)}
        self._sources = {search_key(name): name for name in words.sources if search_key(name)}
        self._campaigns = {key: name for name in words.campaigns if _is_code(key := search_key(name))}
        self._pages = {page.casefold().rstrip("/"): page for page in words.pages if len(page) > 1}

    def of(self, sale: Sale) -> tuple[str | None, Reason]:
        """The name, or None and why."""
        if self._by == "source":
            return self._source(sale)
        found = self._campaigns_in(sale) if self._by == "campaign" else self._pages_in(sale)
        if len(found) == 1:
            return found.pop(), "no_code"
        return None, "several" if found else "no_code"

    def _source(self, sale: Sale) -> tuple[str | None, Reason]:
        channel = search_key(sale.channel)
        meant = self._own.get(channel)
        if meant is None and not channel:
            said = {one for one in self._own_in(sale) if not _is_other(one)}
            if len(said) > 1:
                return None, "several"
            meant = next(iter(said), None)
        if meant is not None and not _is_other(meant):
            return meant, "no_channel"
        named = {name for key, name in self._sources.items() if _holds(channel, key)}
        if len(named) == 1:
            return named.pop(), "no_channel"
        campaigns = self._campaigns_in(sale)
        if len(campaigns) == 1:
            sources = self._words.campaigns.get(next(iter(campaigns)), frozenset())
            if len(sources) == 1:
                return next(iter(sources)), "no_channel"
        if len(named) > 1 or len(campaigns) > 1:
            return None, "several"
        return None, "unknown_channel" if channel else "no_channel"

    def _campaigns_in(self, sale: Sale) -> set[str]:
        told = _told(sale)
        own = {one.removeprefix(CAMPAIGN) for one in self._own_in(sale) if one.startswith(CAMPAIGN)}
        return own or {name for key, name in self._campaigns.items() if _holds(told, key)}

    def _pages_in(self, sale: Sale) -> set[str]:
        own = {one for one in self._own_in(sale) if one.startswith("/")}
        if own:
            return own
        typed = {word.casefold().rstrip("/.,;") for word in _texts(sale).split() if word.startswith("/")}
        return {page for key, page in self._pages.items() if key in typed}

    def _own_in(self, sale: Sale) -> set[str]:
        told = _told(sale)
        return {meant for key, meant in self._own.items() if _holds(told, key)}


def _is_code(key: str) -> bool:
    """Whether a campaign's name can be told from other words of a line."""
    return len(key) >= (_SHORTEST if any(letter.isdigit() for letter in key) else _SURE)


def _is_other(meant: str) -> bool:
    """Whether the member's words mean something else than a source."""
    return meant.startswith(("/", CAMPAIGN))


def _texts(sale: Sale) -> str:
    return " ".join((sale.channel, sale.order, shown(sale.note), shown(sale.sentence)))


def _told(sale: Sale) -> str:
    return search_key(_texts(sale))


def _holds(text: str, key: str) -> bool:
    """Whether words stand in a text one after the other, both folded."""
    return f" {key} " in f" {text} "
