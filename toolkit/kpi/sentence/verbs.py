"""The verbs of selling, as data: who sells, buys, pays, takes back, declines, promises, and what a day's work is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from toolkit.core.sentences.line import Lexicon

if TYPE_CHECKING:
    from toolkit.kpi.model import ActivityKind


def crossed(*columns: str) -> str:
    """Every phrase of one word group of each column: `tạm dừng hợp đồng` of `|tạm`, `dừng|ngưng`, `hợp đồng|gói`."""
    return ", ".join(" ".join(" ".join(row).split()) for row in product(*(column.split("|") for column in columns)))


SELLS = Lexicon(
    "bán đấu giá, bán đấu giá được, bán rẻ, bán gấp, bán thanh lý, thanh lý, bán, bán được, bán xong, bán thêm, "
    "bán thêm được, bán ra, bán lẻ, bán sỉ, bán buôn, bán đứt, bán hàng, bán hàng được, chốt, chốt đơn, chốt "
    "được, chốt được đơn, chốt deal, chốt được deal, chốt sale, chốt sale được, chốt hợp đồng, chốt được hợp "
    "đồng, chốt xong, chốt thêm, chốt thêm được, chốt kèo, chốt được kèo, chốt khách, chốt được khách, chốt hđ, "
    "chốt thành công, chốt được hđ, ký, ký được, kí, kí được, ký hợp đồng, kí hợp đồng, ký được hợp đồng, kí được "
    "hợp đồng, ký hđ, kí hđ, ký được hđ, ký xong, ký xong hợp đồng, ký thêm, lên đơn, lên được đơn, ra đơn, ra "
    "được đơn, nổ đơn, nổ, nổ được, nổ thêm, có đơn, được đơn, thêm đơn, về đơn, nhận đơn, nhận được đơn, đi đơn, "
    "xuất, xuất kho, xuất bán, xuất hàng, giao, giao hàng, giao được, ship, đóng deal, close, close deal, close "
    "được, sang nhượng, cho thuê, cho thuê được, cung cấp, nhận job, nhận show, nhận kèo, nhận làm, nhận thiết "
    "kế, nhận thi công, nhận dịch, chạy được, doanh thu, doanh số, thuê được, thắng thầu, trúng thầu, win deal, "
    "win được deal, win, sale được, sell, up sale, upsale, upsell, bán chéo, bán kèm, nhận hợp đồng, chốt bán, "
    "bán nốt, bán hết, bán sạch, bán lại, bán lại được, đẩy được, ra hàng, xả, xả được, xả hàng, sang lại, sang tay, "
    "nhượng lại, bán xổ, bán giùm, ký ra, ra công chứng, công chứng, dịch xong, làm xong, viết xong, chụp xong, may "
    "xong, in xong, thi công xong, bàn giao, bàn giao xong, nghiệm thu, sale, po"
)
WORKS = Lexicon(
    "mở, mở được, kích hoạt, kích hoạt được, cài, nạp, bảo dưỡng, lắp được, in, may, làm, viết, quay, chụp, dạy, "
    "dịch, thiết kế, sửa, lắp, lắp đặt, thi công, trang điểm, nấu, vẽ, cắt, giặt, thêu, đóng, edit, dựng, soạn, gia "
    "công, sơn, trồng, cắm, cho mượn, thay, thay thế, chở, vận chuyển, dựng video, đổ, ép, đúc, hàn, cân, đong, gặt, "
    "vớt, cuốn, gói bánh"
)
ORDERS = Lexicon(
    "đơn, hợp đồng, đơn hàng, hđ, đơn của, hợp đồng của, đơn hàng của, deal, có khách, được khách, thêm khách, dự "
    "án, job, kèo"
)
BUYS = Lexicon(
    "nhờ in, nhờ làm, nhờ may, nhờ thiết kế, nhờ viết, nhờ sửa, nhờ lắp, nhờ dịch, nhờ chụp, nhờ quay, mua sỉ, mua "
    "lẻ, đặt sỉ, nhập sỉ, đặt in, đặt may, đặt thiết kế, đặt viết, thuê thiết kế, thuê làm, thuê viết, mua, mua thêm, "
    "mua lại, mua tiếp, mua của mình, mua được, lấy, lấy thêm, lấy lại, lấy tiếp, lấy hàng, lấy sỉ, lấy luôn, mua "
    "luôn, đặt, đặt mua, đặt hàng, đặt thêm, đặt lại, đặt tiếp, đặt làm, đặt đơn, order, order thêm, oder, đăng ký, "
    "đăng kí, đăng ký mua, đăng ký học, đăng ký thêm, đk, đk thêm, đk học, đk mua, book, booking, rước, hốt, hốt "
    "luôn, tậu, xuống tiền, nhập, nhập hàng, nhập thêm, chọn mua, tham gia, quất, gom, rinh, thuê, thuê mình, tái ký, "
    "tái tục, gia hạn, tái mua, tái đặt, nâng cấp, chọn gói, chọn, ghi danh, nhận mua, chịu mua, đồng ý mua, đồng ý "
    "ký, đồng ý chốt, duyệt báo giá, duyệt đơn, duyệt mua, dùng gói, ủng hộ, ủng hộ mình, ký tiếp, quay lại mua, quay "
    "lại lấy, quay lại đặt, tìm mua, ghé mua, ghé lấy, lên gói, xài gói, đồng ý lấy, thỉnh, lấy liền, mua liền, "
    "khuân, bưng, ẵm, rinh về, mua trả góp, mua góp, đổi máy, lên đời, chốt lấy, xúc, bốc"
)
PAYS = Lexicon(
    "trả dứt, trả dứt điểm, đưa dứt, chuyển dứt, thanh toán dứt điểm, thanh toán dứt, trả đợt cuối, thu đủ, thu đủ "
    "tiền, thu xong, thu nốt, thu hết, thu trước, cọc, đặt cọc, cọc trước, cọc giữ chỗ, giữ chỗ, vào cọc, xuống cọc, "
    "chuyển cọc, gửi cọc, chuyển khoản, ck, ck trước, chuyển khoản trước, chuyển tiền, chuyển, chuyển trước, chuyển "
    "nốt, chuyển khoản nốt, ck nốt, chuyển thêm, chuyển đủ, ck đủ, chuyển khoản đủ, chuyển khoản thêm, ck thêm, trả "
    "nốt, trả đủ, trả hết, trả tiền, trả trước, trả góp, trả thêm, trả nợ, trả đợt, trả, trả xong, trả nốt tiền, "
    "thanh toán, thanh toán nốt, thanh toán trước, thanh toán đủ, thanh toán hết, thanh toán đợt, thanh toán thêm, "
    "tất toán, quyết toán, thu nợ, thu tiền, thu được, thu hộ, thu, thu được tiền, thu về, thu cọc, nhận tiền, nhận "
    "được tiền, nhận được, nhận, nhận cọc, nhận được cọc, nhận thanh toán, đóng phí, đóng tiền, đóng nốt, đóng, đóng "
    "trước, đóng đủ, đóng học phí, đóng cọc, nộp, nộp tiền, nộp phí, gửi tiền, gửi trước, gửi, gửi thêm, đưa thêm, "
    "đóng thêm, nộp thêm, gửi nốt, gửi lại tiền, tạm ứng, ứng, ứng trước, ứng tiền, đưa, đưa trước, đưa tiền, đưa "
    "nốt, bank, bank trước, tiền về, tt, tt nốt, giải ngân, xuống tiền cọc, trả một phần, thanh toán một phần, góp, "
    "đóng góp, thu hồi công nợ, thu hồi nợ, thu công nợ, đòi nợ, đòi được nợ, cod về, tiền cod về, tiền cod, về tiền, "
    "về tiền cod, tiền đã về, trả nợ cũ, nhận đủ, nhận nốt, chuyển trả nốt, ck trả nốt, chuyển trả đủ, chuyển trả "
    "hết, nộp học phí, chuyển học phí, trả học phí, nộp tiền học, thanh lý hợp đồng, thanh lý hđ, quyết toán hợp "
    "đồng, nghiệm thu thanh toán, trả bớt, đưa lại, ting, ting ting, tiền vào, tiền vô, thanh toán xong, chuyển xong, "
    "đóng xong, nhận chuyển khoản, "
    + crossed("thu|thu được|đòi|đòi được|lấy được|gom được|nhận lại", "nợ|nợ cũ|tiền nợ|tiền hàng|tiền cọc|công nợ")
)
WEAK_PAYS = Lexicon("trả, chuyển, nhận, nhận được, đóng, nộp, gửi, đưa, thu, thu được, bank, tt, góp, ứng")
DEPOSITS = Lexicon("cọc, đặt cọc, cọc trước, vào cọc, xuống cọc, chuyển cọc, gửi cọc, cọc giữ chỗ, nhận cọc, thu cọc")
REFUNDS = Lexicon(
    "đền, đền khách, đền tiền, bồi thường, bồi hoàn, hoàn, hoàn tiền, hoàn lại, hoàn lại tiền, hoàn hàng, hoàn "
    "đơn, hoàn trả, hoàn phí, hoàn cọc, hoàn lại cọc, trả lại, trả hàng, trả lại hàng, trả lại tiền, trả lại cọc, "
    "đổi trả, gửi trả, gửi trả lại, gửi hàng lại, refund, hoàn tiền lại, trả tiền lại, thối tiền hàng lỗi, bị "
    "hoàn, bị trả, bị trả lại, bị trả hàng, đòi lại tiền, lấy lại tiền, thu hồi, rút lại tiền, gởi trả, "
    "gởi trả lại, hoàn về, đem trả, đem trả lại, mang trả, mang trả lại, trả về, hàng hoàn về, nhận hàng hoàn, nhận "
    "hoàn, trả khách, thối lại, thối tiền, giảm trừ, giảm trừ lại, trừ lại, chuyển trả, chuyển trả lại, chuyển lại, "
    "chuyển lại tiền, đền tiền lại, đền lại, đền bù, đền lại tiền, bù tiền, đổi lại tiền, hoàn cho, trả cọc, trả cọc "
    "lại, trả tiền cọc, hoàn bớt, ck trả, ck trả lại, chuyển khoản trả lại, đòi lại tiền ck, đưa lại tiền"
)
YET_BARE = Lexicon(
    "chua chot, chua ban, chua mua, chua ky, chua lay, chua dat, chua tra, chua thanh toan, chua chuyen, chua ck, "
    "chua coc, chua co, chua duoc, chua nhan, chua gap, chua goi, chua bao, chua gui, chua thu, chua dong, chua dong "
    "y, van chua, chua quyet, chua tra loi, chua phan hoi, chua muon, chua chiu, chua ra don, chua len don, chua "
    "giao, chua chac, chua dua, chua nop, chua gop, chua ung, chua tt, chua bu, chua den tien, chua ban duoc, chua "
    "chot duoc, chua hoan, chua hua, chua hen"
)
# Words that begin like a verb of selling and are none.
NOT_SELLING = Lexicon(
    "chậm thanh toán, trễ thanh toán, chậm trả, đặt mục tiêu, đặt chỉ tiêu, đặt kế hoạch, bàn chuyện, bàn hợp đồng, "
    "bàn bạc, bàn việc, bàn công việc, gặp khó, gặp khó khăn, gặp vấn đề, gặp mưa, gặp sự cố, gặp trục trặc, lỡ hẹn, "
    "trễ hẹn, sai hẹn, nghe tư vấn, lịch tư vấn, bán kính, bán hàng online, giao dịch, giao tiếp, giao lưu, ký ức, "
    "nhân viên bán hàng, kỹ năng bán hàng, ký gửi, ship cod, phí ship, tiền ship, hợp đồng lao động, giao diện, bán "
    "thời gian, lấy lời, xuất khẩu, xuất sắc, phí giao hàng, freeship, free ship, miễn phí ship, miễn ship, bao ship, "
    "đơn giá, đơn vị, đơn giản, bao giao hàng, công giao, đơn sỉ, đơn lẻ, hoàn thành, hoàn toàn, hoàn thiện, chốt sổ, "
    "chốt ngày, hoàn hảo, chuyển phát, chuyển nhượng, điện tử, điện máy, điện lạnh, nhận dạng, gửi hàng, đồ điện, "
    "quạt điện, bếp điện, nhận xét, chuyển động, chuyển đổi, hẹn hò, đặt vấn đề, chọn lọc, gọi vốn, điện thoại di "
    "động, gói dịch vụ điện, máy điện, xe điện, hàng hoàn, đường dây nóng, lấy ngay, đại lý giao, đóng chai, đóng "
    "gói, đóng hộp, đóng thùng, thu đông, thu hút, ký sự, sổ ký, chuyển giao, cửa đóng, nhận nuôi, nhận con, in ấn "
    "gửi, máy ép, hóa đơn, trung thu, mùa thu, thu nhập, điểm bán, giá bán, chốt lịch, chốt số, chốt danh sách, lắp "
    "đặt, cài đặt, hẹn được, đặt tên, cuộc hẹn, buổi hẹn, lịch hẹn, không lấy hóa đơn, không xuất hóa đơn, không cần "
    "hóa đơn, không lấy vat, không lấy bill, không lấy túi, không lấy hộp, không lấy cọc, không cần cọc, không nhận "
    "cọc, không lấy lời, không lấy công, không cần ship, không cần giao, không lấy ship, không lấy phí, không tính "
    "ship, không cần vat, không lấy đường, không lấy đá, nhận diện, đơn đầu tiên, cân nhắc, giữ lời hứa, xe bán tải, "
    "gửi xe, đưa đón, tham gia giao thông, nước đóng chai, ví nhận"
)
PROMISES = Lexicon(
    "hứa, hứa sẽ, hứa là, hứa là sẽ, đã hứa, lỡ hứa, hứa với, cam kết, cam kết sẽ, cam kết với, nhận lời, nhận "
    "lời với, hẹn, hẹn với, hẹn sẽ, đã hẹn, có hẹn, lời hứa, hẹn lại, hứa gửi, hứa giao, hứa gọi, hứa tặng, hẹn "
    "gặp, hẹn giao"
)

DOINGS: tuple[tuple[ActivityKind, Lexicon], ...] = (
    (
        "meeting",
        Lexicon(
            "ăn cơm với, ăn sáng với, ăn tối với, nhậu với, đi ăn với, gặp, gặp được, đi gặp, gặp gỡ, gặp mặt, "
            "gặp trực tiếp, cà phê với, cafe với, cf với, uống cà phê với, họp, họp với, tiếp, tiếp khách, tiếp "
            "được, tư vấn, tư vấn trực tiếp, tư vấn được, tư vấn cho, ngồi với, làm việc với, đã gặp, gặp thêm, "
            "đi tư vấn, ăn trưa với, meeting, meeting với, meet, trao đổi với, đàm phán, thương lượng, đàm phán "
            "với, nói chuyện với, ngồi cà phê với, đi cà phê với, gặp khách, tư vấn khách"
        ),
    ),
    (
        "call",
        Lexicon(
            "gọi, gọi điện, gọi được, gọi cho, gọi điện cho, gọi thêm, telesale, telesales, điện, điện thoại, "
            "điện thoại cho, alo, call, phone, gọi khách, gọi zalo, gọi video, điện cho, cold call, gọi data, đã "
            "gọi, tele, gọi lại, gọi lại cho, quay số, nói chuyện điện thoại với"
        ),
    ),
    (
        "message",
        Lexicon(
            "nt, nt cho, nhắn, nhắn tin, nhắn cho, nhắn tin cho, inbox, ib, chat, chat với, gửi tin nhắn, gửi tin, gửi "
            "mail, gửi email, mail, email, nhắn zalo, zalo cho, rep, rep inbox, trả lời tin nhắn, trả lời inbox, nhắn "
            "được, gửi zalo, nhắn tin zalo, mail cho, email cho, trả lời comment, rep comment, rep tin nhắn, nhắn lại, "
            "gửi thư, gửi thư ngỏ, sms, gửi sms, nhắn khách, trả lời, gửi mail cho, gửi email cho"
        ),
    ),
    (
        "quote",
        Lexicon(
            "báo giá, gửi báo giá, gửi báo giá cho, làm báo giá, ra báo giá, lên báo giá, gửi bảng giá, chào giá, "
            "báo giá cho, gửi giá, báo phí, chào hàng, gửi chào giá, gửi đề xuất, gửi proposal, gửi bảng báo giá, "
            "gửi được báo giá, báo giá được, chào giá cho, đã báo giá, báo giá xong, minh họa bảng phí, gửi bảng "
            "minh họa"
        ),
    ),
    (
        "demo",
        Lexicon(
            "tặng mẫu, phát mẫu, phát mẫu thử, demo, demo cho, demo sản phẩm, trình bày, thuyết trình, present, giới "
            "thiệu sản phẩm, giới thiệu dịch vụ, giới thiệu dự án, giới thiệu gói, chạy thử, lái thử, cho lái thử, "
            "trải nghiệm thử, cho dùng thử, dùng thử, nếm thử, dạy thử, học thử, mặc thử, ăn thử, uống thử, test mẫu, "
            "thử mẫu, xem mẫu, gửi mẫu, gửi mẫu thử, cho thử, test sản phẩm, làm demo, chạy demo, gửi demo, gửi "
            "sample, tặng mẫu thử"
        ),
    ),
    (
        "visit",
        Lexicon(
            "thăm, đi thăm, ghé thăm, đi thị trường, khảo sát, đi khảo sát, dẫn khách xem nhà, dẫn khách đi xem, dẫn "
            "khách xem, dẫn khách đi xem nhà, dẫn khách xem đất, dẫn khách, dẫn, dắt khách, dắt, mời, mời khách, dắt "
            "khách xem nhà, đưa khách đi xem, đưa khách xem, đưa khách đi xem nhà, đi xem nhà với, ghé, ghé qua, ghé "
            "shop, viếng thăm, xuống cửa hàng, đi điểm bán, ghé điểm bán, đi tuyến, thăm điểm bán, thăm cửa hàng, đưa "
            "khách, qua nhà, đến nhà, tới nhà, đi xem đất với, thăm khách, dẫn đi xem"
        ),
    ),
    (
        "lead",
        Lexicon(
            "thêm lead, có lead, xin số, xin được số, xin được, lấy số, lấy được số, thu lead, tìm được, kiếm được "
            "khách, kiếm được, có thêm, nhận lead, nhận data, nhận được lead, thêm khách mới, có khách mới, kết bạn, "
            "kết bạn zalo, add zalo, xin sđt, thu được lead, thêm data, được lead, về lead, khai thác, tìm khách, "
            "tiếp cận, tiếp cận được, xin được sđt, xin được số điện thoại, gom data, có thêm khách mới"
        ),
    ),
    (
        "post",
        Lexicon(
            "đăng bài, đăng, viết bài, up bài, quay video, làm video, đăng tin, đăng video, đăng reel, đăng tiktok, "
            "đăng status, up video, up tin, đăng story, livestream, live, đăng được, quay clip, đăng clip, lên bài, "
            "post, post bài, làm content, viết content, đi bài, spam bài, share bài, chạy ads, up story"
        ),
    ),
    (
        "follow_up",
        Lexicon(
            "follow, follow up, fl, chăm sóc, chăm, chăm khách, chăm sóc khách, chăm khách cũ, hỏi thăm, bám "
            "khách, bám đuổi, theo khách, theo sát, nhắc lịch, nhắc khách, nhắc, chăm lại, gọi hỏi thăm, nhắn hỏi "
            "thăm, cskh, gọi chăm sóc, nhắn chăm sóc, follow lại, chăm sóc lại, chăm sóc sau bán, gọi hậu mãi"
        ),
    ),
)
DONE_NOUNS: tuple[tuple[ActivityKind, Lexicon], ...] = (
    ("call", Lexicon("cuộc gọi, cuộc điện thoại, cuộc gọi điện, cuộc telesale, call, cú điện thoại, cuộc call")),
    (
        "meeting",
        Lexicon(
            "cuộc hẹn, cuộc gặp, buổi gặp, buổi hẹn, buổi họp, cuộc họp, lượt gặp, buổi tư vấn, ca tư vấn, cuộc "
            "tư vấn, lượt tư vấn, meeting, cuộc meeting, buổi meeting, lần gặp, buổi cà phê, buổi đàm phán"
        ),
    ),
    ("message", Lexicon("tin nhắn, tin, inbox, email, mail, tin zalo, tin nhắn zalo, tn")),
    ("quote", Lexicon("báo giá, bảng báo giá, bảng giá, bản báo giá, đề xuất, proposal, chào giá, cái báo giá")),
    ("demo", Lexicon("demo, buổi demo, lượt lái thử, buổi thuyết trình, buổi giới thiệu, lần demo, buổi trình bày")),
    (
        "visit",
        Lexicon(
            "điểm bán, lượt thăm, lượt xem nhà, chuyến thăm, lượt dẫn khách, cửa hàng, nhà phân phối, lượt ghé thăm"
        ),
    ),
    (
        "lead",
        Lexicon(
            "lead, khách mới, khách tiềm năng, data, số điện thoại, sđt, data mới, lead mới, khách hàng mới, số mới"
        ),
    ),
    (
        "post",
        Lexicon("bài, bài viết, bài đăng, video, clip, tin đăng, reel, bài post, story, phiên live, buổi live"),
    ),
    ("other", Lexicon("tờ rơi, tờ bướm, brochure, catalogue, tờ quảng cáo")),
    ("follow_up", Lexicon("lượt chăm sóc, lượt follow, lần chăm sóc, khách cũ chăm sóc")),
)
COUNTED_HERE = Lexicon(
    "khách, cuộc, người, tin, khách hàng, bạn, anh, chị, anh chị, bản, cái, lần, lượt, buổi, chỗ, nhà, bên, shop, công "
    "ty, cửa hàng, bài, mối, đơn vị, đại lý, số, data, cuộc gọi, điểm, khách mới, khách cũ, ca, khách quen, báo giá, "
    "tin nhắn, video, lead, quán, đối tác, doanh nghiệp, lịch, nhóm, post, clip, group, hộ, cty, mail, email, khách "
    "tiềm năng, cặp, gia đình, phụ huynh, học viên, em, demo, cô, chú, bác, bảng, kh, nhà thuốc, tiệm, spa, ông, bà, "
    "chủ shop, chủ nhà, mẫu, reel, story, sđt, số điện thoại, trường, lớp, phòng khám, khách sạn, nhà hàng, xưởng, hộ "
    "dân, ng"
)
