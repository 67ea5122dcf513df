"""First stage: code lists, places, bodies, companies by the sheet, members, people, chains."""

from random import Random

from django.core.management import call_command

from chanjiao.core.actor import SYSTEM
from chanjiao.demo import bodies
from chanjiao.demo.loading import load_sheet
from chanjiao.demo.region import SEED, Region
from chanjiao.organisations.choices import AreaKind, Kind, Verified
from chanjiao.organisations.models import Area, Organisation

type Companies = dict[str, list[str]]


def build_register(region: Region) -> Companies:
    """Everything that stands before the first survey; gives credit codes by chain."""
    call_command("load_reference", verbosity=0)
    areas = bodies.build_areas(region)
    made = bodies.build_bodies(region, areas)
    consortium = bodies.build_consortium(region, made)
    codes = _load_companies(region)
    companies = _settle(region, codes)
    bodies.build_members(region, consortium, made, _rotated(companies, codes))
    bodies.build_people(region, made, [companies[codes[region.chains[0].name][0]]], areas)
    return codes


def _load_companies(region: Region) -> Companies:
    random = Random(SEED)
    rows, codes = [], {}
    for chain, row in bodies.company_rows(region, random):
        rows.append(row)
        codes.setdefault(chain, []).append(str(row["credit_code"]))
    load_sheet(SYSTEM, "companies", rows)
    return codes


def _settle(region: Region, codes: Companies) -> dict[str, Organisation]:
    """Each company in one grid of its chain's park; the first twelve of a chain verified."""
    found = {o.credit_code: o for o in Organisation.objects.filter(kind=Kind.COMPANY)}
    parks = {chain.name: chain.park for chain in region.chains}
    for chain, numbers in codes.items():
        grids = list(Area.objects.filter(kind=AreaKind.GRID, path__contains=f"{parks[chain]}/"))
        for rank, number in enumerate(numbers):
            found[number].area = grids[rank % len(grids)]
            found[number].is_above_designated_size = rank % 9 < 7
            found[number].verified = Verified.VERIFIED if rank < 12 else Verified.SELF_REPORTED
    Organisation.objects.bulk_update(
        found.values(), ["area", "is_above_designated_size", "verified"], 200
    )
    return found


def _rotated(companies: dict[str, Organisation], codes: Companies) -> list[Organisation]:
    """Companies in turn from every chain, the large ones first."""
    longest = max(len(numbers) for numbers in codes.values())
    return [
        companies[numbers[rank]]
        for rank in range(longest)
        for numbers in codes.values()
        if rank < len(numbers)
    ]
