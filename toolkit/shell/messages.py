"""Sentences for codes, out of the gettext catalogues: one catalogue a language and room, read when first needed."""

from __future__ import annotations

import re
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from toolkit.core.outcome import Param

LOCALE: Final = Path(__file__).with_name("locale")
LANGUAGES: Final = ("vi", "en")
DEFAULT_LANGUAGE: Final = "vi"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def catalogue(lang: str, room: str) -> NullTranslations:
    """The catalogue of one room in one language; an empty one if the room has none there."""
    try:
        with (LOCALE / lang / "LC_MESSAGES" / f"{room}.mo").open("rb") as compiled:
            return GNUTranslations(compiled)
    except FileNotFoundError:
        return NullTranslations()


class Messages:
    """What a member reads, in one language. A code that no catalogue knows is shown as it is, so it gets noticed."""

    def __init__(self, lang: str = DEFAULT_LANGUAGE) -> None:
        """`lang` is one of LANGUAGES."""
        self.lang = lang

    def text(self, code: str, **params: Param) -> str:
        """The sentence for `code` ("room.name") with its placeholders filled.

        `n` chooses the plural form and is written with separators ("1.000"); other numbers stay as they are, because a
        row or a year has no separators.
        """
        template = self._template(code, params.get("n"))
        return self.fill(code if template is None else template, params)

    def knows(self, code: str) -> bool:
        """Whether there is a sentence for `code`."""
        return self._template(code, None) is not None

    def help(self, text: str, *rooms: str) -> str:
        """A help text written in Vietnamese in the code, in this language; the first room that knows it says how."""
        if self.lang == DEFAULT_LANGUAGE or not text:
            return text
        for room in rooms:
            translated = catalogue(self.lang, room).gettext(text)
            if translated != text:
                return translated
        return text

    def number(self, n: int) -> str:
        """A count with separators between the thousands: 1.000 in Vietnamese, 1,000 in English."""
        grouped = f"{n:,}"
        return grouped.replace(",", ".") if self.lang == "vi" else grouped

    def fill(self, template: str, params: dict[str, Param]) -> str:
        """`template` with `{name}` replaced; a placeholder nobody filled stays visible instead of raising."""

        def value(match: re.Match[str]) -> str:
            name = match.group(1)
            if name not in params:
                return match.group()
            given = params[name]
            if isinstance(given, int):
                return self.number(given) if name == "n" else str(given)
            return " ".join(given.splitlines())  # no parameter can pass for a line of ours

        return _PLACEHOLDER.sub(value, template)

    def _template(self, code: str, n: Param | None) -> str | None:
        room = code.partition(".")[0]
        if not room.isidentifier():
            return None
        known = catalogue(self.lang, room)
        if isinstance(n, int):
            plural = known.ngettext(code, code, n)
            if plural != code:
                return plural
        text = known.gettext(code)
        return None if text == code else text
