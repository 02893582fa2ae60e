"""Things whose names hold a word that elsewhere measures, sells, pays or denies: `sữa chua`, `bàn học`, `đồng hồ`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.core.sentences.line import Word

COMPOUNDS = Lexicon(
    "bảo hiểm, thẻ tín dụng, thẻ bảo hiểm, sổ tiết kiệm, tờ rơi, thẻ nhựa, vé số, ổ cứng, ổ điện, bộ nhớ, bình sữa, "
    "bình thủy, bình hoa, hộp đựng, hộp cơm, ly sứ, túi ngủ, chai xịt, căn hộ, lô đất, sản phẩm, túi xách, vòng tay, "
    "bình giữ nhiệt, dây chuyền, thẻ tập, bao lì xì, ống kính, bình gas, bao da, cây cảnh, túi vải, bài viết, dây "
    "điện, thẻ cào, vòng cổ, túi đeo, dây lưng, con lăn, hạt điều, hạt chia, hạt dinh dưỡng, hạt giống, thẻ thành "
    "viên, trang sức, trang phục, bình đun, bài pr, trái cây, lốp xe, bé heo, cây lau nhà, bình lọc, bộ lọc, túi "
    "giấy, bao bì, cốc giữ nhiệt, ly giữ nhiệt, bát đĩa, dây cáp, tấm pin, ống nước, thanh long, từ điển, từ vựng, "
    "cặp sách, em bé, căn chung cư, đơn vị, ốp lưng, lô gô, hạt sen, bàn học, bàn ghế, bàn ăn, bàn trà, bàn làm việc, "
    "bàn là, bàn ủi, bàn phím, bàn chải, bàn giao, bàn thờ, bàn trang điểm, sách giáo khoa, dây chuyền, bàn học, đèn "
    "bàn, rèm cửa, áo mưa, dầu gội, mì gói, cá thu, giò thủ, heo con, gà con, vịt con, máy bơm, quần áo, xi măng, "
    "đồng hồ, đông trùng, nấm linh chi, linh chi, cơm hộp, sữa chua, nem chua, cà chua, vải thiều, mứt dừa, hoa hồng, "
    "phòng khách sạn, đường cát, khung ảnh, dao kéo, loa kéo, mật ong, ổ cắm, son môi, giỏ quà, cáp sạc, đồng phục, "
    "bánh giò, bánh kem, kim chi, cá giống, cửa cuốn, cửa kéo, máy lấy số, thùng rác, bột giặt, nước giặt, nước xả, "
    "giấy dán tường, tranh dán, keo dán, bình chữa cháy, ghế massage, bàn bi da, bánh trả, trái cọc, cá chép, cá hồi, "
    "rượu thuốc, thuốc bổ, máy đo, thước đo, máy đóng gói, túi đóng gói, cân điện tử, đất nền, bàn nâng hạ, giường "
    "gấp, thẻ nhận dạng, đồ đi biển, xe tập đi, xe đẩy hàng, máy chạy bộ, thảm tập, tủ đông, tủ mát, kẹo kéo, cá hộp, "
    "thịt hộp, sữa hộp, bồn tắm, bồn rửa, bồn cầu, bồn nước, ba lô, ba rọi, năm sao, hoa lan, lan hồ điệp, hoa ly, "
    "hoa mai"
)


def inside(words: Sequence[Word]) -> set[int]:
    """The words that belong to such a name; a capital begins somebody's."""
    found: set[int] = set()
    for start, end in COMPOUNDS.all(words):
        if end - start > 1 and not any(word.capital for word in words[start + 1 : end]):
            found.update(range(start, end))
    return found
