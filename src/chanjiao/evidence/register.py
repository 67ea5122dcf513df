"""The register as a page may write it: names, short names, domains, cities, for the text engine."""

from collections import defaultdict
from typing import Any

from chanjiao.organisations.choices import SCHOOL_KINDS, AreaKind, Kind, Status
from chanjiao.organisations.models import (
    Area,
    Organisation,
    OrganisationDomain,
    OrganisationName,
)
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged

SHORTEST_CODE = 5
KINDS = {
    Kind.COMPANY: "enterprise", Kind.SOLE_TRADER: "enterprise", Kind.GOVERNMENT: "government",
    Kind.PARK: "park", Kind.ASSOCIATION: "association",
} | dict.fromkeys(SCHOOL_KINDS, "school")  # fmt: skip


def known_bodies() -> list[dict[str, Any]]:
    """Every living body with all it may be called by; four queries, whatever their number."""
    aliases, domains = defaultdict(list), defaultdict(list)
    for pk, name in OrganisationName.objects.values_list("organisation_id", "name"):
        aliases[pk].append(name)
    for pk, domain in OrganisationDomain.objects.values_list("organisation_id", "domain"):
        domains[pk].append(domain)
    cities = _cities()
    rows = Organisation.objects.exclude(status=Status.MERGED).order_by("pk")
    return [
        {
            "key": str(pk), "name": name, "kind": KINDS.get(kind, "other"),
            "aliases": aliases.get(pk, []), "domains": domains.get(pk, []),
            "city": cities.get((path or "").split("/")[0]) or _city_of(region),
        }
        for pk, name, kind, path, region in rows.values_list(
            "pk", "name", "kind", "area__path", "region_code"
        )
    ]  # fmt: skip


def _cities() -> dict[str, str]:
    """The city at the root of each tree of areas, as names of schools carry it."""
    rows = Area.objects.filter(kind=AreaKind.CITY).values_list("path", "name")
    return {path.split("/")[0]: name.removesuffix("市") for path, name in rows}


def _city_of(region: str) -> str:
    """The city of a body that lies in no area of ours, by its code of GB/T 2260."""
    item = packaged(System.REGION).get(f"{region[:4]}00") if len(region) > SHORTEST_CODE else None
    return item.name.removesuffix("市") if item else ""
