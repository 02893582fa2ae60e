"""Common Vietnamese given names, to know a person who is typed without a capital. Data."""

from __future__ import annotations

_MARKED = """
an anh ánh ân bách bảo bân bình cẩm châu chi chiến chinh chung công cúc cường danh dân diễm diệp diệu doanh dũng duy
duyên dương đan đăng đào đạt điệp định đoàn đông đức gia giang giao giáp hà hải hạnh hào hằng hân hậu hiền hiển hiệp
hiếu hoa hoài hoan hoàn hoàng hòa hồng huân huệ hùng huy huyền huynh hưng hương hường hữu khang khanh khải khánh
khoa khôi khương kiên kiệt kiều kim kỳ lam lan lâm lân lệ liên liễu linh loan lộc lợi long luân luận lực lương ly lý
mai mạnh mẫn mận miên minh mơ my mỹ nam nga ngân nghĩa nghi ngọc nguyên nguyệt nhân nhàn nhật nhi nhiên như nhung
ninh nụ oanh phát phi phong phú phúc phụng phương phượng quân quang quế quốc quý quyên quyền quyết quỳnh sang sen
sinh sơn sương tài tâm tân tấn thái thắm thắng thanh thành thảo thạch thế thi thiên thiện thịnh thoa thơ thơm thu
thúy thùy thuận thủy thư thương thy tiên tiến tín tình toàn toản tôn trà trâm trang trân trí triết trinh trung trúc
trường trọng tuấn tuệ tùng tú tuyền tuyết tường uyên vân văn vi viên việt vinh vĩnh vũ vương vy xuân yên yến ý tí
tèo tý lài lành bích cảnh chương chức dung giàu hợi khuê lụa nết ngà nhã phấn sáu sửu tám thìn tỵ út đại đô đượm
"""
_WEAK = frozenset(
    """
    ly an công mai thu mơ sen tài lợi lý tiên hoa giao thành định kim sang lương viên trà chi phi chức cảnh sáu tám út
    tí mạnh học toàn phát lộc
    """.split()  # noqa: SIM905  (a word list)
)
GIVEN_NAMES = frozenset(_MARKED.split()) - _WEAK
# Typed without marks, in a sentence that has none at all: the ones that are no other word.
BARE_NAMES = frozenset(
    """
    linh khang khanh hung cuong tuyet ngoc nguyen thao thuy trinh uyen vy xuan yen nga nghia phuc phuong trang vinh
    viet vuong oanh loan hien hieu hoang huy huyen kiet giang duy duc diem dieu quynh thinh thien nhung phung khoi
    kien hiep nhi tung thuan truc trieu ngoan nhan
    """.split()  # noqa: SIM905  (a word list)
)
