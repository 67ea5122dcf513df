"""Global search: each kind of thing searched through the query its own list uses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chanjiao.core.actor import Actor
from chanjiao.core.containing import containing
from chanjiao.demand.queries import demands_visible_to
from chanjiao.demand.searching import by_text
from chanjiao.industry.queries import chains_named
from chanjiao.organisations.queries import organisations_visible_to
from chanjiao.publishing.queries import publications_visible_to
from chanjiao.standards.choices import System
from chanjiao.standards.queries import found_codes
from chanjiao.supply.queries import offerings_visible_to, students_visible_to
from chanjiao.web.shared.templatetags.chanjiao import by_language

LIMIT = 8


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Hits:
    label: Any
    hits: list[Hit]
    more_url: str


def search_everything(actor: Actor, text: str) -> list[Hits]:
    """Groups of hits, each limited; the group's link opens the full filtered list."""
    groups = [_organisations(actor, text), _offerings(actor, text), _students(actor, text)]
    groups += [_demands(actor, text), _publications(actor, text), _chains(actor, text)]
    groups += _codes(actor, text)
    return [group for group in groups if group.hits]


def _organisations(actor: Actor, text: str) -> Hits:
    rows = organisations_visible_to(actor).filter(
        containing("name", text) | Q(credit_code__istartswith=text)
    )
    return Hits(
        _("机构"),
        [
            Hit(o.name, str(o.get_kind_display()), reverse("directory:organisation", args=[o.pk]))
            for o in rows[:LIMIT]
        ],
        reverse("directory:organisations") + f"?q={text}",
    )


def _demands(actor: Actor, text: str) -> Hits:
    rows = by_text(demands_visible_to(actor), text)
    return Hits(
        _("岗位需求"),
        [
            Hit(d.title, f"{d.company.name} · {d.number}", reverse("demand:detail", args=[d.pk]))
            for d in rows[:LIMIT]
        ],
        reverse("demand:list") + "?" + urlencode({"q": text}),
    )


def _offerings(actor: Actor, text: str) -> Hits:
    rows = offerings_visible_to(actor).filter(containing("name", text) | Q(code__startswith=text))
    return Hits(
        _("开设专业"),
        [
            Hit(o.title, f"{o.school.name} · {o.code}", reverse("supply:offering", args=[o.pk]))
            for o in rows[:LIMIT]
        ],
        reverse("supply:offerings") + "?" + urlencode({"q": text}),
    )


def _students(actor: Actor, text: str) -> Hits:
    """Found by name or number by those who may see them by name: school, teacher, oneself."""
    rows = students_visible_to(actor).filter(
        Q(number__startswith=text) | Q(person__name__icontains=text)
    )
    return Hits(
        _("学生"),
        [
            Hit(s.person.name, s.number, reverse("supply:student", args=[s.pk]))
            for s in rows[:LIMIT]
        ],
        reverse("supply:students") + "?" + urlencode({"q": text}),
    )


def _publications(actor: Actor, text: str) -> Hits:
    rows = publications_visible_to(actor).filter(
        Q(number__icontains=text) | Q(title__icontains=text)
    )
    return Hits(
        _("季度清单"),
        [
            Hit(p.title, p.number, reverse("publishing:detail", args=[p.number]))
            for p in rows[:LIMIT]
        ],
        reverse("publishing:list"),
    )


def _chains(actor: Actor, text: str) -> Hits:
    """Chains by their own name or by that of a step."""
    rows = chains_named(actor, text) if actor.may("chain") else ()
    return Hits(
        _("产业链"),
        [Hit(by_language(c), "", reverse("directory:chain", args=[c.pk])) for c in rows],
        reverse("directory:chains"),
    )


def _codes(actor: Actor, text: str) -> list[Hits]:
    """Occupations, majors and industries by name, pinyin initials or code."""
    return [
        Hits(
            system.label,
            [
                Hit(
                    f"{item.code} {by_language(item)}",
                    " › ".join(by_language(above) for above in path),
                    reverse("standards:code", args=[system.value, item.code]),
                )
                for item, _text, path in found_codes(actor, system, text, limit=LIMIT)
            ],
            reverse("standards:browse", args=[system.value]) + "?" + urlencode({"q": text}),
        )
        for system in (System.OCCUPATION, System.MAJOR, System.INDUSTRY)
    ]
