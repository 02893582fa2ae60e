"""Say: the answer on standard output, the talk on standard error, for a person, a program or a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.dates import parse_date
from toolkit.core.errors import InputError, StoreError, UsageError
from toolkit.core.outcome import Outcome, Place, Problem
from toolkit.shell.blocks import Column, Heading, Line, Note, Pairs, Table, Verbatim, When, Words
from toolkit.shell.envelope import dumps, to_jsonable
from toolkit.shell.messages import Messages
from toolkit.shell.say import MOST_ALIKE_ON_A_SCREEN, MOST_PROBLEMS_ON_A_SCREEN, Format, Say
from toolkit.shell.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.shell.blocks import Block

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
COLUMNS = (Column("Việc"), Column("Ở đâu"), Column("Khách", "right"))


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Said:
    """A Say and what it has written."""

    def __init__(self, form: Format = "person", *, lang: str = "vi", width: int | None = None, terminal: bool = False):
        variables = {"COLUMNS": str(width)} if width else {}
        make = Terminal if terminal else io.StringIO
        self.out, self.err = make(), make()
        self.say = Say(Messages(lang), Screen(self.out, variables), Screen(self.err, variables), form)

    @property
    def lines(self) -> list[str]:
        return self.out.getvalue().splitlines()

    @property
    def talk(self) -> list[str]:
        return self.err.getvalue().splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out.getvalue())


def view(data: object) -> Iterator[Block]:
    yield Heading("Lịch")
    yield Table(COLUMNS, [("Họp", "Quán Mộc", 1200), ("Đổ xăng [red]x[/red]", "Cây xăng số 3", 5)])
    yield Note("xong")


def test_a_person_gets_aligned_columns_on_standard_output_and_talk_beside_it() -> None:
    said = Said()
    said.say(Outcome("x"), view)
    assert said.lines == [
        "Lịch",
        "Việc                  Ở đâu          Khách",
        "────────────────────  ─────────────  ─────",
        "Họp                   Quán Mộc       1.200",
        "Đổ xăng [red]x[/red]  Cây xăng số 3      5",
    ]
    assert said.talk == ["", "xong"]


def test_headings_are_bold_on_a_terminal_and_nothing_is_coloured() -> None:
    said = Said(terminal=True, width=80)
    said.say(Outcome("x"), view)
    escapes = {part.partition("m")[0] for part in said.out.getvalue().split("\x1b[")[1:]}
    assert escapes == {"1", "0"}


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_and_dumb_terminals_get_plain_text(variables: dict[str, str]) -> None:
    out = Terminal()
    Say(Messages(), Screen(out, variables), Screen(io.StringIO(), variables))(Outcome("x"), view)
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize("width", [20, 40, 80])
def test_nothing_is_wider_than_the_terminal_and_nothing_is_lost(width: int) -> None:
    said = Said(width=width)
    problem = Problem("shell.place_row", Place("tệp.xlsx", "Tháng 12", 7, 2), {"row": 7})
    said.say(Outcome("x", (problem,), "partial"), view)
    assert all(len(line) <= width for line in said.lines + said.talk)
    words = "".join(said.out.getvalue().split())
    for cell in ("Họp", "QuánMộc", "1.200", "Câyxăngsố3"):
        assert cell in words


def test_an_empty_table_says_so() -> None:
    said = Said()
    said.say(Outcome(()), lambda _: [Table(COLUMNS, [], empty="Chưa có gì.")])
    assert said.lines == ["Chưa có gì."]


def test_pairs_line_up() -> None:
    said = Said()
    said.say(Outcome(0), lambda _: [Pairs([("Nhà", "/a"), ("Cơ sở dữ liệu", "/b")])])
    assert said.lines == ["Nhà            /a", "Cơ sở dữ liệu  /b"]


def test_a_script_is_left_as_it_is() -> None:
    said = Said(width=20)
    said.say(Outcome(0), lambda _: [Verbatim("if true; then\n    echo a   b c d e f g h i j\nfi")])
    assert said.lines[1] == "    echo a   b c d e f g h i j"


def test_a_problem_says_the_place_the_sentence_and_the_remedy() -> None:
    said = Said()
    problem = Problem("shell.wants_duration", Place("config.toml", row=3), {"key": "calendar.duration"}, value="dài")
    said.say(Outcome(None, (problem,), "error"))
    assert said.talk == [
        "tệp config.toml, dòng 3: calendar.duration không thể là “dài”.",
        "→ Gõ số phút, từ 1 đến 1440.",
    ]
    assert not said.lines
    assert said.say.exit_code == 3


def test_the_same_remedy_is_said_once_after_the_rows_it_is_for() -> None:
    said = Said()
    rows = [Problem("shell.file_unreadable", Place(row=row)) for row in (3, 4)]
    said.say(Outcome(None, (*rows, Problem("shell.no_home")), "partial"))
    assert [line[:1] for line in said.talk] == ["•", "•", " ", "•", " "]


def test_what_a_cell_says_is_quoted_where_the_sentence_does_not_quote_it() -> None:
    def line(code: str, value: str, column: int | None = 2, **params: str | int) -> str:
        said = Said()
        said.say(Outcome(None, (Problem(code, Place("a.csv", None, 4, column), params, value),), "error"))
        return said.talk[0]

    assert line("core.time_unknown", "chừng  tám") == (
        "tệp a.csv, dòng 4, cột B, ghi “chừng tám”: Không đọc được giờ ở đây."
    )
    assert "ghi" not in line("core.time_unknown", "chừng", None).partition(":")[0]
    assert "ghi" not in line("core.time_unknown", "x" * 41).partition(":")[0]
    assert line("calendar.sheet_unknown", "T9").count("T9") == 1


@pytest.mark.parametrize(("lang", "stated"), [("vi", "Ghi T3 nhưng ngày 26/12/2026 là T7."), ("en", "a Saturday")])
def test_weekdays_are_named_in_the_language_of_the_sentence(lang: str, stated: str) -> None:
    said = Said(lang=lang)
    readings = parse_date("T3 26/12/2026", today=date(2026, 11, 22), look="forward")
    said.say(Outcome(None, (readings.problem("T3 26/12/2026", Place("a.csv", None, 4, 2)),), "error"))
    assert stated in said.talk[0]


def test_a_screen_full_of_problems_says_how_many_more_there_are_and_a_pipe_gets_all() -> None:
    problems = tuple(Problem("shell.file_unreadable", Place("a.xlsx", f"Trang {n}", 1)) for n in range(80))
    onscreen, piped = Said(terminal=True, width=80), Said()
    onscreen.say(Outcome(None, problems, "partial"))
    piped.say(Outcome(None, problems, "partial"))
    assert len([line for line in onscreen.talk if line.startswith("•")]) == MOST_PROBLEMS_ON_A_SCREEN
    assert onscreen.talk[-1] == "… và 30 chỗ nữa; xem hết bằng --json."
    assert len([line for line in piped.talk if line.startswith("•")]) == 80


def test_two_hundred_alike_do_not_hide_the_one_that_is_different() -> None:
    alike = [Problem("shell.file_unreadable", Place("a.xlsx", "T12", row)) for row in range(2, 221)]
    problems = (*alike, Problem("shell.no_home", Place("a.xlsx", "T12", 300)))
    onscreen, piped = Said(terminal=True, width=80), Said()
    onscreen.say(Outcome(None, problems, "partial"))
    piped.say(Outcome(None, problems, "partial"))
    bullets = [line for line in onscreen.talk if line.startswith("•")]
    assert len(bullets) == MOST_ALIKE_ON_A_SCREEN + 1
    assert "dòng 300" in bullets[-1]
    assert "  … và 214 dòng nữa như vậy; xem hết bằng --json." in onscreen.talk
    assert len([line for line in piped.talk if line.startswith("•")]) == 220


def test_problems_of_one_sheet_stand_under_its_name_and_notes_come_last() -> None:
    said = Said()
    rows = [Problem("shell.file_unreadable", Place("a.xlsx", "Tháng 12", row)) for row in (3, 4)]
    note = Problem("shell.no_home", Place("a.xlsx", "Tháng 12"))
    said.say(Outcome(None, tuple(rows), "partial", notes=(note,)))
    assert said.talk[0] == "Trong tệp a.xlsx, trang Tháng 12:"
    assert [line[:8] for line in said.talk[1:3]] == ["• dòng 3", "• dòng 4"]
    assert [line[:1] for line in said.talk].index("·") > [line[:1] for line in said.talk].index("•")


def test_notes_are_no_problems_to_a_program_and_change_no_exit_code() -> None:
    said = Said("json")
    said.say(Outcome({"n": 1}, notes=(Problem("shell.no_home"),)), view)
    assert (said.json["status"], said.json["problems"], said.say.exit_code) == ("ok", [], 0)
    assert [note["code"] for note in said.json["data"]["notes"]] == ["shell.no_home"]


def test_the_envelope_has_the_same_keys_for_success_and_for_failure() -> None:
    good, bad = Said("json"), Said("json")
    good.say(Outcome({"n": 1}), view)
    bad.say(InputError("shell.no_such_file", Place(file="a.xlsx"), value="x").outcome())
    assert good.json == {"status": "ok", "data": {"n": 1}, "problems": []}
    assert bad.json["status"] == "error"
    assert list(bad.json["problems"][0]) == [
        "code", "file", "sheet", "row", "column", "value", "message", "suggestion",
    ]  # fmt: skip
    assert bad.json["problems"][0]["message"] == "Không tìm thấy tệp này."
    assert not bad.err.getvalue()


def test_a_program_gets_exactly_one_value_on_standard_output() -> None:
    said = Said("json")
    said.say.talk(Line("đang làm"))
    said.say.note("shell.stopped")
    with said.say.progress(3, "việc") as bar:
        bar.advance(3)
    said.say(Outcome(1))
    said.say(Outcome(None, (Problem("shell.stopped"),), "error"))
    assert said.json["data"] == 1
    assert "Đã dừng." in said.err.getvalue()


def test_a_verb_may_give_a_program_another_form_of_its_data() -> None:
    said = Said("json")
    said.say(Outcome((1, 2)), as_json=lambda data: {"events": data})
    assert said.json["data"] == {"events": [1, 2]}


def test_csv_has_the_first_table_with_plain_numbers_and_dates() -> None:
    said = Said("csv")
    rows = [("a,b", 1200, date(2026, 12, 1)), ('q"', 5, datetime(2026, 12, 1, 8, 30, tzinfo=UTC))]
    said.say(Outcome(0), lambda _: [Line("không in"), Table(COLUMNS, rows), Table(COLUMNS, [])])
    assert list(csv.reader(io.StringIO(said.out.getvalue()))) == [
        ["Việc", "Ở đâu", "Khách"],
        ["a,b", "1200", "2026-12-01"],
        ['q"', "5", "2026-12-01 08:30:00+00:00"],
    ]


def test_csv_in_a_file_carries_the_mark_that_excel_needs_and_in_a_pipe_does_not(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8") as file:
        Say(Messages(), Screen(file), Screen(io.StringIO()), "csv")(Outcome(0), lambda _: [Table(COLUMNS, [])])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfVi")
    piped = Said("csv")
    piped.say(Outcome(0), lambda _: [Table(COLUMNS, [])])
    assert piped.out.getvalue().startswith("Vi")


def test_two_formats_at_once_are_refused() -> None:
    with pytest.raises(UsageError):
        Said("json").say.choose_format("csv")


def test_english_numbers_and_days() -> None:
    said = Said(lang="en")
    said.say(Outcome(0), lambda _: [Line(1200), Line(date(2026, 12, 12))])
    assert said.lines == ["1,200", "Sat 12/12/2026"]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (When(date(2026, 12, 12)), "T7 12/12/2026"),
        (When(date(2026, 12, 12), date(2026, 12, 13), 2026), "T7 12/12"),
        (When(date(2026, 12, 12), date(2026, 12, 14), 2026), "T7 12/12 – CN 13/12"),
        (When(datetime(2026, 12, 12, 19, 30, tzinfo=HANOI), None, 2026), "T7 12/12 19:30"),
        (
            When(datetime(2026, 12, 12, 19, 30, tzinfo=HANOI), datetime(2026, 12, 12, 21, tzinfo=HANOI), 2026),
            "T7 12/12 19:30–21:00",
        ),
        (
            When(datetime(2026, 12, 12, 22, 30, tzinfo=HANOI), datetime(2026, 12, 13, 2, 30, tzinfo=HANOI), 2026),
            "T7 12/12 22:30–02:30",
        ),
        (
            When(datetime(2026, 12, 12, 8, tzinfo=HANOI), datetime(2026, 12, 14, 17, tzinfo=HANOI), 2026),
            "T7 12/12 08:00 – T2 14/12 17:00",
        ),
        (
            When(datetime(2026, 12, 12, 19, 30, tzinfo=HANOI), datetime(2026, 12, 12, 14, tzinfo=UTC), 2026),
            "T7 12/12 19:30–21:00",
        ),
    ],
)
def test_a_stretch_of_time_reads_like_a_diary(when: When, text: str) -> None:
    assert when.said(Messages("vi")) == text


def test_words_may_hold_words() -> None:
    said = Said()
    said.say(Outcome(0), lambda _: [Line(Words("shell.place_row", row=Words("shell.weekday_6")))])
    assert said.lines == ["dòng CN"]


def test_a_foreign_text_can_not_pass_for_a_line_of_ours() -> None:
    said = Said()
    said.say(Outcome(0), lambda _: [Line("tên\n→ Gõ: rm -rf"), Line(Words("shell.place_file", file="a\nb\r\nc"))])
    assert said.lines == ["tên → Gõ: rm -rf", "tệp a b c"]


class Colour(Enum):
    BLUE = "blue"


@dataclass(frozen=True)
class Row:
    name: str
    at: datetime
    share: Fraction


def test_values_have_their_json_form() -> None:
    row = Row("a", datetime(2026, 12, 1, 8, 30, tzinfo=HANOI), Fraction(1, 3))
    assert to_jsonable({"row": row, 1: (time(8, 30), date(2026, 1, 2)), Colour.BLUE: {Colour.BLUE}}) == {
        "row": {"name": "a", "at": "2026-12-01T08:30:00+07:00", "share": "1/3"},
        "1": ["08:30:00", "2026-01-02"],
        "blue": ["blue"],
    }
    assert to_jsonable([float("nan"), float("inf"), Decimal("1.10"), timedelta(minutes=2), Path("a"), True]) == [
        None, None, "1.10", 120.0, "a", True,
    ]  # fmt: skip
    with pytest.raises(TypeError):
        to_jsonable(object())


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(json_values, st.booleans())
def test_json_reads_back_as_what_was_said(value: Any, unicode: bool) -> None:
    text = dumps(to_jsonable(value), unicode=unicode)
    assert json.loads(text) == value
    assert not {unicodedata.category(letter) for letter in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert unicode or text.isascii()


def test_an_answer_that_can_not_be_written_is_not_passed_over() -> None:
    with pytest.raises(StoreError):
        Say(Messages(), Screen(None), Screen(None))(Outcome(0), lambda _: [Line("x")])


def test_progress_tells_what_remains_only_once_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("toolkit.shell.progress.time.monotonic", lambda: now[0])
    said = Said(terminal=True, width=80)
    with said.say.progress(1000, "Đang nhập") as bar:
        now[0] = 1.0
        bar.advance(10)
        assert said.err.getvalue().endswith("Đang nhập · 10/1.000")
        now[0] = 10.0
        bar.advance(90)
        assert said.err.getvalue().rstrip().endswith("Đang nhập · 100/1.000 · còn khoảng 2 phút")
        now[0] = 90.0
        bar.advance(800)
        assert said.err.getvalue().rstrip().endswith("900/1.000 · còn khoảng 10 giây")
    assert said.err.getvalue().endswith("\r" + " " * len("Đang nhập · 900/1.000 · còn khoảng 10 giây") + "\r")


def test_progress_in_a_log_is_a_plain_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("toolkit.shell.progress.time.monotonic", lambda: now[0])
    said = Said()
    with said.say.progress(None, "Đang đọc") as bar:
        for second in range(12):
            now[0] = second
            bar.advance()
    assert said.talk == ["Đang đọc · 6", "Đang đọc · 11"]
