"""The words by which one sees that a sentence about money records nothing. Data for `intents`."""

from __future__ import annotations

from toolkit.core.sentences.line import Lexicon

ASKS = Lexicon(
    "gì vậy, là khoản gì, hay đắt, hay rẻ, khuyến mãi gì, gì không, gì vậy trời, gì thế, được không nhỉ, dư "
    "không, hay mắc, bộ gì, chưa nhỉ, cho em hỏi, cho mình hỏi, cho tui hỏi, bao nhiêu, nhiêu tiền, hết nhiêu, "
    "hết mấy, mấy tiền, bn, có nên, có đáng, được không, phải không, không ta, không vậy, không nhỉ, không ạ, "
    "không em, không bạn, vậy ta, là sao, sao rồi, làm sao, vì sao, tại sao, thế nào, khi nào, bao giờ, hay "
    "không, có mắc, có rẻ, có đắt, được chưa, đủ không, đủ chưa, có đủ, đáng không, thấp quá không, cao quá "
    "không, được nhiêu, nhiêu rồi, nhiêu vậy, nhiêu nhỉ, cho hỏi, hỏi xíu, tính sao, đúng không, hay sao, có "
    "phải, mua được gì, đủ mua, còn mấy, hết bao, tốn nhiêu, ai biết, có ai, ai cho, ai mua, ai lấy, ai có, ai "
    "cần, ai nợ, chừng nào, chỗ nào, cái nào, loại nào, bên nào, ngân hàng nào, sao mà, sao lại, thì sao, được "
    "hông, hay là, ăn gì giờ, mua gì giờ, làm gì giờ, tặng gì giờ, gì bây giờ, "
    " ăn gì đây, mua gì đây, mua gì ta, ăn gì ta"
)
WHAT_WITH = Lexicon(
    "gì với, gì trong, gì được với, gì dưới, gì tầm, gì khoảng, gì cỡ, gì chừng, gì đây với, gì bây giờ với, đâu với, "
    "gì bằng, nào dưới, nào tầm, nào khoảng, gì hết, nào với"
)
ASKS_FIRST = Lexicon("sao, ai, bộ", exact=True)
NO_QUESTION = Lexicon("ai ngờ, ai dè, ai cũng, sao kê, sao chép, sao y, ngôi sao, làm sao kê")
ENDS = Lexicon("không, chưa, hả, nhỉ, à, sao, ta, gì, đâu, mấy, chứ, nhiêu, nào")
ASKING_ENDS = Lexicon(
    "không, nhỉ, hả, chưa, không ta, không nhỉ, vậy ta, gì, nào, không mọi người, không mấy chị, không chị em, "
    "không các mẹ, không các bạn, không mấy bạn, không ae, không anh em, không bà con, không mấy má, hả trời, vậy "
    "trời, vậy nè trời"
)
EXCLAIMED = Lexicon("rẻ, đẹp, ghê, ngon, sang, xịn, hời, đã, sướng")
OR = Lexicon("hay, hay là, hoặc")

WILL = Lexicon(
    "tính tặng, tính biếu, định mua, định đi, định đóng, định đổi, định sắm, định thuê, định bán, định rủ, chắc "
    "hết, chắc tốn, chắc mất, chắc khoảng, tính góp, tính mở, tính vay, tính bán, tính cho, tính gửi, tính trả, "
    "tính nạp, tính đăng, tính thi, tính may, phải tiết kiệm, phải để dành, cố gắng, ráng để dành, ráng tiết "
    "kiệm, dự định, dự kiến, dự tính, sẽ, tính mua, tính đi, tính đóng, tính đổi, tính sắm, tính thuê, tính đặt, "
    "tính sửa, tính làm, tính ăn, tính rủ, tính học, tính đăng ký, tính chơi, kế hoạch, chắc phải, chắc tầm, chắc "
    "được, chắc cỡ, tính là, tính sẽ, chuẩn bị mua, chuẩn bị đóng, chuẩn bị trả, sau này, bữa sau, khi nào có, "
    "khi nào rảnh, đang tính, mai mốt, hôm nào, bữa nào, lần sau, lần tới, sắp phải, sắp đóng, sắp mua, sắp đến, "
    "sắp được, sắp trả, sắp nộp, sắp có, sắp nhận, sắp lãnh, sắp đi, còn phải, phân vân, đang canh, canh sale, "
    "đang ngắm, lát nữa, để lát, lát mua, lát đi, chút nữa, tí nữa, xíu nữa, chút mua, dự là, dự chi, dự tốn, rồi "
    "tính, rồi hẵng, đang để dành, đang gom, đang góp, để dành mua, gom tiền mua, gom đủ, về là mua, về là tậu, "
    "về là đi, về là đóng, về là trả, về thì mua, về thì trả, về thì đóng, đợi lương, chờ lương, đợi có lương, "
    "chờ có lương, đợi sale, chờ sale, đợi khách, tính tuần, hứa trả, hẹn trả, hứa cho, hứa sẽ, mơi mua, mơi "
    "đóng, mơi trả, mơi đi, mơi nộp, mơi gửi, có lương thì, có lương sẽ, có lương là, khi nào lãnh, "
    "sắp tới phải, sắp tới còn, sắp tới đóng, sắp tới lại phải, sắp tới là, sắp tới mình phải, tới đây phải, tới phải"
)
WILL_MARKED = Lexicon("định, ráng, chắc, dự, sẽ, mơi, hẵng", exact=True)
NEXT_PERIODS = Lexicon(
    "tuần sau, tháng sau, năm sau, tháng tới, tuần tới, sang năm, sang tháng, sang tuần, ngày mai, ngày mốt, kỳ "
    "tới, năm tới, sắp tới, tới đây"
)
NOT_PLANS = Lexicon(
    "ước chừng, ước tính, ước lượng, ai cũng, định kỳ, cố định, ổn định, gia định, nam định, quy định, định mức, "
    "quyết định, bình định, định vị, giám định, chỉ định, nhất định, định cư, xác định, chắc chắn, bền chắc, khám "
    "định kỳ, dự phòng, dự trữ, dự án, dự sinh, tham dự, dự tiệc, dự đám, dự giờ, dự thi"
)
WANTS = Lexicon(
    "mun mua, mun ăn, mun đi, nhớ mua, nhớ đóng, nhớ trả, nhớ đi, nhớ nạp, nhớ gửi, nhớ chuyển, nhớ lấy, nhớ nộp, "
    "nhớ ck, nhớ rút, nhớ đòi, nhớ đặt, nhớ đem, nhớ mang, nhớ bỏ, nhớ cất, nhớ nhắc, cần mua, cần đóng, cần trả, "
    "cần sửa, cần nộp, cần thêm, cần có, cần gấp, cần tầm, cần khoảng, nhắc, muốn mua, muốn sắm, muốn đi, muốn "
    "ăn, muốn đổi, muốn học, muốn xin, muốn uống, muốn thuê, muốn đặt, muốn làm, đang cần, cần vay, cần mượn, "
    "đừng quên"
)
WANT = Lexicon("muốn")
MUST = Lexicon(
    "phải đóng, phải trả, phải nộp, phải mua, phải chuyển, tới hạn, đến hạn, hạn đóng, hẹn trả, phải gửi, là hạn"
)

WISHES = Lexicon(
    "nhỡ mà, lỡ như, nếu rảnh, thích cái, thích con, thích đôi, mê cái, gì mà, ước chi, nếu có, nếu trúng, nếu "
    "tháng, nếu mình, nếu được, ước gì, phải chi, giá mà, giá như, lỡ mà, nếu mà, hy vọng, hi vọng, ước có, cầu "
    "trời, nếu như, giả sử, lỡ trúng, mà trúng, chỉ mong, có tiền sẽ, có tiền thì, mơ có, mơ được, mơ trúng, nằm "
    "mơ, mơ mua, ham, phải có"
)
WISHED = Lexicon("tưởng, nhỡ, ước, nếu, thèm, mong", exact=True)

HEARSAY = Lexicon(
    "tin tức nói, rao, ép giá, nó hét, đáng giá, nợ lương, nghe nói, nghe bảo, nghe đồn, nghe đâu, người ta nói, "
    "người ta bảo, đọc báo, nghe kể, thấy người ta, tin đồn, nghe bả nói, nghe ổng nói, nghe mẹ nói, nghe bạn "
    "nói, nghe nó nói, báo giá, khoe mua, khoe mới, rủ mua, chào giá, hỏi mua, người ta rao, rao bán, đang rao, "
    "người ta bán, thấy ghi giá, nghe người ta, nghe thiên hạ, offer, kêu giá, hét giá"
)
HEARSAY_MARKED = Lexicon("thấy bảo, thấy nói, báo đăng, báo nói, thấy nó, báo hết, báo sửa, thợ báo", exact=True)
LOOKED = Lexicon(
    "thấy, nhìn, ngắm, ngó, lướt thấy, nhìn thấy, coi cái, xem cái, coi đôi, xem đôi, coi được, lướt, mới thấy, "
    "vừa thấy",
    exact=True,
)
OTHERS_BUY = Lexicon(
    "lãi, bán, bị, thua, mất, nhậu, đi nhậu, ăn, đi ăn, rút, nạp, tốn, lời, học, cá độ, mặc, giữ, làm mất, ăn "
    "trộm, donate, đám cưới, đi du lịch, mời, bao, bao ăn, khao, đãi, chuyển nhầm, chuyển nhượng, làm, chạy, thu, "
    "đi chơi, mới sắm, mua, tậu, sắm, xây, trúng, lương, khoe, tiêu, xài, kiếm, lãnh, chốt, rinh, đổi xe, mua "
    "được, trúng số, hưởng, thừa kế, lên lương, tăng lương, chia cổ tức"
)
OTHERS_GET = Lexicon("thưởng, lì xì, lương, hưởng, trợ cấp, học bổng, chia, trả lương")
HOUSEHOLD = Lexicon(
    "vợ, chồng, con, ox, bx, vk, ck, ông xã, bà xã, mẹ, má, ba, bố, bé, vợ chồng, nhà, con gái, con trai, mạ, hai "
    "vợ chồng, cả nhà"
)
OTHERS = Lexicon(
    "bên công ty bạn, công ty nó, bên công ty nó, công ty bạn tui, chỗ nó, chỗ bạn tui, "
    "nhà hàng xóm, hàng xóm, nhà bên, nhà kia, ca sĩ, idol, cầu thủ, đồng nghiệp, crush, thiên hạ, nhỏ bạn, thằng "
    "bạn, con bạn, đứa bạn, bạn em, bạn tui, bạn mình, bạn tôi, ba má nó, mẹ nó, bố mẹ nó, sếp, bên kế toán, bên "
    "kia, công ty bạn, đồng nghiệp tôi, đồng nghiệp mình, mấy đứa nhỏ, dân tình, người nổi tiếng, ông hàng xóm, "
    "bà hàng xóm, chị hàng xóm, anh hàng xóm"
)
BESIDE = Lexicon(
    "xóm trên, xóm dưới, bên cạnh, nhà bên, hàng xóm, đầu ngõ, kế bên, cùng xóm, gần nhà, ngoài chợ, cùng phòng"
)
THEM = Lexicon("nó, khách, con, em nó, ny nó, vợ nó, ngân hàng, người ta")
OFFERS = Lexicon(
    "niêm yết, bên em, mẫu này, set này, sở hữu ngay, nhập mã, cho đơn từ, đơn từ, đang giảm, đang sale, đang "
    "giảm giá, vay nhanh, mua ngay kẻo, tư vấn, môi giới, lên đơn ạ, em bán chị, freeship chị, đang có, giá ngon, "
    "shop để"
)
OFFERS_MARKED = Lexicon("chỉ từ", exact=True)
HAD = Lexicon(
    "chốt luôn, nên chốt, nhận rồi, cũng nhận, xong rồi, trả rồi, đã mua, mua rồi, lấy luôn, mua luôn, đã lấy, "
    "tôi đã mua, nên mua, mua về"
)
ENVIED = Lexicon("mà ham, mà thèm, mà mê, phát ham, phát thèm, nhìn mà thèm, nghe mà ham, ghen tị, ghen tỵ, nghe ham")
PAYS = Lexicon("trả, mời, bao, khao, đãi")
HELPING = Lexicon("giùm, hộ, giúp, dùm, cho mình, cho tui, cho em, cho tôi, cho con")
ALSO = Lexicon(
    "gì đó, nào đó, bây giờ, giờ, mới, vừa, vừa mới, đi, cũng, lại, đang, nó, mà, có, được, kia, đó, đã, ấy, hôm "
    "qua, tui, mình, tôi"
)

SAYS = Lexicon(
    "nhắn, nhắc, báo hết, đòi bán, hét, đòi mua, đòi tăng, đòi ăn, kêu mua, kêu đóng, kêu giá, hứa, hẹn, báo, "
    "nói, bảo, rủ mua, dụ mua, gạ, đề nghị, đòi",
    exact=True,
)
MORE = Lexicon(
    "rẻ hơn, đắt hơn, mắc hơn, cao hơn, thấp hơn, nhiều hơn, ít hơn, hơn tháng trước, hơn tuần trước, tăng, tăng "
    "thêm, giảm thêm",
    exact=True,
)
PRICE_LISTS = Lexicon("menu, bảng giá, báo giá, giá niêm yết")
VIEWS = Lexicon("cho xem, cho mình xem, cho tui xem, cho em xem, xem lại các khoản, liệt kê")
INTERJECTIONS = Lexicon(
    "ok, oke, okie, ừ, ừ thì, thôi, deal, uh, vâng, dạ, được, cũng được, đi, nha, nhé, á, hả, thì, rồi, chốt"
)
GRIEF = frozenset({"khóc", "xỉu", "ngất", "chết", "ói", "điên"})
NEGATIONS = Lexicon(
    "không, khỏi, đừng, chẳng, đâu có, không có, thôi không, khỏi cần, không thèm, không dám, éo, đéo, đếch, "
    "không bao giờ, không kịp, thôi khỏi"
)
NOT_YET = Lexicon("chưa", exact=True)
NOT_YET_BARE = Lexicon(
    "chưa rút, chưa trả được, chưa đóng, chưa trả, chưa mua, chưa đi, chưa nộp, chưa gửi, chưa nhận, chưa có, "
    "chưa chuyển, chưa nạp, chưa lãnh, chưa lấy, chưa thấy, chưa được, chưa ký, chưa đòi"
)
NOT_YET_COUNTED = Lexicon(
    "chưa gì, chưa tới, chưa chi, chưa tính, chưa kể, chưa gồm, chưa bao gồm, chưa vat, chưa ship, chưa thuế, "
    "chưa phí, chưa cộng, chưa kịp, chưa giảm, cà chua, sữa chua"
)
ACTIONS = Lexicon(
    "bị, đủ, nhận được, trừ, mua, đóng, trả, đi, ăn, cho, lấy, đánh, nạp, gửi, bán, thuê, đặt, nộp, chơi, cần, "
    "thèm, mượn, vay, dám, chịu, bớt, tốn, mất, uống, đổ, thanh toán, chuyển, ck, nhận, lãnh, lĩnh, được, tiêu, "
    "xài, chi, sửa, đổi, lấy được, đòi được, thu, ứng, rút, order, chốt, book, đăng ký, đưa, góp, biếu, tặng, "
    "cắt, khám, ký, đồng ý, hoàn, về, mua được, làm, phát, thối, ai, có ai, còn"
)
NOT_NEGATIVE = Lexicon(
    "hàng không, trên không, không gian, không đường, giò chả, bún chả, chả cá, chả giò, chả lụa, chả quế, nem "
    "chả, khỏi bệnh, khỏi ốm, không đi được, không lấy hóa đơn"
)
NEARLY = Lexicon("xém, suýt, tí nữa thì, xíu nữa là, hụt, may mà không, hên là không, may là không", exact=True)
BACK_OUT = Lexicon("hủy, bom, từ chối", exact=True)
CANCELLED = Lexicon("hủy đơn, hủy vé, hủy kèo, hủy phòng, hủy lịch, bom đơn, bom hàng, bị hủy", exact=True)
CHARGED = Lexicon("quên, phí, mất, hoàn, được, hết, tốn, trả, phạt")
REFUSED = Lexicon(
    "mua không nổi, không kham nổi, với không tới, suýt nữa, suýt mất, suýt mua, xém mua, xém mất, để xem, để "
    "coi, để tính, không nhận, bị lỗi, đổi ý, xóa hết, vẫn chưa, chưa về, chưa có trả, không chịu bán, thôi để, "
    "chưa thấy đâu, hong có mua, hong mua, mà tui chưa, mà chưa, mà mình chưa, mà hong, bị bom, khách bom, không "
    "nhận hàng, khách hủy, khỏi mua, thôi khỏi, không mua, thôi không mua, không mua nữa, mà thôi, không cho, "
    "không bớt, không lấy, thôi bỏ, không đi nữa, hủy kèo, từ chối, không bán, không có mua, không thèm mua, "
    "không dám mua, nên thôi, thôi không, để bữa khác, để hôm khác, không đặt, nên không mua, nó bận, mà không "
    "cho, thôi bỏ qua, đành thôi"
)
REFUSED_YET = Lexicon(
    "thì chưa, chưa lấy, chưa vô, chưa vào, chưa hoàn, chưa cọc, chưa có tiền, chưa nhận được, chưa giao, chưa "
    "trừ, chưa cho, chưa mua, chưa bán, chưa dám mua, chưa chốt, chưa đặt, chưa ưng",
    exact=True,
)

GENERAL = Lexicon(
    "năm nay, năm ni, dạo này, bây giờ, hồi này, lên tới, tăng lên, tăng giá, lên giá, giá cả, hiện giờ, thời "
    "buổi, độ này, dạo ni, rớt xuống, giảm xuống, thời nay, chỗ này, quán này, ở đây, bên này, ngoài kia, trên "
    "app, mỗi lần, đợt này, bữa giờ, chỗ đó, quán đó, chỗ kia, bên kia, bên đó, ở chợ"
)
NOW_OR_UP = Lexicon("giờ, giờ toàn, toàn, lên, lên tới, tăng lên, nay lên")
GENERAL_MARKED = Lexicon("giờ, toàn, giá, lên, cứ", exact=True)
NOWADAYS = Lexicon(
    "dạo này, giờ, bây giờ, hồi này, dạo ni, độ này, thời buổi này, hiện giờ, giờ toàn, giờ tận, giờ lên", exact=True
)
ELSEWHERE = Lexicon(
    "bên kia bán, bên đó bán, chỗ kia bán, chỗ đó bán, ở chợ bán, ngoài chợ bán, shop kia bán, quán kia bán, "
    "người ta bán, shop đó bán, bên kia, chỗ đó, quán đó, chỗ kia, bên đó, shop kia, quán kia"
)
AS_MUCH_AS = Lexicon(
    "tụt còn, xuống còn, có, tới, tận, những, lên tới, toàn, lên, ra tới, đến tận, chỉ có, đâu cũng, tăng lên, "
    "tăng tới, rớt còn",
    exact=True,
)
EMPHATIC = Lexicon("lận, à, kìa, lận á, lận đó, lận mắc, lận trời", exact=True)
THAT_ONE = Lexicon("đó, kia, ấy", exact=True)
DEAR = Lexicon(
    "đau ví, cắt cổ, hú hồn, trên trời, đắt đỏ, mắc quá, đắt quá, quá trời, mắc ghê, đắt ghê, rẻ ghê, mắc dữ, đắt "
    "thật, mắc thật"
)
DEAR_MARKED = Lexicon("chát, điên, phí, bèo, kinh, khiếp, rẻ, xót, choáng, ghê, mắc, đắt", exact=True)
BOUGHT = Lexicon(
    "săn được, cọc, đặt cọc, phúng, phúng điếu, lì xì, mừng, thanh lý, trúng, thua, đăng ký, mua, ăn, uống, đổ, "
    "đóng, nạp, trả, sửa, thuê, hết, tốn, mất, lấy, đặt, order, nhập, gửi, biếu, cắt, khám, làm, bán, đi chợ, "
    "vừa, mới mua, xài, chi, chuyển, rút, nộp, góp, đãi, mời, hốt, rinh, tậu, sắm, quẹt, chốt, thay, vá, book, "
    "lãnh, nhận, bán được, mượn, vay, cho, đưa, bị phạt, ăn hết"
)
PER = Lexicon("một, 1, mỗi")
MEASURES = Lexicon(
    "ký, kí, kg, cân, lít, lạng, chỉ, cuộn, ly, tô, bát, cốc, hộp, cái, con, chục, quả, trái, bịch, gói, chai, "
    "lon, bao, mét, m2, đơn, vé, suất, dĩa, đĩa, kilo, bó, mớ, thùng, cây, lượng, ngày, giờ, tiếng, đêm, bữa, "
    "lần, viên, vỉ, tờ, ổ, phần, lốc, két, bình, yến, tạ, đôi, chiếc, quyển, cuốn, người, đầu người, trứng, tháng"
)
PROMOTED = Lexicon("voucher, coupon, phiếu giảm giá, mã giảm, mã giảm giá, mã freeship, freeship đơn")

LONG_AGO = Lexicon(
    "nhớ hồi, hồi cấp, hồi đại học, năm trước một, hồi bé, hồi trẻ, hồi xưa, ngày xưa, hồi đó, hồi nhỏ, thời xưa, "
    "xưa kia, thời đó, hồi còn nhỏ, hồi sinh viên, thời sinh viên"
)
HABITS = Lexicon(
    "mỗi tháng, mỗi ngày, ngày nào cũng, tháng nào cũng, trung bình, bình quân, thường thì, tuần nào cũng, mỗi "
    "tuần, mỗi bữa, bữa nào cũng, mỗi năm, hầu như ngày nào"
)
ORDERS = Lexicon(
    "xóa, hủy, bỏ, sửa, export, xuất, hoàn tác, undo, xóa giùm, xóa giúp, bỏ giùm, xóa dùm, xem lại, xem, liệt "
    "kê, thống kê, tìm, kiếm, tìm lại, mở, cho xem, coi lại"
)
ORDERED = Lexicon(
    "khoản, dòng, mục, giao dịch, bản ghi, báo cáo, cái khoản, ra excel, ra file, lịch sử, giùm, dùm, hết khoản, "
    "các khoản, bút toán, mấy khoản, khoản vừa ghi"
)
GOALS = Lexicon(
    "chỉ được tiêu, tối đa, từ nay, không quá, được tiêu, ngân sách, hạn mức, mục tiêu, budget, target, chỉ tiêu, "
    "giới hạn, đặt mức, định mức"
)
WANTED = Lexicon("ai lấy, ai mua, ib, inbox, cần bán, cần mua, cần tìm, cần thuê, ai cần, lh, liên hệ")

DONE = Lexicon("đã, vừa, xong, vừa mới, vừa xong, hôm qua, hồi nãy")
STATE = Lexicon(
    "còn trong túi, còn trong ví, trong túi, còn nợ, còn thiếu, đang nợ, vẫn nợ, vẫn thiếu, đang thiếu, còn dư, "
    "số dư, trong ví còn, trong túi còn, ví còn, túi còn, tài khoản còn, tk còn, thẻ còn, momo còn, còn đúng, còn "
    "mỗi, còn có, còn được, đang có, trong thẻ còn, trong tk còn, trong tài khoản còn, tổng nợ, đang giữ, trong "
    "ví có, trong túi có, đang nợ thẻ"
)
LEFT = Lexicon("còn, chỉ còn, giờ còn", exact=True)
BOUGHT_CHEAPER = Lexicon("giảm, sale, áp mã, mã, voucher, bớt, trả giá, mặc cả, hạ, niêm yết, khuyến mãi")
OWES = Lexicon("nợ, thiếu, giữ, còn nợ")
UNPAID = Lexicon(
    "chưa có trả, chưa trả được, chưa trả, không trả, chưa chịu trả, mãi không trả, chưa đưa, chưa thanh toán, "
    "hoài chưa trả, mãi chưa trả"
)
SHOPS = Lexicon("đi chợ, đi siêu thị, đi mua, ra chợ, ghé")
BOOKED = Lexicon(
    "vé, đặt, cọc, book, khách sạn, tour, cho, để, trước, sinh nhật, tiệc, đám, đồ, mua đồ, nguyên liệu, chuẩn bị"
)
MONTH_END = Lexicon(
    "cuối tháng, cuối tuần, đầu tháng, giữa tháng, cuối tuần này, cuối tháng này, cuối năm, tết này, tết, hè này, "
    "tết năm nay, tết tới, đám cưới tới"
)
AHEAD = Lexicon(
    "lấy lương, lãnh, lãnh lương, có lương, nhận, nhận lương, mới, chắc, sẽ, phải, hẹn, gửi lại, trả lại, này, "
    "đóng, tính, được, đi, là, tui phải"
)
GIVES_BACK = Lexicon(
    "trả, trả lại, gửi lại, gởi lại, gửi trả, đưa lại, hoàn lại, hoàn trả, trả hết, trả đủ, nó trả, sẽ trả, mới trả, "
    "thanh toán, chuyển lại, ck lại, là trả, em trả, con trả, lãnh lương trả, có lương trả, có trả, phải trả"
)
PROMISED = Lexicon(
    "nói, hẹn, hứa, bảo, chờ, đợi, tới, đến, mới trả, sẽ trả, trả sau, đưa lại, gửi lại, trả lại, kêu, dặn"
)
