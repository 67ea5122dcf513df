"""What a form is bound to: a sent form is bound even when every field was left empty."""

from django.http import HttpRequest, QueryDict


def sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
