"""The only writer to the terminal. Standard output carries the answer, standard error the talk beside it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from toolkit.core.errors import StoreError, UsageError
from toolkit.core.outcome import Place
from toolkit.core.text import csv_safe, terminal_safe
from toolkit.shell import layout
from toolkit.shell.blocks import Block, Cell, Drawing, Heading, Line, Note, Pairs, Table, Verbatim, Words, said
from toolkit.shell.problems import place_in_words, problem_at, remedy
from toolkit.shell.progress import Progress
from toolkit.shell.screen import OutputGone, Screen

if TYPE_CHECKING:
    from toolkit.core.outcome import Outcome, Problem
    from toolkit.shell.blocks import Stroke
    from toolkit.shell.messages import Messages

T = TypeVar("T")
Format = Literal["person", "json", "csv"]
View: TypeAlias = Callable[[T], Iterable[Block]]

MOST_PROBLEMS_ON_A_SCREEN = 50
MOST_ALIKE_ON_A_SCREEN = 5  # of one kind in one sheet, so that two hundred of them don't hide the one that is different


class Say:
    """Says outcomes. `format` decides for whom: a person, a program (json), a spreadsheet (csv)."""

    def __init__(self, messages: Messages, out: Screen, err: Screen, format: Format = "person") -> None:  # noqa: A002
        self.messages = messages
        self.out = out
        self.err = err
        self.format = format
        self.colour = True
        self.exit_code = 0
        self._said = False

    def __call__(
        self, outcome: Outcome[T], view: View[T] | None = None, *, as_json: Callable[[T], object] | None = None
    ) -> None:
        """Say `outcome`, once per command; its exit code becomes the command's.

        `view` turns the data into blocks for a person; `as_json` gives the data of the envelope where the dataclass
        itself isn't what a program wants.
        """
        self.exit_code = outcome.exit_code
        if self.format == "json" and not self._said:
            data = as_json(outcome.data) if as_json and outcome.data is not None else outcome.data
            self._write_json(outcome, data)
            return
        blocks = list(view(outcome.data)) if view and outcome.data is not None else []
        if self.format == "csv":
            self._write_csv(blocks)
        elif self.format == "person":
            self._blocks(blocks, self.out)
        self._problems(outcome, apart=bool(blocks))

    def choose_format(self, chosen: Format) -> None:
        """Say everything as `chosen` from now on; UsageError if the command line asked for two ways at once."""
        if self.format not in {"person", chosen}:
            raise UsageError("shell.two_formats", first=f"--{self.format}", second=f"--{chosen}")
        self.format = chosen

    def prompt(self, text: str) -> None:
        """Put a question on standard error, staying on its last line, where the answer is typed."""
        self._to(self.err, "\n".join(layout.wrap(self._clean(text), self.err.width)) + " ")

    def end_line(self) -> None:
        """Close the line that a question left open, when no answer did."""
        self._to(self.err, "\n")

    def talk(self, *blocks: Block) -> None:
        """Say something beside the answer (standard error), such as a plan before it is confirmed; not to a program."""
        if self.format != "json":
            self._blocks([Note(block.text) if isinstance(block, Line) else block for block in blocks], self.err)

    def aside(self, text: str) -> None:
        """Technical lines as they are on standard error, whatever the format: somebody asked with --debug."""
        self._write_lines(self.err, self._clean(text).splitlines())

    def note(self, code: str, **params: str | int) -> None:
        """One sentence of talk."""
        self.talk(Note(Words(code, **params)))

    @contextlib.contextmanager
    def progress(self, total: int | None, what: Cell) -> Iterator[Progress]:
        """Show how far a long verb has come, on standard error: `with say.progress(n, what) as bar: bar.advance()`."""
        bar = Progress(self.err, self.messages, total, self._text(what), silent=self.format == "json")
        try:
            yield bar
        finally:
            bar.close()

    def raw(self, text: str) -> None:
        """Write text that is already laid out, such as a help page or a completion script."""
        self.out.write(text if text.endswith("\n") else f"{text}\n")

    def _write_json(self, outcome: Outcome[T], data: object) -> None:
        from toolkit.shell.envelope import dumps, envelope

        indent = 2 if self.out.is_terminal else None
        value = envelope(outcome, data, self.messages)
        text = dumps(value, unicode=self.out.is_unicode, indent=indent)
        self._said = True
        self.out.write(f"{text}\n")

    def _write_csv(self, blocks: Sequence[Block]) -> None:
        import csv
        import io

        table = next((block for block in blocks if isinstance(block, Table)), None)
        if table is None:
            return
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([csv_safe(self._text(column.heading)) for column in table.columns])
        writer.writerows([self._csv_cell(cell) for cell in row] for row in table.rows)
        # Excel takes a file without this mark for one of the old code pages and breaks every accent.
        mark = "\ufeff" if self.out.is_file and self.out.is_unicode else ""
        self.out.write(mark + text.getvalue())

    def _blocks(self, blocks: Iterable[Block], answer: Screen) -> None:
        """Write blocks to `answer` (notes always beside it), an empty line around tables and before headings."""
        before: Block | None = None
        for block in blocks:
            screen = self.err if isinstance(block, Note) else answer
            lines = self._lines(block, screen)
            if not lines:
                continue
            self._write_lines(screen, ["", *lines] if _stands_apart(before, block) else lines)
            before = block

    def _lines(self, block: Block, screen: Screen) -> list[str]:
        if isinstance(block, Table):
            return self._table(block, screen)
        if isinstance(block, Drawing):
            return ["".join(self._stroke(stroke, screen) for stroke in strokes) for strokes in block.lines]
        if isinstance(block, Verbatim):
            return self._text(block.text).splitlines()
        if isinstance(block, Pairs):
            return layout.pairs([(self._text(label), self._text(value)) for label, value in block.pairs], screen.width)
        text = self._one_line(block.text) if isinstance(block.text, str) else self._text(block.text)
        lines = [line for part in text.splitlines() for line in layout.wrap(part, screen.width, 2)]
        return [self._styled(line, screen, "1") for line in lines] if isinstance(block, Heading) else lines

    def _table(self, table: Table, screen: Screen) -> list[str]:
        if not table.rows:
            return layout.wrap(self._text(table.empty), screen.width) if table.empty is not None else []
        headings = [self._one_line(column.heading) for column in table.columns]
        rows = [[self._one_line(cell) for cell in row] for row in table.rows]
        head, body = layout.table(headings, rows, [column.align for column in table.columns], screen.width)
        return [*(self._styled(line, screen, "1") for line in head[:-1]), *head[-1:], *body]

    def _problems(self, outcome: Outcome[T], *, apart: bool) -> None:
        """What is wrong first, then what is worth knowing, each under the file and sheet it stands in."""
        alone = outcome.status == "error" and len(outcome.problems) == 1 and not outcome.notes
        listed = [(problem, "" if alone else "• ") for problem in outcome.problems]
        listed += [(note, "· ") for note in outcome.notes]
        alike: dict[int, int] = {}
        if self.err.is_terminal:
            listed, alike = _few_of_each(listed)
        limit = MOST_PROBLEMS_ON_A_SCREEN if self.err.is_terminal else len(listed)
        lines = self._listed(listed[:limit], alike)
        if len(listed) > limit:
            lines += layout.wrap(self.messages.text("shell.more_problems", n=len(listed) - limit), self.err.width)
        if lines and apart and self.out.is_terminal and self.err.is_terminal:
            lines.insert(0, "")
        self._write_lines(self.err, lines)

    def _listed(self, listed: Sequence[tuple[Problem, str]], alike: Mapping[int, int]) -> list[str]:
        """Problems with their bullets; a remedy is said once, after the last of the rows it is for.

        `alike` maps a position to how many more there are like the problem there.
        """
        fixes = [remedy(problem, self.messages) for problem, _ in listed]
        lines: list[str] = []
        for where, several in groupby(range(len(listed)), key=lambda n: _sheet_of(listed[n][0])):
            members = list(several)
            together = where is not None and len(members) > 1
            if together and where is not None:
                heading = self.messages.text("shell.problems_in", place=place_in_words(where, self.messages))
                lines += layout.wrap(self._clean(heading), self.err.width, 2)
            for n in members:
                said_once = n + 1 < len(listed) and fixes[n] == fixes[n + 1]
                lines += self._problem(listed[n][0], None if said_once else fixes[n], listed[n][1], together=together)
                if n in alike:
                    lines += layout.wrap(f"  {self.messages.text('shell.more_alike', n=alike[n])}", self.err.width, 2)
        return lines

    def _problem(self, problem: Problem, fix: str | None, bullet: str, *, together: bool) -> list[str]:
        """One problem; `together` when its file and sheet have been said already."""
        place = replace(problem.place, file=None, sheet=None) if together else problem.place
        text = problem_at(problem, place, self.messages)
        width = self.err.width
        lines = layout.wrap(self._clean(f"{bullet}{text}"), width, 2)
        if fix:
            arrow, indent = ("  → ", 4) if bullet else ("→ ", 2)
            lines += layout.wrap(arrow + self._clean(fix), width, indent)
        return lines

    def _write_lines(self, screen: Screen, lines: Sequence[str]) -> None:
        if not lines:
            return
        self._to(screen, "".join(f"{line}\n" for line in lines))

    def _to(self, screen: Screen, text: str) -> None:
        if screen is self.out:
            screen.write(text)
            return
        with contextlib.suppress(StoreError, OutputGone):  # nobody is left to be told
            screen.write(text)

    def _text(self, cell: Cell) -> str:
        return self._clean(said(cell, self.messages))

    def _one_line(self, cell: Cell) -> str:
        return " ".join(self._text(cell).splitlines())

    def _csv_cell(self, cell: Cell) -> str:
        """A cell for a spreadsheet: plain numbers and ISO dates, which it can reckon with."""
        if isinstance(cell, datetime):
            return cell.isoformat(" ")
        return str(cell) if isinstance(cell, int | date) else csv_safe(self._text(cell))

    def _clean(self, text: str) -> str:
        return terminal_safe(text, keep_lines=True)

    def _stroke(self, stroke: Stroke, screen: Screen) -> str:
        text = self._clean(stroke.text)
        return self._styled(text, screen, "2") if stroke.faint else text

    def _styled(self, line: str, screen: Screen, style: str) -> str:
        return f"\x1b[{style}m{line}\x1b[0m" if self.colour and screen.has_colour and line else line


def _sheet_of(problem: Problem) -> Place | None:
    """The file and sheet that a problem stands in, None where no file is known."""
    return Place(problem.place.file, problem.place.sheet) if problem.place.file is not None else None


def _few_of_each(listed: Sequence[tuple[Problem, str]]) -> tuple[list[tuple[Problem, str]], dict[int, int]]:
    """The first few problems of each kind in each sheet, and for the last of them how many were left out."""
    shown: list[tuple[Problem, str]] = []
    last: dict[tuple[Place | None, str], int] = {}
    seen: Counter[tuple[Place | None, str]] = Counter()
    for problem, bullet in listed:
        kind = _sheet_of(problem), problem.code
        seen[kind] += 1
        if seen[kind] <= MOST_ALIKE_ON_A_SCREEN:
            last[kind] = len(shown)
            shown.append((problem, bullet))
    left = {n: seen[kind] - MOST_ALIKE_ON_A_SCREEN for kind, n in last.items() if seen[kind] > MOST_ALIKE_ON_A_SCREEN}
    return shown, left


def _stands_apart(before: Block | None, block: Block) -> bool:
    """Whether an empty line goes between two blocks."""
    if before is None or isinstance(before, Heading):
        return False
    return isinstance(block, Heading) or isinstance(before, Table | Pairs) or isinstance(block, Table | Pairs)
