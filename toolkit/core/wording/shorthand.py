"""Teencode and common abbreviations, word for word. Only what means one thing wherever money is written about.

`ck` (chuyển khoản, chồng), `k` (không, nghìn), `bh` (bảo hiểm, bán hàng) and their like mean several things: the
classifier sees them as they are.
"""

from __future__ import annotations

from typing import Final

# Each line: what stands for it, then the ways of writing it.
_LINES: Final = """
anh em: ae
bảo hiểm y tế: bhyt
bảo hiểm xã hội: bhxh
bách hóa xanh: bhx
bà xã: bx
bánh tráng trộn: btt
bác sĩ: bs
bất động sản: bđs bds
bệnh viện: bv
buýt: bus
bây giờ: bjo bgio bgiờ
cà phê: cf cfe cafe café caphe coffee càfê kafe
căn cước công dân: cccd
cảm ơn: tks thks
câu lạc bộ: clb
chứng chỉ quỹ: ccq
chứng khoán: ckhoan
cổ phiếu: cp
công ty: cty
cộng tác viên: ctv
cũng: cug cg
đại học: đh
điện máy xanh: đmx dmx
điện thoại: đt dt đthoại dthoai đth dth
đăng ký: đky dky đkí
được: đc dc đuợc
đồng nghiệp: đn
em bé: ebe
facebook: fb
gì: j
gia đình: gđ gđình gdinh
giáo viên: gv
giờ: h
giao hàng nhanh: ghn
giao hàng tiết kiệm: ghtk
hôm nay: hnay
hà nội: hnoi
học phí: hp hphí
hoa hồng: hh
học sinh: hs
học viên: hv
hóa đơn: hđ
khách: kh khg
khách sạn: ks ksan
ký túc xá: ktx
lì xì: lx
marketing: mkt
không: ko hok hong hông hổng
mình: mk mik mìk mjnh
mọi người: mn mng
mới: ms
nhân viên: nv nviên
nhiều: nhìu nhiu
người ta: ngta nta
người yêu: ny nyêu
người: ng ngừi
nước: nc
ông xã: ox
phải: fải pải
quảng cáo: qc qcáo
quần áo: qáo
rồi: r ròi rùi
sản phẩm: sp
sinh nhật: sn snhat snhật
sinh viên: sv sviên
sữa rửa mặt: srm
số điện thoại: sđt sdt
siêu thị: sthi sthị
tài khoản: tk tkhoan tkhoản acc stk
tháng: thg
thể dục: tdục
thu nhập cá nhân: tncn
thẻ tín dụng: ttd
tiền: xiền
tiếp thị liên kết: affiliate aff
thế giới di động: tgdđ tgdd
trà sữa: ts tsua tsữa trasua
trước: trc trk
trường: trg
trong: trog
văn phòng phẩm: vpp
văn phòng: vp
vậy: z dzậy zậy
về: zìa zề dìa dzề
vào: zô zào dzô dô vô
vợ: vk
vui: dzui zui
với: vs dới zới
vietcombank: vcb
techcombank: tcb
xe máy: xm
xét nghiệm: xn
xăng: xg
yêu: iu iêu
"""


def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _LINES.strip().splitlines():
        meaning, _, spellings = line.partition(":")
        table.update(dict.fromkeys(spellings.split(), tuple(meaning.split())))
    return table


SHORTHAND: Final = _table()
