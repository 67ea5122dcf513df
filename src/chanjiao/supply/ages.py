"""How old somebody is, in full years, as the law counts."""

from datetime import date

# Law, not policy, so no parameter of an office: 民法典 17, 个人信息保护法 31.
MINOR_BELOW = 18
CONSENT_BELOW = 14


def age_on(birth_on: date | None, day: date) -> int | None:
    """Full years on a day; unknown where the birth date is.

    >>> [age_on(date(2010, 11, 24), date(2026, 11, day)) for day in (23, 24)]
    [15, 16]
    """
    if birth_on is None:
        return None
    had_birthday = (day.month, day.day) >= (birth_on.month, birth_on.day)
    return day.year - birth_on.year - (0 if had_birthday else 1)
