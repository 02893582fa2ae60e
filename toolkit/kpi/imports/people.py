"""Who an export's buyer is: told apart by shop account or phone number, nobody where only a mask is left."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from toolkit.core.text import search_key
from toolkit.kpi.people.buyers import is_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.kpi.imports.model import Buyer
    from toolkit.kpi.model import Contact

_TAG: Final = "#"
_PHONE_DIGITS: Final = 8
_MASK: Final = "**"


def phone_tag(phone: str) -> str:
    """A mark that tells one phone number from another and can't be turned back into it; "" for none or a masked one.

    Twenty bits of a hash: some thousand numbers of the country share each mark, so it says nothing about whose it is;
    beside a name it still tells two people apart.
    """
    if _MASK in phone:
        return ""
    digits = "".join(char for char in phone if char.isascii() and char.isdigit())
    if len(digits) < _PHONE_DIGITS:
        return ""
    if digits.startswith("84") and len(digits) > _PHONE_DIGITS + 2:
        digits = digits[2:]
    return _TAG + blake2b(digits.lstrip("0").encode(), digest_size=8, person=b"kpi-phone").hexdigest()[:5]


def is_masked(name: str) -> bool:
    """Whether a shop system has hidden the name."""
    return _MASK in name


def is_somebody(buyer: Buyer) -> bool:
    """Whether a buyer can be known again: by an account, by a phone number, or by a name that isn't hidden."""
    if is_shop_account(buyer.account):
        return True
    if is_nobody(buyer.name):
        return False
    return not is_masked(buyer.name) or bool(phone_tag(buyer.phone))


def is_shop_account(account: str) -> bool:
    return bool(account) and not is_nobody(account) and not is_masked(account)


def account_of(buyer: Buyer) -> str:
    """What tells the buyer from others of the same name: the shop account, else the mark of the phone number."""
    return buyer.account if is_shop_account(buyer.account) else phone_tag(buyer.phone)


class Known:
    """Finds the contacts of one engagement again, many at once."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self._by_account: dict[tuple[str, str], int] = {}
        self._by_name: dict[str, list[int]] = {}
        for one in contacts:
            self.put(one.id, one.name, one.account or phone_tag(one.phone))
            if one.account and one.phone:
                self._by_account.setdefault(_key(phone_tag(one.phone), one.name), one.id)

    def put(self, number: int, name: str, account: str) -> None:
        """Add somebody. An account is somebody's alone; a phone's mark only together with the name."""
        if account:
            self._by_account.setdefault(_key(account, name), number)
        else:
            self._by_name.setdefault(search_key(name), []).append(number)

    def find(self, buyer: Buyer) -> int:
        """The number of the one contact that this buyer is; 0 where it is somebody new."""
        account = account_of(buyer)
        if account:
            return self._by_account.get(_key(account, buyer.name), 0)
        same = self._by_name.get(search_key(buyer.name), ())
        return same[0] if same else 0


def _key(account: str, name: str) -> tuple[str, str]:
    return (account, search_key(name)) if account.startswith(_TAG) else (account.casefold(), "")
