"""Customers and contacts as a member works with them: who bought, who came back, who is who, and taking them along."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import vobject

from builders.kpi_books import dump, sale
from builders.kpi_people import FIRST, bought, keep
from toolkit.kpi.book import KpiBook
from toolkit.kpi.model import Contact, Engagement, Line
from toolkit.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from running import Cli, Ran
    from toolkit.kpi.book import Recording

AS_OF = ("--as-of", "2026-11-20")


@pytest.fixture
def kpi(cli: Cli) -> Any:
    """`kpi("repeat")` types `toolkit kpi repeat` on Friday 20/11/2026."""

    def run(*words: object) -> Ran:
        return cli("kpi", *words, *AS_OF)

    return run


@pytest.fixture
def seven(home: Path) -> Path:
    """Seven customers, two of whom came back; "Khách lẻ" twice beside them."""

    def write(run: Recording) -> None:
        bought(run, "chị Hoa", [0, 9])
        bought(run, "anh Nam", [1, 4], referral=True, referrer="chị Hoa")
        for name, day in (("Vy", 1), ("Tú", 2), ("Lan", 2), ("Bình", 3), ("Đức", 5)):
            bought(run, name, [day])
        for day in (6, 7):
            run.add(sale(50_000, ordered=FIRST + timedelta(days=day), customer_name="Khách lẻ"))

    keep(home, write)
    return home


def test_two_of_seven_customers_came_back(seven: Path, kpi: Any) -> None:
    data = kpi("repeat", "--json").json["data"]
    assert (data["repeat_customers"], data["customers"], data["repeat_share"]) == (2, 7, 0.2857)
    assert data["repeat"]["interval_80"] == [0.1253, 0.5275]
    assert data["unnamed_purchases"] == 2
    assert data["median_days_between"] == 6
    assert (data["referrals"], data["purchases"]) == (2, 11)
    assert "2/7 = 29% (tin cậy 80%: 13%–53%)" in kpi("repeat").stdout


def test_those_who_came_back_are_named_where_asked(seven: Path, kpi: Any) -> None:
    assert [one["name"] for one in kpi("repeat", "--json").json["data"]["who"]] == ["anh Nam", "chị Hoa"]
    assert "anh Nam" not in kpi("repeat").stdout
    assert "anh Nam" in kpi("repeat", "--names").stdout


def test_a_screen_is_not_flooded_with_a_shops_customers(home: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        run.add_sales(
            sale(1000, source="shopee", order=str(n), customer_name=f"khách số {n}", sentence="") for n in range(230)
        )

    keep(home, write)
    said = kpi("customers").stdout
    assert said.count("khách số") == 200
    assert "Còn 30 khách nữa" in said
    assert len(kpi("customers", "--csv").stdout.splitlines()) == 231
    assert len(kpi("customers", "--json").json["data"]["customers"]) == 230


def test_what_lies_behind_the_day_that_is_looked_at_does_not_count_yet(seven: Path, cli: Cli) -> None:
    data = cli("kpi", "repeat", "--as-of", "2026-11-10", "--json").json["data"]
    assert (data["repeat_customers"], data["customers"]) == (1, 7)
    nothing = cli("kpi", "repeat", "--as-of", "2026-10-01", "--json").json["data"]
    assert (nothing["repeat_share"], nothing["referral_share"], nothing["median_days_between"]) == (None, None, None)


def test_a_period_asks_who_had_bought_before(seven: Path, kpi: Any) -> None:
    data = kpi("repeat", "--from", "10/11", "--until", "15/11", "--json").json["data"]
    assert (data["repeat_customers"], data["customers"]) == (1, 1)
    assert kpi("repeat", "--from", "10/11", "--within", "8", "--json").json["data"]["repeat_customers"] == 0
    assert kpi("repeat", "--period", "2026-11", "--from", "10/11").exit_code == 2
    assert kpi("repeat", "--period", "2027-02").exit_code == 2


def test_customers_stand_by_name_and_by_amount_only_where_asked(seven: Path, kpi: Any) -> None:
    names = [one["name"] for one in kpi("customers", "--json").json["data"]["customers"]]
    assert names == ["anh Nam", "Bình", "chị Hoa", "Đức", "Lan", "Tú", "Vy"]
    by_last = [one["name"] for one in kpi("customers", "--sort", "last", "--json").json["data"]["customers"]]
    assert by_last[0] == "chị Hoa"
    total = kpi("customers", "--json").json["data"]["total"]
    assert (total["customers"], total["purchases"], total["amount"]) == (7, 11, 9_100_000)


def test_a_customer_counts_by_the_members_share_with_refunds_apart(home: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        who = bought(run, "chị Hoa", [0], amount=3_000_000, share=5_000)
        run.add(sale(1_000_000, kind="refund", customer=who, customer_name="chị Hoa", share=5_000))
        run.add(sale(9_000_000, status="cancelled", customer=who, customer_name="chị Hoa"))

    keep(home, write)
    (one,) = kpi("customers", "--json").json["data"]["customers"]
    assert (one["amount"], one["refunds"], one["net"], one["purchases"]) == (1_500_000, 500_000, 1_000_000, 1)
    shown = kpi("customers", "show", "chi hoa").stdout
    assert "1.500.000đ" in shown
    assert "−1.000.000đ" in shown


def test_equal_names_with_different_phones_stay_apart_until_they_are_put_together(home: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        bought(run, "chị Hoa", [0], phone="0903123456")
        bought(run, "chị Hoa", [9], phone="0903999888")

    keep(home, write)
    before = dump(home)
    assert kpi("repeat", "--json").json["data"]["repeat_customers"] == 0
    listed = kpi("customers").stdout
    assert "(…456)" in listed
    assert "0903" not in listed
    several = kpi("customers", "show", "chị Hoa")
    assert several.exit_code == 4
    assert "1 chị Hoa (…456) / 2 chị Hoa (…888)" in several.stderr
    assert kpi("customers", "merge", "2", "1").exit_code == 0
    data = kpi("repeat", "--json").json["data"]
    assert (data["repeat_customers"], data["customers"]) == (1, 1)
    assert kpi("undo").exit_code == 0
    assert dump(home) == before


def test_whoever_was_put_together_is_found_under_both_names(home: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        bought(run, "chị Hoa", [0])
        run.add(Contact(0, "own", "Hoa Nguyễn", account="hoa_99", phone="0903999888"))

    keep(home, write)
    assert kpi("customers", "merge", "Hoa Nguyễn", "chị Hoa").exit_code == 0
    with Store.open(home / "toolkit.db", backups=home / "backups") as store:
        book = KpiBook(store)
        for found in (
            book.find_contact("own", "Hoa Nguyễn"), book.find_contact("own", "", account="hoa_99"),
            book.find_contact("own", "", phone="0903999888"),
        ):  # fmt: skip
            assert found is not None
            assert (found.name, found.phone, found.account) == ("chị Hoa", "0903999888", "hoa_99")


def test_a_later_import_knows_who_was_put_together(kpi: Any, tmp_path: Path) -> None:
    heading = "date,order_id,customer,product,quantity,amount,status,referrer,channel\n"
    file = tmp_path / "don.csv"
    first = "2026-11-02,A1,chị Hoa,son,1,100000,done,,\n2026-11-03,A2,Hoa Nguyễn,son,1,200000,done,,\n"
    file.write_text(heading + first, "utf-8")
    assert kpi("import", file, "--profile", "toolkit", "--yes").exit_code == 0
    assert kpi("customers", "merge", "Hoa Nguyễn", "chị Hoa").exit_code == 0
    again = kpi("import", file, "--profile", "toolkit", "--yes", "--json").json["data"]
    assert (again["orders"]["new"], again["orders"]["updated"]) == (0, 0)
    file.write_text(heading + first + "2026-11-10,A3,Hoa Nguyễn,son,1,400000,done,,\n", "utf-8")
    assert kpi("import", file, "--profile", "toolkit", "--yes").exit_code == 0
    (one,) = kpi("customers", "--json").json["data"]["customers"]
    assert (one["name"], one["purchases"], one["amount"]) == ("chị Hoa", 3, 700_000)


def test_one_name_that_was_two_people_is_taken_apart(home: Path, kpi: Any) -> None:
    keep(home, lambda run: bought(run, "chị Hoa", [0, 9]))
    numbers = [one["id"] for one in kpi("customers", "show", "chị Hoa", "--json").json["data"]["sales"]]
    done = kpi("customers", "split", "chị Hoa", numbers[1], "--name", "chị Hoa quận 7", "--json")
    assert done.json["data"]["moved"] == 1
    assert kpi("repeat", "--json").json["data"]["repeat_customers"] == 0
    assert kpi("customers", "split", "chị Hoa quận 7", numbers[0]).exit_code == 4
    assert kpi("customers", "split", "chị Hoa quận 7", 999).exit_code == 4


def test_sales_of_two_jobs_never_mix(home: Path, kpi: Any) -> None:
    def write(run: Recording) -> None:
        for id_ in ("bao-hiem", "my-pham"):
            run.put_engagement(Engagement(id_, id_, "agent"))
            who = run.contact(id_, "chị Hoa")
            run.add(sale(engagement=id_, customer=who.id))

    keep(home, write)
    found = kpi("customers", "--json").json["data"]
    assert [one["engagement"] for one in found["customers"]] == ["bao-hiem", "my-pham"]
    assert found["total"] is None
    assert kpi("repeat").exit_code == 2
    assert kpi("repeat", "--engagement", "bao-hiem", "--json").json["data"]["customers"] == 1
    assert kpi("repeat", "--engagement", "khong-co").exit_code in (2, 4)


def test_groups_of_a_salesperson(home: Path, kpi: Any) -> None:
    for name, group in (("Minh", "đồng nghiệp"), ("anh Tú", "payer"), ("chị Hoa", "khách")):
        assert kpi("contacts", "add", name, "--group", group).exit_code == 0
    assert [one["name"] for one in kpi("contacts", "--group", "colleague", "--json").json["data"]] == ["Minh"]
    assert kpi("customers", "group", "Minh", "reputation", "--json").json["data"]["contact"]["group"] == "reputation"
    assert kpi("customers", "group", "Minh", "bạn bè").exit_code == 2


def test_a_phone_is_kept_only_where_it_is_given_and_may_be_taken_away(home: Path, kpi: Any) -> None:
    keep(home, lambda run: bought(run, "chị Hoa", [0]))
    assert kpi("contacts", "--json").json["data"][0]["phone"] is None
    assert kpi("contacts", "edit", "chị Hoa", "--phone", "0903 123 456").exit_code == 0
    assert kpi("customers", "show", "+84903123456", "--json").json["data"]["phone"] == "0903 123 456"
    assert kpi("contacts", "edit", "chị Hoa", "--phone", "").exit_code == 0
    assert kpi("contacts", "--json").json["data"][0]["phone"] is None
    assert kpi("contacts", "edit", "chị Hoa").exit_code == 2
    assert kpi("contacts", "add", "chị Hoa").exit_code == 4
    assert kpi("contacts", "add", "Khách lẻ").exit_code == 2


def test_somebody_who_is_forgotten_leaves_the_sales(home: Path, kpi: Any) -> None:
    keep(home, lambda run: bought(run, "chị Hoa", [0, 9]))
    before = dump(home)
    assert kpi("contacts", "delete", "chị Hoa").exit_code == 0
    assert kpi("contacts", "--json").json["data"] == []
    assert kpi("customers", "--json").json["data"]["total"]["amount"] == 2_000_000
    kpi("undo")
    assert dump(home) == before


@pytest.fixture
def address_book(home: Path) -> Path:
    def write(run: Recording) -> None:
        run.put_engagement(Engagement("own", "của tôi", "freelance", own_contacts=True))
        run.put_engagement(Engagement("cong-ty", "công ty", "employee"))
        run.add(Contact(0, "own", "chị Hoa; =1+1", phone="0903123456", note="%%nợ cũ%% thích trà", group="demand"))
        run.add(Contact(0, "own", "=cmd|'/C calc'!A0", email="a@vidu.test", account="#1a2b3"))
        run.add(Contact(0, "own", "Mỹ", own=False))
        run.add(Contact(0, "cong-ty", "anh Nam", phone="0903999888"))
        run.add(Contact(0, "own", "%%người giấu tên%%", phone="0903000111"))

    keep(home, write)
    return home


def test_own_contacts_leave_and_the_companys_stay(address_book: Path, kpi: Any, tmp_path: Path) -> None:
    file = tmp_path / "danh-ba.vcf"
    ran = kpi("contacts", "export", file)
    assert ran.exit_code == 0
    assert "2 người là của công ty" in ran.stderr
    read = list(vobject.readComponents(file.read_text("utf-8")))
    assert [one.fn.value for one in read] == ["=cmd|'/C calc'!A0", "chị Hoa; =1+1"]
    text = file.read_text("utf-8")
    for secret in ("nợ cũ", "người giấu tên", "0903000111", "anh Nam", "0903999888", "Mỹ"):
        assert secret not in text
    again = kpi("contacts", "export", file, "--vcard", "3.0", "--json")
    data = again.json["data"]
    assert (data["to"], data["file"], data["contacts"], data["kept_back"], data["hidden"]) == (
        "vcf",
        str(file),
        2,
        2,
        1,
    )
    assert next(vobject.readComponents(file.read_text("utf-8"))).version.value == "3.0"


def test_whose_a_contact_is_follows_the_job_until_the_member_says(home: Path, kpi: Any, tmp_path: Path) -> None:
    kpi("engagement", "add", "Công ty ABC", "--kind", "employee", "--company-contacts")
    kpi("contacts", "add", "chị Hoa")
    kpi("deal", "add", "anh Nam")
    file = tmp_path / "a.vcf"
    refused = kpi("contacts", "export", file)
    assert refused.exit_code == 4
    assert "2 người là của công ty" in refused.stderr
    job = kpi("engagement", "list", "--json").json["data"][0]["id"]
    kpi("engagement", "edit", job, "--own-contacts")
    kpi("contacts", "edit", "chị Hoa", "--own")
    done = kpi("contacts", "export", file, "--json").json["data"]
    assert (done["contacts"], done["kept_back"]) == (1, 1)


def test_a_table_of_contacts_holds_no_formula(address_book: Path, kpi: Any, tmp_path: Path) -> None:
    file = tmp_path / "danh-ba.csv"
    assert kpi("contacts", "export", file).exit_code == 0
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert [row[0] for row in rows] == ["Tên", "'=cmd|'/C calc'!A0", "chị Hoa; =1+1"]
    assert "#1a2b3" not in rows[1]
    assert kpi("contacts", "export", file).exit_code == 0


@pytest.mark.parametrize("name", ["danh-ba.vcf", "danh-ba.csv"])
def test_a_file_of_somebody_else_is_left_alone(address_book: Path, kpi: Any, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("BEGIN:VCARD\nFN:của người khác\nEND:VCARD\n", "utf-8")
    before = file.read_bytes()
    ran = kpi("contacts", "export", file)
    assert ran.exit_code == 4
    assert file.read_bytes() == before
    assert kpi("contacts", "export", tmp_path / "danh-ba.xlsx").exit_code == 2


def test_nobody_to_write_is_said(home: Path, kpi: Any, tmp_path: Path) -> None:
    assert kpi("contacts", "export", tmp_path / "a.vcf").exit_code == 4
    assert not (tmp_path / "a.vcf").exists()


def test_lists_are_readable_on_forty_columns(seven: Path, kpi: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for words in (["customers"], ["repeat"], ["contacts"], ["customers", "show", "anh Nam"]):
        lines = kpi(*words).stdout.splitlines()
        assert max(map(len, lines)) <= 40, words


def test_a_spreadsheet_gets_plain_numbers(seven: Path, kpi: Any) -> None:
    rows = list(csv.reader(kpi("customers", "--csv").stdout.lstrip("\ufeff").splitlines()))
    hoa = next(row for row in rows if row[1] == "chị Hoa")
    assert hoa[2:7] == ["2", "2000000", "0", "2026-11-02", "2026-11-11"]


def test_the_products_of_a_customer_are_told(home: Path, kpi: Any) -> None:
    keep(home, lambda run: bought(run, "chị Hoa", [0], lines=(Line("goi-bao-hiem"),)))
    data = kpi("customers", "show", "chị Hoa", "--json").json["data"]
    assert data["sales"][0]["products"] == ["goi-bao-hiem"]
    assert json.dumps(data)
