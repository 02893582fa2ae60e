"""Amounts as people type them, each written down by hand with what it must mean, or that it must be asked about."""

from __future__ import annotations

import unicodedata

import pytest

from toolkit.core.money import Money, find_amounts, parse_amount
from toolkit.core.text import strip_marks

K, TR, TY = 1_000, 1_000_000, 1_000_000_000

# One amount and nothing else. Every row is also read without marks, decomposed, in capitals and inside a sentence.
AMOUNTS = {
    # đồng, and the points and commas of its thousands
    "45.000đ": 45 * K, "45.000 đ": 45 * K, "45.000 đồng": 45 * K, "45,000 VND": 45 * K, "45000đ": 45 * K,
    "45000 VNĐ": 45 * K, "45000d": 45 * K, "₫45.000": 45 * K, "VND 45.000": 45 * K, "45.000₫": 45 * K,
    "1.250.000": 1_250_000, "1,250,000": 1_250_000, "1 250 000": 1_250_000, "12.000.000": 12 * TR,
    "12.000.000đ": 12 * TR, "12,000,000 VND": 12 * TR, "1.250.000,00đ": 1_250_000, "1,250,000.00 VND": 1_250_000,
    "45 000đ": 45 * K, "12 500 đồng": 12_500, "500đ": 500, "0đ": 0, "999.999.999đ": 999_999_999, "1 đồng": 1,
    # thousands
    "45k": 45 * K, "45K": 45 * K, "45 k": 45 * K, "500k": 500 * K, "1.500k": 1_500 * K, "1,5k": 1_500, "1.5k": 1_500,
    "0,5k": 500, "20ng": 20 * K, "15 ngàn": 15 * K, "15 nghìn": 15 * K, "15 ngìn": 15 * K, "35 cành": 35 * K,
    "15 ngàn đồng": 15 * K, "15k đồng": 15 * K, "12,5 nghìn": 12_500, "200 nghìn": 200 * K, "1k5": 1_500, "1k2": 1_200,
    "45k5": 45_500, "12k500": 12_500, "12 nghìn 500": 12_500, "12 nghìn 500 đồng": 12_500, "2 nghìn rưỡi": 2_500,
    "nghìn rưỡi": 1_500, "ba nghìn hai": 3_200, "5 nghìn 2 trăm": 5_200, "2500 nghìn": 2_500 * K,
    # tens and hundreds that mean thousands
    "3 chục": 30 * K, "ba chục": 30 * K, "ba chục nghìn": 30 * K, "chục rưỡi": 15 * K, "3 chục rưỡi": 35 * K,
    "trăm rưỡi": 150 * K, "3 trăm": 300 * K, "ba trăm": 300 * K, "3 trăm 5": 350 * K, "3 trăm 50": 350 * K,
    "trăm chín": 190 * K, "trăm hai": 120 * K, "trăm mốt": 110 * K, "trăm tư": 140 * K, "ba trăm mốt": 310 * K,
    "hai trăm rưỡi": 250 * K, "trăm hai lăm": 125 * K, "hai trăm ba tư": 234 * K, "hai trăm năm mươi": 250 * K,
    "ba trăm lẻ năm": 305 * K, "ba trăm linh năm nghìn": 305 * K, "trăm tám mươi": 180 * K, "3 trăm rưỡi": 350 * K,
    "trăm nghìn": 100 * K, "trăm ngàn": 100 * K, "hai trăm nghìn": 200 * K, "ba trăm ngàn đồng": 300 * K,
    "nửa trăm": 50 * K, "trăm rưỡi nghìn": 150 * K, "chín trăm chín mươi chín nghìn": 999 * K, "hai trăm ba": 230 * K,
    # hundreds of thousands in slang
    "5 lít": 500 * K, "2 lít rưỡi": 250 * K, "lít rưỡi": 150 * K, "3 lốp": 300 * K, "2 loét": 200 * K,
    # millions
    "12tr": 12 * TR, "12 tr": 12 * TR, "12 triệu": 12 * TR, "12TR": 12 * TR, "1tr2": 1_200 * K, "1tr25": 1_250 * K,
    "1tr250": 1_250 * K, "8tr05": 8_050 * K, "2tr005": 2_005 * K, "1,2tr": 1_200 * K, "1.2tr": 1_200 * K,
    "1,25 triệu": 1_250 * K, "12,25tr": 12_250 * K, "0,5tr": 500 * K, "0.125tr": 125 * K, "15 triệu 500": 15_500 * K,
    "1 triệu 2": 1_200 * K, "1tr 2": 1_200 * K, "1 triệu 2 trăm nghìn": 1_200 * K, "1 triệu 2 trăm": 1_200 * K,
    "7 triệu 490 nghìn": 7_490 * K, "7tr490k": 7_490 * K, "1tr500k": 1_500 * K, "1tr 500k": 1_500 * K,
    "7 triệu 490 nghìn 500 đồng": 7_490_500, "2 triệu rưỡi": 2_500 * K, "3tr rưỡi": 3_500 * K,
    "3 triệu rưởi": 3_500 * K, "triệu rưỡi": 1_500 * K, "triệu hai": 1_200 * K, "nửa triệu": 500 * K,
    "nửa tr": 500 * K, "một triệu hai": 1_200 * K, "hai triệu mốt": 2_100 * K, "hai triệu tư": 2_400 * K,
    "một triệu rưỡi": 1_500 * K, "hai triệu ba trăm": 2_300 * K, "hai triệu ba trăm năm mươi nghìn": 2_350 * K,
    "hai triệu ba trăm rưỡi": 2_350 * K, "8 triệu 05": 8_050 * K, "một triệu hai trăm lẻ năm nghìn": 1_205 * K,
    "một triệu không trăm năm mươi nghìn": 1_050 * K, "một triệu lẻ năm mươi": 1_050 * K, "chục triệu": 10 * TR,
    "hai chục triệu": 20 * TR, "trăm triệu": 100 * TR, "trăm rưỡi triệu": 150 * TR, "ba trăm triệu": 300 * TR,
    "mười hai triệu": 12 * TR, "hai mươi mốt triệu": 21 * TR, "2 củ": 2 * TR, "2 củ rưỡi": 2_500 * K,
    "củ rưỡi": 1_500 * K, "1 củ 2": 1_200 * K, "nửa củ": 500 * K, "5m": 5 * TR, "1m5": 1_500 * K, "8 chai": 8 * TR,
    "1 chai rưỡi": 1_500 * K, "1200 triệu": 1_200 * TR,
    # billions
    "2 tỷ": 2 * TY, "2 tỉ": 2 * TY, "1tỷ2": 1_200 * TR, "1 tỷ 2": 1_200 * TR, "0,5 tỷ": 500 * TR,
    "2 tỷ 300": 2_300 * TR, "2 tỷ 300 triệu": 2_300 * TR, "tỷ rưỡi": 1_500 * TR, "tỷ hai": 1_200 * TR,
    "nửa tỷ": 500 * TR, "1,5 tỏi": 1_500 * TR, "2 tỷ 3 trăm": 2_300 * TR, "2 nghìn tỷ": 2_000 * TY,
    "một tỷ hai trăm triệu": 1_200 * TR, "10 tỷ rưỡi": 10_500 * TR,
    # numbers in words
    "hai lăm nghìn": 25 * K, "hai nhăm nghìn": 25 * K, "hai mốt nghìn": 21 * K, "hai mươi lăm nghìn": 25 * K,
    "ba tư ngàn": 34 * K, "hai mươi nghìn": 20 * K, "mười lăm nghìn": 15 * K, "mười nghìn": 10 * K, "năm nghìn": 5 * K,
    "ba mươi hai ngàn": 32 * K, "hăm lăm ngàn": 25 * K, "bốn mươi tư nghìn": 44 * K, "hai tám nghìn": 28 * K,
    "năm mươi lăm k": 55 * K, "bảy mươi mốt nghìn": 71 * K, "bẩy nghìn": 7 * K, "chín chục": 90 * K,
    "3 mươi nghìn": 30 * K, "tám mươi sáu nghìn rưỡi": 86_500,
}  # fmt: skip

# The same word without its marks is also something else, so that it is asked about: quoted here with the reason.
ASKED_WITHOUT_MARKS = {
    "1,5 tỏi",  # toi: tối
    "2 tỉ",  # ti: tí
}

CURRENCIES = {
    "1.99 USD": Money(199, "USD"), "1,99 USD": Money(199, "USD"), "$1.99": Money(199, "USD"),
    "20$": Money(2000, "USD"), "$20": Money(2000, "USD"), "US$20": Money(2000, "USD"), "20 usd": Money(2000, "USD"),
    "20 đô": Money(2000, "USD"), "20 đô la": Money(2000, "USD"), "20 do la": Money(2000, "USD"),
    "hai trăm đô": Money(20000, "USD"), "5 đô rưỡi": Money(550, "USD"), "20k$": Money(2_000_000, "USD"),
    "5 nghìn đô": Money(500_000, "USD"), "2 triệu đô": Money(200_000_000, "USD"),
    "1,234.50 USD": Money(123_450, "USD"), "1.234,50 USD": Money(123_450, "USD"), "1.250 USD": Money(125_000, "USD"),
    "15 €": Money(1500, "EUR"), "€15,5": Money(1550, "EUR"), "15 euro": Money(1500, "EUR"), "£9.99": Money(999, "GBP"),
    "20 bảng Anh": Money(2000, "GBP"), "500 yên": Money(500, "JPY"), "1.000 JPY": Money(1000, "JPY"),
    "30.000 won": Money(30_000, "KRW"), "100 tệ": Money(10_000, "CNY"), "100 nhân dân tệ": Money(10_000, "CNY"),
    "250 baht": Money(25_000, "THB"), "12 đô Sing": Money(1200, "SGD"), "USD 1.5k": Money(150_000, "USD"),
}  # fmt: skip

# Two readings (or more): every one of them, None where it may be no money at all.
AMBIGUOUS: dict[str, set[int | None]] = {
    "2 lít xăng": {200 * K, None}, "3 lít dầu ăn": {300 * K, None}, "đổ xăng 2 lít": {200 * K, None},
    "2 chai bia": {2 * TR, None}, "nửa lít rượu": {50 * K, None}, "2 củ khoai": {2 * TR, None},
    "1 củ sạc": {1 * TR, None}, "2 cành đào": {2 * K, None}, "thay 2 lốp xe": {200 * K, None},
    "5 m vải": {5 * TR, None}, "dây 3m": {3 * TR, None}, "50m2": {50_200_000, None}, "ăn với 5 ng": {5 * K, None},
    "2 chục trứng": {20 * K, None}, "9 toi": {9 * TY, None}, "2 toi": {2 * TY, None}, "30-40k": {30 * K, 40 * K},
    "30 - 40k": {30 * K, 40 * K}, "30–40k": {30 * K, 40 * K}, "30k-40k": {30 * K, 40 * K}, "30/40k": {30 * K, 40 * K},
    "30 đến 40k": {30 * K, 40 * K}, "200k tới 300k": {200 * K, 300 * K}, "1-2tr": {1 * TR, 2 * TR},
    "2 hoặc 3 triệu": {2 * TR, 3 * TR}, "2 3 triệu": {2 * TR, 3 * TR}, "hai ba trăm": {200 * K, 300 * K},
    "ba bốn triệu": {34 * TR, 3 * TR, 4 * TR}, "năm bảy trăm": {500 * K, 700 * K},
    "hai ba nghìn": {23 * K, 2 * K, 3 * K}, "45.000-60.000": {45 * K, 60 * K}, "2 xị": {20 * K, 200 * K},
    "1 xị rưỡi": {15 * K, 150 * K}, "1 xị rượu": {10 * K, 100 * K, None}, "1.250tr": {1_250 * K, 1_250 * TR},
    "1.500 triệu": {1_500 * K, 1_500 * TR}, "1.200 tỷ": {1_200 * TR, 1_200 * TY}, "20,30k": {20_300, 30 * K},
    "2 500k": {2_500 * K, 500 * K}, "phở 2 500k": {2_500 * K, 500 * K}, "1 triệu 50": {1_500 * K, 1_050 * K},
    "1 triệu 25": {1_250 * K, 1_025 * K}, "2 tỷ 30": {2_300 * TR, 2_030 * TR},
    "một triệu hai mươi": {1_200 * K, 1_020 * K}, "một triệu hai lăm": {1_250 * K, 1_025 * K},
    "một triệu lẻ năm": {1_005 * K, 1_050 * K}, "hai trăm năm nghìn": {250 * K, 205 * K},
    "1tr2k": {1_002 * K, 1_200 * K}, "200 nghìn rưỡi": {200_500, 250 * K}, "100 triệu rưỡi": {100_500 * K, 150 * TR},
    "biếu 1 triệu ba mẹ": {1_300 * K, 1 * TR}, "mượn 2 triệu ba cho": {2_300 * K, 2 * TR},
    "12 buổi 200k/buổi": {2_400 * K, 200 * K}, "2 tờ 500k": {1 * TR, 500 * K},
    "gui me 2 trieu tu tien thuong": {2_400 * K, 2 * TR}, "5-6 trăm": {500 * K, 600 * K},
    "5-6 trăm nghìn": {500 * K, 600 * K}, "20-30 nghìn": {20 * K, 30 * K}, "ngày 5 triệu rưỡi": {5_500 * K, 1_500 * K},
    "thuê nhà 3 triệu 5 tháng này": {3_500 * K, 3 * TR}, "2 triệu 3 tuần trước": {2_300 * K, 2 * TR},
    "20k/30k": {20 * K, 30 * K}, "05 triệu đồng": {5 * TR, 500 * K}, "hai trăm đồng": {200 * K, 200},
    "hai mươi lăm đồng": {25 * K, 25}, "45.00đ": {45 * K, 45}, "20k3 ly": {20_300, 20 * K},
    "1 triệu 2 trăm đồng": {1_200 * K, 1_000_200}, "chị Hai trăm rưỡi": {250 * K, 150 * K},
    "cho ba trăm nghìn": {300 * K, 100 * K}, "thứ 2 trăm rưỡi": {250 * K, 150 * K}, "phở -20k": {20 * K, None},
    "áo 200k giảm 20k": {200 * K, 180 * K}, "giày 500k giảm 20%": {500 * K, 400 * K},
    "chia đôi 150k": {150 * K, 75 * K}, "4 người mỗi người 150k": {600 * K, 150 * K},
    "3 x 20k = 50k": {60 * K, 50 * K}, "¥500": {500, 50_000}, "chạy 10k": {10 * K, None},
    "1/2 triệu": {1 * TR, 2 * TR},
}  # fmt: skip

# Money is meant and can't be read.
UNREADABLE = [
    "vài trăm", "mấy chục nghìn", "mấy trăm k", "vài triệu", "dăm trăm nghìn", "1.25.000đ", "1tr2,5", "5k3m",
    "2 triệu lẻ", "1,5 triệu rưỡi", ".5tr", "150k chia đều", "1,5đ", "300k campuchia", "1tr2500", "2 triệu mấy",
    "007k", "2 tỷ tỷ",
]  # fmt: skip

# No money at all, not even where bare numbers count as thousands.
NOT_MONEY = [
    "hẹn 20/11", "gọi 0903123456", "bán 2 gói", "3 khách", "thứ 2", "quý 4", "ngày 5-6", "iPhone 15", "lớp 12",
    "quận 1", "size 42", "phòng 302", "5kg", "20000mAh", "50%", "giảm 20%", "7h30", "19h30 – 21h", "8:30", "lúc 15",
    "năm 2026", "ngày 12", "tháng 11", "20/11/2026", "3.11.2026", "03-11-26", "2026-11-03", "số nhà 45", "ngõ 102",
    "29A-123.45", "59H1-234.56", "090 312 3456", "0903.123.456", "+84903123456", "stk 19001234567", "5 phần trăm",
    "lãi 7 phần trăm", "2 người", "hai người", "trăm người", "10k view", "5 nghìn bước", "2 triệu người",
    "1.200 người", "3 lần", "q7", "T5", "K20", "tivi 4k", "nhẫn vàng 18k", "nhà 50 m vuông", "số 12 đường 3/2",
    "xe buýt 150", "Windows 11", "PS5", "ca 1", "tiết 3", "bàn 12", "tuần 45", "chương 7", "otp 123456",
    "http://shop.vn/45k", "an@shop45k.vn", "", "phở", "triệu", "chị Hai", "năm ngoái", "mùng 5 tết", "30 tết",
    "nửa tiếng", "rằm tháng 7", "tôi", "một mình", "tuần sau", "12345678901", "v2.0", "192.168.1.10", "cao 1 mét 7",
    "3n2d", "hai mươi tuổi", "2,5 kg",
]  # fmt: skip

# A whole sentence: every amount that counts, in its order.
SENTENCES: dict[str, list[int]] = {
    "hôm qua ăn phở với Lan 45k, đổ xăng 60k": [45 * K, 60 * K],
    "bán 2 gói bảo hiểm cho chị Hoa 12tr": [12 * TR],
    "2 ly trà sữa 90k": [90 * K],
    "3 cái x 20k": [60 * K],
    "3x20k": [60 * K],
    "3 × 20.000đ": [60 * K],
    "ba ly x 20k": [60 * K],
    "3 ly trà sữa x 20k": [60 * K],
    "20k x 3": [60 * K],
    "20k x10": [200 * K],
    "20k*3 ly": [60 * K],
    "20k/ly x 3": [60 * K],
    "3 ly trà sữa 20k/ly": [60 * K],
    "trà sữa 20k/ly, 3 ly": [60 * K],
    "3 x 20k = 60k": [60 * K],
    "2 áo mỗi cái 150k": [300 * K],
    "2 áo, mỗi cái 150k": [300 * K],
    "3 ly 20k một ly": [60 * K],
    "trà sữa 20k/ly": [20 * K],
    "thịt 2kg 120k/kg": [240 * K],
    "2,5kg thịt 120k/kg": [300 * K],
    "3 lạng thịt 250k/kg": [75 * K],
    "nửa ký thịt 120k/ký": [60 * K],
    "2 ký rưỡi tôm 200k/ký": [500 * K],
    "3 áo 150k một cái": [450 * K],
    "mua 3 áo 150k/cái": [450 * K],
    "7h30 mua thịt 120k/kg": [120 * K],
    "20/11 mua thịt 120k/kg": [120 * K],
    "bán 1.200 bao xi măng 85k/bao": [102 * TR],
    "5 trăm 5 chục": [550 * K],
    "trả góp 1.250.000/tháng": [1_250 * K],
    "lương 200k/ngày x 26": [5_200 * K],
    "phở 45k, trà đá 5k, tổng 50k": [45 * K, 5 * K],
    "tổng 282k": [282 * K],
    "45k + 60k = 105k": [45 * K, 60 * K],
    "được giảm 20k": [],
    "mua 2 trieu may lanh": [2 * TR],
    "8/3 200k": [200 * K],
    "quà sinh nhật 15/3 300k": [300 * K],
    "khách chuyển khoản 1.500.000": [1_500 * K],
    "mua đường 45.000": [45 * K],
    "cho con bốn trăm tám": [480 * K],
    "nhậu hết 1 củ 3, chia 5 người": [260 * K],
    "taxi 86k làm tròn 90k": [90 * K],
    "Cà phê với sếp hết 1 lít hai": [120 * K],
    "mua iPhone 15 Pro Max 256GB 28tr990": [28_990 * K],
    "bình nước 2 lít 150k": [150 * K],
    "lì xì 3 cháu mỗi cháu 100k": [300 * K],
    "mừng cưới 1 triệu (bạn đại học)": [1 * TR],
    "thu nợ anh Năm 5 trăm": [500 * K],
    "gặp khách hết 2 lít mốt": [210 * K],
    "vải 2m 150k": [150 * K],
    "dầu ăn 2 lít 50k": [50 * K],
    "gửi xe 5k/ngày": [5 * K],
    "thuê nhà 3tr/tháng": [3 * TR],
    "lương 15 triệu một tháng": [15 * TR],
    "150k chia đôi": [75 * K],
    "nhậu 600k chia 4": [150 * K],
    "nhậu 600k chia 4 người": [150 * K],
    "nhậu 600k chia đều cho 4 người": [150 * K],
    "nhậu 600k chia 4 mỗi người 150k": [150 * K],
    "nhậu 600k/4 người": [150 * K],
    "ăn 100k chia ba": [33_333],
    "áo 200k giảm còn 160k": [160 * K],
    "áo giá gốc 200k giảm 20% còn 160k": [160 * K],
    "giày sale còn 399k": [399 * K],
    "áo 200k giảm 20k còn 180k": [180 * K],
    "giày 500k hạ xuống 450k": [450 * K],
    "2 lít xăng 50k": [50 * K],
    "3 chục trứng 90k": [90 * K],
    "2 chai bia 40k và 5 lít nước 20k": [40 * K, 20 * K],
    "nhẫn vàng 18k 5tr": [5 * TR],
    "tivi 4k 12tr": [12 * TR],
    "iphone 15 20tr": [20 * TR],
    "lớp 12 500k": [500 * K],
    "phòng 302 500k": [500 * K],
    "7h30 ăn sáng 30k": [30 * K],
    "20/11 mua hoa 200k": [200 * K],
    "ngày 5 200k tiền điện": [200 * K],
    "chị Hoa 0903123456 12tr": [12 * TR],
    "phở-45k": [45 * K],
    "phở:45k": [45 * K],
    "phở (45k)": [45 * K],
    "phở,45k;bún,35k": [45 * K, 35 * K],
    "45k phở + 60k xăng": [45 * K, 60 * K],
    "phở 45k - bún 40k": [45 * K, 40 * K],
    "ăn sáng 3 chục đổ xăng 5 chục": [30 * K, 50 * K],
    "mua rau hai mươi nghìn rồi mua cá bảy chục": [20 * K, 70 * K],
    "trả nợ anh Tư 2 triệu": [2 * TR],
    "trả chị hai triệu": [2 * TR],
    "biếu mẹ 1 triệu 2 hôm qua": [1_200 * K],
    "lương 1 triệu 2 người": [1 * TR],
    "15 triệu 500 tiền nhà": [15_500 * K],
    "gửi 2 triệu năm ngoái": [2 * TR],
    "cho vay 5 lít": [500 * K],
    "an pho 45k do xang 60k": [45 * K, 60 * K],
    "doanh số 120tr tháng 11": [120 * TR],
    "mua 3 áo 1tr2 và quần 5 trăm": [1_200 * K, 500 * K],
    "đóng học phí 2 đứa 3 triệu rưỡi": [3_500 * K],
    "hôm thứ 6 nhậu hết 8 trăm rưỡi": [850 * K],
    "tiền nước 45.000, tiền điện 350.000": [45 * K, 350 * K],
    "grab 35k\ncafe 29k": [35 * K, 29 * K],
}  # fmt: skip

# With bare numbers as thousands: the sentence is known to be about money.
BARE: dict[str, list[int]] = {
    "cơm 35": [35 * K], "cơm 35, nước 10": [35 * K, 10 * K], "cơm 35000": [35_000], "3 ly 35": [35 * K],
    "cơm 5": [5 * K], "cơm 999": [999 * K], "cơm 1000": [1_000], "cơm 2": [], "hôm qua ăn phở 45 với Lan": [45 * K],
    "phở 45 xăng 60k": [60 * K], "ngày 20 ăn phở 45": [45 * K], "mua iphone 15": [], "bánh mì 15 x 2": [30 * K],
    "mua hoa 8/3 200": [200 * K], "gạo st25 180": [180 * K], "vodka 3 chai 450": [450 * K],
    "mua 1 chai nước 10": [10 * K], "gặp khách ở 25 Nguyễn Huệ": [], "9 điểm": [], "tiền điện tháng 11 450": [450 * K],
    "tiền điện 450 tháng 11": [450 * K], "hôm qua ăn với Lan 45, đổ xăng 60": [45 * K, 60 * K],
    "nạp điện thoại 100": [100 * K], "ăn buffet 299 4 người": [299 * K], "lớp 10-12": [], "10-12 người": [],
    "sđt 0903 123456": [], "cơm 3,": [], "size 42": [], "cơm 35k": [35 * K], "20k x 10": [200 * K],
    "nhậu 600k chia 10": [60 * K], "3 x 20": [60 * K], "lúc 8h cafe 25": [25 * K], "hẹn 20/11": [],
    "gọi 0903123456": [],
}  # fmt: skip


def variants(text: str) -> list[str]:
    return [text, unicodedata.normalize("NFD", text), text.upper(), f"  {text} ", text.replace(" ", "\u00a0")]


def paid(text: str, **habits: str) -> list[int | None]:
    bare = habits.get("bare", "no")
    return [a.amount for a in find_amounts(text, bare="thousands" if bare == "thousands" else "no") if a.role == "paid"]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS.items())
def test_an_amount_means_what_people_mean_by_it(text: str, amount: int) -> None:
    for typed in variants(text):
        assert parse_amount(typed).values == (Money(amount),), typed


@pytest.mark.parametrize(("text", "amount"), AMOUNTS.items())
def test_an_amount_means_the_same_in_a_sentence(text: str, amount: int) -> None:
    for before, after in (("ăn phở ", ""), ("ăn phở ", ", vui"), ("", " tiền phở"), ("phở: ", "\nhết")):
        sentence = before + text + after
        found = find_amounts(sentence)
        assert [(a.amount, a.text) for a in found] == [(amount, text)], sentence


@pytest.mark.parametrize(("text", "amount"), AMOUNTS.items())
def test_an_amount_without_marks_means_the_same_or_is_asked_about(text: str, amount: int) -> None:
    readings = parse_amount(strip_marks(text))
    if text in ASKED_WITHOUT_MARKS:
        assert readings.ambiguous
        assert Money(amount) in readings.values
    else:
        assert readings.values == (Money(amount),)


@pytest.mark.parametrize(("text", "money"), CURRENCIES.items())
def test_another_currency_keeps_its_own_minor_units(text: str, money: Money) -> None:
    for typed in variants(text):
        assert parse_amount(typed).values == (money,), typed
    assert [(a.money, a.text) for a in find_amounts(f"mua sách {text}, vui")] == [(money, text)]


@pytest.mark.parametrize(("text", "amounts"), AMBIGUOUS.items())
def test_two_readings_come_back_as_two_readings(text: str, amounts: set[int | None]) -> None:
    for typed in variants(text):
        found = [a for a in find_amounts(typed) if a.role == "paid"]
        assert len(found) == 1, found
        assert found[0].amount is None
        assert {value and value.amount for value in found[0].reading.values} == amounts
        assert found[0].reading.code


@pytest.mark.parametrize("text", UNREADABLE)
def test_money_that_cannot_be_read_is_said_to_be_unreadable(text: str) -> None:
    for typed in variants(text):
        found = find_amounts(typed)
        assert [a.reading.values for a in found] == [()], found
        assert found[0].reading.code.startswith("core.money_")


@pytest.mark.parametrize("text", NOT_MONEY)
def test_what_is_no_money_is_not_found(text: str) -> None:
    for typed in [*variants(text), strip_marks(text)]:
        assert find_amounts(typed) == [], typed
        assert find_amounts(typed, bare="thousands") == [], typed


@pytest.mark.parametrize(("text", "amounts"), SENTENCES.items())
def test_a_sentence_gives_its_amounts(text: str, amounts: list[int]) -> None:
    for typed in [text, unicodedata.normalize("NFD", text), text.upper()]:
        assert paid(typed) == amounts, find_amounts(typed)


@pytest.mark.parametrize(("text", "amounts"), SENTENCES.items())
def test_a_sentence_without_marks_gives_the_same_amounts_or_a_question(text: str, amounts: list[int]) -> None:
    for found, amount in zip([a for a in find_amounts(strip_marks(text)) if a.role == "paid"], amounts, strict=True):
        assert found.amount in {amount, None}, found
        assert Money(amount) in found.reading.values


@pytest.mark.parametrize(("text", "amounts"), BARE.items())
def test_bare_numbers_are_thousands_where_money_stands(text: str, amounts: list[int]) -> None:
    assert paid(text, bare="thousands") == amounts
