"""How often one address may try, counted in the process's cache; no page tells how close one is."""

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60


def is_too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Count this request; true once an address made more than ``most`` within the minute."""
    key = f"throttle:{what}:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two calls
        return False
