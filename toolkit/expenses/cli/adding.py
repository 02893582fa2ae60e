"""`add` and `parse`: a sentence, or a line of standard input after the other, on its way into the book."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import ConflictError, InputError, UsageError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.expenses.cli.opening import open_desk
from toolkit.shell.app import App, pass_app
from toolkit.shell.group import Command
from toolkit.shell.params import today_option, yes_option
from toolkit.shell.stdin import is_typed, lines_of_input

if TYPE_CHECKING:
    from toolkit.expenses.cli.opening import Desk
    from toolkit.expenses.service.recording import Receipt
    from toolkit.expenses.service.understanding import Understood

_KEPT: Final = 2_500  # characters of a line that is to be recorded; no sentence that is read is as long
_CUT_OFF: Final = timedelta(hours=1)  # so long ago at most is a text that was cut off after its first line

_GARBLED: Final = "\ufffd"  # stands where bytes were no letters
_SHOWN: Final = 60  # characters of such a line


@click.command(
    cls=Command,
    examples=[
        ('toolkit expenses add "hôm qua ăn phở với Lan 45k, đổ xăng 60k"', "Ghi hai khoản của hôm qua"),
        ('toolkit expenses add "cho Nam mượn 2tr"', "Ghi một khoản cho vay"),
        ('toolkit expenses add "à nhầm, 54k"', "Sửa khoản vừa ghi"),
    ],
)
@click.argument("words", nargs=-1, metavar="CÂU…")
@click.option("--again", is_flag=True, help="Ghi cả những dòng đầu vào đã ghi từ lần trước.")
@today_option
@yes_option
@pass_app
def add(app: App, words: tuple[str, ...], again: bool) -> None:
    """Ghi một câu: tự đọc số tiền, ngày, người, loại. Chỉ hỏi khi câu chưa rõ."""
    from toolkit.expenses.views import receipt as views

    if sentence := " ".join(words).strip():
        with open_desk(app) as desk:
            outcome = add_sentence(app, desk, sentence)
            notes = budget_lines(app, desk, outcome)
        app.say(outcome, views.receipt, as_json=views.receipt_json)
        app.say.talk(*notes)
        return
    if words or is_typed():
        raise UsageError("expenses.nothing_given")
    if not add_lines(app, again=again):
        raise UsageError("expenses.nothing_given")


@click.command(
    cls=Command,
    examples=[
        ('toolkit expenses parse "ăn phở 45k, gửi xe 5k"', "Xem câu được hiểu thế nào, không ghi"),
        ("toolkit expenses parse --json < ghi-chu.txt", "Mỗi dòng của tệp thành một dòng JSON"),
    ],
)
@click.argument("words", nargs=-1, metavar="[CÂU…]")
@today_option
@pass_app
def parse(app: App, words: tuple[str, ...]) -> None:
    """Xem một câu được hiểu thế nào mà không ghi; không có câu thì đọc từng dòng từ đầu vào."""
    if not words and is_typed():
        raise UsageError("expenses.nothing_given")
    with open_desk(app) as desk:
        if words:
            _say_parsed(app, desk, " ".join(words))
            return
        for line in lines_of_input():
            if line.strip():
                _say_parsed(app, desk, line)


def add_sentence(app: App, desk: Desk, text: str, line: str = "") -> Outcome[Receipt]:
    """One sentence into the book: asked about where somebody is there to answer, else left to the queue.

    `line` is the key of the line of standard input that it is."""
    from toolkit.expenses.views.naming import category_or_kind_named

    understood = desk.understanding.of(text)
    if understood.correction is not None:
        own = desk.known.categories
        meant = partial(category_or_kind_named, own=own)
        return desk.recorder.correct(understood, desk.understanding, meant, line)
    if understood.proposals and not understood.certain and app.ask.is_possible and not app.ask.yes:
        understood = _asked(app, desk, understood)
    outcome = desk.recorder.record(understood, line)
    return _with_notices(outcome, desk)


def add_lines(app: App, *, again: bool = False) -> bool:
    """Every line of standard input as a sentence of its own, one answer for all; False if there was none.

    Lines that were recorded from such a text before are left out, unless `again`: the same text a second time adds
    nothing, one that has grown adds what is new, and one that was cut off is finished. A line alone is always recorded.
    """
    from toolkit.expenses.service.recording import line_keys
    from toolkit.expenses.views import receipt as views

    lines = [line[:_KEPT] for line in lines_of_input() if line.strip()]
    if not lines:
        return False
    receipts: list[Receipt] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    keys = line_keys(lines) if len(lines) > 1 else [""]
    with open_desk(app) as desk:
        known = {} if again or len(lines) == 1 else desk.book.known_lines(keys)
        if len(known) == 1 and app.clock.now() - max(known.values()) > _CUT_OFF:
            known = {}  # one line of many that somebody typed before is a coincidence
        if known:
            notes.append(Problem("expenses.lines_known", params={"n": len(known)}))
        for line, key in zip(lines, keys, strict=True):
            if key in known:
                continue
            if _GARBLED in line:
                problems.append(Problem("expenses.line_garbled", value=line[:_SHOWN]))
                continue
            try:
                outcome = add_sentence(app, desk, line, key)
            except (InputError, ConflictError) as error:  # a correction that can't be made: the other lines carry on
                problems.append(error.problem)
                continue
            receipts.append(outcome.data)
            problems += outcome.problems
            notes += [note for note in outcome.notes if note not in notes]
    status: Any = "partial" if problems else "ok"
    whole = Outcome(tuple(receipts), tuple(problems), status, Exit.PARTIAL if problems else None, tuple(notes))
    app.say(whole, views.receipts, as_json=views.receipts_json)
    return True


def budget_lines(app: App, desk: Desk, outcome: Outcome[Receipt]) -> list[Any]:
    """What the member's own budgets say about what was just written, if they have any."""
    if not outcome.data.entries or not desk.book.has_limits():
        return []
    from toolkit.expenses.service.budgeting import categories_of, receipt_notes
    from toolkit.expenses.views.budgets import receipt_line
    from toolkit.shell.blocks import Note

    today, categories = app.clock.today(), categories_of(desk.book)
    statuses = receipt_notes(desk.book, outcome.data.entries, today)
    return [Note(receipt_line(status, today, categories)) for status in statuses]


def _asked(app: App, desk: Desk, understood: Understood) -> Understood:
    from toolkit.expenses.cli.asking import ask_xi, settle, xi_in

    if xi_in(understood) and (xi := ask_xi(app)):
        understood = desk.understanding.with_xi(xi).of(understood.text)
    return settle(app, desk, understood)


def _with_notices(outcome: Outcome[Receipt], desk: Desk) -> Outcome[Receipt]:
    """With what the sorter has to say about itself, such as a model that is damaged."""
    from dataclasses import replace

    return replace(outcome, notes=(*outcome.notes, *desk.sorter.notices))


def _say_parsed(app: App, desk: Desk, text: str) -> None:
    from toolkit.expenses.views import parsed as views

    understood = desk.understanding.of(text)
    if app.say.format == "json":
        from toolkit.shell.envelope import dumps, to_jsonable

        value = to_jsonable(views.parsed_json(understood, app.messages))
        app.say.raw(dumps(value, unicode=app.say.out.is_unicode))
        return
    app.say(Outcome(understood), lambda data: views.parsed(data, desk.known))
