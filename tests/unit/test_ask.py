"""Questions: a clear yes is a yes, anything else is a no, and without a person there is no question."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.errors import UsageError
from toolkit.core.text import fold
from toolkit.shell.ask import YES, Ask
from toolkit.shell.messages import Messages
from toolkit.shell.say import Say
from toolkit.shell.screen import Screen
from toolkit.shell.signals import Stopped


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def asking(typed: str, *, terminal: bool = True, lang: str = "vi") -> tuple[Ask, io.StringIO, io.StringIO]:
    make = Terminal if terminal else io.StringIO
    out, err = io.StringIO(), make()
    variables = {"COLUMNS": "80"}
    return Ask(Say(Messages(lang), Screen(out, variables), Screen(err, variables)), make(typed)), out, err


@pytest.mark.parametrize("typed", ["có\n", "CÓ\n", "co", "c\n", "y\n", "Yes\n", "đồng ý\n", "  ừ \n", "co\u0301\n"])
def test_a_yes_is_a_yes_however_it_is_typed(typed: str) -> None:
    ask, out, err = asking(typed)
    assert ask.confirm("Nhập 12 sự kiện?")
    assert err.getvalue().startswith("Nhập 12 sự kiện? (có/không) [không] ")
    assert not out.getvalue()


@pytest.mark.parametrize("typed", ["", "\n", "không\n", "k\n", "n\n", "thôi\n", "gì\ngì\ngì\ncó\n"])
def test_silence_a_no_and_confusion_are_a_no(typed: str) -> None:
    ask, _, _ = asking(typed)
    assert not ask.confirm("Xóa hết?")


def test_an_unclear_answer_is_asked_about_again() -> None:
    ask, _, err = asking("hả\ncó\n")
    assert ask.confirm("Nhập?")
    assert "Gõ “có” để đồng ý" in err.getvalue()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20))
def test_nothing_but_a_yes_is_a_yes(typed: str) -> None:
    ask, _, _ = asking(f"{typed}\n" * 3)
    assert ask.confirm("Nhập?") is (fold(typed) in YES)


def test_without_a_terminal_the_member_learns_which_option_answers() -> None:
    ask, _, err = asking("có\n", terminal=False)
    with pytest.raises(UsageError) as caught:
        ask.confirm("Nhập?", flag="--delete 3")
    assert caught.value.problem.params["flag"] == "--delete 3"
    assert not err.getvalue()


def test_a_program_is_never_asked() -> None:
    out, err = Terminal(), Terminal()
    ask = Ask(Say(Messages(), Screen(out), Screen(err), "json"), Terminal("có\n"))
    with pytest.raises(UsageError):
        ask.confirm("Nhập?")


def test_yes_beforehand_needs_nobody() -> None:
    ask, _, err = asking("", terminal=False)
    ask.yes = True
    assert ask.confirm("Nhập?")
    assert ask.choose("Trang nào?", ["A", "B"], flag="--sheet", default=1) == 1
    assert not err.getvalue()


def test_yes_beforehand_does_not_choose_where_there_is_no_safe_choice() -> None:
    ask, _, _ = asking("", terminal=False)
    ask.yes = True
    with pytest.raises(UsageError):
        ask.choose("Trang nào?", ["A", "B"], flag="--sheet")


def test_choices_are_numbered_and_a_wrong_number_is_asked_again() -> None:
    ask, _, err = asking("3\nhai\n2\n")
    assert ask.choose("Trang nào?", ["Tháng 11", "Tháng 12"], flag="--sheet") == 1
    assert "  2. Tháng 12" in err.getvalue().splitlines()


@pytest.mark.parametrize("typed", ["", "\n", "9\n9\n9\n1\n", "²\n³\n١\n1\n"])
def test_no_choice_is_no_choice(typed: str) -> None:
    ask, _, _ = asking(typed)
    assert ask.choose("Trang nào?", ["A", "B"], flag="--sheet") is None


def test_a_long_question_is_broken_between_words() -> None:
    err = Terminal()
    ask = Ask(Say(Messages(), Screen(io.StringIO(), {}), Screen(err, {"COLUMNS": "20"})), Terminal("có\n"))
    assert ask.confirm("Ghi 2 thay đổi vào lịch trên máy?")
    assert err.getvalue().splitlines() == ["Ghi 2 thay đổi vào", "lịch trên máy?", "(có/không) [không] "]


def test_typed_text_is_cleaned() -> None:
    ask, _, _ = asking("  ho\u00e0  b\u00ecnh\u200b \n")
    assert ask.text("Tên?", flag="--name") == "hòa bình"


def test_what_is_said_after_ctrl_c_begins_on_a_line_of_its_own() -> None:
    class Interrupted(Terminal):
        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # typeshed gives StringIO two bases
            del size
            raise Stopped(2)

    err = Terminal()
    ask = Ask(Say(Messages("vi"), Screen(io.StringIO()), Screen(err, {"COLUMNS": "80"})), Interrupted())
    with pytest.raises(Stopped):
        ask.confirm("Nhập?")
    assert err.getvalue().endswith("[không] \n")


def test_english_is_asked_in_english() -> None:
    ask, _, err = asking("yes\n", lang="en")
    assert ask.confirm("Import?")
    assert "(yes/no) [no]" in err.getvalue()
