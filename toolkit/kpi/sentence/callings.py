"""How customers are called, as data: titles, roles, houses, and the words that are no names."""

from __future__ import annotations

from toolkit.core.sentences.line import Lexicon

TITLES = Lexicon(
    "đồng nghiệp, hàng xóm, bạn thân, bạn học, chị, anh, cô, chú, bác, ông, bà, em, dì, cậu, mợ, thím, bạn, thầy, bé, "
    "cụ, dượng, sếp, mẹ, má, ba, bố, o, mệ, vợ chồng anh, vợ chồng chị, gia đình anh, gia đình chị, gia đình cô, gia "
    "đình chú, gia đình bác, mẹ bé, má bé, ba bé, bố bé, mẹ cháu, phụ huynh bé, phụ huynh em, phụ huynh, cô giáo, thầy "
    "giáo, bác sĩ, giám đốc, chị khách, anh khách, cô khách, chú khách, bạn khách, bác khách, em khách, ông khách, bà "
    "khách, chị chủ, anh chủ, a, c, e, mr, ms, mrs, nhỏ, cháu, hai vợ chồng anh, hai vợ chồng chị, vc anh, vc chị, vợ "
    "anh, chồng chị, con chị, con anh, con cô, chị gái, anh trai, em gái, em trai, bạn của chị, bạn của anh, bạn của "
    "cô, bà nội, ông nội, bà ngoại, ông ngoại, sư cô, sư thầy, hai mẹ con chị, hai mẹ con cô, hai mẹ con, hai bố con "
    "anh, hai cha con chú, hai chị em chị, mẹ con chị, cậu mợ, cô dượng, chú thím, dì dượng, học viên, phật tử, tài "
    "xế, bác tài, thợ, vợ chồng cô, vợ chồng chú, vợ chồng bác, hội trưởng, lớp trưởng, anh chị, cô chú, hai bác, hai "
    "cô chú, ông anh, ông anh rể, bà chị, ông chú, bà dì, cô em, chị dâu, anh rể, ông bác"
)

# Titles only before a name that is written like one: "nội Tư", "thằng Cường", "nick Bé Na".
BEFORE_NAMES = Lexicon(
    "u, bầm, nội, ngoại, thằng, nick, nick fb, nick zalo, hv, b, mối, sư, đứa, cặp, tía, vc, vợ chồng, hai vợ chồng, "
    "con bé, thằng bé, cặp đôi, cặp vợ chồng"
)

# The member's own kin: "chị gái em", "bạn mình".
OWN_KIN = Lexicon(
    "chị gái em, chị gái mình, chị gái tôi, anh trai em, anh trai mình, em gái em, em gái mình, em trai mình, mẹ em, "
    "mẹ mình, má em, ba mẹ em, bố mẹ em, dì em, dì mình, cô em, cô mình, chú em, chú mình, bạn em, bạn mình, bạn gái "
    "em, bà chị em, ông anh em, chị dâu em, anh rể em, bạn thân em, bạn thân mình, chị họ em, anh họ em, hàng xóm "
    "em, hàng xóm mình, bà nội em, bà ngoại em, đồng nghiệp em, đồng nghiệp mình, bà hàng xóm, chị hàng xóm, anh "
    "hàng xóm, cô hàng xóm"
)

RELATIONS = Lexicon(
    "hàng xóm, đồng nghiệp, gái, trai, họ, dâu, rể, bạn thân, cùng phòng, cùng lớp, cùng công ty, bảo vệ, giúp "
    "việc, kế toán, chủ nhà, chủ trọ, chủ quán, chủ shop, chủ tiệm, thân, tạp vụ, tài xế, ruột, giáo, tổ trưởng, "
    "trưởng phòng"
)

ROLES = Lexicon(
    "khách nhật bản, khách nhật, khách hàn, khách hàn quốc, khách mỹ, khách trung quốc, khách sài gòn, khách hà nội, "
    "khách đà nẵng, khách úc, khách việt kiều, khách thái, cặp đôi, cặp vợ chồng, cô dâu, chú rể, khách hàng, khách, "
    "khách sỉ, khách lẻ, khách quen, khách cũ, khách mới, khách vip, khách ruột, khách quen tên, khách tên, khách "
    "hàng tên, khách hàng cũ, khách hàng mới, khách hàng quen, khách hàng thân thiết, khách thân thiết, khách mối, "
    "mối, mối quen, mối cũ, bạn hàng, ctv, đại lý tên, khách tây, khách nước ngoài, khách đoàn, khách du lịch, khách "
    "vãng lai, khách online, khách zalo, khách fb, khách facebook, khách shopee, khách tiktok, thân chủ, khách nữ, "
    "khách nam, bạn khách, khách hàng lẻ, khách hàng vip, vị khách, người quen, chủ nhà, chủ đầu tư, học viên mới, "
    "học viên cũ, hv cũ, hv mới, hội viên, hội viên mới, thành viên mới"
)

ORGS = Lexicon(
    "tiệm may, tiệm hoa, tiệm thuốc, tiệm giày, tiệm điện thoại, shop hoa, shop giày, quán bánh, công ty, công ty "
    "tnhh, công ty cổ phần, công ty cp, ct, ctcp, doanh nghiệp, dn, tập đoàn, shop, shop quần áo, shop mẹ và bé, cửa "
    "hàng, tiệm, tiệm vàng, tiệm bánh, tiệm nail, tiệm tóc, tiệm tạp hóa, quán, quán cà phê, quán cafe, quán ăn, quán "
    "phở, quán lẩu, quán bún, quán bia, quán nướng, quán kem, quán hải sản, quán chè, quán ốc, quán nhậu, quán trà "
    "sữa, quán cơm, nhà hàng, khách sạn, resort, spa, salon, salon tóc, thẩm mỹ viện, trường, trường mầm non, trường "
    "tiểu học, trường thcs, trường thpt, trường đại học, trường học, bệnh viện, phòng khám, nha khoa, đại lý, nhà "
    "thuốc, siêu thị, siêu thị mini, tạp hóa, xưởng, xưởng may, xưởng gỗ, nhà máy, hợp tác xã, htx, ngân hàng, trung "
    "tâm, trung tâm anh ngữ, homestay, studio, chuỗi, chuỗi cafe, gara, garage, tòa nhà, chung cư, nhà phân phối, "
    "npp, quỹ, viện, sở, ủy ban, ubnd, phường, xưởng in, nhà in, nhà xe, hãng, văn phòng luật, start up, startup, cty "
    "tnhh, cty cp, trại, trang trại, phòng gym, gym, nhà trẻ, cơ sở, hội, câu lạc bộ, clb, sạp, quầy, ki ốt, hotel, "
    "motel, showroom, sân bóng, phòng tập, quán net, tiệm net, mầm non, quầy thuốc, rạp, rạp phim, nhà sách, sân "
    "golf, lò bánh, ks, bv, chùa, nhà thờ, giáo xứ, mối chợ, bạn hàng chợ, ban quản lý, vựa, vựa cá, vựa trái cây, "
    "vựa lúa, vựa gạo, vựa ve chai, vựa tôm, vựa rau"
)

# People who come together, one customer: "đoàn cô Hợi", "đám Kim Thoa".
GROUPS = Lexicon(
    "nhóm, đội, đội bóng, clb, câu lạc bộ, đoàn, hội, đám, đám cưới, đám hỏi, đám tiệc, nhóm bạn, đoàn khách, cả nhóm, "
    "tiệc cưới"
)

# Who somebody is, before the name: "thương lái Tuấn", "bạn sinh viên Hoàng".
CALLINGS = Lexicon(
    "thương lái, lái, thầu, sinh viên, bạn sinh viên, bạn sv, sv, em sinh viên, em sv, nhà thầu, chủ vựa, chủ trại, "
    "chủ quán, chủ shop, chủ tiệm, ông tây, bà tây, anh tây, chị tây, ông khách, bà khách, ca sĩ, luật sư, kỹ sư, thợ "
    "cả, cai thầu, tổ trưởng, trưởng thôn, học sinh, hướng dẫn viên, anh thầu, chú thầu, cô hàng xóm, chị hàng xóm, "
    "anh hàng xóm, bác hàng xóm, hàng xóm"
)

# Houses called by their trade, where it is written like a name: "cho Nội thất Gia Khang".
TRADES = Lexicon(
    "nội thất, vật liệu xây dựng, vlxd, thời trang, mỹ phẩm, điện máy, điện lạnh, xây dựng, dược phẩm, dược, nhựa, "
    "may mặc, vận tải, bất động sản, thẩm mỹ, nha khoa, trà sữa, bếp, bánh mì, cơ khí, in ấn, thực phẩm, nông sản, "
    "thủy sản, hải sản, gốm sứ, đồ gỗ, quảng cáo, truyền thông, du lịch, logistics, bảo hiểm, phở, bún, cơm tấm, cà "
    "phê, điện nước, đá quý, đa khoa, quốc tế, tư thục, mầm non, tiểu học, tiếng anh, anh ngữ, ngoại ngữ, xăng dầu, ô "
    "tô, xe máy, thể thao, môi trường, công nghệ, giáo dục, thiết bị y tế, điện tử"
)
ENDS_OF_FIRMS = frozenset(
    """
    group corp jsc farm co house home studio spa coffee beauty mart shop hotel resort academy ltd inc store garden
    bakery fashion media land travel logistics clinic dental gym fitness kids decor food cafe bistro lab tech
    """.split()  # noqa: SIM905
)

SIDE = Lexicon("bên, phía")

# Whose a union, a league or a board is, behind its name: "bên Đoàn trường", "bên Chi đoàn phường 5".
BODIES = Lexicon(
    "trường, phường, xã, huyện, quận, tỉnh, thành phố, khoa, khối, đoàn, lao động, thanh niên, phụ nữ, sinh viên, "
    "công an"
)

NOT_A_SIDE = frozenset(
    """
    em mình minh tui tôi toi khác khac kia này nay đó do bán ban họ ho đối doi nội noi ngoại trong ngoài cạnh
    """.split()  # noqa: SIM905
)

# Whose somebody is, before who that is: "phụ huynh | bạn Gia Hân", "anh trai | bạn Nhật Minh".
KIN = Lexicon(
    "phụ huynh, mẹ, má, bố, vợ, chồng, cháu, con trai, con gái, anh trai, chị gái, em trai, em gái, chị họ, anh họ, "
    "em họ, bạn gái, bạn trai, ông xã, bà xã, bà ngoại, bà nội, ông nội, ông ngoại, con dâu, con rể, mẹ vợ, mẹ chồng, "
    "ba mẹ, bố mẹ, thằng con, thằng út con, con bé con, bạn của, mẹ của, em của, chị của, anh của, con của, nhỏ bạn, "
    "cô con gái, cậu con trai, vợ chồng, mẹ con, bố con, ba con, cha con, chị em, anh em, bà cháu, chị em nhà, anh em "
    "nhà"
)

# What somebody does, right behind a title: no name.
PROFESSIONS = Lexicon(
    "sinh viên, sv, công nhân, giáo viên, nhân viên, học sinh, bảo vệ, kế toán, tài xế, thu ngân, lao công, trưởng "
    "phòng, công an, bộ đội, công đoàn, giám đốc, quản lý, chủ tịch, thư ký, tổ trưởng, lễ tân, thợ hồ, xe ôm, ve "
    "chai, shipper, giao hàng, vé số, thầu, công chức, học viên, hiệu trưởng"
)

BY_BIRTH = frozenset(
    """
    hai ba tư năm sáu bảy tám chín mười út bốn cả
    """.split()  # noqa: SIM905
    + """
    tu nam sau bay tam chin muoi ut bon ca
    """.split()  # noqa: SIM905
)

NO_NAMES = Lexicon(
    "quá, to, nhỏ, chật, rộng, mua, lấy, đặt, và, với, cho, của, ở, tại, qua, đã, vừa, mới, lại, cũng, sẽ, đang, "
    "có, không, chưa, thì, mà, là, này, kia, ấy, đó, nọ, nào, gì, ơi, hết, rồi, luôn, nữa, cọc, trả, chuyển, ck, "
    "gửi, đưa, nhận, đóng, nộp, giới, thiệu, bán, chốt, ký, kí, order, hoàn, hủy, bom, từ, hôm, ngày, sáng, trưa, "
    "chiều, tối, tuần, tháng, năm, giá, tiền, cái, chiếc, hộp, gói, chai, thùng, bộ, con, cây, cuốn, đơn, hợp, "
    "đồng, bảo, hiểm, kem, sữa, áo, quần, váy, giày, túi, sim, xe, nhà, đất, khóa, tour, vé, combo, set, serum, "
    "son, phấn, mỹ, phẩm, thẻ, máy, điện, thoại, iphone, laptop, tủ, bàn, ghế, nước, trà, cà, phê, gạo, trứng, "
    "cơm, bánh, kẹo, mực, tôm, cua, cá, thịt, rau, hàng, dịch, vụ, chung, cư, căn, lô, phòng, thuê, mướn, vì, do, "
    "bởi, nên, để, thêm, tiếp, hứa, hẹn, gặp, gọi, nhắn, tư, vấn, báo, khách, chê, chối, đổi, ý, im, lặng, muốn, "
    "cần, hỏi, quan, tâm, nói, kêu, rủ, dẫn, chọn, mất, được, tới, đến, về, đi, ra, vào, lên, xuống, trong, "
    "ngoài, trên, dưới, shop, bên, chị, anh, cô, chú, bác, em, ông, bà, bạn, mình, tui, tôi, thanh, toán, tất, "
    "online, zalo, facebook, fb, tiktok, shopee, cùng, lần, hai, xong, gia, hạn, tái, nâng, nhập, tổng, mỗi, "
    "giảm, ship, hứng, thú, suy, nghĩ, cân, nhắc, gồm, một, xin, nốt, đủ, đăng, logo, web, website, app, thiết, "
    "kế, quán, phản, hồi, thôi, nhé, nha, ạ, nhờ, nguyên, liệu, vẫn, bị, rep, block, thấy, lỗi, hỏng, sai, hay, "
    "khen, phàn, nàn, nghe, bắt, quyết, còn, tính, định, book, tậu, rinh, thích, ưng, quen, cũ, gốc, theo, sỉ, "
    "lẻ, dùng, xài, sử, dụng, đắt, mắc, rẻ, cao, xa, bận, quay, trước, sau, mấy, ai, vài, nhiều, các, những, cả, "
    "hơn, khoảng, xem, coi, học, làm, bể, hư, móp, thiếu, sản, deal, job, show, gỗ, thử, hoa hồng, thay, mời, "
    "gom, ôm, hốt, rước, phí, ngại, sợ, đợi, chờ, giao, ủng, hộ, ghé, tham, tranh, sách, vở, đồ, cặp, ví, nón, "
    "mũ, dép, vòng, lắc, già, trẻ, bỏ, tên, dân, cư, lớp"
)

ORG_STOPS = Lexicon(
    "mua, lấy, đặt, và, với, cho, của, ở, tại, đã, vừa, mới, cũng, sẽ, đang, có, không, chưa, cọc, trả, chuyển, ck, "
    "thanh toán, gửi, đóng, giới thiệu, chốt, ký, kí, order, hoàn, hủy, bom, hôm, ngày, sáng, trưa, chiều, tối, giá, "
    "vì, do, nhập, thuê, đăng ký, gia hạn, tái ký, từ chối, chê, chọn, hứa, hẹn, nhận, nợ, qua, rồi, luôn, nhé, nha, "
    "hợp đồng, gói, nhập thêm, lấy thêm, đặt thêm, để, bằng, tổng, mỗi, trị giá, vẫn, được, thì, mà, là, xin, nói, "
    "bảo, kêu, quan tâm, hỏi, trên, theo, lần, tiếp, nên, quyết định, đổi ý, duyệt, tạm ứng, ứng, giải ngân, nốt, in, "
    "làm, im lặng, mất, muốn, cần, hết, thôi, trước, thỉnh, góp, quận, phường, đường, đầu, cuối, gần, cạnh, kế, đối "
    "diện, cấp, nhờ, từ, hoàn, trừ, bị, thưởng"
)

# Whom the member pays.
SUPPLIERS = Lexicon(
    "xưởng, nhà cung cấp, ncc, kho, thợ, nhân viên, chủ nhà, nhà máy, mối hàng, bên cung cấp, lò, tổng kho, shipper, "
    "kế toán, ngân hàng, mẹ, vợ, chồng, ba, má, con, công ty mẹ, hãng, bên sỉ, mối sỉ, đầu mối"
)

# Capitalised words that begin a thing's name, not a person's.
THINGS = frozenset(
    """
    honda yamaha vinfast toyota mazda kia hyundai ford vision airblade vario wave winner exciter lead samsung
    oppo xiaomi iphone ipad macbook dell asus prudential manulife aia daiichi generali bảo viettel vinaphone
    mobifone shopee lazada tiktok zalo facebook tiki excel english ielts toeic sapa logo website serum combo
    vios city cerato morning fadil crv sh lexus audi bmw mercedes nivea loreal canva photoshop python java
    marketing seo spa omo vinamilk milo ensure abbott neptune hảo cj olay mac dior chanel gucci nike adidas sữa
    kem son mai đà phú hà tour tết noel thứ tháng quý tuần ngày hôm sáng chiều tối trưa khách gói hộp
    """.split()  # noqa: SIM905
) - {"mai", "hà", "bảo", "lead", "city"}
