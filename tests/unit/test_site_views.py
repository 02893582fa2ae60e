"""Small things that the site's reports say."""

from __future__ import annotations

import pytest

from toolkit.shell.messages import Messages
from toolkit.sitestats.views.nothing import Country
from toolkit.sitestats.views.report import Share


@pytest.mark.parametrize(("code", "vietnamese", "english"), [
    ("VN", "VN Việt Nam", "VN Vietnam"), ("DE", "DE Đức", "DE Germany"), ("XX", "XX", "XX"), ("", "", ""),
])  # fmt: skip
def test_a_country_is_named_where_its_name_is_known(code: str, vietnamese: str, english: str) -> None:
    assert Country(code).said(Messages("vi")) == vietnamese
    assert Country(code).said(Messages("en")) == english


@pytest.mark.parametrize(("part", "whole", "said"), [
    (0, 9, "0 %"), (1, 1000, "<1 %"), (1, 100, "1 %"), (999, 1000, "100 %"), (3, 4, "75 %"), (0, 0, ""),
])  # fmt: skip
def test_a_share_is_said_in_hundredths_and_what_there_is_never_as_none(part: int, whole: int, said: str) -> None:
    assert Share(part, whole).said(Messages("vi")) == said
