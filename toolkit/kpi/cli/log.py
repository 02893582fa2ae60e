"""`log`: a line, or a line of standard input after the other, on its way into the book."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.core.errors import ToolkitError, UsageError
from toolkit.core.outcome import Exit, Outcome, Problem
from toolkit.kpi.cli.opening import open_desk
from toolkit.kpi.cli.params import as_of_option, engagement_option, sale_options
from toolkit.shell.app import App, pass_app
from toolkit.shell.blocks import Words
from toolkit.shell.group import Command
from toolkit.shell.params import yes_option
from toolkit.shell.stdin import LONGEST_LINE, is_typed, lines_of_input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.kpi.cli.opening import Desk
    from toolkit.kpi.service.drafting import Options, Understood
    from toolkit.kpi.service.recording import Receipt

_KEPT: Final = 2_500  # characters of a line that is to be recorded; no line that is read is as long
_CUT_OFF: Final = timedelta(hours=1)  # so long ago at most is a text that was cut off after its first line
_GARBLED: Final = "\ufffd"  # stands where bytes were no letters
_SHOWN: Final = 60  # characters of such a line
_STDIN: Final = "-"
_FLAG: Final = "toolkit kpi log CÂU"
_WHICH_JOB: Final = "kpi.engagement_needed"
_CAN_GO_ON: Final = (Exit.INPUT, Exit.CONFLICT, Exit.USAGE)  # with the next line


@click.command(
    cls=Command,
    examples=[
        ('toolkit kpi log "bán 2 gói bảo hiểm cho chị Hoa 12tr, khách cũ giới thiệu"', "Ghi một lần bán"),
        ('toolkit kpi log "gặp 3 khách, báo giá 1"', "Ghi việc đã làm"),
        ('toolkit kpi log "anh Nam không mua vì giá cao"', "Ghi một lần khách không mua, với lý do"),
        ('toolkit kpi log "à nhầm, 12tr"', "Sửa điều vừa ghi"),
        ("toolkit kpi log - --json < ghi-chu.txt", "Mỗi dòng của tệp thành một dòng JSON"),
    ],
)
@click.argument("words", nargs=-1, metavar="CÂU…")
@sale_options
@engagement_option
@click.option("--dry-run", is_flag=True, help="Chỉ xem câu được hiểu thế nào, không ghi.")
@click.option("--again", is_flag=True, help="Ghi cả những dòng đầu vào đã ghi từ lần trước.")
@as_of_option
@yes_option
@pass_app
def log(app: App, words: tuple[str, ...], *, dry_run: bool, again: bool, **given: Any) -> None:
    """Ghi một câu: bán, hoàn tiền, thu tiền, khách không mua, việc đã làm, lời hứa. Chỉ hỏi khi câu chưa rõ."""
    from toolkit.kpi.cli.options import options_of
    from toolkit.kpi.views import receipt as views

    text = " ".join(words).strip()
    options = options_of(given)
    alone = text or options.amount is not None
    if text == _STDIN or not (alone or is_typed()):
        if not _log_lines(app, options, dry_run=dry_run, again=again):
            raise UsageError("kpi.nothing_given")
        return
    if not alone:
        if not app.ask.is_possible or dry_run:
            raise UsageError("kpi.nothing_given")
        _prompt(app, options)
        return
    with open_desk(app) as desk:
        outcome = log_line(app, desk, text[:LONGEST_LINE], options, keep=not dry_run)
    app.say(outcome, views.preview if dry_run else views.receipt, as_json=views.receipt_json)


def log_line(
    app: App, desk: Desk, text: str, options: Options, *, keep: bool = True, key: str = "", alone: bool = True,
    again: bool = False,
) -> Outcome[Receipt]:  # fmt: skip
    """One line into the book: asked about where somebody is there to answer and the line is alone."""
    asks = keep and alone and app.ask.is_possible and not app.ask.yes
    line = _understood(app, desk, text, options) if asks else desk.understand(text, options)
    if line.reading.intent == "correct":
        return desk.recorder.correct(line, options, key, keep=keep)
    if asks:
        from toolkit.kpi.cli.asking import settle

        line = settle(app, line)
    return desk.recorder.record(line, key, keep=keep, again=again)


def _understood(app: App, desk: Desk, text: str, options: Options) -> Understood:
    """What the line comes to; where the member sells for several and the line names none, the member is asked whom."""
    try:
        return desk.understand(text, options)
    except UsageError as error:
        if error.problem.code != _WHICH_JOB:
            raise
        from toolkit.kpi.cli.asking import which_engagement

        chosen = which_engagement(app, desk.book)
        if not chosen:
            raise
    return desk.understand(text, options, otherwise=chosen)


def _prompt(app: App, options: Options) -> None:
    """Line after line as they are typed, until an empty one."""
    from toolkit.kpi.views import receipt as views

    app.say.note("kpi.prompt_begins")
    with open_desk(app) as desk:
        while typed := app.ask.text(Words("kpi.prompt"), flag=_FLAG):
            try:
                outcome = log_line(app, desk, typed, options)
            except ToolkitError as error:
                if error.exit not in _CAN_GO_ON:
                    raise
                app.say(error.outcome())
                continue
            app.say(outcome, views.receipt)
    app.say.exit_code = int(Exit.OK)


def _log_lines(app: App, options: Options, *, dry_run: bool, again: bool) -> bool:
    """Every line of standard input, an answer for each as it comes; False if there was none.

    Lines that were recorded from such a text before are left out, unless `again`: the same text a second time adds
    nothing, one that has grown adds what is new, and one that was cut off is finished. A line alone is always recorded.
    """
    some = troubled = False
    known = 0
    with open_desk(app) as desk:
        for line, key in _keyed(line[:_KEPT] for line in lines_of_input() if line.strip()):
            some = True
            seen = {} if again or dry_run or not key else desk.book.known_lines([key])
            if seen:
                outcome = _known(app, line)
            else:
                outcome = _one_of_many(app, desk, line, options, key, keep=not dry_run, again=again)
            known += outcome.data.known
            troubled = troubled or outcome.exit_code != Exit.OK
            _say_line(app, outcome, dry_run=dry_run)
    if known:
        app.say.note("kpi.lines_known", n=known)
    app.say.exit_code = int(Exit.PARTIAL if troubled else Exit.OK)
    return some


def _keyed(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Each line with its key: of what it says, and of how often the same was said before in this text. A line that is
    alone has none."""
    from toolkit.core.text import search_key

    counted: Counter[bytes] = Counter()
    first = next(lines, None)
    if first is None:
        return
    second = next(lines, None)

    def key(line: str) -> str:
        words = search_key(line).encode()
        short = sha256(words).digest()[:12]
        counted[short] += 1
        return sha256(b"%d\0%b" % (counted[short] - 1, words)).hexdigest()[:32]

    if second is None:
        yield first, ""
        return
    yield first, key(first)
    yield second, key(second)
    for line in lines:
        yield line, key(line)


def _one_of_many(
    app: App, desk: Desk, line: str, options: Options, key: str, *, keep: bool, again: bool
) -> Outcome[Receipt]:
    """One line of several; what can't be done with it doesn't stop the others, unless the book itself refuses."""
    from toolkit.kpi.service.recording import Receipt

    nothing = Receipt(line, None, app.clock.today().year)
    if _GARBLED in line:
        return Outcome(nothing, (Problem("kpi.line_garbled", value=line[:_SHOWN]),), "error", Exit.INPUT)
    try:
        return log_line(app, desk, line, options, keep=keep, key=key, alone=False, again=again)
    except ToolkitError as error:
        if error.exit not in _CAN_GO_ON:
            raise
        return Outcome(nothing, (error.problem,), "error", error.exit)


def _known(app: App, line: str) -> Outcome[Receipt]:
    from toolkit.kpi.service.recording import Receipt

    return Outcome(Receipt(line, None, app.clock.today().year, known=True))


def _say_line(app: App, outcome: Outcome[Receipt], *, dry_run: bool) -> None:
    """The answer to a line: for a program the envelope on one line, the fields of its data beside it."""
    from toolkit.kpi.views import receipt as views

    if app.say.format != "json":
        app.say(outcome, views.preview if dry_run else views.receipt)
        return
    from toolkit.shell.envelope import dumps, envelope

    data = views.receipt_json(outcome.data)
    whole = envelope(outcome, data, app.messages)
    beside = whole["data"]
    assert isinstance(beside, dict)
    app.say.raw(dumps({**beside, **whole}, unicode=app.say.out.is_unicode))
