"""The book of sales: what goes in comes out, filters mean what they say, and every change can be taken back exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.kpi_books import NOW, PRODUCTS, TODAY, contents, memory_book, others, sale, sales
from toolkit.core.errors import ConflictError
from toolkit.core.text import search_key
from toolkit.kpi.book.records import sale_words
from toolkit.kpi.model import Contact, Line, Product, Revision, Split, Target

if TYPE_CHECKING:
    from toolkit.kpi.book import KpiBook
    from toolkit.kpi.model import Sale


def add(book: KpiBook, *ones: Any) -> list[Any]:
    with book.recording("log", at=NOW) as run:
        return [run.add(one) for one in ones]


def state(book: KpiBook) -> object:
    return contents(book.read())


@settings(max_examples=60)
@given(st.lists(sales() | others(), max_size=6))
def test_what_goes_in_comes_out(ones: list[Any]) -> None:
    book = memory_book()
    made = add(book, *ones) if ones else []
    assert [one.id for one in made] == list(range(1, len(ones) + 1))  # one sequence of numbers for all kinds
    for one, before in zip(made, ones, strict=True):
        assert book.find(one.id) == one
        assert replace(one, id=0, run=0) == before


@settings(max_examples=60)
@given(st.lists(sales(), max_size=12), st.data())
def test_filters_find_exactly_what_they_say(ones: list[Sale], data: st.DataObject) -> None:
    day = st.none() | st.integers(0, 400).map(lambda n: TODAY - timedelta(days=n))
    since, until = data.draw(day), data.draw(day)
    kinds = data.draw(st.sampled_from(((), ("sale",), ("refund",))))
    statuses = data.draw(st.sampled_from(((), ("done",), ("open", "unknown"))))
    engagements = data.draw(st.sampled_from(((), ("own",), ("abc", "own"))))
    product, channel = data.draw(st.sampled_from(PRODUCTS)), data.draw(st.sampled_from(("", "Shopee")))
    words = data.draw(st.sampled_from(("", "hoa", "CHỊ hoa", "%", "' OR 1=1 --", "goi bao")))
    unsure = data.draw(st.booleans())

    def fits(one: Sale) -> bool:
        return (
            (since is None or one.ordered >= since)
            and (until is None or one.ordered < until)
            and (not kinds or one.kind in kinds)
            and (not statuses or one.status in statuses)
            and (not engagements or one.engagement in engagements)
            and (not product or any(line.product == product for line in one.lines))
            and (not channel or one.channel == channel.lower())
            and (not unsure or one.needs_confirm)
            and all(word in sale_words(one) for word in search_key(words).split())
        )

    book = memory_book()
    made = add(book, *ones) if ones else []
    expected = sorted((one for one in made if fits(one)), key=lambda one: (one.ordered, one.id))
    chosen: dict[str, Any] = {
        "kinds": kinds, "statuses": statuses, "engagements": engagements, "product": product, "channel": channel,
        "words": words, "unsure": unsure,
    }  # fmt: skip
    assert list(book.sales(since, until, **chosen)) == expected
    assert list(book.sales(since, until, **chosen, newest_first=True, most=3)) == expected[::-1][:3]


@settings(max_examples=50)
@given(st.data())
def test_undoing_everything_step_by_step_brings_back_every_earlier_state_exactly(data: st.DataObject) -> None:
    book = memory_book()
    states = [state(book)]
    for _ in range(data.draw(st.integers(1, 6))):
        with book.recording("edit", at=NOW) as run:
            for _ in range(data.draw(st.integers(0, 3))):
                verb = data.draw(st.sampled_from(["add", "other", "change", "remove", "many", "product", "contact"]))
                standing = list(book.sales())
                if verb == "add" or (verb in ("change", "remove") and not standing):
                    run.add(data.draw(sales()))
                elif verb == "other":
                    run.add(data.draw(others()))
                elif verb == "change":
                    new = data.draw(sales())
                    run.change(data.draw(st.sampled_from(standing)), amount=new.amount, lines=new.lines,
                               splits=new.splits)  # fmt: skip
                elif verb == "remove":
                    run.remove(data.draw(st.sampled_from(standing)))
                elif verb == "many":
                    run.add_sales(data.draw(st.lists(sales(), max_size=4)))
                elif verb == "product":
                    run.product(data.draw(st.sampled_from(("Son môi", "son môi", "Nước mắm"))))
                else:
                    run.contact("own", data.draw(st.sampled_from(("chị Hoa", "Hoa", "anh Nam"))))
            wrote = run.changes
        if wrote:
            states.append(state(book))
        else:
            assert state(book) == states[-1]
    undone = []
    for before in reversed(states[:-1]):
        undone.append(book.undo(at=NOW))
        assert state(book) == before
    with pytest.raises(ConflictError, match="nothing_to_undo"):
        book.undo(at=NOW)
    for which, after in zip(reversed(undone), states[1:], strict=True):
        redo = next(run for run in book.runs(99) if run.undoes == which.number and run.state == "done")
        book.undo(redo.number, at=NOW)
        assert state(book) == after


@settings(max_examples=40)
@given(st.lists(sales(), max_size=8), st.integers(1, 3))
def test_many_sales_at_once_are_the_same_sales_as_one_by_one(ones: list[Sale], batch: int) -> None:
    from toolkit.store.history import recording

    usual, recording.BATCH = recording.BATCH, batch  # type: ignore[misc]
    try:
        one_by_one, at_once = memory_book(), memory_book()
        add(one_by_one, *ones)
        with at_once.recording("import", at=NOW) as run:
            numbers = run.add_sales(iter(ones))
    finally:
        recording.BATCH = usual  # type: ignore[misc]
    assert list(numbers) == [one.id for one in one_by_one.sales()] or sorted(numbers) == sorted(
        one.id for one in one_by_one.sales()
    )
    assert state(at_once) == state(one_by_one)
    if ones:
        assert list(at_once.changes(1)) != []
        assert sum(at_once.tally(1).values()) == sum(one_by_one.tally(1).values())


def test_a_sale_of_a_batch_has_its_history_and_holds_up_the_undoing_when_it_was_edited() -> None:
    book = memory_book()
    with book.recording("import", at=NOW, note="don-hang.xlsx") as run:
        run.add_sales([sale(1_000), sale(2_000), sale(3_000)])
    second = book.sale(2)
    with book.recording("edit", at=NOW) as edit:
        edit.change(second, amount=2_500)
    told = [(one.kind, change.after and change.after["amount"]) for one, change in book.history(2)]
    assert told == [("import", 2_000), ("edit", 2_500)]
    before = state(book)
    with pytest.raises(ConflictError) as refused:
        book.undo(run.number, at=NOW)
    assert refused.value.problem.params == {"run": run.number, "later": edit.number}
    assert state(book) == before
    book.undo(at=NOW)
    book.undo(at=NOW)
    assert not list(book.sales())


def test_a_number_is_never_given_to_another_thing() -> None:
    book = memory_book()
    (first,) = add(book, sale())
    book.undo(at=NOW)
    with book.recording("import", at=NOW) as run:
        numbers = run.add_sales([sale()])
    assert numbers[0] > first.id
    with pytest.raises(ConflictError, match="number_unknown"):
        book.find(first.id)


def test_changing_a_thing_to_what_it_is_writes_nothing_and_what_is_gone_cannot_be_changed() -> None:
    book = memory_book()
    (one,) = add(book, sale(splits=(Split("Lan", 5000),), share=5000))
    with book.recording("edit", at=NOW) as run:
        assert run.change(one, amount=one.amount, lines=one.lines) == one
    assert [run.kind for run in book.runs()] == ["log"]
    with book.recording("delete", at=NOW) as run:
        run.remove(one)
    assert not book.read().execute("SELECT 1 FROM kpi_line UNION SELECT 1 FROM kpi_split").fetchall()
    for verb in ("change", "remove"):
        with pytest.raises(ConflictError, match="number_unknown"), book.recording("x", at=NOW) as run:
            getattr(run, verb)(one)


def test_targets_contacts_and_products_come_back_as_they_went_in() -> None:
    from fractions import Fraction

    book = memory_book()
    target = Target(
        0, "revenue", TODAY, TODAY + timedelta(days=30), Fraction(120_000_000), "", ("own", "abc"), "sếp Lan",
        Fraction(1, 3), "end", revisions=(Revision(TODAY + timedelta(days=3), Fraction(90_000_000), "mới", NOW),),
    )  # fmt: skip
    contact = Contact(0, "own", "Chị Hoa", "payer", "kế toán", False, "0903", "Q1", "a@b.vn", "hoa_vn", "Lan", "ghi")
    product = Product("son", "Son môi", "mỹ phẩm", ("son 3CE", "lip"))
    kept_target, kept_contact = add(book, target, contact)
    with book.recording("product", at=NOW) as run:
        run.put_product(product)
        assert run.product("SON 3ce") == product
    assert book.targets() == [replace(target, id=kept_target.id, run=1)]
    assert list(book.contacts(words="hoa")) == [replace(contact, id=kept_contact.id)]
    assert book.products() == {"son": product}
    with book.recording("edit", at=NOW) as run:
        run.change(kept_target, dropped=True)
    assert book.targets() == []
    assert [one.dropped for one in book.targets(dropped=True)] == [True]


@pytest.mark.parametrize(
    ("kept", "typed", "found"),
    [
        (["chị Hoa"], "chị Hoa", [1]),
        (["chị Hoa"], "CHỊ  hoa", [1]),
        (["chị Hoa"], "chi hoa", [1]),  # typed without marks
        (["chị Hoa"], "Hoa", [1]),
        (["Hoa"], "chị Hoa", [1]),
        (["chị Hoa"], "anh Hoa", []),
        (["chị Hoa"], "chị Hòa", []),
        (["chị Hoa", "anh Hoa"], "Hoa", []),  # which of the two can't be told
        (["chị Hoa", "chị Hòa"], "chi hoa", [1, 2]),
        (["chị Hoa"], "chị Hoa Mai", []),
        (["chị Hoa"], "", []),
    ],
)  # fmt: skip
def test_a_name_means_who_is_called_so_and_nobody_else(kept: list[str], typed: str, found: list[int]) -> None:
    book = memory_book()
    add(book, *(Contact(0, "own", name) for name in kept))
    assert [one.id for one in book.contacts_like("own", typed)] == found
    assert not book.contacts_like("abc", typed)


def test_equal_names_with_different_phones_or_accounts_are_different_customers() -> None:
    book = memory_book()
    with book.recording("import", at=NOW) as run:
        numbers = [
            run.contact("own", "Nguyễn Thị Hoa", phone="0901").id,
            run.contact("own", "Nguyễn Thị Hoa", phone="0902").id,
            run.contact("own", "Nguyễn Thị Hoa", account="hoa.nguyen").id,
            run.contact("own", "Hoa N.", phone="0901").id,
        ]
    assert numbers == [1, 2, 3, 1]


def test_lines_of_one_product_name_are_of_one_product() -> None:
    book = memory_book()
    with book.recording("log", at=NOW) as run:
        ids = {run.product(name).id for name in ("Gói bảo hiểm", "goi bao hiem", "GÓI  BẢO HIỂM!")}
    assert ids == {"goi-bao-hiem"}
    (one,) = add(book, sale(lines=(Line("goi-bao-hiem"),)))
    assert list(book.sales(product="goi-bao-hiem")) == [one]


def test_a_line_of_a_text_that_another_process_has_just_recorded_is_not_recorded_again() -> None:
    from builders.kpi_books import CLOCK
    from toolkit.kpi.sentence import read_line
    from toolkit.kpi.service.drafting import Options, understood
    from toolkit.kpi.service.recording import Recorder

    book = memory_book()
    line = understood(read_line("bán son cho Lan 450k", today=TODAY), book, Options(), TODAY)
    recorder = Recorder(book, CLOCK)
    assert recorder.record(line, "key").data.known is False
    before = state(book)
    assert recorder.record(line, "key").data.known is True
    assert state(book) == before
    assert [run.kind for run in book.runs()] == ["log"]
    assert recorder.record(line, "key", again=True).data.known is False


@pytest.mark.parametrize("table", ["calendar_event", "kpi_run", "kpi_change", "kpi_batch", "kpi_sale; DROP TABLE x"])
def test_only_the_tables_of_the_book_can_be_written(table: str) -> None:
    for verb in ("put", "insert"):
        with pytest.raises(ValueError, match="no table of the book"), memory_book().recording("x", at=NOW) as run:
            getattr(run, verb)(table, {"id": 1})
    with pytest.raises(ValueError, match="no table of the book"), memory_book().recording("x", at=NOW) as run:
        run.insert_many(table, [{"id": 1}])
