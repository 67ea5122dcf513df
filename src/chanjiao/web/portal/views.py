import logging

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chanjiao.core.actor import ANONYMOUS
from chanjiao.core.files import StoreDamagedError
from chanjiao.core.parameters import in_force
from chanjiao.organisations.queries import (
    consortium_of_region,
    demo_sign_ins,
    members_visible_to,
)
from chanjiao.publishing.documents.pictures import pictures
from chanjiao.publishing.metrics import figures_of
from chanjiao.publishing.payload import LICENCE, METHOD
from chanjiao.publishing.queries import (
    current_version,
    files_of_all,
    latest_list,
    published_lists,
)
from chanjiao.publishing.verification import Answer, Finding, verify_file, verify_text
from chanjiao.web.portal.caching import anonymous_etag
from chanjiao.web.portal.files import language_of_page
from chanjiao.web.portal.finding import hits_for
from chanjiao.web.portal.opening import opened
from chanjiao.web.shared.http import ActorRequest, page

log = logging.getLogger(__name__)

MOST_BYTES = 25 * 1024 * 1024
RULES = ("small_cell_companies", "small_cell_people", "publication_objection_days")


@require_safe
@anonymous_etag
def home(request: ActorRequest) -> HttpResponse:
    """What anybody may see of the region, and the way in."""
    newest, is_damaged = latest_list(), False
    try:
        found = opened(newest.number) if newest else None
    except StoreDamagedError as error:  # the way in must stay open for those who can mend it
        log.exception("damaged file store: %s", error)
        found, is_damaged = None, True
    edition = found.edition if found else None
    language = language_of_page()
    return page(
        request,
        "portal/home.html",
        {
            "consortium": consortium_of_region(),
            "demo_sign_ins": demo_sign_ins(),
            "members": members_visible_to(ANONYMOUS).count(),
            "opened": found,
            "is_damaged": is_damaged,
            "data": edition.data if edition else None,
            "figures": figures_of(edition) if edition else [],
            "pictures": pictures(edition, language)[:2] if edition else [],
            "lists": published_lists()[:5],
            "language": language,
        },
    )


@require_safe
def find(request: ActorRequest) -> HttpResponse:
    """Search of what is public; a number or a hash leads to its verification."""
    text = request.GET.get("q", "").strip()[:60]
    if text and verify_text(text).answer not in (Answer.UNKNOWN, Answer.FROZEN):
        return HttpResponseRedirect(f"{reverse('portal:verify')}?q={text}")
    groups = hits_for(text) if text else []
    return page(request, "portal/find.html", {"search_text": text, "groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: ActorRequest) -> HttpResponse:
    """By number or hash (a question, so a GET), or by the file itself (only its hash is taken)."""
    text = request.GET.get("q", "").strip()[:120]
    finding: Finding | None = verify_text(text) if text else None
    fault = ""
    if request.method == "POST":
        finding, fault = _file_answer(request)
    context = {"finding": finding, "asked": text, "fault": fault, "language": language_of_page()}
    return page(request, "portal/verify.html", context)


def _file_answer(request: ActorRequest) -> tuple[Finding | None, str]:
    given = request.FILES.get("file")
    if given is None:
        return None, _("请选择要核验的文件。")
    if given.size > MOST_BYTES:
        return None, _("文件有 %(size).1f MB，超过 25 MB；本平台发布的文件都小于它。") % {
            "size": given.size / 1024 / 1024
        }
    return verify_file(given.read(), given.name), ""


@require_safe
@anonymous_etag
def open_data(request: ActorRequest) -> HttpResponse:
    """Everything that can be taken away, with its size, hash and licence."""
    standing = [one for one in published_lists() if not one.is_withdrawn]
    latest = [(one, current_version(one)) for one in standing]
    files = files_of_all([version for _one, version in latest])
    sets = [(one, version, files[version.pk]) for one, version in latest]
    return page(
        request,
        "portal/open_data.html",
        {"sets": sets, "licence": LICENCE, "language": language_of_page()},
    )


@require_safe
@anonymous_etag
def about(request: ActorRequest) -> HttpResponse:
    """Who publishes, by which method and under which rules."""
    return page(
        request,
        "portal/about.html",
        {
            "consortium": consortium_of_region(),
            "method": METHOD,
            "licence": LICENCE,
            "rules": in_force(RULES),
        },
    )
