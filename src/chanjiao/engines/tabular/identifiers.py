"""Check digits and shapes of the numbers that name bodies and people.

Sources: GB 32100-2015 (unified social credit code), GB 11643-1999 (citizen identity number).
"""

import re
import unicodedata
from datetime import date

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = tuple(3**place % 31 for place in range(17))
IDENTITY_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
IDENTITY_CHARACTERS = "10X98765432"

MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})-?([2-9]\d{6,7})(?:(?:-|转|ext\.?)(\d{1,6}))?")
SERVICE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")
EMAIL = re.compile(
    r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def uscc_check_character(body: str) -> str:
    """Give the 18th character that belongs to the first 17 of a unified social credit code.

    >>> uscc_check_character("91350100M000100Y4")
    '3'
    """
    total = sum(
        USCC_ALPHABET.index(character) * weight
        for character, weight in zip(body, USCC_WEIGHTS, strict=True)
    )
    return USCC_ALPHABET[-total % 31]


def identity_check_character(body: str) -> str:
    """Give the 18th character that belongs to the first 17 digits of an identity number.

    >>> identity_check_character("11010519491231002")
    'X'
    """
    pairs = zip(body, IDENTITY_WEIGHTS, strict=True)
    return IDENTITY_CHARACTERS[sum(int(digit) * weight for digit, weight in pairs) % 11]


def birth_date(number: str) -> date | None:
    """Give the birth date inside an identity number, if there is such a day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def phone_number(text: str) -> str | None:
    """Bring a mainland phone number into one form; ``None`` when it is not one.

    >>> phone_number("+86 138-0013-8000"), phone_number("（0512）6666 1234"), phone_number("12345")
    ('13800138000', '0512-66661234', None)
    """
    bare = re.sub(r"[\s()\[\]·.]", "", unicodedata.normalize("NFKC", text))
    bare = re.sub(r"^(\+|00)?86-?(?=1\d|0|[2-9]\d{2}-)", "", bare)
    digits = bare.replace("-", "")
    if MOBILE.fullmatch(digits):
        return digits
    if found := SERVICE.fullmatch(bare):
        return "-".join(found.groups())
    if found := LANDLINE.fullmatch(bare) or LANDLINE.fullmatch(digits):
        return "-".join(part for part in found.groups() if part)
    return None
