"""The words of targets, as data: which figure they name, who asks for it, which way it counts."""

from __future__ import annotations

from toolkit.core.sentences.line import Lexicon

MONEY: tuple[tuple[str, Lexicon], ...] = (
    (
        "net_revenue",
        Lexicon(
            "doanh thu thuần, doanh số thuần, doanh thu ròng, doanh số ròng, doanh thu sau hoàn, doanh số sau hoàn, net"
        ),
    ),
    (
        "ordered_revenue",
        Lexicon("doanh số đặt hàng, doanh số đặt, tiền đặt hàng, doanh thu đặt hàng, giá trị đặt hàng"),
    ),
    (
        "received",
        Lexicon(
            "thu về, thu tiền, tiền về, thực thu, nhận tiền, thu được, thu, tiền thu, thu tiền về, tiền thực thu, "
            "dòng tiền, thu nợ, tiền mặt thu, thu công nợ, thu hồi công nợ"
        ),
    ),
    (
        "average_order",
        Lexicon(
            "giá trị đơn trung bình, đơn trung bình, trung bình đơn, trung bình mỗi đơn, trung bình một đơn, aov, "
            "giá trị trung bình, giá trị đơn, bình quân đơn, giá trị trung bình đơn, giá trị bình quân, trung "
            "bình 1 đơn, mỗi đơn"
        ),
    ),
    ("refunds", Lexicon("hoàn tiền, tiền hoàn, hoàn hàng, hoàn, trả hàng, hàng hoàn, tiền trả hàng, đổi trả")),
    (
        "revenue",
        Lexicon(
            "doanh số, doanh thu, bán, bán được, bán hàng, chốt, ds, dt, sales, revenue, doanh số bán, doanh số "
            "bán hàng, tiền bán, bán ra, tổng doanh số, tổng doanh thu, doanh số cá nhân, phí bảo hiểm, ape, fyp, "
            "ký, doanh sô, kpi doanh số, chốt được, doanh thu bán hàng, thu nhập bán"
        ),
    ),
)
COUNTS: tuple[tuple[str, Lexicon], ...] = (
    (
        "new_customers",
        Lexicon(
            "khách mới, khách hàng mới, khách mua mới, người mua mới, khách mua lần đầu, khách lần đầu, khách mới mua"
        ),
    ),
    (
        "repeat_customers",
        Lexicon(
            "khách quay lại, khách mua lại, khách hàng quay lại, khách cũ mua lại, khách tái mua, khách hàng mua "
            "lại, khách cũ quay lại, khách cũ, khách quen"
        ),
    ),
    ("calls", Lexicon("gọi, cuộc gọi, cuộc điện thoại, gọi điện, telesale, cuộc telesale, call, cuộc, gọi khách")),
    (
        "meetings",
        Lexicon(
            "gặp, cuộc hẹn, cuộc gặp, buổi gặp, buổi hẹn, gặp khách, lịch hẹn, buổi tư vấn, tư vấn, cuộc họp, "
            "meeting, hẹn gặp, gặp gỡ, lượt tư vấn, ca tư vấn"
        ),
    ),
    ("messages", Lexicon("nhắn, nhắn tin, tin nhắn, inbox, tin, email, mail, gửi mail, gửi email")),
    (
        "quotes",
        Lexicon(
            "báo giá, quote, quotes, gửi báo giá, bản báo giá, chào giá, làm báo giá, bảng báo giá, proposal, bảng giá"
        ),
    ),
    ("demos", Lexicon("demo, buổi demo, thuyết trình, lái thử, lượt lái thử, buổi thuyết trình, dùng thử, trình bày")),
    (
        "visits",
        Lexicon(
            "thăm, điểm bán, lượt thăm, đi thăm, thăm khách, ghé thăm, viếng thăm, dẫn khách, lượt dẫn khách, khảo sát"
        ),
    ),
    ("leads", Lexicon("lead, data, khách tiềm năng, số điện thoại, leads, khách hàng tiềm năng, số mới, xin số, sđt")),
    (
        "posts",
        Lexicon(
            "đăng bài, bài, bài đăng, bài viết, đăng, video, post, livestream, phiên live, clip, buổi live, viết "
            "bài, tin đăng"
        ),
    ),
    (
        "follow_ups",
        Lexicon("chăm sóc, chăm, follow up, follow, lượt chăm sóc, chăm khách, chăm sóc khách cũ, chăm sóc khách"),
    ),
    (
        "referrals",
        Lexicon(
            "giới thiệu, lượt giới thiệu, khách giới thiệu, khách được giới thiệu, đơn giới thiệu, đơn từ giới thiệu"
        ),
    ),
    ("promises_kept", Lexicon("lời hứa, giữ lời hứa, giữ lời, lời hứa giữ")),
    ("lost", Lexicon("deal mất, khách mất, đơn mất, deal rớt, mất khách, mất deal")),
    ("won", Lexicon("deal, kèo, cơ hội thắng, deal thắng, thắng thầu, gói thầu")),
    ("ordered_orders", Lexicon("đơn đặt, đơn đặt hàng")),
    (
        "orders",
        Lexicon(
            "đơn, đơn hàng, hợp đồng, hđ, chốt đơn, ký hợp đồng, order, số đơn, số hợp đồng, ký, giao dịch, chốt, "
            "số đơn hàng, hóa đơn, vé bán, booking, chốt sale, hợp đồng mới, đơn mới"
        ),
    ),
    (
        "customers",
        Lexicon("khách, khách hàng, người mua, khách mua, khách mua hàng, số khách, lượt khách, kh, khách chốt"),
    ),
    ("units", Lexicon("sản phẩm, sp, sản lượng, số lượng, món, units, bán, bán được, bán ra, số sản phẩm")),
)
SHARES: tuple[tuple[str, Lexicon], ...] = (
    (
        "repeat_share",
        Lexicon(
            "mua lại, tái mua, khách quay lại, khách mua lại, tỷ lệ mua lại, tỷ lệ quay lại, quay lại, khách cũ, "
            "tỉ lệ mua lại, tỉ lệ quay lại, tỉ lệ tái mua, tỷ lệ tái mua, retention, giữ chân khách, tái tục, "
            "khách quen, giữ chân"
        ),
    ),
    (
        "referral_share",
        Lexicon("giới thiệu, tỷ lệ giới thiệu, tỉ lệ giới thiệu, khách giới thiệu, đơn giới thiệu, referral"),
    ),
    (
        "refund_share",
        Lexicon(
            "hoàn hàng, hoàn, trả hàng, tỷ lệ hoàn, tỉ lệ hoàn, hoàn đơn, hàng hoàn, đổi trả, hoàn tiền, bom hàng, bom"
        ),
    ),
    ("promises_kept_share", Lexicon("giữ lời hứa, lời hứa, giữ lời, giữ hứa, đúng hẹn, đúng hứa")),
    (
        "win_rate",
        Lexicon(
            "tỉ lệ chốt, tỷ lệ chốt, tỷ lệ thắng, tỉ lệ thắng, chốt, chốt đơn, win rate, chuyển đổi, tỷ lệ chuyển "
            "đổi, tỉ lệ chuyển đổi, thắng, tỉ lệ thành công, tỷ lệ thành công, conversion, thắng thầu, tỷ lệ chốt "
            "đơn, tỉ lệ chốt đơn, tỉ lệ chốt deal, tỷ lệ chốt deal, winrate, chốt sale, chốt deal, thành công"
        ),
    ),
)
DOWN = Lexicon(
    "dưới, không quá, tối đa, ít hơn, giảm còn, nhỏ hơn, thấp hơn, không vượt, không vượt quá, giảm xuống, giảm "
    "xuống còn, không hơn, giữ dưới, nhiều nhất, xuống còn, xuống dưới, hạ xuống, hạ còn, bé hơn, kéo xuống, giảm "
    "về, cao nhất là, <"
)
GIVES = Lexicon(
    "giao, yêu cầu, áp, đề ra, đặt ra, khoán, đòi, ép, bắt, áp xuống, giao cho, áp chỉ tiêu, giao chỉ tiêu, đưa "
    "ra, ra chỉ tiêu, giao xuống, đặt, áp đặt, giao kpi, giao khoán, kỳ vọng, muốn"
)
ABOVE = Lexicon(
    "sếp, sếp tổng, công ty, cty, quản lý, trưởng phòng, trưởng nhóm, leader, giám đốc, team leader, chủ shop, "
    "bên công ty, cửa hàng trưởng, chủ, sếp lớn, hãng, tổng công ty, phòng kinh doanh, giám sát, sup, ban giám "
    "đốc, chi nhánh, tập đoàn, nhà mạng, đại lý, nhóm trưởng, asm, rsm, bm, um, am, sales manager, manager, chị "
    "quản lý, anh quản lý, chị sếp, anh sếp, boss"
)
OWN = frozenset({"mình", "minh", "tự", "tu", "tôi", "toi", "tui", "em"})
REST = Lexicon(
    "đến hết, tới hết, đến cuối, tới cuối, từ nay đến cuối, từ giờ đến cuối, từ nay đến hết, từ giờ đến hết, từ "
    "nay tới cuối, từ giờ tới cuối, từ bây giờ đến cuối, từ bây giờ đến hết, đến, tới, hết, trước, từ nay đến, từ "
    "giờ đến, từ nay tới, trước ngày"
)
STARTS = frozenset(
    """
    từ tu tháng thang thg t quý quy q tuần tuan năm nam ngày ngay hôm hom mai nay kỳ ky w bữa sang nửa nua đầu
    dau cuối cuoi đến den tới toi hết het trước truoc trong
    """.split()  # noqa: SIM905
)
