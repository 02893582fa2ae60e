"""The words of money, as data. Each is listed as it is properly written and is also known without its marks.

A word with other marks is another word: `củ` is a million, `cũ` is old; `tỏi` is slang, `tối` is evening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.core.text import clean, strip_marks

if TYPE_CHECKING:
    from collections.abc import Mapping


def _spelled(text: str) -> frozenset[str]:
    return frozenset(map(clean, text.split()))


def _words(text: str) -> frozenset[str]:
    return _spelled(text) | frozenset(map(strip_marks, _spelled(text)))


def _values(table: Mapping[str, int]) -> dict[str, int]:
    spelled = {clean(word): value for word, value in table.items()}
    return {strip_marks(word): value for word, value in spelled.items()} | spelled


ONES = _values({"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9})
AFTER_TENS = _values({"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5})  # only behind something bigger
ZERO = _words("không")
TEN = _words("mười")
TENS = _words("mươi mười")
TWENTY = _words("hăm")
DOZEN = _words("chục")
HUNDRED = _words("trăm")
ODD = _words("lẻ linh")
HALF_AFTER = _words("rưỡi rưởi rươi")
HALF_BEFORE = _words("nửa")
VAGUE = _words("vài mấy dăm mươi") - {"muoi"}

SCALES = _values({
    "k": 10**3, "ng": 10**3, "ngàn": 10**3, "nghìn": 10**3, "ngìn": 10**3, "cành": 10**3,
    "lít": 10**5, "lốp": 10**5, "loét": 10**5, "xị": 10**5,
    "tr": 10**6, "triệu": 10**6, "củ": 10**6, "m": 10**6, "chai": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "tỏi": 10**9,
})  # fmt: skip
XI = _words("xị")
# Units that may begin an amount without a number: "triệu rưỡi", "củ hai", "lít rưỡi".
LEADING = _words("nghìn ngàn triệu tỷ tỉ củ lít xị") - {"ti"}  # "ti" is "tí", a little, too

DONG = _words("đ đồng vnđ vnd ₫")
# What may stand before or after a number, as a row of words, and the currencies it may mean.
CURRENCIES: Mapping[tuple[str, ...], tuple[str, ...]] = {
    tuple(phrase.split()): tuple(codes.split())
    for spelled, codes in {
        "$": "USD", "usd": "USD", "us $": "USD", "đô": "USD", "đô la": "USD", "do la": "USD", "dollar": "USD",
        "dollars": "USD", "đô mỹ": "USD", "đô la mỹ": "USD", "do la my": "USD",
        "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "ơ rô": "EUR",
        "£": "GBP", "gbp": "GBP", "bảng anh": "GBP", "bang anh": "GBP",
        "jpy": "JPY", "yên": "JPY", "yen": "JPY", "yên nhật": "JPY", "¥": "JPY CNY",
        "cny": "CNY", "rmb": "CNY", "tệ": "CNY", "nhân dân tệ": "CNY", "nhan dan te": "CNY",
        "krw": "KRW", "won": "KRW", "₩": "KRW", "thb": "THB", "baht": "THB", "bạt": "THB", "฿": "THB",
        "sgd": "SGD", "đô sing": "SGD", "đô la sing": "SGD", "do sing": "SGD", "aud": "AUD", "đô úc": "AUD",
        "đô la úc": "AUD", "do uc": "AUD", "cad": "CAD", "đô can": "CAD", "đô la canada": "CAD",
        "twd": "TWD", "đài tệ": "TWD", "dai te": "TWD", "hkd": "HKD", "đô hồng kông": "HKD", "myr": "MYR",
        "ringgit": "MYR",
    }.items()
    for phrase in [clean(spelled)]
}  # fmt: skip
PREFIXES = _words("$ usd € eur £ gbp ¥ jpy cny rmb krw ₩ thb ฿ sgd aud cad twd hkd myr vnd vnđ ₫")

TIMES = _spelled("x × * nhân")  # "nhan" is a name and "nhận", too
RANGE = _words("đến tới hoặc hay") | frozenset("-–—~")
PERIODS = _words("ngày đêm giờ tiếng buổi hôm tuần tháng quý năm kỳ phút giây h p") - {"ky"}
NEAR_DAYS = _words("này nay trước sau qua kia ngoái tới rồi")  # "3 triệu 5 tháng này": five months, or this month
MINUTED = _words("mét giờ h g tiếng m")  # behind these a number goes on: cao 1 mét 7, 8 giờ 30
WEIGHTS = {clean(word): grams for word, grams in _values({
    "kg": 1000, "ký": 1000, "kí": 1000, "kilo": 1000, "cân": 1000, "kgs": 1000, "lạng": 100, "g": 1, "gr": 1, "gam": 1,
    "gram": 1, "yến": 10_000, "tạ": 100_000, "tấn": 1_000_000,
}).items()}  # fmt: skip
PEOPLE = _words("người đứa ng ông bà anh chị em bạn khách học sinh nhân viên thành viên suất phần") - {
    "phan",
    "ong",
    "ba",
}
_CLASSIFIERS = _words(
    "cái chiếc con quyển cuốn ly cốc tách chén bát tô dĩa đĩa suất phần hộp chai lon gói bịch túi bao thùng két lít "
    "mét bộ đôi cặp tờ tấm cây bó mớ quả trái ổ bánh vé lần lượt trang đơn sp món miếng que viên vỉ lọ hũ tuýp cuộn "
    "thẻ chuyến cuốc suất phòng căn bàn ghế giường xe máy áo quần váy đầm giày dép mũ nón đôi kiện chậu bình can xô "
    "khay mẹt đĩa nải chùm nhánh tép bắp củ hột hạt quyển tập bài câu chữ từ điểm bước view views like likes follow "
    "follower followers sub subs share tim xem km m cm mm ha mẫu sào thước độ inch gb mb tb mah w kw kwh v ml cc calo "
    "kcal cành tuổi cháu nhà hộ lớp khóa chỉ lô mã kênh cổ phiếu",
)
# What is counted: a number before one of these is a quantity, never the tail of an amount.
COUNTED = (
    (_CLASSIFIERS | PERIODS | frozenset(WEIGHTS) | PEOPLE) - _words("của") - {"nha", "vien", "tu", "ma", "ha", "do"}
)
CLASSIFIERS = _CLASSIFIERS | frozenset(WEIGHTS) | PERIODS | PEOPLE | {"c"}
# What "50k", "2 triệu" count when it isn't money.
AUDIENCE = _words(
    "người view views like likes follow follower followers sub subs lượt bước share tim sao từ chữ km bình fan fans"
) - {"tu", "binh"}
# After a tail these can't be what the number counts: "15 triệu 500 tiền nhà".
FUNCTION = _words(
    "tiền cho của để từ ở tại mua trả và rồi nhé nha nhá ạ à thôi hết vào với qua bằng là thì mà nên đã đang sẽ bị "
    "được vừa mới hôm sáng trưa chiều tối nay nè đó luôn nữa về ra vô gửi chuyển đóng nộp mỗi một chia giảm còn trong "
    "trên dưới theo tổng mất tính khi lúc do ship cọc hồi bữa thế vậy ghê quá lắm thiệt đấy hic huhu haha hehe hihi",
) - {"may", "the", "vay", "lam"}
# A number behind one of these names something. In a sentence with marks only the proper spelling counts: there "lan" is
# a person and no "lần". Without any marks those count that are hardly ever anything else.
LABELS = _spelled(
    "lớp quận q size sz cỡ phòng p tầng lầu số tuyến bus buýt đường hẻm ngõ ngách kiệt tổ ấp khu block căn thứ "
    "ngày tháng năm quý tuần mùng mồng rằm kỳ kì chương bài câu trang tập mục version v mã model khóa vol ca tiết bàn "
    "giường đội nhóm top hạng sđt tel zalo stk gọi khẩu otp biển lúc đời win windows iphone ip ipad samsung "
    "galaxy note redmi xiaomi oppo vivo realme macbook air pro ps playstation xbox sh airblade vision wave exciter "
    "vios mazda kia cx hotline cấp bậc level lv phường xã thôn tòa cửa cổng kênh trạm chuyến khối lần g mig"
)
UNMARKED_LABELS = frozenset(map(strip_marks, LABELS)) - _spelled(
    "so to can nam ky ki bai tap muc ma ca doi toa cua tram lan co cau hang goi cap bac phuong xa cong chuyen"
)
# A word of one figure behind these belongs to them: tháng năm, thứ hai, lớp ba.
COUNTED_OFF = _words("tháng thứ lớp quận tầng lầu kỳ lần phòng tổ ấp khu") - {"to", "ky", "lan", "lau"} | {"hk"}
# The largest number that these can have: behind "tháng" 200 is a price.
LARGEST = _values({
    "tháng": 12, "ngày": 31, "tuần": 53, "thứ": 8, "lớp": 12, "quận": 12, "bàn": 99, "cửa": 99, "cổng": 99,
    "giường": 99, "ca": 9, "tiết": 15, "tầng": 99, "lầu": 99, "cấp": 12, "kỳ": 12, "mùng": 10, "tổ": 99,
    "lần": 49, "g": 59,
})  # fmt: skip
# The same words at the end of a thing's name: the number behind "cơm trưa văn phòng" is its price.
NO_LABELS = frozenset(
    pair
    for phrase in (
        "văn phòng",
        "dự phòng",
        "khẩu trang",
        "nữ trang",
        "trải bàn",
        "bóng bàn",
        "để bàn",
        "lau bàn",
        "chìa khóa",
        "ổ khóa",
        "móc khóa",
        "sửa khóa",
        "thay khóa",
        "khăn bàn",
        "ga giường",
        "trải giường",
        "ra giường",
        "rèm cửa",
        "sơn cửa",
        "sửa cửa",
        "thay cửa",
        "lau cửa",
        "đánh bài",
        "thua bài",
        "chơi bài",
        "thắng bài",
        "cầu đường",
        "phòng tập",
        "vé bus",
        "vé buýt",
        "cần câu",
        "mồi câu",
        "đi câu",
        "tắm biển",
        "mua đường",
        "ký đường",
        "kg đường",
        "gói đường",
        "mắm đường",
        "sạc iphone",
        "ốp iphone",
        "cáp iphone",
        "cung cấp",
        "nâng cấp",
        "trợ cấp",
        "bảng tên lớp",
        "quỹ lớp",
        "liên hoan lớp",
    )
    for pair in [tuple(clean(phrase).split()[-2:])]
    for pair in (pair, tuple(map(strip_marks, pair)))
)
# Whom one calls by the order of birth: chị Hai, chú Tư. Nobody is called Một or Bốn.
KIN = _words("chị anh chú cô dì bác cậu mợ ông bà thím dượng")
YOUNGER = _spelled("con thằng nhỏ đứa út em")
RANKS = frozenset(ONES) - _words("một bốn")
NUMBERED = _words(
    "số mã sđt stk otp biển tel hotline version v"
)  # even digits grouped like money are none behind these
GIVING = _words("cho biếu gửi tặng đưa")

LIQUIDS = _words(
    "xăng dầu nước sữa bia rượu mắm nhớt sơn giấm cồn bia ga gas trà cafe coca pepsi sting nhậu uống tương ớt xì mật "
    "vodka vang whisky đế ken heineken tiger saigon",
) - {"vang", "de", "mat", "son", "xi", "ot"}
ROOTS = _words(
    "khoai sắn hành tỏi gừng nghệ su cải riềng sen dền đậu mì lạc ấu sâm kiệu năng sạc loa cà quả hẹ măng",
) - {"nang", "mi", "qua", "sac"}
PLANTS = _words("hoa hồng đào mai lan ly cúc lá cây quất tuyết phăng tay") - {"la", "mai", "tay", "dao"}
TYRES = _words("xe vá thay bánh tô ô ruột vỏ săm") - {"vo", "to", "o", "va"}
LENGTHS = _words(
    "vải dây cao dài rộng sâu cách ống ray lưới rào tôn đường bơi chiều vuông khối ngang mét chạy gỗ thước đất nhà",
) - {"cao", "ong", "cach", "chieu", "dat", "nha", "ton", "go"}
DOZENS = _words("trứng cam quýt bưởi ổi xoài dừa bánh hoa hồng quả trái hột cua ốc chanh cái con chén bát ly người") - {
    "hong", "oi", "trai", "qua", "cam", "oc",
}  # fmt: skip
SCREENS = _words("tivi tv màn hình phim video camera cam ultra") - {"cam", "phim"}
GOLD = _words("vàng gold")

MOVES = _words("cọc mượn vay trả biếu tặng mừng phúng ứng nộp đóng góp rút nạp thưởng bo ck gửi đưa") - {
    "mung", "ung", "dong", "gop", "tang", "coc", "bo",
}  # fmt: skip
# Another item begins with these: "ăn cơm ba lăm chiều uống cà phê hai mươi".
GOES_ON = _spelled("sáng trưa chiều tối khuya rồi xong đổ uống ăn mua gửi đóng ghé trả còn và thêm")
BILLS = _words("điện nước mạng rác wifi internet net gas") - {"gas"}  # what a bill is for: "phòng 2tr3 điện nước 350"
# Behind these a small number counts pieces: mua 5 trứng.
ASKING = _words(
    "mua ăn uống lấy thêm gọi order đặt làm có cho được bán nhập tặng còn thuê sửa thay và với được cả mất gồm khoảng "
    "hơn gần đủ tới đến từ chừng cỡ tầm đi về ra vào in nấu xài dùng ship chạy nuôi trồng bẻ hái vé trong sau trước"
)

DISCOUNT = _words("giảm bớt") - {"bot"}
CHEAPER = DISCOUNT | _words("sale hạ km mãi off xuống rớt cả giá deal") - {"ca"}
LEFT = _words("còn")
SUM = _words("tổng total cộng sum")
SPLIT = _words("chia cưa share") - {"cua"}  # unmarked it is "của" nearly always: see SAWN
SAWN = "cua"
EACH = _words("mỗi từng")
TWO = _words("đôi")
EVENLY = _words("đều cho")
APART = _words("và rồi còn xong") - {"con", "va"}  # words that part one item from the next
ABOUT = _words("khoảng tầm cỡ chừng gần hơn độ")
