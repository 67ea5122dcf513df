"""Downloads and pictures of a version: they never change, so a cache may keep them for ever."""

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from chanjiao.core import files
from chanjiao.publishing.documents.pictures import pictures, svg_for_page
from chanjiao.publishing.queries import file_of
from chanjiao.publishing.snapshot import Edition
from chanjiao.web.portal.caching import FOR_EVER
from chanjiao.web.portal.opening import opened_in_force
from chanjiao.web.shared.http import ActorRequest, download
from chanjiao.web.shared.templatetags.chanjiao import is_english


@require_safe
def download_file(request: ActorRequest, number: str, version: int, fmt: str) -> HttpResponse:
    """The bytes as published; their hash is the tag, so a copy can be checked by its header."""
    found, _edition = opened_in_force(number, version)
    kept = file_of(found.version, fmt)
    if kept is None:
        raise Http404
    etag = f'"{kept.seal}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    response = download(files.content(kept.file), kept.file.name, kept.file.content_type)
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER
    return response


@require_safe
def chart_file(request: ActorRequest, number: str, version: int, key: str) -> HttpResponse:
    """A chart of the list as a picture; the language is part of the address."""
    _found, edition = opened_in_force(number, version)
    language = "en" if request.GET.get("language") == "en" else "zh"
    drawing = _drawing(edition, key, language, "narrow" in request.GET)
    if drawing is None:
        raise Http404
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = FOR_EVER
    return response


def language_of_page() -> str:
    return "en" if is_english() else "zh"


_kept: dict[tuple[str, str, str, bool], str] = {}


def _drawing(edition: Edition, key: str, language: str, is_narrow: bool) -> str | None:
    """Drawn once in a process; the drawing depends on nothing but the snapshot."""
    place = (edition.seal, key, language, is_narrow)
    if place not in _kept:
        picture = next((p for p in pictures(edition, language) if p.key == key), None)
        if picture is None:
            return None
        if len(_kept) > 200:
            _kept.clear()
        _kept[place] = svg_for_page(picture, is_narrow=is_narrow)
    return _kept[place]
