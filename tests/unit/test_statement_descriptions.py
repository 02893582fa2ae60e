"""What banks print is cleaned of the banks' own noise: codes, traces, accounts, fixed phrases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.expenses.statements.descriptions import is_person, understand

HUNG = "NGUYEN THE HUNG"


# ruff: noqa: E501 - what banks print is as long as it is


@pytest.mark.parametrize(
    ("text", "incoming", "note", "name"),
    [
        ("MBVCB.4530998360.029552.NGUYEN THE HUNG an trua.CT tu 0351000646393 NGUYEN THE HUNG toi 231814973 LE NGOC DIEP tai VPBANK", False, "An trua", "Le Ngoc Diep"),
        ("MBVCB.123456.tra tien dien.CT tu 0351000646393 NGUYEN THE HUNG toi 1018795282 CT CP 9PAY", False, "Tra tien dien", ""),
        ("IBVCB.MBVCB11518004.MUNG SINH NHAT CO HUYEN.CT tu 970436...011 NGO TRUNG HIEU toi 970405...017 NGO KHANH HUYEN. MUNG SINH NHAT", False, "Mung sinh nhat co huyen", "Ngo Khanh Huyen"),
        ("NGUYEN VAN A chuyen tien an trua", True, "An trua", "Nguyen Van A"),
        ("GRAB* A-7XK2 HCM", False, "Grab", ""),
        ("Grab*", False, "Grab", ""),
        ("SHOPEEPAY*SHOPEE", False, "Shopee", ""),
        ("GRABPAY*GRAB", False, "Grab", ""),
        ("PAYPAL *NETFLIX", False, "Netflix", ""),
        ("THANH TOAN QR SHOPEE", False, "Shopee", ""),
        ("POS79900019.881867.20231101.121709 97043686Ve85cd4000000. 580568.0.000000.GD:ZALOPAY", False, "Zalopay", ""),
        ("LUONG THANG 7", True, "Luong thang 7", ""),
        ("THANH TOAN HOA DON DIEN EVN", False, "Thanh toan hoa don dien evn", ""),
        ("884114.100924.223854.DANG DAO THANH NHAN chuyen FT24255276428461", True, "Dang Dao Thanh Nhan: chuyen", "Dang Dao Thanh Nhan"),
        ("NGUYEN VAN B chuyen tien- Ma giao dich/ Trace 339176", True, "Nguyen Van B: chuyen tien", "Nguyen Van B"),
        ("RUT TIEN ATM 970436", False, "Rut tien atm", ""),
        ("CUSTOMER LE THI MINH chuyen tien. TU: LE THI MINH", True, "Le Thi Minh: chuyen tien", "Le Thi Minh"),
        ("an trua voi Lan-FT23123123123", False, "An trua voi Lan", ""),
        ("THU PHI DICH VU SMS CHU DONG THANG 07/2026. SDT: 0989231616. So tien 8800 VND", False, "Thu phi dich vu sms chu dong thang 07/2026", ""),
        ("HIGHLANDS COFFEE HO CHI MINH VN", False, "Highlands coffee", ""),
        ("TRA NO CHI HOA", False, "Tra no chi hoa", ""),
        ("Chuyển tiền cho Lan mua rau", False, "Lan mua rau", ""),
        ("Chuyển tiền đến Nguyễn Văn An", False, "Nguyễn Văn An: chuyen tien", "Nguyễn Văn An"),
        ("CK TRAN THI LAN", False, "Tran Thi Lan: chuyen tien", "Tran Thi Lan"),
        ("Nạp tiền từ ngân hàng liên kết", True, "Nạp tiền từ ngân hàng liên kết", ""),
        ("iphone 15 pro 256GB", False, "Iphone 15 pro 256GB", ""),
        ("phong 302 thang 11/2026", False, "Phong 302 thang 11/2026", ""),
    ],
)  # fmt: skip
def test_a_description_says_what_was_typed(text: str, incoming: bool, note: str, name: str) -> None:
    said = understand(text, incoming=incoming, holder=HUNG)
    assert (said.note, said.name) == (note, name)
    assert said.core == said.core.lower()


def test_the_owner_is_never_the_other_side() -> None:
    said = understand("NGUYEN THE HUNG chuyen tien", incoming=False, holder=HUNG, name="TRAN VAN NAM")
    assert (said.name, said.bare) == ("Tran Van Nam", True)
    assert "hung" not in said.core
    assert understand("NGUYEN THE HUNG chuyen tien", incoming=True, holder=HUNG).name == ""


def test_what_only_says_that_money_moved_is_known_by_whom_it_went_to() -> None:
    one = understand("chuyen tien", incoming=False, name="TRAN VAN NAM")
    other = understand("chuyen tien", incoming=False, name="LE THI HOA")
    assert one.bare
    assert other.bare
    assert one.core != other.core


def test_shops_are_no_people() -> None:
    assert is_person("NGUYEN VAN A")
    assert not is_person("CONG TY TNHH ABC")
    assert not is_person("HIGHLANDS COFFEE")
    assert not is_person("Nguyen")


@given(text=st.text(max_size=700), name=st.text(max_size=130), incoming=st.booleans())
def test_any_text_is_understood_somehow(text: str, name: str, incoming: bool) -> None:
    said = understand(text, incoming=incoming, name=name, holder=HUNG)
    assert said.note
    assert said.core
    assert len(said.note) <= 200
    assert "\n" not in said.note


@pytest.mark.parametrize(
    "text",
    ["CT tu " * 100, "CT tu 0" + "1 toi " * 90, "Trace " * 100, "1." * 300, "- " * 300, "GD:" * 200, "MBVCB." * 100,
     "POS1" + "A" * 596, "*" * 600, "TU: " * 150, "chuyen tien " * 50, "x" * 600, "qua the ma qr " * 40],
)  # fmt: skip
def test_hostile_descriptions_are_quick(text: str) -> None:
    begun = time.monotonic()
    for _ in range(20):
        understand(text, incoming=True)
    assert time.monotonic() - begun < 1
