"""What a bank's description says once the bank's own noise is gone: codes, account numbers, traces, fixed phrases.

The shapes are those that Vietnamese banks print: `MBVCB.<number>.<what was typed>.CT tu <account> <NAME> toi …`,
`<NAME> chuyen tien- Ma GD ACSP/…`, `POS<terminal> …`, `… Trace 123456`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.core.text import clean, search_key, strip_marks
from toolkit.expenses.statements.surnames import COMMON_SURNAMES, SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 600

# Every pattern works on text whose length is capped, and repeats nothing that itself repeats.
_FROM = re.compile(r"\bCT ?tu\b[ :]*", re.IGNORECASE)
_TO = re.compile(r"\b(?:toi|to|den) ?(?=[0-9])", re.IGNORECASE)
_ACCOUNT = re.compile(r"^[0-9*xX.]{4,24}")
_NAME_ENDS = re.compile(r"\btai\b|[.(;/]|[0-9]", re.IGNORECASE)
_HEADS: Final = (
    re.compile(r"^(?:CUSTOMER|ND|NDCK|Noi dung|Remark)\b ?[:\-]? ?", re.IGNORECASE),
    re.compile(r"^(?:IBVCB|MBVCB|VCBPAY|VNPAY|VCB|IB|MB|EB|TF|IBFT|NAPAS|QRP?|ZP|DC|TT|CK)[.\- ]", re.IGNORECASE),
    re.compile(r"^(?:MBVCB|[A-Z]{0,4})[0-9]{4,20}[.\-_ ]+", re.IGNORECASE),
    re.compile(r"^CT (?:DI|DEN) ?[:.]? ?[0-9]{6,20}[ .\-]*", re.IGNORECASE),
    re.compile(r"^(?:POS|ECOM|ONL|PUR)[ .:]?[0-9][0-9A-Z.]{4,60}[ .]", re.IGNORECASE),
)  # fmt: skip
_PURCHASE = re.compile(
    r"^(?:giao dich thanh toan|thanh toan|mua hang)? ?/? ?(?:card )?purchase\b"
    r"[ \-:]*(?:so the)?[ /]*(?:card no\.?)?[ :]*[0-9*xX.]{4,24} (?:tai|at) ",
    re.IGNORECASE,
)  # what stands behind is who was paid
_GATEWAY = re.compile(
    r"^(?:SHOPEEPAY|GRABPAY|VNPAY|ZALOPAY|MOMO|PAYOO|ONEPAY|2C2P|PAYPAL|ALEPAY) ?\* ?(?=[^\W\d_]{2})", re.IGNORECASE
)  # SHOPEEPAY*SHOPEE: paid through somebody who isn't who was paid
_HEADS_NEED_NUMBER: Final = re.compile(r"^.{0,12}[0-9]{4}")
_TAILS: Final = (
    re.compile(
        r"[ \-.;,]*\b(?:Trace|Ma ?GD|Ma giao dich|So GD|Ref|GD|SDT|So tham chieu|Ma tham chieu)\b[ :.#/\-]*"
        r"(?:[A-Z]{1,8}[/.\- ]{0,3})?[0-9][0-9A-Z/\-:. ]{0,60}$",
        re.IGNORECASE,
    ),
    re.compile(r"[ \-.;,]*\b(?:Trace|Ma ?GD|Ma giao dich|So GD|Ref)\b[ :.#/\-]*$", re.IGNORECASE),
    re.compile(r"[ \-.;,]+FT[0-9]{6,20}[ .]*$", re.IGNORECASE),
    re.compile(r"[ \-.;,]*\b(?:CK|chuyen khoan|chuyen)\b (?:den|toi|di) [0-9*]{4,24}.{0,80}$", re.IGNORECASE),
    re.compile(r"[ .,;\-]*\bTU[ :]+(?P<payer>[A-Z ]{4,60})$"),
)  # fmt: skip
_WALLET = re.compile(
    r"^(?:nhận tiền từ|nhan tien tu|chuyển tiền (?:đến|tới|cho)|chuyen tien (?:den|toi|cho)) "
    r"(?P<name>[^\d\-:]{2,60}?) - (?P<said>.{1,400})$",
    re.IGNORECASE,
)  # the service, then what was said: two columns of a wallet
_CODE = re.compile(r"[0-9A-Za-z*._/\-]{1,80}")
_STARRED = re.compile(r"\*(?:\s?[A-Z0-9\-]{0,12}[0-9][A-Z0-9\-]{0,12})?")  # GRAB* A-7XK2
_LABEL = re.compile(r"\b(?:GD|ND):(?=[A-Za-z])")
_PLACES: Final = ("ho chi minh vn", "ha noi vn", "hcm vn", "hochiminh", "ho chi minh", "vietnam", "viet nam", "vn",
                  "vnm", "hcm", "hanoi")  # fmt: skip
_PAID_BY = re.compile(
    r"\b(?:(?:thanh toan|tt|mua hang|gd|giao dich) )?(?:(?:qua|bang|tai) )?(?:(?:the|ma) )?"
    r"(?:vietqr|vnpay ?-? ?qr|vnpayqr|qr ?code|qr|pos|ecom|napas ?247|napas|ibft|online)\b[ :\-]*",
    re.IGNORECASE,
)
_TRANSFERRED = re.compile(
    r"\b(?:chuyển tiền|chuyển khoản|chuyen tien|chuyen khoan|ck|ct|chuyen|chuyển)\b"
    r"(?: (?:nhanh|lien ngan hang|24/7|247|ngoai he thong|trong he thong|den|toi|đến|tới))?"
    r"(?: cho\b)?",
    re.IGNORECASE,
)
_BARE_WORDS: Final = "chuyen tien khoan ck ct nhanh thanh toan giao dich qr tt gd cho tu toi den gui online"
_BARE: Final = frozenset(_BARE_WORDS.split())


@dataclass(frozen=True)
class Described:
    """A description, understood.

    `note` is what it says, in the member's own words where they can be told; `core` the same for the classifier.
    `name` is the other side, as a name is written; `payer` and `payee` the accounts of a transfer, in digits. `bare`:
    nothing but a transfer is said. `own`: the other side bears the owner's name.
    """

    note: str
    core: str
    name: str = ""
    payer: str = ""
    payee: str = ""
    bare: bool = False
    own: bool = False


def understand(text: str, *, incoming: bool, name: str = "", holder: str = "") -> Described:
    """What `text` says. `incoming`: the money came in, so the other side is the payer. `name` is what the bank's own
    column says of the other side, `holder` the owner of the account, who is never the other side."""
    plain = _visible(clean(text[:LONGEST]).replace("\n", " "))
    if wallet := _WALLET.match(plain):
        plain, name = wallet["said"], name or wallet["name"]
    words, route = _without_route(_LABEL.sub(" ", plain))
    words, tail_name = _without_tails(_without_heads(words))
    words = _without_codes(_GATEWAY.sub("", words))
    without = _PAID_BY.sub(" ", f" {words} ")
    words = words if _is_bare(without) else _tidy(without)
    own_side = route.payee_name if incoming else route.payer_name
    other = route.payer_name if incoming else route.payee_name
    person = next((one for one in map(_as_name, (name, other, tail_name)) if one and not same_name(one, holder)), "")
    words, typed = _without_name(words, (person, own_side, holder))
    own = same_name(name or other, holder)
    if not person and incoming:
        own = own or same_name(typed, holder)
        person = "" if own else _as_name(typed)
    said = _tidy(_TRANSFERRED.sub(" ", f" {words} "))
    if said != _tidy(words) and _only_a_name(said):  # Chuyển tiền đến Nguyễn Văn A
        person, said = person or _as_name(said), ""
    bare = _is_bare(said)
    if bare:
        said = "" if person and search_key(words).endswith(search_key(person)) else _tidy(words)
        said = said or "chuyen tien"
    note = f"{person}: {said}" if bare and person else said
    core = f"{person} {said}" if bare and person else said
    return Described(_cased(note)[:200], core.lower()[:200], person, route.payer, route.payee, bare, own)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same, marks and case aside."""
    key = search_key(one)
    return bool(key) and key == search_key(other)


def is_person(name: str) -> bool:
    """Whether a name is that of a person: it begins with one of the family names of the country."""
    words = search_key(name).split()
    return 2 <= len(words) <= 6 and words[0] in SURNAMES


@dataclass(frozen=True)
class _Route:
    """The two ends of a transfer, as the bank writes them behind what was typed."""

    payer: str = ""
    payer_name: str = ""
    payee: str = ""
    payee_name: str = ""


def _without_route(text: str) -> tuple[str, _Route]:
    """The text before `CT tu … toi …`, and what stands there."""
    begins = _FROM.search(text)
    if begins is None:
        return text, _Route()
    rest = text[begins.end() :]
    middle = _TO.search(rest)
    payer, payer_name = _end(rest[: middle.start()] if middle else rest)
    payee, payee_name = _end(rest[middle.end() :]) if middle else ("", "")
    return text[: begins.start()].strip(" .-;"), _Route(payer, payer_name, payee, payee_name)


def _end(text: str) -> tuple[str, str]:
    """The account and the name of one end."""
    account = _ACCOUNT.match(text.strip())
    name = text.strip()[account.end() :] if account else text
    if name.strip().upper().startswith("CT "):  # a company: CT CP …
        return re.sub(r"[^0-9*]", "", account[0]) if account else "", name.strip()[:60]
    return re.sub(r"[^0-9*]", "", account[0]) if account else "", _NAME_ENDS.split(name, maxsplit=1)[0].strip(" .-")


def _without_heads(text: str) -> str:
    text = _PURCHASE.sub("", text, count=1)
    for _ in range(5):
        before = text
        for head in _HEADS:
            if head is _HEADS[0] or _HEADS_NEED_NUMBER.match(text):
                text = head.sub("", text, count=1).lstrip(" .-/")
        if text == before:
            break
    return text


def _without_tails(text: str) -> tuple[str, str]:
    name = ""
    for _ in range(4):
        before = text
        for tail in _TAILS:
            match = tail.search(text)
            if match is not None:
                name = name or (match.groupdict().get("payer") or "")
                text = text[: match.start()].rstrip(" .-;,/")
        if text == before:
            break
    return text, name


def _without_codes(text: str) -> str:
    kept: list[str] = []
    for word in re.split(r"[\s;,|]+", _STARRED.sub(" ", text)):
        parts = re.split(r"[.\-/_]+", word)
        if any(map(_is_code, parts)) or _is_code(word):
            kept.extend(part for part in parts if part and not _is_code(part))
        else:
            kept.append(word)
    return " ".join(kept)


def _is_code(word: str) -> bool:
    """A number of a transaction, an account, a terminal: more digits than an amount, a day or a flat has."""
    bare = word.strip(".:-_/*#()")
    counted = sum(char.isdigit() for char in bare)
    if not bare or not counted or not _CODE.fullmatch(bare):
        return False
    if counted == len(bare):
        return counted >= 5 or not bare.strip("0")
    return (counted >= 4 and len(bare) >= 8) or (counted >= 2 and len(bare) >= 12)


def _without_name(text: str, known: Iterable[str]) -> tuple[str, str]:
    """The text without the name of a person at its beginning, and that name."""
    words = text.split()
    keys = [search_key(word) for word in words]
    for one in known:
        name = search_key(one).split()
        if name and keys[: len(name)] == name:
            return " ".join(words[len(name) :]), " ".join(words[: len(name)])
    if not keys or keys[0] not in COMMON_SURNAMES:
        return text, ""
    # NGUYEN VAN A chuyen tien an trua: capitals, then small letters or the bank's own phrase.
    for count in range(2, min(6, len(words))):
        if not (words[count - 1].isalpha() and words[count - 1].isupper() and words[0].isupper()):
            break
        if words[count][0].islower() or keys[count] in ("chuyen", "ck", "ct"):
            return " ".join(words[count:]), " ".join(words[:count])
    return text, ""


def _as_name(text: str) -> str:
    """A name as names are written; capitals of a bank become ordinary ones. "" where it is none."""
    tidy = " ".join(clean(text[:120]).strip(" .:-").split())
    if not tidy or any(char.isdigit() for char in tidy):
        return ""
    return " ".join(word.capitalize() for word in tidy.split()) if tidy.isupper() and is_person(tidy) else tidy


def _only_a_name(text: str) -> bool:
    """Whether nothing is left but the name of a person, every word with a capital."""
    words = text.split()
    named = 2 <= len(words) <= 5 and search_key(words[0]) in COMMON_SURNAMES
    return named and all(word.isalpha() and word[0].isupper() for word in words)


def _is_bare(text: str) -> bool:
    return set(search_key(text).split()) <= _BARE


def _tidy(text: str) -> str:
    text = " ".join(text.split()).strip(" .,:;-_*/|")
    key = strip_marks(text).lower()
    for place in _PLACES:
        if key.endswith(f" {place}"):
            text = text[: len(text) - len(place)].strip(" .,:;-_*/|")
            key = strip_marks(text).lower()
    return text


def _cased(text: str) -> str:
    """Shouting becomes a plain sentence; what has small letters stays as it was typed."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 3 and sum(char.isupper() for char in letters) * 10 > len(letters) * 8:
        return text.capitalize()
    return text[:1].upper() + text[1:]


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
