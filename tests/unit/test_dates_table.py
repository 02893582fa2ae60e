"""Date phrases as members write and say them, each read by hand: what it means to a calendar and to an account book."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from toolkit.core.dates import Look, parse_date
from toolkit.core.text import strip_marks

TODAY = date(2026, 11, 22)  # a Sunday; lunar 14/10 of Bính Ngọ

# What is written · the day that a calendar means (looking forward) · the day that an account book means (looking back).
# "a | b" is an ambiguity with these readings, "!code" a refusal with that reason.
PHRASES = """
3/11                                | 2027-11-03 | 2026-11-03
22/11                               | 2026-11-22 | 2026-11-22
23/11                               | 2026-11-23 | 2025-11-23
3/11/2026                           | 2026-11-03 | 2026-11-03
03/11/2026                          | 2026-11-03 | 2026-11-03
3 / 11 / 2026                       | 2026-11-03 | 2026-11-03
03-11-26                            | 2026-11-03 | 2026-11-03
3-11-2026                           | 2026-11-03 | 2026-11-03
3.11.2026                           | 2026-11-03 | 2026-11-03
3.11.26                             | 2026-11-03 | 2026-11-03
2026-11-03                          | 2026-11-03 | 2026-11-03
2026/11/3                           | 2026-11-03 | 2026-11-03
2026-11-03 00:00:00                 | 2026-11-03 | 2026-11-03
3-11                                | 2027-11-03 | 2026-11-03
3.11                                | 2027-11-03 | 2026-11-03
3/11 năm 2028                       | 2028-11-03 | 2028-11-03
3/11 năm ngoái                      | 2025-11-03 | 2025-11-03
3/11 năm sau                        | 2027-11-03 | 2027-11-03
ngày 3/11                           | 2027-11-03 | 2026-11-03
vào ngày 3/11                       | 2027-11-03 | 2026-11-03
(3/11/2026)                         | !core.date_unknown | !core.date_unknown
26-thg 9                            | 2027-09-26 | 2026-09-26
26-thg9                             | 2027-09-26 | 2026-09-26
26-Thg 9-26                         | 2026-09-26 | 2026-09-26
26 thg 9, 2026                      | 2026-09-26 | 2026-09-26
ngày 1 tháng 9                      | 2027-09-01 | 2026-09-01
ngày 1 tháng 9 năm 2026             | 2026-09-01 | 2026-09-01
1 tháng 9                           | 2027-09-01 | 2026-09-01
01 tháng 09, 2026                   | 2026-09-01 | 2026-09-01
ngày 1 tháng 9/2026                 | 2026-09-01 | 2026-09-01
ngày hai mươi lăm tháng tám         | 2027-08-25 | 2026-08-25
ngày mười lăm tháng ba năm 2027     | 2027-03-15 | 2027-03-15
ngày hăm ba tháng hai               | 2027-02-23 | 2026-02-23
ngày 5                              | 2026-12-05 | 2026-11-05
ngày 22                             | 2026-11-22 | 2026-11-22
ngày 31                             | 2026-12-31 | 2026-10-31
hôm 15                              | 2026-12-15 | 2026-11-15
ngày 5 tháng này                    | 2026-11-05 | 2026-11-05
ngày 5 tháng trước                  | 2026-10-05 | 2026-10-05
ngày 5 tháng sau                    | 2026-12-05 | 2026-12-05
ngày mười                           | 2026-12-10 | 2026-11-10
Thứ 7, 12/12                        | 2026-12-12 | !core.date_weekday_contradicts
Thứ 6, 12/12                        | !core.date_weekday_contradicts | 2025-12-12
T7 12/12/2026                       | 2026-12-12 | 2026-12-12
T7, 12.12.2026                      | 2026-12-12 | 2026-12-12
12/12/2026 (T7)                     | 2026-12-12 | 2026-12-12
12/12/2026 thứ bảy                  | 2026-12-12 | 2026-12-12
T7 (12/12/2026)                     | 2026-12-12 | 2026-12-12
Thứ Bảy, ngày 12 tháng 12 năm 2026  | 2026-12-12 | 2026-12-12
CN 13/12/2026                       | 2026-12-13 | 2026-12-13
Chủ nhật, 13/12/2026                | 2026-12-13 | 2026-12-13
Thứ hai 24/11/2026                  | !core.date_weekday_contradicts | !core.date_weekday_contradicts
T2                                  | 2026-11-23 | 2026-11-16
T7                                  | 2026-11-28 | 2026-11-21
t5                                  | 2026-11-26 | 2026-11-19
CN                                  | 2026-11-22 | 2026-11-22
chủ nhật                            | 2026-11-22 | 2026-11-22
chúa nhật                           | 2026-11-22 | 2026-11-22
thứ 6                               | 2026-11-27 | 2026-11-20
thứ sáu                             | 2026-11-27 | 2026-11-20
thứ tư                              | 2026-11-25 | 2026-11-18
thứ bẩy                             | 2026-11-28 | 2026-11-21
Th 2                                | 2026-11-23 | 2026-11-16
hôm thứ 6                           | 2026-11-20 | 2026-11-20
bữa thứ 6                           | 2026-11-20 | 2026-11-20
hôm chủ nhật                        | 2026-11-22 & 2026-11-15 | 2026-11-22 & 2026-11-15
thứ hai tuần sau                    | 2026-11-23 | 2026-11-23
chủ nhật tuần sau                   | 2026-11-29 | 2026-11-29
thứ hai tuần trước                  | 2026-11-09 | 2026-11-09
thứ 2 tuần này                      | 2026-11-16 | 2026-11-16
thứ 4 tuần sau nữa                  | 2026-12-02 | 2026-12-02
thứ 4 tuần rồi                      | 2026-11-11 | 2026-11-11
tuần sau thứ 4                      | 2026-11-25 | 2026-11-25
cn vừa rồi                          | 2026-11-15 | 2026-11-15
thứ 6 vừa qua                       | 2026-11-20 | 2026-11-20
thứ 6 rồi                           | 2026-11-20 | 2026-11-20
thứ 6 tới                           | 2026-11-27 | 2026-11-27
chủ nhật tới                        | 2026-11-29 | 2026-11-29
thứ 6 sau                           | 2026-11-27 | 2026-11-27
thứ 6 trước                         | 2026-11-20 & 2026-11-13 | 2026-11-20 & 2026-11-13
thứ 6 này                           | 2026-11-20 & 2026-11-27 | 2026-11-20 & 2026-11-27
hôm nay                             | 2026-11-22 | 2026-11-22
bữa nay                             | 2026-11-22 | 2026-11-22
nay                                 | 2026-11-22 | 2026-11-22
hôm qua                             | 2026-11-21 | 2026-11-21
bữa qua                             | 2026-11-21 | 2026-11-21
hôm kia                             | 2026-11-20 | 2026-11-20
hôm kìa                             | 2026-11-19 | 2026-11-19
ngày mai                            | 2026-11-23 | 2026-11-23
mai                                 | 2026-11-23 | 2026-11-23
mốt                                 | 2026-11-24 | 2026-11-24
ngày mốt                            | 2026-11-24 | 2026-11-24
ngày kia                            | 2026-11-24 | 2026-11-24
ngày kìa                            | 2026-11-25 | 2026-11-25
sáng nay                            | 2026-11-22 | 2026-11-22
hồi sáng                            | 2026-11-22 | 2026-11-22
tối nay                             | 2026-11-22 | 2026-11-22
tối qua                             | 2026-11-21 | 2026-11-21
đêm qua                             | 2026-11-21 | 2026-11-21
chiều hôm qua                       | 2026-11-21 | 2026-11-21
trưa hôm kia                        | 2026-11-20 | 2026-11-20
sáng mai                            | 2026-11-23 | 2026-11-23
tối mốt                             | 2026-11-24 | 2026-11-24
tối thứ 6                           | 2026-11-27 | 2026-11-20
sáng chủ nhật tuần sau              | 2026-11-29 | 2026-11-29
thứ 6 buổi tối                      | 2026-11-27 | 2026-11-20
3 hôm trước                         | 2026-11-19 | 2026-11-19
2 ngày trước                        | 2026-11-20 | 2026-11-20
cách đây 2 ngày                     | 2026-11-20 | 2026-11-20
cách đây hai ngày                   | 2026-11-20 | 2026-11-20
cách đây 1 tuần                     | 2026-11-15 | 2026-11-15
2 tuần trước                        | 2026-11-08 | 2026-11-08
2 tháng trước                       | 2026-09-22 | 2026-09-22
3 ngày nữa                          | 2026-11-25 | 2026-11-25
hai tuần nữa                        | 2026-12-06 | 2026-12-06
sau 3 ngày                          | 2026-11-25 | 2026-11-25
đầu tháng                           | 2026-12-01 | 2026-11-01
giữa tháng                          | 2026-12-15 | 2026-11-15
cuối tháng                          | 2026-11-30 | 2026-11-22 & 2026-10-31
đầu tháng trước                     | 2026-10-01 | 2026-10-01
giữa tháng trước                    | 2026-10-15 | 2026-10-15
cuối tháng trước                    | 2026-10-31 | 2026-10-31
cuối tháng 2/2027                   | 2027-02-28 | 2027-02-28
đầu tháng 9                         | 2027-09-01 | 2026-09-01
đầu tuần                            | 2026-11-23 | 2026-11-16
cuối tuần trước                     | 2026-11-14 & 2026-11-15 | 2026-11-14 & 2026-11-15
quốc khánh                          | 2027-09-02 | 2026-09-02
lễ quốc khánh                       | 2027-09-02 | 2026-09-02
quốc khánh 2026                     | 2026-09-02 | 2026-09-02
30/4                                | 2027-04-30 | 2026-04-30
noel                                | 2026-12-25 | 2025-12-25
noel năm ngoái                      | 2025-12-25 | 2025-12-25
giáng sinh năm nay                  | 2026-12-25 | 2026-12-25
tết dương lịch                      | 2027-01-01 | 2026-01-01
20/11                               | 2027-11-20 | 2026-11-20
mùng 1 tết                          | 2027-02-06 | 2026-02-17
mồng một tết                        | 2027-02-06 | 2026-02-17
mùng 5 tết                          | 2027-02-10 | 2026-02-21
mùng 2 tết 2028                     | 2028-01-27 | 2028-01-27
mùng 1 tết năm ngoái                | 2025-01-29 | 2025-01-29
tết nguyên đán 2030                 | 2030-02-02 | 2030-02-02
30 tết                              | 2027-02-05 | 2026-02-16
30 Tết 2027                         | 2027-02-05 | 2027-02-05
29 tết                              | 2027-02-05 | 2026-02-16
28 tết                              | 2027-02-04 | 2026-02-15
giao thừa                           | 2027-02-05 | 2026-02-16
đêm giao thừa 2028                  | 2028-01-25 | 2028-01-25
rằm tháng 7                         | 2027-08-16 | 2026-08-27
rằm tháng Bảy                       | 2027-08-16 | 2026-08-27
rằm tháng Giêng                     | 2027-02-20 | 2026-03-03
rằm tháng 8 năm 2027                | 2027-09-15 | 2027-09-15
rằm T7                              | 2027-08-16 | 2026-08-27
15/7 - ÂL                           | 2027-08-16 | 2026-08-27
27/8/2026 (15/7 ÂL)                 | 2026-08-27 | 2026-08-27
27/8 (15/7 âm lịch)                 | !core.date_calendars_contradict | 2026-08-27
15/7 ÂL (27/8/2026)                 | 2026-08-27 | 2026-08-27
27/8/2026 nhằm ngày rằm tháng 7     | 2026-08-27 | 2026-08-27
28/8/2026 (15/7 ÂL)                 | !core.date_calendars_contradict | !core.date_calendars_contradict
26/11/2026 - thứ 5                  | 2026-11-26 | 2026-11-26
rằm                                 | 2026-11-23 | 2026-10-24
ngày rằm                            | 2026-11-23 | 2026-10-24
15/7 âm lịch                        | 2027-08-16 | 2026-08-27
15/7 âm                             | 2027-08-16 | 2026-08-27
15-7 AL                             | 2027-08-16 | 2026-08-27
15/7 (âm lịch)                      | 2027-08-16 | 2026-08-27
âm lịch: 15/7                       | 2027-08-16 | 2026-08-27
15/7/2026 ÂL                        | 2026-08-27 | 2026-08-27
15/7 âm lịch năm 2026               | 2026-08-27 | 2026-08-27
12/3 ÂL                             | 2027-04-18 | 2026-04-28
ngày 10 tháng 3 âm lịch             | 2027-04-16 | 2026-04-26
giỗ tổ Hùng Vương                   | 2027-04-16 | 2026-04-26
10/3 dương lịch                     | 2027-03-10 | 2026-03-10
23 tháng Chạp                       | 2027-01-30 | 2026-02-10
hăm ba tháng chạp                   | 2027-01-30 | 2026-02-10
23 tháng chạp năm nay               | 2027-01-30 | 2027-01-30
ông công ông táo                    | 2027-01-30 | 2026-02-10
trung thu                           | 2027-09-15 | 2026-09-25
tết đoan ngọ                        | 2027-06-09 | 2026-06-19
15/6N ÂL                            | 2027-07-18 | 2026-07-28
15 tháng 6 nhuận                    | 2027-07-18 | 2026-07-28
15/6 nhuận/2025                     | 2025-08-08 | 2025-08-08
15 tháng 6 nhuận năm 2025           | 2025-08-08 | 2025-08-08
15 tháng 6 nhuận năm 2026           | !core.date_lunar_no_leap | !core.date_lunar_no_leap
30/12 ÂL                            | 2027-02-05 | 2026-02-16
30/12/2026 ÂL                       | !core.date_lunar_no_such_day | !core.date_lunar_no_such_day
31/1 ÂL                             | !core.date_lunar_no_such_day | !core.date_lunar_no_such_day
mùng 3 tháng 3                      | 2027-03-03 & 2027-04-09 | 2026-03-03 & 2026-04-19
mùng 3 tháng 3 âm lịch              | 2027-04-09 | 2026-04-19
mùng 8 tháng 3 dương lịch           | 2027-03-08 | 2026-03-08
mùng 5                              | 2026-12-05 & 2026-12-13 | 2026-11-05 & 2026-11-13
mùng 5 tháng trước                  | 2026-10-05 | 2026-10-05
Monday                              | 2026-11-23 | 2026-11-16
Fri                                 | 2026-11-27 | 2026-11-20
next Monday                         | 2026-11-23 | 2026-11-23
Nov 3 2026                          | 2026-11-03 | 2026-11-03
Nov 3, 2026                         | 2026-11-03 | 2026-11-03
November 3                          | 2027-11-03 | 2026-11-03
3 Nov                               | 2027-11-03 | 2026-11-03
3rd November 2026                   | 2026-11-03 | 2026-11-03
Sat, 12 Dec 2026                    | 2026-12-12 | 2026-12-12
today                               | 2026-11-22 | 2026-11-22
yesterday                           | 2026-11-21 | 2026-11-21
3 days ago                          | 2026-11-19 | 2026-11-19
12/13                               | !core.date_no_such_month | !core.date_no_such_month
12/13/2026                          | !core.date_no_such_month | !core.date_no_such_month
2026-13-01                          | !core.date_no_such_month | !core.date_no_such_month
1/0                                 | !core.date_no_such_month | !core.date_no_such_month
32/1                                | !core.date_no_such_day | !core.date_no_such_day
0/5                                 | !core.date_no_such_day | !core.date_no_such_day
31/4/2027                           | !core.date_no_such_day | !core.date_no_such_day
30/2                                | !core.date_no_such_day | !core.date_no_such_day
29/2/2028                           | 2028-02-29 | 2028-02-29
29/2/2027                           | !core.date_no_leap_day | !core.date_no_leap_day
29/2                                | !core.date_no_leap_day | !core.date_no_leap_day
ngày 32                             | !core.date_no_such_day_of_month | !core.date_no_such_day_of_month
1/1/1900                            | !core.date_year_unlikely | !core.date_year_unlikely
31/12/9999                          | !core.date_year_unlikely | !core.date_year_unlikely
hôm nọ                              | !core.date_vague | !core.date_vague
mấy hôm trước                       | !core.date_vague | !core.date_vague
tuần trước                          | !core.date_is_period | !core.date_is_period
tháng sau                           | !core.date_is_period | !core.date_is_period
T8                                  | !core.date_unknown | !core.date_unknown
T1                                  | !core.date_unknown | !core.date_unknown
thứ                                 | !core.date_unknown | !core.date_unknown
5                                   | !core.date_unknown | !core.date_unknown
12                                  | !core.date_unknown | !core.date_unknown
3/11/202                            | !core.date_unknown | !core.date_unknown
3/11 - 5/11                         | !core.date_unknown | !core.date_unknown
họp giao ban                        | !core.date_unknown | !core.date_unknown
một                                 | !core.date_unknown | !core.date_unknown
"""


def rows() -> list[tuple[str, str, str]]:
    lines = [line.split(" | ") for line in PHRASES.strip().splitlines()]
    return [(phrase.strip(), forward.strip(), back.strip()) for phrase, forward, back in lines]


def said(phrase: str, look: Look) -> str:
    """What the grammar makes of a phrase, as the table writes it."""
    readings = parse_date(phrase, today=TODAY, look=look)
    return " & ".join(day.date.isoformat() for day in readings.values) or f"!{readings.code}"


def test_the_table_holds_at_least_150_phrases_each_once() -> None:
    phrases = [phrase for phrase, _, _ in rows()]
    assert len(set(phrases)) == len(phrases) >= 150


@pytest.mark.parametrize(("phrase", "forward", "back"), rows())
def test_a_phrase_means_this_to_a_calendar_and_that_to_an_account_book(phrase: str, forward: str, back: str) -> None:
    assert (said(phrase, "forward"), said(phrase, "back")) == (forward, back)


@pytest.mark.parametrize(("phrase", "forward", "back"), rows())
def test_case_spaces_and_the_unicode_form_change_nothing(phrase: str, forward: str, back: str) -> None:
    for variant in (
        phrase.upper(),
        unicodedata.normalize("NFD", phrase),
        f"  {phrase}\u200b ",
        phrase.replace(" ", "\u00a0"),
        phrase.replace("-", "–"),
    ):
        assert (said(variant, "forward"), said(variant, "back")) == (forward, back), variant


# Words that are other words without their marks: these phrases say something else, or nothing, when typed bare.
NOT_BARE = {"hôm kìa", "ngày kìa", "mốt", "thứ", "15/7 âm", "ngày 5 tháng sau"}


@pytest.mark.parametrize(("phrase", "forward", "back"), [row for row in rows() if row[0] not in NOT_BARE])
def test_a_phrase_typed_without_marks_means_the_same(phrase: str, forward: str, back: str) -> None:
    bare = strip_marks(phrase)
    assert (said(bare, "forward"), said(bare, "back")) == (forward, back)
