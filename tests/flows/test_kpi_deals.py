"""Deals, what they add up to, and the way from a conversation to a sale, as a member types them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from builders.kpi_books import NOW, TODAY, dump, sale
from builders.kpi_people import bought, keep
from toolkit.kpi.model import Activity, Engagement, Opportunity

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran
    from toolkit.kpi.book import Recording


@pytest.fixture
def kpi(cli: Cli) -> Any:
    """`kpi("winloss")` types `toolkit kpi winloss` on Friday 20/11/2026."""

    def run(*words: object) -> Ran:
        return cli("kpi", *words, "--as-of", "2026-11-20")

    return run


def lost(reason: str = "", kind: str = "") -> Opportunity:
    return Opportunity(0, "own", "lost", TODAY, 0, NOW, closed=TODAY, reason=reason, reason_kind=kind)  # type: ignore[arg-type]


@pytest.fixture
def decided(home: Path) -> Path:
    """Nine typed sales, twelve deals not won, five open, and an export beside them."""

    def write(run: Recording) -> None:
        for n in range(9):
            run.add(sale(sentence=f"bán {n}"))
        for n in range(12):
            run.add(lost("giá cao quá" if n < 7 else "khách đổi ý", "price" if n < 7 else "decision"))
        for _ in range(5):
            run.add(Opportunity(0, "own", "open", TODAY, 0, NOW))
        for n in range(40):
            run.add(sale(source="shopee", order=f"A{n}", sentence=""))

    keep(home, write)
    return home


def test_nine_won_and_twelve_not_whatever_is_open_or_came_from_a_shop(decided: Path, kpi: Any) -> None:
    data = kpi("winloss", "--json").json["data"]
    assert (data["won"], data["lost"], data["open"]) == (9, 12, 5)
    assert (data["win_rate"], data["ratio"]) == (0.4286, 0.75)
    assert data["rate"]["interval_95"] == [0.2447, 0.6345]
    assert "9/12 = 0,75" in kpi("winloss").stdout


def test_reasons_stand_in_the_members_words(decided: Path, kpi: Any) -> None:
    groups = kpi("winloss", "--by", "reason", "--json").json["data"]["groups"]
    assert [(one["name"], one["lost"], one["reasons"]) for one in groups] == [
        ("decision", 5, ["khách đổi ý"]),
        ("price", 7, ["giá cao quá"]),
    ]
    for by in ("source", "product", "month"):
        found = kpi("winloss", "--by", by, "--json").json["data"]["groups"]
        assert sum(one["won"] for one in found) == 9
        assert sum(one["lost"] for one in found) == 12
    assert "tháng 11/2026" in kpi("winloss", "--by", "month").stdout


def test_no_deals_have_no_share(home: Path, kpi: Any) -> None:
    data = kpi("winloss", "--json").json["data"]
    assert (data["win_rate"], data["ratio"], data["rate"]["interval_80"]) == (None, None, None)
    assert "chưa có gì để tính" in kpi("winloss").stdout


def test_a_deal_goes_its_way_and_every_step_can_be_taken_back(home: Path, kpi: Any) -> None:
    added = kpi("deal", "add", "anh Nam", "--product", "bảo hiểm", "--amount", "12tr", "--day", "2/11", "--json")
    number = added.json["data"]["id"]
    assert added.json["data"]["amount"] == 12_000_000
    before = dump(home)
    assert kpi("deal", "stage", number, "báo giá", "--day", "5/11").exit_code == 0
    assert kpi("deal", "lost", number, "--reason", "  Giá cao hơn bên kia… ").exit_code == 0
    shown = kpi("deal", "show", number, "--json").json["data"]
    assert [(one["stage"], one["date"]) for one in shown["stages"]] == [("lead", "2026-11-02"), ("quote", "2026-11-05")]
    assert (shown["outcome"], shown["reason_kind"]) == ("lost", "price")
    assert "Giá cao hơn bên kia" in shown["reason"]
    assert kpi("deal", "won", number).exit_code == 4
    assert kpi("deal", "reopen", number).exit_code == 0
    assert kpi("deal", "reopen", number).exit_code == 4
    for _ in range(3):
        assert kpi("undo").exit_code == 0
    assert dump(home) == before


def test_a_won_deal_is_tied_to_the_only_sale_it_can_be_and_counts_once(home: Path, kpi: Any) -> None:
    keep(home, lambda run: bought(run, "anh Nam", [9]))
    number = kpi("deal", "add", "anh Nam", "--day", "3/11", "--json").json["data"]["id"]
    won = kpi("deal", "won", number, "--json").json["data"]
    assert won["sale"] is not None
    assert won["closed"] == "2026-11-11"
    assert kpi("winloss", "--json").json["data"]["won"] == 1
    other = kpi("deal", "add", "anh Nam", "--day", "3/11", "--json").json["data"]["id"]
    assert kpi("deal", "won", other, "--sale", won["sale"]).exit_code == 4
    assert kpi("deal", "won", other, "--json").json["data"]["sale"] is None
    assert kpi("winloss", "--json").json["data"]["won"] == 2


def test_a_deal_is_tied_to_no_refund_and_not_closed_before_it_was_opened(home: Path, kpi: Any) -> None:
    keep(home, lambda run: run.add(sale(kind="refund")))
    number = kpi("deal", "add", "anh Nam", "--json").json["data"]["id"]
    assert kpi("deal", "won", number, "--sale", 1).exit_code == 4
    assert kpi("deal", "won", number, "--sale", 99).exit_code == 4
    assert kpi("deal", "lost", number, "--day", "1/11").exit_code == 2
    assert kpi("deal", "stage", number, "!!!").exit_code == 2
    assert kpi("deal", "stage", number, "báo giá", "--day", "1/11").exit_code == 2
    assert kpi("deal", "add", "Khách lẻ").exit_code == 2


def test_what_changes_nothing_offers_nothing_to_undo(kpi: Any) -> None:
    number = kpi("deal", "add", "anh Nam", "--json").json["data"]["id"]
    same = kpi("deal", "stage", number, "lead")
    assert "vẫn như cũ" in same.stdout
    assert "undo" not in same.stderr


def test_a_deal_stands_as_it_did_on_the_day_that_is_looked_at(kpi: Any, cli: Cli) -> None:
    number = kpi("deal", "add", "anh Nam", "--day", "2/11", "--json").json["data"]["id"]
    kpi("deal", "stage", number, "báo giá", "--day", "9/11")
    kpi("deal", "lost", number, "--reason", "giá", "--day", "12/11")
    listed = cli("kpi", "deal", "--as-of", "2026-11-10", "--json").json["data"]
    assert [(one["outcome"], one["reason"], len(one["stages"])) for one in listed] == [("open", None, 2)]
    assert len(cli("kpi", "deal", "--as-of", "2026-11-05", "--json").json["data"][0]["stages"]) == 1
    assert cli("kpi", "deal", "list", "--all", "--as-of", "2026-11-01", "--json").json["data"] == []
    assert kpi("deal", "--json").json["data"] == []
    shown = cli("kpi", "customers", "show", "anh Nam", "--as-of", "2026-11-10", "--json").json["data"]
    assert shown["deals"][0]["outcome"] == "open"


def test_a_name_that_two_people_have_is_not_guessed_at(home: Path, kpi: Any) -> None:
    for phone in ("0903123456", "0903999888"):
        kpi("contacts", "add", "chị Hoa", "--phone", phone)
    for command in (("deal", "add", "chị Hoa"), ("promises", "add", "gọi lại", "--to", "chị Hoa")):
        several = kpi(*command)
        assert several.exit_code == 4
        assert "(…888)" in several.stderr
    assert kpi("deal", "add", "2", "--json").json["data"]["customer_id"] == 2
    assert kpi("promises", "add", "gọi lại", "--to", "#1", "--json").json["data"]["to"] == "chị Hoa"
    assert kpi("deal", "add", "77").exit_code == 4
    assert [one["id"] for one in kpi("contacts", "--search", "999", "--json").json["data"]] == [2]


def test_a_deal_outlives_its_sale(home: Path, kpi: Any) -> None:
    keep(home, lambda run: bought(run, "anh Nam", [9]))
    number = kpi("deal", "add", "anh Nam", "--day", "3/11", "--json").json["data"]["id"]
    sold = kpi("deal", "won", number, "--json").json["data"]["sale"]
    assert kpi("delete", sold).exit_code == 0
    assert kpi("deal", "show", number).exit_code == 0
    assert kpi("winloss", "--json").json["data"]["won"] == 1


def test_deals_are_listed_by_stage(home: Path, kpi: Any) -> None:
    for name, stage in (("anh Nam", "báo giá"), ("chị Vy", "gặp"), ("Lan", "ký nháp")):
        kpi("deal", "add", name, "--stage", stage)
    assert [one["customer"] for one in kpi("deal", "list", "--stage", "quote", "--json").json["data"]] == ["anh Nam"]
    assert [one["customer"] for one in kpi("deal", "list", "--stage", "Ký nháp", "--json").json["data"]] == ["Lan"]
    assert len(kpi("deal", "--json").json["data"]) == 3


def test_a_hundred_and_eighty_conversations_went_with_twelve_sales(home: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        for kind, count in (("lead", 120), ("meeting", 48), ("quote", 20)):
            run.add(Activity(0, "own", TODAY, kind, count, 0, NOW))
        for n in range(8):
            run.add(sale(sentence=f"bán {n}"))

    keep(home, write)
    data = kpi("funnel", "--wanted", 12, "--json").json["data"]
    assert [one["count"] for one in data["stages"]] == [120, 48, 20, 8]
    assert data["needed"] == 180
    assert [one["of_previous"] for one in data["stages"]] == [None, 0.4, 0.4167, 0.4]
    said = kpi("funnel", "--wanted", 12).stdout
    assert "12 ở bước bán được ứng với 180 ở bước làm quen" in said
    assert "không phải chỉ tiêu" in said


def test_own_stages_are_kept_until_they_are_taken_back(home: Path, kpi: Any) -> None:
    kpi("deal", "add", "Lan", "--stage", "ký nháp")
    assert kpi("funnel", "--stages", "gặp, ký nháp ,chốt", "--keep").exit_code == 0
    assert [one["stage"] for one in kpi("funnel", "--json").json["data"]["stages"]] == ["meeting", "ký nháp", "won"]
    assert kpi("funnel", "--stages", "lead,quote", "--json").json["data"]["other_stages"] == ["won", "ký nháp"]
    assert kpi("undo").exit_code == 0
    assert kpi("funnel", "--json").json["data"]["stages"][0]["stage"] == "lead"
    assert kpi("funnel", "--keep").exit_code == 2
    assert kpi("funnel", "--stages", ",".join(f"bước {n}" for n in range(20))).exit_code == 2
    data = kpi("funnel", "--wanted", 5, "--json").json["data"]
    assert data["needed"] is None


def test_figures_of_two_jobs_never_mix(decided: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        run.put_engagement(Engagement("own", "của tôi", "freelance"))
        run.put_engagement(Engagement("cty", "công ty", "employee"))
        run.add(sale(engagement="cty"))

    keep(decided, write)
    for command in ("winloss", "funnel"):
        assert kpi(command).exit_code == 2
    assert kpi("winloss", "--engagement", "cty", "--json").json["data"]["won"] == 1
    assert kpi("winloss", "--engagement", "own", "--json").json["data"]["won"] == 9
