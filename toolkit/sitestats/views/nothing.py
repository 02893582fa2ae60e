"""What is said where a choice fits nothing: why, and what there is to choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from toolkit.core.text import terminal_safe
from toolkit.shell.blocks import Joined, Line, Note, Sayable, When, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block
    from toolkit.shell.messages import Messages
    from toolkit.sitestats.metrics import Filters
    from toolkit.sitestats.service.choices import Choices

_NAMED: Final = ("path", "source", "campaign", "country")
_LONGEST: Final = 60


@dataclass(frozen=True)
class Country(Sayable):
    """A country by its code, with its name where it is met often: `VN Việt Nam`."""

    code: str

    def said(self, messages: Messages) -> str:
        name = f"sitestats.country_{self.code}"
        return f"{self.code} {messages.text(name)}" if messages.knows(name) else self.code


def nothing(chosen: Filters, there: Choices) -> Iterator[Block]:
    """Nothing was seen in what is looked at, and the way out for each choice that was made."""
    if there.first is None or there.last is None:
        yield Line(Words("sitestats.nothing_at_all"))
        return
    yield Line(Words("sitestats.nothing_seen"))
    since, until = chosen.since or there.first, chosen.until or there.last + timedelta(days=1)
    if since > there.last or until <= there.first:
        yield Note(Words("sitestats.days_there_are", days=When(there.first, there.last + timedelta(days=1))))
    for name in _NAMED:
        value = getattr(chosen, name)
        if value:
            found = [terminal_safe(one[:_LONGEST]) for one in there.known.get(name, ())]
            listed = Joined([Country(one) for one in found] if name == "country" else found, between=", ")
            code = f"sitestats.there_are_{name}" if there.known.get(name) else f"sitestats.there_is_no_{name}"
            yield Note(Words(code, value=terminal_safe(value[:_LONGEST]), listed=listed))
    if chosen.device:
        yield Note(Words("sitestats.without_device"))
    if chosen.who:
        yield Note(Words("sitestats.people_alone" if chosen.who == {"human"} else "sitestats.kinds_alone"))
