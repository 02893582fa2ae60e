"""Family names of Vietnam, without marks: how a name of a person in a bank's capitals is told from a shop's."""

from __future__ import annotations

from typing import Final

_ALL = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly an au bach banh cai cao cam chau chu chung"
    " co cu cung dam dao dau dinh doan dong du duong giang giap ha han hang hau hoa hua kha khieu kieu kim khuc khuat"
    " la lac lai lam lang lo lu lua luc luong luu ma mac mai man mau nghiem ngac nhu ninh nong ong phi phu phung quach"
    " que sam sy ta tang tao than thach thai thi tieu to ton tong tra trieu trinh truong tu tuong ung uong van vi vien"
    " vuong xa y"
)
_COMMON = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui ngo duong dinh trinh truong doan quach vuong trieu nghiem"
)
SURNAMES: Final = frozenset(_ALL.split())
COMMON_SURNAMES: Final = frozenset(_COMMON.split())
"""Those that are hardly ever another word when they begin a line: `luong`, `tra`, `an`, `do` are."""
