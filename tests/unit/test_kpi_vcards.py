"""Contacts as vCards: read back by an independent reader, whatever stands in them."""

from __future__ import annotations

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from toolkit.core.text import clean
from toolkit.kpi.model import Contact
from toolkit.kpi.people.vcard import Card, Version, card, cards

VERSIONS: tuple[Version, ...] = ("3.0", "4.0")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120).map(clean)
NAMED = TEXT.filter(bool)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_reader_of_vcards_finds_what_was_written(version: Version) -> None:
    contact = Contact(
        7, "own", "Nguyễn Thị Hồng-Hạnh; kế toán", phone="+84 903 123 456", email="hanh@vidu.test",
        address="12/3 Đường Trần Phú, phường 4, Đà Lạt", role="Trưởng phòng", note="thích gọi buổi sáng\nkhông gọi tối",
    )  # fmt: skip
    read = vobject.readOne(cards([card(contact, "khách")], version))
    assert read.version.value == version
    assert read.fn.value == contact.name
    assert read.n.value.given == contact.name
    assert read.tel.value == contact.phone
    assert read.adr.value.street == contact.address
    assert read.email.value == contact.email
    assert read.title.value == contact.role
    assert read.note.value == contact.note
    assert read.categories.value == ["khách"]


@given(st.lists(st.builds(Card, NAMED, st.just("urn:uuid:1"), TEXT, TEXT, TEXT, TEXT, TEXT), max_size=3),
       st.sampled_from(VERSIONS))  # fmt: skip
def test_any_text_comes_back_and_no_line_is_longer_than_75_octets(people: list[Card], version: Version) -> None:
    text = cards(people, version)
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
    read = list(vobject.readComponents(text))
    assert len(read) == len(people)
    for one, found in zip(people, read, strict=True):
        assert found.fn.value == one.name
        assert (found.note.value if one.note else "") == one.note
        assert (found.adr.value.street if one.address else "") == one.address


def test_a_name_can_not_smuggle_a_line_of_its_own() -> None:
    text = cards([Card("Hoa\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Lan", "urn:uuid:1", note="a\x1b[2Jb")])
    assert [found.fn.value for found in vobject.readComponents(text)] == ["Hoa\nEND:VCARD\nBEGIN:VCARD\nFN:Lan"]
    assert "\x1b" not in text


def test_the_same_contact_has_the_same_card_and_another_one_another() -> None:
    one = Contact(1, "own", "Hoa")
    assert card(one, "") == card(one, "")
    assert card(one, "").uid != card(Contact(2, "own", "Hoa"), "").uid
