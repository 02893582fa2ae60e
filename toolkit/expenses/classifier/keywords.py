"""What stands in where the model's file can't be used: a few words a leaf, enough to propose, never to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.core.wording import unmarked

if TYPE_CHECKING:
    from collections.abc import Collection

_WORDS: Final = {
    "food": "ăn sáng|ăn trưa|ăn tối|cơm|phở|bún|bánh mì|cà phê|trà sữa|nhậu|lẩu|chè|xôi|cháo|grabfood|shopeefood",
    "groceries": "đi chợ|siêu thị|rau|thịt|cá|trứng|gạo|nước mắm|bột giặt|giấy vệ sinh|dầu ăn|trái cây|winmart",
    "transport": "xăng|gửi xe|grab|taxi|xe buýt|xe ôm|vá xe|thay nhớt|rửa xe|sửa xe|vé xe|vé tàu",
    "housing": "tiền nhà|tiền trọ|thuê nhà|tiền phòng|đặt cọc phòng|sửa nhà|tủ lạnh|máy giặt|quạt|nồi|giúp việc",
    "utilities": "tiền điện|tiền nước|internet|wifi|cước|nạp điện thoại|gas|truyền hình|tiền mạng|thẻ cào",
    "shopping": "quần|áo|giày|dép|túi|tai nghe|điện thoại|laptop|đồng hồ|ốp lưng|balo",
    "beauty": "cắt tóc|gội đầu|nhuộm tóc|son|mỹ phẩm|nước hoa|spa|làm móng|kem chống nắng|mát xa",
    "health": "khám|thuốc|nha khoa|răng|xét nghiệm|gym|phòng tập|kính cận|sân bóng|viện phí|vitamin",
    "education": "học phí|khóa học|sách|lệ phí thi|photo|vở|bút|in tài liệu",
    "entertainment": "xem phim|karaoke|game|netflix|spotify|vé số|truyện tranh|công viên",
    "travel": "vé máy bay|khách sạn|homestay|tour|visa|hộ chiếu|du lịch",
    "children": "cho con|bỉm|sữa bột|của con|cho bé|học thêm của con",
    "family": "cho mẹ|cho bố|biếu|gửi về quê|cho má|cho ba|ông bà|cho vợ|cho em",
    "pets": "cho mèo|cho chó|thú y|cát vệ sinh|pate|hạt cho",
    "gifts": "quà|mừng cưới|đám cưới|phúng|lì xì|từ thiện|ủng hộ|công đức|thăm ốm|đầy tháng|đám giỗ",
    "finance": "bảo hiểm|trả góp|lãi vay|phí ngân hàng|thuế|mua vàng|cổ phiếu|đóng hụi|phí chuyển khoản",
    "business": "quảng cáo|nhập hàng|ship cho khách|mời khách|phí sàn|tên miền|hosting|bao bì|mặt bằng",
    "other": "mất tiền|công chứng|căn cước|quỹ lớp|bồi thường|đền",
    "salary": "lương|phụ cấp",
    "bonus": "thưởng|hoa hồng|lương tháng mười ba",
    "sales_income": "bán|khách trả|khách chuyển|dạy thêm|chạy xe|tiền công",
    "investment_income": "lãi tiết kiệm|cổ tức|cho thuê|tiền lãi",
    "gift_income": "được cho|mẹ cho|bố cho|được lì xì|tiền mừng|được biếu",
    "other_income": "hoàn tiền|trúng|trợ cấp|học bổng|thanh lý|nhặt được",
    "lend": "cho mượn|cho vay|ứng hộ|ứng giùm",
    "borrow": "vay|mượn",
    "repay": "trả nợ|trả lại",
    "collect": "đòi được|thu nợ|trả nợ mình",
    "transfer": "rút tiền|atm|nạp momo|gửi tiết kiệm|chuyển sang",
}
_TABLE: Final = {label: tuple(unmarked(word) for word in words.split("|")) for label, words in _WORDS.items()}


def by_keywords(phrase: str, among: Collection[str]) -> list[str]:
    """The labels of `among`, best first: by the length of the longest keyword in the phrase, then in their order."""
    text = f" {unmarked(phrase)} "
    found = {
        label: max((len(word) for word in _TABLE.get(label, ()) if f" {word} " in text), default=0) for label in among
    }
    return sorted(among, key=lambda label: -found[label])
