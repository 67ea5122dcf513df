"""Pages of demand."""

from django.urls import reverse


def path(name, *args):
    return reverse(f"demand:{name}", args=args)
