"""A member's days with `toolkit expenses`: record, correct, look, take back; as they type it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from builders.expense_books import dump

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran

TODAY = ("--today", "2026-11-18")  # a Wednesday


@pytest.fixture
def say(cli: Cli) -> Any:
    """`say("add", "…")` types `toolkit expenses add …` on Wednesday 18/11/2026."""

    def run(*words: object, stdin: str = "") -> Ran:
        return cli("expenses", *words, *TODAY, stdin=stdin)

    return run


def added(say: Any, text: str) -> dict[str, Any]:
    """The first entry that a sentence leaves."""
    return dict(say("add", text, "--json").json["data"]["entries"][0])


def listed(say: Any, *options: str) -> list[tuple[str, int, str]]:
    found = say("list", "--all", "--json", *options).json["data"]["entries"]
    return [(one["note"], one["amount"], one["category"]) for one in found]


def test_the_sentence_of_the_first_page_becomes_two_entries_of_yesterday(say: Any) -> None:
    ran = say("add", "hôm qua ăn phở với Lan 45k, đổ xăng 60k")
    assert ran.exit_code == 0
    assert ran.stderr == ""
    assert ran.stdout == (
        "Đã ghi 1. ăn phở với Lan · −45.000đ · ăn ngoài · T3 17/11; 2. đổ xăng · −60.000đ · đi lại · T3 17/11\n"
    )


def test_words_without_quotes_are_one_sentence(say: Any) -> None:
    assert added(say, "ăn phở 45k")["amount"] == 45_000
    data = say("add", "đổ", "xăng", "60k", "--json").json["data"]
    assert [(one["note"], one["amount"]) for one in data["entries"]] == [("đổ xăng", 60_000)]


def test_a_sentence_may_be_typed_without_the_word_add_but_a_slip_is_no_sentence(say: Any) -> None:
    assert "Đã ghi 1. ăn phở" in say("ăn", "phở", "45k").stdout
    assert "Đã ghi 2. đổ xăng" in say("hôm qua đổ xăng 60k").stdout
    for slip in (("lst", "5k"), ("undo1", "2"), ("ăn", "phở"), ("5k",), ("--month", "10")):
        assert say(*slip).exit_code == 2, slip
    assert len(listed(say)) == 2


def test_the_seven_directions_move_money_the_right_way(say: Any) -> None:
    for text in (
        "lương tháng này 10tr", "ăn phở 45k", "cho Nam mượn 2tr", "vay chị Hoa 500k", "Nam trả 1tr",
        "trả chị Hoa 200k", "rút atm 3tr",
    ):  # fmt: skip
        assert say("add", text).exit_code == 0, text
    balances = {one["id"]: one["balance"] for one in say("accounts", "--json").json["data"]}
    cash = 10_000_000 - 45_000 - 2_000_000 + 500_000 + 1_000_000 - 200_000 + 3_000_000
    assert balances == {"cash": cash, "bank": -3_000_000}
    debts = {one["person"]: one["amount"] for one in say("debts", "--json").json["data"]}
    assert debts == {"Nam": 1_000_000, "chị Hoa": -300_000}


def test_a_follow_up_corrects_the_entry_before(say: Any) -> None:
    added(say, "ăn phở 45k")
    assert "−54.000đ" in say("add", "à nhầm, 54k").stdout
    assert "T3 17/11" in say("add", "nhầm, hôm qua mới đúng").stdout
    assert listed(say) == [("ăn phở", 54_000, "food")]


def test_a_follow_up_says_what_it_really_was_and_that_is_remembered(say: Any) -> None:
    added(say, "ăn phở 45k")
    assert say("add", "không phải ăn ngoài, là quà").exit_code == 0
    assert listed(say) == [("ăn phở", 45_000, "gifts")]
    assert added(say, "ăn phở 50k")["category"] == "gifts"


def test_a_follow_up_can_turn_the_direction_or_name_somebody_of_the_book(say: Any) -> None:
    say("add", "cho Nam mượn 2tr")
    added(say, "ăn phở với Lan 45k")
    assert say("add", "không phải chi mà là thu").exit_code == 0
    (entry,) = say("list", "--kind", "thu", "--json").json["data"]["entries"]
    assert (entry["note"], entry["amount"]) == ("ăn phở với Lan", 45_000)
    assert say("add", "nhầm, là Nam").exit_code == 0
    (entry,) = say("list", "--kind", "thu", "--json").json["data"]["entries"]
    assert (entry["note"], entry["person"]) == ("ăn phở với Lan", "Nam")


def test_paying_back_what_the_book_does_not_know_makes_nobody_a_debtor(say: Any) -> None:
    say("add", "trả nợ chị Hoa 200k")
    assert say("debts", "--json").json["data"] == []


def test_a_follow_up_after_several_entries_names_one_or_is_asked_which(say: Any) -> None:
    say("add", "ăn phở 45k, đổ xăng 60k")
    unclear = say("add", "à nhầm, 54k")
    assert unclear.exit_code == 4
    assert "1, 2" in unclear.stderr
    assert say("add", "nhầm, xăng 70k").exit_code == 0
    assert listed(say) == [("ăn phở", 45_000, "food"), ("đổ xăng", 70_000, "transport")]


def test_a_follow_up_with_nothing_before_it_says_so(say: Any) -> None:
    ran = say("add", "à nhầm, 54k")
    assert ran.exit_code == 4
    assert "Chưa có khoản nào vừa ghi" in ran.stderr


@pytest.mark.parametrize(
    "text", ["có nên mua xe không", "mai mua sữa 50k nhé", "hôm nay trời đẹp quá", "định mua xe máy 20tr"]
)
def test_questions_plans_and_chat_leave_nothing_and_say_why(say: Any, home: Path, text: str) -> None:
    ran = say("add", text)
    assert ran.exit_code == 3
    assert text in ran.stderr
    assert "→" in ran.stderr
    assert listed(say) == []


def test_an_unclear_amount_waits_outside_of_the_book_until_it_is_said(say: Any) -> None:
    ran = say("add", "ăn vặt 30-40k, gửi xe 5k")
    assert ran.exit_code == 1
    assert "chưa vào sổ" in ran.stderr
    assert listed(say) == [("gửi xe", 5_000, "transport")]
    waiting = say("review", "--json").json["data"]["waiting"]
    assert [(one["text"], one["amounts"]) for one in waiting] == [("ăn vặt 30-40k", [[30_000, "VND"], [40_000, "VND"]])]
    assert say("review", waiting[0]["id"], "--amount", "35k").exit_code == 0
    assert min(listed(say))[:2] == ("gửi xe", 5_000)
    assert 35_000 in [amount for _, amount, _ in listed(say)]
    assert say("review", "--json").json["data"]["waiting"] == []
    say("undo")
    assert len(say("review", "--json").json["data"]["waiting"]) == 1
    assert say("review", waiting[0]["id"], "--drop").exit_code == 0
    assert say("review", waiting[0]["id"], "--drop").exit_code == 4


def test_the_members_xi_is_a_setting(say: Any, cli: Cli) -> None:
    assert say("add", "ăn sáng 2 xị").exit_code == 1
    cli("config", "set", "money.xi", "10000")
    assert added(say, "ăn sáng 2 xị")["amount"] == 20_000


def test_an_amount_that_hardly_fits_is_kept_in_the_book_and_pointed_out(say: Any) -> None:
    ran = say("add", "ăn phở 45tr")
    assert ran.exit_code == 1
    assert "hơi lạ" in ran.stderr
    assert [one["why"] for one in say("review", "--json").json["data"]["entries"]] == [["expenses.amount_unusual"]]
    assert say("edit", 1, "--amount", "45k").exit_code == 0
    assert say("review", "--json").json["data"]["entries"] == []


def test_fixing_a_category_holds_at_once_for_the_same_words_however_they_are_typed(say: Any) -> None:
    first = added(say, "ăn phở 45k")
    assert first["category"] == "food"
    assert say("fix", first["id"], "--category", "business").exit_code == 0
    for text in ("ăn phở 30k", "an pho 30k", "Ăn  Phở 30k"):
        again = added(say, text)
        assert (again["category"], again["confidence"]) == ("business", 1.0), text


def test_fixing_mentions_earlier_entries_of_the_same_words_and_changes_them_when_asked(say: Any) -> None:
    for amount in ("45k", "50k", "55k"):
        added(say, f"ăn phở {amount}")
    ran = say("fix", 3, "--category", "đi chợ")
    assert "2 khoản cùng nội dung" in ran.stderr
    assert [category for *_, category in listed(say)] == ["food", "food", "groceries"]
    assert say("fix", 3, "--category", "đi chợ", "--all").exit_code == 0
    assert [category for *_, category in listed(say)] == ["groceries"] * 3
    say("undo")
    assert [category for *_, category in listed(say)] == ["food", "food", "groceries"]


def test_fixing_to_another_direction_moves_the_money(say: Any) -> None:
    added(say, "ăn phở 45k")
    assert say("fix", 1, "--category", "lương").exit_code == 0
    assert [one["balance"] for one in say("accounts", "--json").json["data"]] == [45_000]
    say("fix", 1, "--category", "transfer")
    assert {one["id"]: one["balance"] for one in say("accounts", "--json").json["data"]} == {
        "cash": -45_000, "elsewhere": 45_000,
    }  # fmt: skip
    say("fix", 1, "--category", "food")
    assert [one["balance"] for one in say("accounts", "--json").json["data"]] == [-45_000]


def test_every_part_of_an_entry_can_be_edited(say: Any) -> None:
    added(say, "ăn phở 45k")
    ran = say(
        "edit", 1, "--amount", "54k", "--day", "hôm qua", "--category", "nhau", "--json",
    )  # fmt: skip
    assert ran.exit_code == 2
    ran = say(
        "edit", 1, "--amount", "54k", "--day", "hôm qua", "--category", "tiếp khách", "--person", "Lan", "--note",
        "phở gà", "--account", "momo", "--json",
    )  # fmt: skip
    assert ran.exit_code == 2, "a category is called by its own names"
    ran = say(
        "edit", 1, "--amount", "54k", "--day", "hôm qua", "--category", "công việc", "--person", "Lan", "--note",
        "phở gà", "--account", "momo", "--json",
    )  # fmt: skip
    (entry,) = ran.json["data"]["entries"]
    expected = {
        "amount": 54_000, "date": "2026-11-17", "category": "business", "person": "Lan", "note": "phở gà",
        "account": "momo", "kind": "expense", "text": "ăn phở 45k",
    }  # fmt: skip
    assert {name: entry[name] for name in expected} == expected
    assert ran.json["data"]["before"][0]["amount"] == 45_000


def test_editing_with_a_sentence_reads_it_anew_and_keeps_the_number(say: Any) -> None:
    added(say, "ăn phở 45k")
    (entry,) = say("edit", 1, "hôm qua đổ xăng 60k", "--json").json["data"]["entries"]
    assert (entry["id"], entry["note"], entry["date"], entry["category"]) == (1, "đổ xăng", "2026-11-17", "transport")
    assert say("edit", 1, "phở 30k, xăng 50k").exit_code == 4
    assert say("edit", 1).exit_code == 2


def test_a_transfer_to_itself_is_refused(say: Any) -> None:
    say("add", "rút atm 3tr")
    assert say("edit", 1, "--account", "cash").exit_code == 2
    assert say("edit", 1, "--to", "momo").exit_code == 0


def test_deleting_takes_out_of_the_book_and_undo_brings_it_back_the_same(say: Any, home: Path) -> None:
    say("add", "ăn phở 45k, đổ xăng 60k")
    before = dump(home)
    assert say("delete", 1, 2, 1).exit_code == 0
    assert listed(say) == []
    assert say("delete", 1).exit_code == 4
    assert say("undo").exit_code == 0
    assert dump(home) == before


def test_undo_goes_back_step_by_step_and_a_numbered_undo_can_be_undone_itself(say: Any, home: Path) -> None:
    states = [{}] if not (home / "toolkit.db").exists() else [dump(home)]
    for words in (
        ("add", "ăn phở 45k"), ("add", "à nhầm, 54k"), ("fix", 1, "--category", "business"), ("delete", 1),
        ("accounts", "set", "momo", "--holds", "2tr"), ("categories", "add", "Cà phê", "--under", "Ăn uống"),
        ("categories", "rename", "food", "Hàng quán"), ("add", "cho Nam mượn 2tr"), ("debts", "settle", "Nam"),
        ("add", "ăn vặt 30-40k"), ("review", 1, "--amount", "35k"),
    ):  # fmt: skip
        assert say(*words).exit_code in (0, 1), words
        states.append(dump(home))
    for before in reversed(states[1:-1]):
        assert say("undo").exit_code == 0
        assert dump(home) == before
    assert say("undo").exit_code == 0
    assert not any(dump(home).values())
    assert say("undo").exit_code == 4
    newest = say("undo", "--list", "--json").json["data"][0]
    assert say("undo", newest["run"]).exit_code == 0
    assert dump(home) == states[1]


def test_the_list_of_changes_says_what_each_was_about(say: Any) -> None:
    say("add", "ăn phở 45k, đổ xăng 60k, gửi xe 5k")
    say("categories", "add", "Cà phê", "--under", "Ăn uống")
    say("undo")
    rows = [line.split() for line in say("undo", "--list", "--csv").stdout.splitlines()]
    assert len(rows) == 4
    text = say("undo", "--list").stdout
    assert "ăn phở +2" in text
    assert "Cà phê" in text
    assert "hoàn tác lần 2" in text


def test_undo_names_what_has_to_be_undone_first(say: Any) -> None:
    say("add", "ăn phở 45k")
    say("edit", 1, "--amount", "54k")
    ran = say("undo", 1)
    assert ran.exit_code == 4
    assert "toolkit expenses undo 2" in ran.stderr


def test_the_same_sentence_typed_twice_in_a_row_is_kept_and_remarked_upon(say: Any) -> None:
    say("add", "gửi xe 5k")
    ran = say("add", "gửi xe 5k")
    assert ran.exit_code == 0
    assert "vừa ghi đúng câu này" in ran.stderr
    assert len(listed(say)) == 2


def test_lists_are_filtered_by_what_members_call_things(say: Any) -> None:
    for text in (
        "tháng trước ngày 5/10 ăn bún 40k", "hôm qua ăn phở với Lan 45k", "đổ xăng 60k", "cho anh Nam mượn 2tr",
        "mua rau ở chợ 30k bằng momo",
    ):  # fmt: skip
        assert say("add", text).exit_code == 0, text

    def notes(*options: str) -> list[str]:
        return [one["note"] for one in say("list", *options, "--json").json["data"]["entries"]]

    assert len(notes()) == 4
    assert [note for note in notes("--month", "10") if "bún" in note]
    assert notes("--from", "17/11", "--until", "17/11") == ["ăn phở với Lan"]
    assert notes("--category", "ăn uống")[0] == "ăn phở với Lan"
    assert len(notes("--category", "Eating", "--all")) == 3
    assert notes("--person", "nam") == ["cho anh Nam mượn"]
    assert notes("--kind", "cho vay") == ["cho anh Nam mượn"]
    assert len(notes("--account", "MoMo")) == 1
    assert say("list", "--month", "11", "--from", "1/11").exit_code == 2
    assert say("list", "--from", "17/11", "--until", "16/11").exit_code == 2
    assert say("list", "--category", "an uog").exit_code == 2
    assert (
        "có phải" in say("list", "--category", "mua sam do").stderr or say("list", "--category", "zzz").exit_code == 2
    )


def test_a_list_can_be_opened_as_a_spreadsheet(say: Any) -> None:
    say("add", "hôm qua ăn phở với Lan 45k")
    rows = say("list", "--csv").stdout.splitlines()
    assert rows[1] == ("1,2026-11-17,-45000,VND,chi,ăn ngoài,Lan,ăn phở với Lan,Tiền mặt,,hôm qua ăn phở với Lan 45k")


def test_searching_needs_no_marks_and_finds_every_word(say: Any) -> None:
    say("add", "hôm qua ăn phở với Lan 45k, đổ xăng 60k")
    say("add", "ăn phở 50k")

    def found(*words: str) -> list[int]:
        return [one["id"] for one in say("search", *words, "--json").json["data"]["entries"]]

    assert found("pho") == [1, 2, 3]  # the sentence of the second has it too
    assert found("PHỞ", "lan") == [1, 2]
    assert found("bun") == []
    assert say("search", "…").exit_code == 2
    assert "“bún”" in say("search", "bún").stdout


def test_parse_says_what_is_understood_and_writes_nothing(say: Any, home: Path) -> None:
    ran = say("parse", "--json", "hôm qua ăn phở với Lan 45k, đổ xăng 60k")
    one = json.loads(ran.stdout)
    assert list(one) == ["text", "entries", "questions"]
    assert list(one["entries"][0]) == [
        "amount", "currency", "date", "kind", "category", "confidence", "alternatives", "person", "note",
        "needs_confirm", "why",
    ]  # fmt: skip
    first = one["entries"][0]
    assert (first["amount"], first["currency"], first["date"], first["kind"]) == (
        45_000,
        "VND",
        "2026-11-17",
        "expense",
    )
    assert (first["category"], first["person"], first["needs_confirm"]) == ("food", "Lan", False)
    for entry in (first, *json.loads(say("parse", "--json", "cho Nam mượn 2tr").stdout)["entries"]):
        assert len(entry["alternatives"]) == 3
        assert entry["alternatives"][0] == [entry["category"], entry["confidence"]]
    typed = "  hoà  ăn phở 45k "  # as typed: two spaces, the tone on the other vowel
    assert json.loads(say("parse", "--json", typed).stdout)["text"] == typed
    assert listed(say) == []


def test_parse_reads_lines_and_gives_one_object_a_line(say: Any) -> None:
    lines = ["ăn phở 45k", "", "có nên mua xe không", "ăn vặt 30-40k", "café $1.99"]
    ran = say("parse", "--json", stdin="\n".join(lines))
    objects = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [one["text"] for one in objects] == [line for line in lines if line]
    assert [len(one["entries"]) for one in objects] == [1, 0, 1, 1]
    assert objects[2]["entries"][0]["needs_confirm"]
    assert [question["entry"] for question in objects[2]["questions"]] == [0]
    assert objects[2]["questions"][0]["message"]
    assert (objects[3]["entries"][0]["amount"], objects[3]["entries"][0]["currency"]) == (199, "USD")


def test_parse_for_a_person_is_a_line_an_entry(say: Any) -> None:
    ran = say("parse", "ăn phở 45k, đổ xăng 60k")
    assert len(ran.stdout.splitlines()) == 2
    assert "câu hỏi" in say("parse", "có nên mua xe không").stdout


def test_lines_of_standard_input_are_recorded_one_by_one(say: Any) -> None:
    ran = say(
        "add",
        stdin="ăn sáng 30k\n\nxăng 50k\nà nhầm, 60k\ncó nên mua xe không\n",
    )
    assert ran.exit_code == 1
    assert [(note, amount) for note, amount, _ in listed(say)] == [("ăn sáng", 30_000), ("xăng", 60_000)]
    assert say("add", "--json", stdin="cà phê 25k\n").json["data"][0]["entries"][0]["amount"] == 25_000
    assert say("add").exit_code == 2
    assert say("add", "  ").exit_code == 2


def test_the_same_notes_read_twice_add_nothing_and_notes_that_have_grown_add_what_is_new(say: Any, home: Path) -> None:
    notes = "ăn sáng 30k\ngửi xe 5k\nxăng 50k\nà nhầm, 60k\ngửi xe 5k\n"
    say("add", stdin=notes)
    before = dump(home)
    again = say("add", stdin=notes)
    assert again.exit_code == 0
    assert "5 dòng đã ghi từ lần trước" in again.stderr
    assert dump(home) == before
    assert say("add", stdin=notes + "cà phê 25k\ngui xe 5k\n").exit_code == 0
    assert [note for note, *_ in listed(say)] == ["ăn sáng", "gửi xe", "xăng", "gửi xe", "cà phê", "gui xe"]
    say("undo")
    assert [note for note, *_ in listed(say)][-1] == "cà phê"
    say("add", stdin=notes + "cà phê 25k\ngui xe 5k\n")
    assert len(listed(say)) == 6, "what was undone is new again"
    assert say("add", "--again", stdin="ăn sáng 30k\ngửi xe 5k\n").exit_code == 0
    assert len(listed(say)) == 8


def test_one_line_piped_in_is_recorded_every_time(say: Any) -> None:
    for _ in range(3):
        say("add", stdin="gửi xe 5k\n")
    assert len(listed(say)) == 3


def test_the_group_alone_reads_what_is_piped_into_it_and_shows_its_help_where_nothing_is(say: Any, cli: Cli) -> None:
    assert "Đã ghi 1." in cli("expenses", "--today", "2026-11-18", stdin="ăn phở 45k\n").stdout
    ran = cli("expenses")
    assert ran.exit_code == 0
    assert "toolkit expenses add" in ran.stdout


def test_the_member_says_what_an_account_holds_and_entries_count_from_there(say: Any) -> None:
    say("add", "ăn phở 45k")
    assert say("accounts", "set", "tiền mặt", "--holds", "2tr").exit_code == 0
    assert [one["balance"] for one in say("accounts", "--json").json["data"]] == [2_000_000]
    say("add", "đổ xăng 60k")
    assert [one["balance"] for one in say("accounts", "--json").json["data"]] == [1_940_000]
    say("accounts", "set", "cash", "--holds", "0", "--on", "17/11")
    assert [one["balance"] for one in say("accounts", "--json").json["data"]] == [-105_000]
    assert say("accounts", "set", "quỹ lớp", "--kind", "cash", "--label", "Quỹ lớp 12A").exit_code == 0
    assert say("add", "nộp 100k vào quỹ lớp").exit_code in (0, 1)
    assert "Quỹ lớp 12A" in say("accounts").stdout
    assert say("accounts", "set", "momo", "--on", "1/11").exit_code == 2
    assert say("accounts", "set", "…").exit_code == 2


def test_a_member_adds_a_category_and_uses_it_at_once(say: Any) -> None:
    assert say("categories", "add", "Cà phê", "--under", "Ăn uống").exit_code == 0
    assert say("categories", "add", "cà PHÊ", "--under", "Ăn uống").exit_code == 4
    assert say("categories", "add", "x", "--under", "Vay nợ").exit_code == 2
    added(say, "cà phê sữa 25k")
    assert say("fix", 1, "--category", "ca phe").exit_code == 0
    assert added(say, "cà phê sữa 30k")["category"] == "ca-phe"
    assert "Cà phê" in say("list").stdout
    assert [one for one in say("categories", "--json").json["data"] if one["own"]] == [
        {"id": "ca-phe", "parent": "eating", "kind": "expense", "label": "Cà phê", "own": True, "entries": 2}
    ]
    assert [note for note, *_ in listed(say, "--category", "Ăn uống")] == ["cà phê sữa", "cà phê sữa"]


def test_a_category_can_have_the_members_own_name(say: Any) -> None:
    added(say, "ăn phở 45k")
    assert say("categories", "rename", "food", "Hàng quán").exit_code == 0
    assert "Hàng quán" in say("list").stdout
    assert listed(say, "--category", "hang quan") == listed(say, "--category", "food") == [("ăn phở", 45_000, "food")]


def test_lines_in_another_encoding_are_told_and_the_others_recorded(say: Any) -> None:
    ran = say("add", stdin="gửi xe 5k\nph\ufffd 45k\n")
    assert ran.exit_code == 1
    assert "ph\ufffd 45k" in ran.stderr
    assert "UTF-8" in ran.stderr
    assert listed(say) == [("gửi xe", 5_000, "transport")]


@pytest.mark.parametrize("typed", ["sửa 1 50k", "sửa khoản 1 thành 50k"])
def test_a_correction_by_number_leaves_the_last_entry_as_it_is(typed: str, say: Any) -> None:
    for text in ("ăn phở 45k", "gửi xe 5k"):
        added(say, text)
    refused = say("add", typed)
    assert refused.exit_code == 3
    assert "toolkit expenses edit 1 --amount" in refused.stderr
    assert [amount for _, amount, _ in listed(say)] == [45_000, 5_000]


@pytest.mark.parametrize("verb", [("list",), ("export", "--to", "hledger")])
def test_days_the_wrong_way_round_are_told(verb: tuple[str, ...], say: Any) -> None:
    refused = say(*verb, "--from", "9/11", "--until", "5/11")
    assert refused.exit_code == 2
    assert "05/11/2026 đứng trước 09/11/2026." in refused.stderr
    assert say(*verb, "--from", "9/11", "--until", "9/11").exit_code == 0


def test_an_entry_is_not_moved_to_a_day_to_come(say: Any) -> None:
    number = added(say, "ăn phở 45k")["id"]
    refused = say("edit", number, "--day", "mai")
    assert refused.exit_code == 2
    assert "chưa tới" in refused.stderr
    assert say("edit", number, "--day", "hôm nay").exit_code == 0


def test_no_two_categories_are_shown_by_one_name(say: Any) -> None:
    assert say("categories", "add", "Cà phê", "--under", "Ăn uống").exit_code == 0
    for asked in (
        ("rename", "food", "đi chợ"), ("rename", "food", "ca phe"), ("rename", "ca-phe", "Ăn ngoài"),
        ("rename", "ca-phe", "groceries"), ("add", "Đi chợ", "--under", "Ăn uống"),
        ("add", "CÀ PHÊ", "--under", "Ăn uống"),
    ):  # fmt: skip
        refused = say("categories", *asked)
        assert refused.exit_code == 4
        assert "Đã có loại" in refused.stderr
    assert say("categories", "rename", "food", "Hàng quán").exit_code == 0
    assert say("categories", "rename", "food", "hàng quán").exit_code == 0, "its own name, written another way"
    assert say("categories", "add", "Hàng quán", "--under", "Ăn uống").exit_code == 4
    assert say("categories", "rename", "food", "Ăn ngoài").exit_code == 0, "back to the name it came with"


def test_settling_takes_the_way_that_is_open_and_never_more(say: Any) -> None:
    say("add", "cho Nam mượn 2tr")
    say("add", "vay chị Hoa 500k")
    assert say("debts", "settle", "nam", "--amount", "3tr").exit_code == 3
    assert say("debts", "settle", "nam", "--amount", "500k", "--account", "momo").exit_code == 0
    assert {one["person"]: one["amount"] for one in say("debts", "--json").json["data"]} == {
        "Nam": 1_500_000, "chị Hoa": -500_000,
    }  # fmt: skip
    assert say("debts", "settle", "Nam").exit_code == 0
    assert say("debts", "settle", "Hoa").exit_code == 0, "part of a name is enough where only one has it"
    assert say("debts", "--json").json["data"] == []
    assert "Không ai nợ ai" in say("debts").stdout
    assert "đã xong" in say("debts", "--all").stdout
    assert say("debts", "settle", "Nam").exit_code == 4
    kinds = [one["kind"] for one in say("list", "--json").json["data"]["entries"]]
    assert kinds == ["lend", "borrow", "collect", "collect", "repay"]


def test_two_people_of_one_name_are_told_apart(say: Any) -> None:
    say("add", "cho anh Nam mượn 2tr")
    say("add", "cho em Nam mượn 1tr")
    ran = say("debts", "settle", "Nam")
    assert ran.exit_code == 4
    assert "anh Nam" in ran.stderr
    assert say("debts", "settle", "em nam").exit_code == 0


def test_an_entry_is_shown_with_its_sentence_and_everything_that_was_done_to_it(say: Any) -> None:
    say("add", "hôm qua ăn phở với Lan 45k")
    say("add", "à nhầm, 54k")
    say("fix", 1, "--category", "business")
    say("undo")
    shown = say("show", 1)
    assert "hôm qua ăn phở với Lan 45k" in shown.stdout
    assert "45.000đ → 54.000đ" in shown.stdout
    assert "ăn ngoài → công việc" in shown.stdout
    assert "đã hoàn tác" in shown.stdout
    say("delete", 1)
    assert "không còn trong sổ" in say("show", 1).stdout
    data = say("show", 1, "--json").json["data"]
    assert data["entry"] is None
    assert [one["kind"] for one in data["history"]] == ["add", "correct", "fix", "undo", "delete"]
    assert data["history"][1]["before"]["amount"] == 45_000
    assert say("show", 2).exit_code == 4


def test_everything_speaks_english_on_request(say: Any) -> None:
    assert say("add", "ăn phở 45k", "--lang", "en").stdout == "Recorded 1. ăn phở · −45,000đ · eating out · Wed 18/11\n"
    assert "cash" in say("accounts", "--lang", "en").stdout.lower()


def test_unknown_numbers_are_said_with_the_next_step(say: Any) -> None:
    for words in (("edit", 99, "--amount", "5k"), ("delete", 99), ("fix", 99, "--category", "food"), ("undo", 99)):
        ran = say(*words)
        assert ran.exit_code == 4
        assert "toolkit expenses" in ran.stderr
