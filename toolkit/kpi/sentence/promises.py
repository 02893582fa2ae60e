"""What the member promised, to whom and by when: `hứa gửi báo giá cho chị Mai thứ 6`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.core.dates import find_dates, parse_period
from toolkit.core.readings import Readings, one
from toolkit.core.sentences.line import Lexicon
from toolkit.kpi.sentence import verbs
from toolkit.kpi.sentence.items import day_in
from toolkit.kpi.sentence.told import told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from toolkit.core.sentences.line import Word
    from toolkit.kpi.model import Item
    from toolkit.kpi.sentence.heads import Head
    from toolkit.kpi.sentence.items import Draft
    from toolkit.kpi.sentence.parties import Party
    from toolkit.kpi.sentence.told import Told

_SPEAKERS = frozenset({"em", "mình", "minh", "tui", "tôi", "toi", "con", "cháu", "tớ"})
_EDGE = Lexicon(
    "với, cho, là, sẽ, là sẽ, rằng, thì, vào, trước, lúc, trong, đến, tới, hạn, chậm nhất, muộn nhất, khách, của, "
    "bên, hôm, qua, rồi, nhé, nha"
)


def customers_own(said: Told, head: Head) -> bool:
    """`chị Hoa hứa thứ 6 chuyển khoản`: the customer's promise, not the member's."""
    party = next((p for p in said.parties if p.end <= head.start and head.start - p.end <= 1), None)
    if party is None or (party.start and said.words[party.start - 1].text in ("với", "voi", "cho", "gọi", "gặp")):
        return False
    bare = party.end - party.start == 1 and said.words[party.start].text in _SPEAKERS
    return not bare


def promise_of(item: Item, draft: Draft, typed: str, today: date, people: Collection[str]) -> Item:
    """The item with what is promised and when it is due; the day is that of the promise."""
    said = told(draft.words, people)
    head = next(head for head in said.heads if head.kind == "promise")
    taken = {i for p in said.parties if not p.nobody for i in range(p.start, p.end)}
    for p in said.parties:
        if not p.nobody and p.start:
            n = _EDGE.ending(said.words, p.start)
            taken |= set(range(p.start - n, p.start))
    start = (
        head.start
        if verbs.PROMISES.at(said.words, head.start) > 1 and said.words[head.end - 1].text in _KEPT
        else head.end
    )
    if start == head.start:
        start = head.start + 1
    wanted = [i for i in range(start, len(said.words)) if i not in taken and said.words[i].date is None]
    text = _phrase(said.words, wanted, typed)
    made = day_in(said.words[: head.start], today)
    return replace(item, promise=text, due=_due(said.words, said.parties, typed, today, head), day=made or one(today))


_KEPT = frozenset({"gửi", "giao", "gọi", "tặng", "gặp", "gui", "goi", "gap", "tang"})


def _phrase(words: Sequence[Word], wanted: Sequence[int], typed: str) -> str:
    """The words that are left of a promise, without joining words at its ends."""
    kept = list(wanted)
    while kept and (words[kept[0]].sort == "sign" or _EDGE.at(words, kept[0])):
        n = max(1, _EDGE.at(words, kept[0]))
        kept = kept[n:]
    while kept and (words[kept[-1]].sort == "sign" or _EDGE.at(words, kept[-1])):
        kept.pop()
    return " ".join(" ".join(typed[words[i].start : words[i].end] for i in kept).split())


def _due(words: Sequence[Word], parties: Sequence[Party], typed: str, today: date, head: Head) -> Readings[date] | None:
    """The day by which it is promised: dates behind "hứa" look forward."""
    following = words[head.end : head.end + 1]
    if (
        following
        and following[0].text in ("mai", "mốt", "mot")
        and not following[0].capital
        and following[0].date is None
    ):
        return one(today + timedelta(days=1 if following[0].text == "mai" else 2))
    start = words[0].start
    text = typed[start : words[-1].end]
    for party in parties:
        first, last = words[party.start].start - start, words[party.end - 1].end - start
        text = text[:first] + "z" * (last - first) + text[last:]
    behind = words[head.start].start - start
    found = find_dates(text, today=today, look="forward")
    for place in sorted(found, key=lambda place: (place.start < behind, place.start)):
        if place.readings:
            days = place.readings.map(lambda day: day.date)
            if all(day < today for day in days.values):
                continue
            return days
        period = parse_period(place.text, today=today, look="forward").value
        if period is not None and period.last >= today:
            return one(period.last)
    return None
