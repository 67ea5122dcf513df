"""Fifth stage: pages of the press on the desk, some of what they say taken into evidence.

The words are our own. The first page is spoilt as machines spoil pages: traditional characters,
glosses, commas before marks, one passage read a byte late, a paragraph printed twice; on the
second an advertiser's brand stands for a school's name.
"""

from datetime import timedelta
from importlib.resources import files

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.evidence.choices import ItemKind, StatementKind, Visibility
from chanjiao.evidence.models import PressPage, Statement
from chanjiao.evidence.reading.child import in_process
from chanjiao.evidence.services import items, pages, reading, statements
from chanjiao.evidence.services.pages import About
from chanjiao.organisations.models import Organisation, OrganisationDomain

SCHOOL, DOMAIN = "望澜工贸职业学院", "wanglan-gongmao.edu.cn"
TAKEN = 4


def bring_pages(office: Actor, director: Actor, company: Actor) -> None:
    """Two pages of the office, one mended and half decided; one of a company, all its own."""
    OrganisationDomain.objects.create(
        organisation=Organisation.objects.get(name=SCHOOL), domain=DOMAIN
    )
    today = clock.today()
    meeting = _bring(office, "meeting", About(today - timedelta(days=9), source="望澜日报"))
    _bring(office, "portal", About(today - timedelta(days=20), source="校园网"))
    _take_some(office, meeting)
    _verify(office, director, meeting)
    report = About(today - timedelta(days=3), source="本公司", material=ItemKind.REPORT)
    _take_some(company, _bring(company, "report", report))


def _bring(actor: Actor, name: str, about: About) -> PressPage:
    text = files("chanjiao.demo").joinpath(f"data/press/{name}.txt").read_text(encoding="utf-8")
    told = text.replace("{company}", actor.organisation_name)
    page = pages.receive(
        actor, actor.organisation_id or 0, told.encode(), "pasted.txt", about,
        is_pasted=True, is_read_now=True,
    )  # fmt: skip
    return reading.read_page(page.pk, runner=in_process)


def _take_some(actor: Actor, page: PressPage) -> None:
    """The statements that lack least; the next one is rejected, the others wait for somebody."""
    rows = Statement.objects.filter(article__page=page).exclude(kind=StatementKind.ORGANISATION)
    best = list(rows.order_by("-score", "kind", "start", "pk"))
    for one in best[:TAKEN]:
        statements.accept(actor, one.pk)
    for one in best[-1:]:
        statements.reject(actor, one.pk, "与其他材料重复")


def _verify(office: Actor, director: Actor, page: PressPage) -> None:
    """Another person of the office verifies what the first one took, and it is shown to all."""
    taken = Statement.objects.filter(article__page=page, evidence__isnull=False).first()
    if taken is None or taken.evidence is None:
        return
    items.make_move(director, taken.evidence.pk, "verify")
    items.show_to(office, taken.evidence.pk, Visibility.PUBLIC)
