"""The five chains with their 38 steps, and who stands on which: 318 placements in three years."""

from collections.abc import Iterator, Sequence
from random import Random

from chanjiao.core.actor import Actor
from chanjiao.demo.loading import load_sheet
from chanjiao.demo.region import SEED, Chain, Region
from chanjiao.demo.register import Companies
from chanjiao.industry.choices import Position
from chanjiao.industry.services import chains
from chanjiao.organisations.models import Organisation

POSITIONS = {
    "上游": Position.UPSTREAM, "中游": Position.MIDSTREAM,
    "下游": Position.DOWNSTREAM, "配套": Position.SUPPORTING,
}  # fmt: skip


def build_chains(region: Region, office: Actor) -> None:
    """Chains and steps by the same acts that the office has on its page."""
    leaders = {
        o.name: o.pk
        for o in Organisation.objects.filter(kind__in=["government", "park", "association"])
    }
    for number, chain in enumerate(region.chains, start=1):
        nodes = [
            {"name": name, "position": POSITIONS[place], "order": order}
            for order, (name, place, _status) in enumerate(chain.nodes, start=1)
        ]
        made = chains.create_chain(
            office,
            {"code": f"chain-{number}", "name": chain.name, "name_en": chain.name_en,
             "leader_id": leaders[chain.leader]},
            nodes[0],
        )  # fmt: skip
        for node in nodes[1:]:
            chains.add_node(office, made.pk, node)


def place_companies(region: Region, office: Actor, codes: Companies, year: int) -> None:
    """One year's placements, brought in as a sheet."""
    random = Random(f"{SEED}-chains")
    rows = [
        row
        for chain in region.chains
        for row in _placements(random, chain, codes[chain.name], year)
    ]
    load_sheet(office, "chain_placements", rows)


def _placements(
    random: Random, chain: Chain, companies: Sequence[str], year: int
) -> Iterator[dict[str, object]]:
    """Every company on a step of its chain, so that each step is as strong as the region says."""
    crowds = _crowds(chain, len(companies))
    waiting = iter(companies)
    for (name, _place, status), crowd in zip(chain.nodes, crowds, strict=True):
        for rank in range(crowd):
            company = next(waiting, None) or random.choice(companies)
            role = "骨干" if status == "优势" and rank in (1, 2, 3) else "配套"
            role = "链主" if status == "优势" and rank == 0 else role
            yield {
                "chain": chain.name, "node": name, "credit_code": company, "year": year,
                "role": role, "product": name,
            }  # fmt: skip


def _crowds(chain: Chain, companies: int) -> list[int]:
    """How many stand on each step: none where it is missing, one or two where it is weak."""
    fixed = {"缺失": 0, "薄弱": 2}
    crowds = [fixed.get(status, 5) for _name, _place, status in chain.nodes]
    strong = [i for i, (_n, _p, status) in enumerate(chain.nodes) if status not in fixed]
    left, turn = companies - sum(crowds), 0
    while left > 0:
        crowds[strong[turn % len(strong)]] += 1
        left, turn = left - 1, turn + 1
    return crowds
