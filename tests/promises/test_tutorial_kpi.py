"""The tutorial of a month with targets followed word by word: its commands in their order, and what it says of them."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.demo.shop_export import write_export

if TYPE_CHECKING:
    import pytest

    from running import Cli, Ran

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "month-with-targets.md"
TODAY = "2026-11-20"


def steps() -> list[list[str]]:
    """The commands of each step."""
    parts = re.split(r"^## \d+\. .* \(.*\)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [re.findall(r"^\$ toolkit (.*)$", part, re.MULTILINE) for part in parts]


def test_the_month_with_targets_works_word_by_word(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_export(tmp_path / "don-hang.xlsx", date(2026, 11, 20))

    def typed(line: str, *more: str) -> Ran:
        ran = cli(*shlex.split(line), *more, "--today", TODAY)
        assert ran.exit_code == 0, (line, ran.stdout, ran.stderr)
        return ran

    aim, sold, shop, where, ahead, owed, quota, days = steps()

    assert "Doanh số T11/2026, 30.000.000đ" in typed(aim[0]).stdout
    assert "36.000.000đ" in typed(aim[1]).stdout
    typed(aim[2])
    assert "30.000.000đ" in cli("kpi", "target", "show", "1", "--today", TODAY).stdout

    both = typed(sold[0]).stdout
    assert "12.000.000đ (cho cả 2)" in both
    assert "được giới thiệu" in both
    assert "450.000đ" in typed(sold[1]).stdout
    assert "480.000đ" in typed(sold[2]).stdout
    assert "của số 1" in typed(sold[3]).stdout
    assert "gặp 3, 1 báo giá" in typed(sold[4]).stdout
    assert "không mua · anh Nam · vì giá cao" in typed(sold[5]).stdout
    promise = typed(sold[6]).stdout
    assert "hạn T2 23/11/2026" in promise
    number = re.search(r"Đã ghi (\d+) hứa", promise)
    assert number is not None

    before = cli("kpi", "list", "--json", "--today", TODAY).stdout
    assert "đơn hoàn thành" in typed(shop[0]).stdout
    assert cli("kpi", "list", "--json", "--today", TODAY).stdout == before
    typed(shop[1], "--yes")
    again = typed(shop[1], "--yes", "--json").json["data"]["orders"]
    assert (again["new"], again["updated"]) == (0, 0)

    line = typed(where[0]).stdout
    assert re.search(r"/30tr .*nhịp \d+% · cần .*/ngày × 5 ngày", line)
    assert "12.000.000đ" in typed(where[1]).stdout
    typed(where[2])
    typed(where[3])
    assert "× 6 ngày" in (other := typed(where[4]).stdout)  # one Saturday more and one Monday, a day of leave less
    assert other != line

    assert "nhịp đều" in typed(ahead[0]).stdout
    assert "8 lần trong 10" in typed(ahead[1]).stdout
    assert "Nếu nghỉ 1 ngày" in typed(ahead[2]).stdout

    typed(owed[0], "--yes")
    assert "Cộng" in typed(owed[1]).stdout

    assert "Bên cạnh những gì đã đạt" in typed(quota[0]).stdout
    typed(quota[1])
    page = (tmp_path / "chi-tieu.html").read_text("utf-8")
    assert not [name for name in ("chị Hoa", "cô Tư", "anh Nam", "chị Lan") if name in page]

    assert "gửi bảng giá" in typed(days[0]).stdout
    assert days[1].split()[-1] == number[1], "the number that the page types is the number that was given"
    typed(days[1])
    assert "Hết kỳ: Doanh số T11/2026" in typed(days[2], "--yes").stdout
    typed(days[3])
    assert "Hoa hồng đến nay" in (tmp_path / "muc-tieu.html").read_text("utf-8")
