"""A27: billion laughs, external entities and quadratic blow-up are refused before anything is expanded or fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from builders.workbooks import MAIN, inline, raw_xlsx, replace_member, with_document_type
from toolkit.core.errors import InputError
from toolkit.sheets.read import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    return caught.value.problem.code


def test_a_billion_laughs_is_refused(tmp_path: Path) -> None:
    assert refusal(with_document_type(tmp_path / "a.xlsx")) == "sheets.document_type"


@pytest.mark.parametrize("declared", [QUADRATIC, EXTERNAL, PARAMETER, OUTSIDE, "<!DOCTYPE worksheet>"])
@pytest.mark.parametrize(
    "member", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels"]
)
def test_a_document_type_is_refused_in_every_part(tmp_path: Path, declared: str, member: str) -> None:
    body = {
        "xl/worksheets/sheet1.xml": f'<sheetData><row r="1">{inline("A1", "&a;" * 1000)}</row></sheetData>',
        "xl/sharedStrings.xml": f"<si><t>{'&a;' * 1000}</t></si>",
    }.get(member, "&a;")
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{inline("A1", "x")}</row>', strings="")
    replace_member(path, member, f'<?xml version="1.0"?>{declared}<root xmlns="{MAIN}">{body}</root>')
    assert refusal(path) == "sheets.document_type"


def test_an_entity_that_nobody_declared_is_damage(tmp_path: Path) -> None:
    assert refusal(raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{inline("A1", "&a;")}</row>')) == "sheets.damaged"


def test_elements_within_elements_without_end_do_no_harm(tmp_path: Path) -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000
    path = raw_xlsx(tmp_path / "a.xlsx", f'<row r="1">{inline("A1", "x")}</row>', behind=deep)
    assert read_workbook(path).sheets[0].rows[0].cells[0].value == "x"
