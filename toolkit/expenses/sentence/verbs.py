"""The words that say which way money goes. Data for the modules of directions."""

from __future__ import annotations

from toolkit.core.sentences.line import Lexicon

OPENERS = Lexicon(
    "à, ơ, ủa, ừ, ờ, mới, vừa, vừa mới, cuối cùng, thì, nay, rồi, xong, và, thêm, tự nhiên, hồi nãy, nãy, sáng, "
    "trưa, chiều, tối, khuya, đêm, hôm, bữa, nữa, cũng, đã, nhờ, nên, ghi, log, note, hết tiền nên, đầu tháng, "
    "cuối tháng, với, luôn, may quá, trời ơi, ghi giùm, ghi lại, hết xèng nên, kẹt quá, kẹt tiền, bí quá, đi, "
    "chạy, được, nhắn mãi, đòi mãi, đòi hoài, chạy qua nhà, hỏi, xin, qua nhà, ghé nhà, sang nhà, tới nhà"
)
JOINING = Lexicon("mà, còn, có, lại", exact=True)
ADVERBS = Lexicon(
    "nó, mới, cũng, đã, vừa, vừa mới, qua, sang, đem, mang, tự, có, đến, ghé, chịu, lên, xuống, về, ổng, bả, lại, "
    "còn, đang, chuyển, ck, gửi, chuyển khoản, bank, chiều nay, bữa nay, hôm nay, sáng nay, cuối cùng, đòi, bảo, "
    "tính, đi, hứa, hẹn, hoài, mãi, nay"
)
LOANS = Lexicon(
    "mượn, vay, hỏi mượn, hỏi vay, xin vay, xin mượn, đi vay, đi mượn, mượn tạm, vay tạm, vay nóng, vay mượn, "
    "giật tạm, giật nóng, giật đỡ"
)
ASKED_OF = frozenset({"hỏi", "xin", "nhà", "hoi"})
HIRED = Lexicon("người, thợ, xe, nhà")
DRESSES = Lexicon("mua, cái, chiếc, may, đầm, chân, áo, giặt, ủi, thuê, sửa, nhập, bán")
PAY = Lexicon(
    "trả, hoàn trả, hoàn lại, gửi trả, gửi lại, đưa lại, chuyển trả, ck trả, chuyển lại, bank lại, ck lại, chuyển "
    "khoản trả, chuyển khoản lại, thanh toán, tất toán, clear nợ, thối lại, đem trả, trả lại, bank trả, hoàn "
    "tiền, chuyển tiền trả, quay lại trả, đưa trả"
)
REFUND = Lexicon("hoàn, gởi lại, gởi trả", exact=True)
TEAS = frozenset(
    """
    da đá sua sữa dao đào chanh tac tắc xanh oolong olong mang gung atiso den vai vải sen bi lipton thai hoa vịt
    """.split()  # noqa: SIM905  (a word list)
)
PAID_BACK = Lexicon(
    "lại, hết, nốt, bớt, dần, dứt, xong, đủ, cho, tiền cho, nợ, tiền nợ, tiền mượn, tiền vay, tiền thiếu, tiền, "
    "một phần, nốt nợ, trước, luôn, được, rồi, phần, một nửa, phân nửa, nợ cho, trả"
)
NOT_DEBT = Lexicon(
    "góp, lãi, lương, công, phòng, phí, bill, cước, cọc, tiền lãi, tiền công, tiền lương, tiền hàng, thưởng, "
    "hàng, hoa hồng, cộng tác viên, ctv, nhân viên, thợ, phụ hồ, người làm, shipper, lính, công nhân, mẫu, "
    "photographer"
)
DEBT_NOUN = Lexicon(
    "nợ, tiền mượn, khoản mượn, tiền vay, khoản vay, tiền thiếu, tiền ứng, mình ứng, tui ứng, tôi ứng, em ứng, nó "
    "ứng, đã mượn, đã vay, dư nợ, thẻ tín dụng, tiền gốc, khoản cũ, số tiền mượn, ứng trước, mua chịu, còn thiếu, "
    "mua thiếu, tiền nợ, gốc, nợ gốc, tiền mượn tạm, mượn tạm, ứng hộ, ứng giúp, ứng giùm, ứng bữa, tiền cho "
    "mượn, tiền cho vay, cho mượn, cho vay, mượn hôm, mượn hồi, mượn bữa, mượn đợt, thiếu hôm qua, trả hộ, trả "
    "giùm, trả giúp, trả dùm, nộp hộ, đóng hộ, đã ứng, vay mua, mượn mua, mượn đóng, mượn nạp, spaylater, trả "
    "sau, ghi sổ, tiền góp vay, vay nóng, thẻ vib, mượn, vay"
)
HELP = Lexicon("hộ, giúp, giùm, dùm, giùm cho, hộ cho, giúp cho, dùm cho, trước giùm, trước hộ, trước giúp, trước cho")
HELPED = Lexicon("trả, đóng, nộp, mua, đặt, ứng, order, thanh toán, ck, chuyển, lấy")
DEMAND = Lexicon(
    "đòi được, đòi nợ, thu nợ, thu được nợ, thu hồi nợ, thu hồi tiền cho vay, thu lại nợ, thu lại tiền, thu được, "
    "thu hồi, lấy lại tiền, lấy lại được tiền, nhận lại tiền, đòi lại được, nhận lại tiền cho, thu lại"
)
CLAIM = Lexicon("đòi, đòi lại", exact=True)
ADVANCE = Lexicon("ứng, ứng trước, ứng giúp, ứng hộ, ứng giùm, ứng dùm, ứng tiền, ứng tạm, ứng trước cho, ứng trước hộ")
OWED_TO = Lexicon("tiền, nợ, trả, đưa lại, gửi lại")
PAY_ADVANCE = Lexicon("lương, lương trước, trước lương, tiền lương, tạm ứng lương, trước tiền lương, tháng, luong")
COMES_BACK = Lexicon("gửi lại, đưa lại, trả lại, trả sau, nợ, mai trả, mốt trả, sẽ trả, sẽ gửi")
ON_CREDIT = Lexicon(
    "mua chịu, mua thiếu, lấy chịu, lấy thiếu, ăn thiếu, ăn chịu, ghi sổ, giải ngân, cầm xe, cắm xe, cầm đồ, cầm "
    "nhẫn, cầm vàng, cầm điện thoại, cầm máy, ghi nợ, vay nợ",
    exact=True,
)
SOLD_ON_CREDIT = Lexicon("bán chịu, bán thiếu, cho thiếu, cho nợ, cho ghi sổ, cho mua chịu, cho chịu", exact=True)
OWES = Lexicon("nợ, thiếu, còn nợ, còn thiếu")
GIVE = Lexicon(
    "cho, gửi, đưa, biếu, chuyển, chuyển khoản, ck, bank, tặng, lì xì, mừng, mừng tuổi, dúi, dúi cho, chu cấp, "
    "bồi dưỡng, thưởng, bo, boa, tip, hỗ trợ, phát, gửi về, gửi lên, gửi cho, đưa cho, chuyển cho, ck cho, biếu "
    "lại, trợ cấp, đặt cọc, cọc, viện trợ, tài trợ, đưa thêm, cho thêm, gửi thêm, bơm tiền"
)
FEASTS = Lexicon(
    "tân gia, đầy tháng, thôi nôi, sinh nhật, nhà mới, đám cưới, đám ma, cưới, thọ, tuổi, khai trương, đám hỏi, "
    "cưới bạn, đám, giỗ, điếu, viếng, tuổi thọ, đầy năm, tốt nghiệp, lên chức, ăn hỏi, hỏi, đám giỗ"
)
INVITES = Lexicon(
    "mừng, phúng, viếng, đi cưới, cưới, mời, đãi, bao, thăm, đi đám cưới, đi đám, đám cưới, đi phúng, hụi, chúc "
    "mừng, tiền mừng, mừng cưới, phúng điếu, phúng viếng"
)
EARNED = Lexicon("thưởng, trợ cấp, hỗ trợ, phát, bồi dưỡng, chu cấp, viện trợ, tài trợ, tip, bo, boa, cọc, đặt cọc")
TO = Lexicon(
    "cho, về cho, về, vô cho, lên cho, qua cho, sang cho, thêm cho, lại cho, tiền cho, tiền, tiền về cho, xuống cho"
)
CUSTOMERS = Lexicon(
    "khách, khách hàng, client, shopee, lazada, tiki, tiktok, tiktok shop, grab, ghn, ghtk, công ty, shop, momo, "
    "vietjet, zalopay, cửa hàng, đại lý, chủ thầu, phụ huynh, người ta, học viên, kho bạc, nhà trường, trung tâm, "
    "phường, vietnam airlines, ngân hàng, upwork, đối tác, brand, bưu điện, chủ trọ, chủ nhà, chỗ làm, xưởng, "
    "shipper, bạn hàng, học trò, thương lái, nhà xe, hãng, booking, agoda, airbnb, ahamove, viettel post, nhà "
    "máy, xí nghiệp, cơ quan, người thuê, người mua"
)
CUSTOMERS_MARKED = Lexicon(
    "tiệm, quán, chủ, lái, bên, xã, trường, thầu, đài, đội, vựa, sàn, be, bảo hiểm xã hội", exact=True
)
INCOME = Lexicon(
    "hoàn cọc, hoàn lại cọc, nhận lại cọc, lấy lại cọc, lãi sổ, thu học phí, thu tiền, bảo hiểm chi trả, bảo hiểm "
    "chi, bảo hiểm trả, bảo hiểm bồi thường, bảo hiểm đền, lương, refund, cashback, hoàn tiền, cổ tức, học bổng, "
    "trợ cấp, phụ cấp, doanh thu, thanh lý, tiền hàng về, được lì xì, được cho, được tặng, được biếu, được mừng, "
    "được thưởng, tiền mừng cưới, lời được, lãi tiết kiệm, nhuận bút, cho thuê, cho mướn, tiền mừng, tiền lãi "
    "tiết kiệm, bonus, lương hưu, hụi hốt, hốt hụi, tiền cho thuê, tiền cho mướn, lì xì được, tiền dạy, tiền bán, "
    "chạy xe được, được trả công, được bo, được tip, trúng số, trúng thưởng, trúng giải, trúng vé số, tiền tăng "
    "ca, tiền cod, được hoàn, được đền, được bồi thường, lãi cổ phiếu, được hỗ trợ, hoa hồng đơn, hoa hồng bán, "
    "lãnh lương, lĩnh lương, nhận lương, thắng bài, nhặt được, lượm được, lụm được, đánh bài ăn, đánh bài thắng, "
    "đá gà ăn, nhận tiền, thưởng tết, thưởng lễ, thưởng tháng, thưởng quý, thưởng doanh số"
)
EARNING = Lexicon("lãnh, lĩnh, nhận, thưởng, trúng, thắng, nhặt, lượm, lụm, thu nhập, tiền lời", exact=True)
FEW = frozenset({"hai", "ba", "mấy", "bốn", "các", "2", "3", "4"})
OTHERS_PAY = Lexicon(
    "nhân viên, thợ, phụ, bé, con bé, người làm, lính, đứa phụ, phục vụ, đầu bếp, cho nhân viên, cho thợ, cho mấy "
    "đứa, cho lính, công nhân, shipper, giúp việc"
)
OWN_FAMILY = Lexicon("chồng, vợ, ông xã, bà xã, ox, bx, vk, ck, của chồng, của vợ")
FOR_OTHERS = Lexicon(
    "dạo, mấy cô, mấy chị, mấy đứa, mấy bà, đóng vai, khách, người ta, hàng xóm, học viên, phụ huynh, kh, thuê, "
    "mướn, kiếm thêm, cho nhà, bà con, chủ nhà, chủ vườn, nhà bà, nhà ông, nhà cô"
)
BUYS = Lexicon("mua, thuê, mướn, ăn, uống, đóng tiền nhà, đóng tiền trọ, đặt, order, nhập")
INTEREST_PAID = Lexicon("tiền lời trả, tiền lời vay, lãi vay, trả lời, tiền lãi vay, đóng lời, đóng lãi, tiền lời đóng")
CUSTOMER_PAYS = Lexicon(
    "đóng, thanh toán, trả, chuyển, ck, gửi, đặt, cọc, hoàn, đền, bo, tip, nộp, chi, phát, thưởng, bank, bồi "
    "thường, nhập lãi, cho, tặng, về, tạm ứng, ứng, boa, đối soát"
)
SELL = Lexicon("bán, thanh lý, pass, pass lại, bán lại")
CHOSEN = Lexicon("chốt đơn, chốt")
SOLD = Lexicon("được, lời, lãi, đơn, khách, bán, hoa hồng, cho")
AT_WORK = Lexicon(
    "chạy xe, chạy grab, chạy ship, đi ship, giao hàng, đi giao hàng, đi làm, tăng ca, làm ca, đi dạy, dạy, tan làm, "
    "tan ca, làm về, đi làm về, tan sở, làm xong, chạy cuốc, đi bán, đi công trình, trực, đi trực, ra ca, đi học"
)
FOR_ONESELF = Lexicon(
    "ghé, tạt, tấp, mua, ăn, uống, đổ xăng, gửi xe, vá xe, rửa xe, nhậu, đi ăn, đi nhậu, vá, thay nhớt"
)
SPEND = Lexicon(
    "mua, ăn, uống, đổ, đóng, nạp, sửa, thuê, hết, tốn, cắt, gội, khám, nộp, cúng, phúng, phúng điếu, phúng "
    "viếng, vá, rửa, thay, đi chợ, đi siêu thị, mừng cưới, đám cưới, đi đám, biếu, lì xì, gửi xe, ship, nhập "
    "hàng, nhập, trả góp, mướn, đặt, order, book, học phí, tiền điện, tiền nước, tiền nhà, tiền trọ, tiền mạng, "
    "tiền phòng, tiền học, bảo hiểm, vé, nhậu, nhuộm, uốn, làm móng, làm nail, xem phim, chi, phạt, mất, rớt, "
    "photo, in, may, giặt, bơm, thay nhớt, bảo dưỡng, xăng, cà phê, cf, phở, bún, cơm, trà sữa, bánh mì, thuốc, "
    "gạo, rau, thịt, cá, trứng, sữa, đánh rơi, công đức, quyên góp, ủng hộ"
)
WALLETS = Lexicon(
    "momo, zalopay, zalo pay, shopeepay, shopee pay, viettel money, vnpay, moca, airpay, viettelpay, vnpt money, "
    "ví, ví momo, ví grab, ví điện tử, payoneer, paypal, wise, ví zalopay, ví shopee, ví be, tài khoản, tk, acc, "
    "thẻ ngân hàng, tiền vào thẻ, tiền vô thẻ, tiền vào tk, tiền vô tk, tiền mặt vô tk, tiền mặt vào tk, tiền vào "
    "tài khoản, tiền vào ví, tiền vô ví, tiền mặt, ví trả trước"
)
BANKS = Lexicon(
    "vcb, vietcombank, tcb, techcombank, tech, mb, mbbank, mb bank, vpbank, acb, tpbank, tp bank, bidv, agribank, "
    "vietinbank, sacombank, vib, shb, hdbank, ocb, msb, scb, timo, cake, ví, momo, zalopay, shopeepay, thẻ, tk, "
    "tài khoản, acc, ngân hàng, stk, số tài khoản, viettel money, tài khoản tiết kiệm, tk tiết kiệm, thẻ atm, thẻ "
    "lương, bank, tiền mặt, sổ, sổ tiết kiệm"
)
WITHDRAW = Lexicon("rút")
SALES = Lexicon(
    "bán hàng, tiktok, tiktok shop, shopee, shop, lazada, hoa hồng, affiliate, doanh thu, upwork, fiverr, youtube"
)
WITHDRAWN = Lexicon(
    "tiền, atm, ví, momo, zalopay, shopeepay, payoneer, paypal, sổ, tiết kiệm, thẻ, tk, tài khoản, quỹ, heo, lợn, "
    "hết, bớt, từ, ra, ở cây, cây, tại, viettel money, túi thần tài, ống heo, viettelpay, vnpay, một ít, ít, "
    "thêm, lương, về, ngân hàng, vcb, mb, tech, bidv, acb"
)
NOT_WITHDRAWN = Lexicon("tiền vay, hầm cầu, ruột, kinh nghiệm, thăm, vốn vay, bảo hiểm, bhxh")
CASH = Lexicon("tiền mặt")
TOLLS = Lexicon("thu phí, epass, vetc, etc")
ATM = Lexicon("atm, cây atm")
LOAD = Lexicon("nạp, top up, topup, nộp, đem tiền mặt nộp, bỏ tiền mặt, nạp tiền, nộp tiền")
MOVE = Lexicon("chuyển, ck, chuyển khoản, chuyển tiền, bank, wise, đổi tiền, rút")
INTO = Lexicon("qua, sang, về, vào, vô, ra")
SAVE = Lexicon(
    "chuyển tiết kiệm, chuyển vào tiết kiệm, chuyển qua tiết kiệm, chuyển sang tiết kiệm, "
    "gửi tiết kiệm, gửi sổ, gửi góp tiết kiệm, bỏ heo, bỏ ống, bỏ ống heo, bỏ lợn, cất tiết kiệm, bỏ tiết kiệm, "
    "gửi ngân hàng, tất toán sổ, túi thần tài, gởi tiết kiệm, gửi thêm vào sổ, bỏ lon, gửi vào sổ, rút lợn, đập "
    "heo, đập lợn, gửi thêm sổ, gởi sổ, mở sổ, tích lũy, tất toán tiết kiệm, heo đất, lợn đất, ống heo, sổ tiết "
    "kiệm, tài khoản tiết kiệm, tk tiết kiệm, gửi tiền tiết kiệm, cất sổ, bỏ vô tiết kiệm, bỏ vào tiết kiệm"
)
SAVED_INTEREST = Lexicon("lãi, lời, tiền lời, tiền lãi", exact=True)
