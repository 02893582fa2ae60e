"""Vietnamese encodings from before Unicode, as tables.

Sources: TCVN3, the ".Vn" fonts' use of TCVN 5712:1993 (its capitals that other bytes were needed for included);
VISCII, RFC 1456; VNI for Windows, where a mark is a letter of its own behind its vowel.
Text in such an encoding also turns up inside Unicode files, each byte kept as the Latin-1 character of that number.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

OldEncoding = Literal["tcvn3", "vni", "viscii"]

# From 0xA1 on; "·" where a byte has no letter of its own and keeps its Windows meaning.
_TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ"
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    "éẹềểễếệìỉỄẾỒĩíịò"
    "Ổỏõóọồổỗốộờởỡớợù"
    "ỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
# VNI: letters that stand alone, and marks that follow their vowel.
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "replace")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_TCVN3_TABLE = {byte: _windows(byte) for byte in range(0x80, 0xA0)} | dict(enumerate(_TCVN3, start=0xA1))
_VISCII_TABLE = _VISCII_LOW | dict(enumerate(_VISCII, start=0x80))
_WINDOWS_TABLE = {byte: _windows(byte) for byte in range(0x80, 0xA0)}


def _vni_pairs() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for vowel in "aeiouy":
        pairs |= {vowel + mark: _nfc(vowel + tone) for mark, tone in _VNI_TONES.items()}
    for vowel in "aeo":
        pairs |= {vowel + mark: _nfc(vowel + "\u0302" + tone) for mark, tone in _VNI_CIRCUMFLEX.items()}
    pairs |= {"a" + mark: _nfc("ă" + tone) for mark, tone in _VNI_BREVE.items()}
    for vowel, letter in (("ô", "ơ"), ("ö", "ư")):
        pairs |= {vowel + mark: _nfc(letter + tone) for mark, tone in _VNI_TONES.items()}
    for stored, letter in list(pairs.items()):
        for first in (stored[0], stored[0].upper()):
            for second in (stored[1], stored[1].upper()):
                pairs[first + second] = letter.upper() if first.isupper() else letter
    pairs |= _VNI_ALONE
    pairs |= {stored.upper(): letter.upper() for stored, letter in _VNI_ALONE.items()}
    return pairs


_VNI_PAIRS = _vni_pairs()
_VNI_FORM = re.compile("|".join(sorted(map(re.escape, _VNI_PAIRS), key=lambda form: (-len(form), form))))


def decode_old(text: str, encoding: OldEncoding) -> str:
    """Text whose characters are the bytes of an old encoding (Latin-1 as it were), as Unicode in NFC."""
    if text.isascii() and encoding != "viscii":
        return text
    if encoding == "vni":
        return _nfc(_VNI_FORM.sub(lambda form: _VNI_PAIRS[form[0]], text).translate(_WINDOWS_TABLE))
    return _nfc(text.translate(_TCVN3_TABLE if encoding == "tcvn3" else _VISCII_TABLE))


def capitals(text: str) -> str:
    """Undo what the capital fonts did: a cell typed in capital letters in TCVN3 has marked letters in lower case."""
    plain = [char for char in text if char.isascii() and char.isalpha()]
    return text.upper() if len(plain) >= 2 and all(char.isupper() for char in plain) else text
