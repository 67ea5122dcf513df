"""The fair that is ahead: companies of the ledger apply, most are let in, some still wait."""

from datetime import date, time, timedelta

from django.db.models import Count, Q

from chanjiao.core.actor import Actor
from chanjiao.demand.choices import COUNTED
from chanjiao.fairs.choices import FairKind, Purpose
from chanjiao.fairs.models import Fair
from chanjiao.fairs.queries import posts_to_bring
from chanjiao.fairs.services import booths, fairs, stands
from chanjiao.organisations.models import Organisation

DAYS_AHEAD = 24
EXHIBITORS, STILL_WAITING = 26, 3
MOST_POSTS = 6
HALLS = (("东厅", 3, 6), ("西厅", 2, 6))


def plan_coming_fair(office: Actor, today: date) -> Fair:
    """A fair three weeks ahead, with companies in their stands and a few yet to be reviewed."""
    held_on = today + timedelta(days=DAYS_AHEAD)
    season, season_en = ("春季", "Spring") if held_on.month < 7 else ("秋冬", "Winter")
    fair = fairs.plan(
        office,
        {
            "name": f"{held_on.year} 年{season}校企双选会",
            "name_en": f"{season_en} Matching Fair {held_on.year}",
            "kind": FairKind.GENERAL, "held_on": held_on, "starts_at": time(8, 30),
            "ends_at": time(12), "place": "望澜市会展中心",
            "apply_until": held_on - timedelta(days=10),
            "cancel_until": held_on - timedelta(days=5),
            "note": "企业请携带营业执照副本；学生凭入场码入场。",
        },
    )  # fmt: skip
    for name, rows, columns in HALLS:
        stands.lay_out(office, fair.pk, name, rows, columns)
    fairs.make_move(office, fair.pk, "invite")
    _fill(office, fair)
    return fair


def _fill(office: Actor, fair: Fair) -> None:
    counted = Count("demands", filter=Q(demands__state__in=COUNTED))
    companies = list(
        Organisation.objects.annotate(n=counted).filter(n__gt=0).order_by("-n", "pk")[:EXHIBITORS]
    )
    for place, company in enumerate(companies):
        _apply(office, fair, company, place)
        if place + 1 == len(companies) - STILL_WAITING:
            booths.approve_all(office, fair.pk)
            stands.give_all(office, fair.pk)


def _apply(office: Actor, fair: Fair, company: Organisation, place: int) -> None:
    lines = [
        {
            "demand": demand.pk, "people": demand.wanted,
            "purpose": Purpose.INTERNSHIP if (place + n) % 4 == 3 else Purpose.JOB,
        }
        for n, demand in enumerate(posts_to_bring(company.pk)[:MOST_POSTS])
    ]  # fmt: skip
    people = [{"name": f"联系人{place + 1}", "phone": f"0570-8000{place:04}"}]
    booths.apply(
        office, fair.pk, company.pk,
        {"posts": lines, "representatives": people, "tables": 1 + place % 2, "wish": ""},
    )  # fmt: skip
