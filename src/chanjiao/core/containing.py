"""Looking for a piece of text without paying for letter case where there is none."""

from django.db.models import Q


def containing(field: str, text: str) -> Q:
    """Rows whose ``field`` holds ``text``, whatever the case of its letters.

    Chinese has no case, and a database compares text as it stands twice as fast as folded text.

    >>> containing("name", "机械"), containing("name", "PLC")
    (<Q: (AND: ('name__contains', '机械'))>, <Q: (AND: ('name__icontains', 'PLC'))>)
    """
    has_case = text.upper() != text.lower()
    return Q(**{f"{field}__{'icontains' if has_case else 'contains'}": text})
