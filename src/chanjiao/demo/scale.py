"""The region grown to the size of a province's city, to see what a page costs then.

28,000 companies and 100,000 positions come in by the same sheets as everything else.
"""

from collections.abc import Callable, Iterator
from random import Random

from chanjiao.core.actor import SYSTEM
from chanjiao.demo import names
from chanjiao.demo.loading import load_sheet
from chanjiao.demo.region import SEED, region
from chanjiao.organisations.choices import AreaKind
from chanjiao.organisations.models import Area, Organisation

COMPANIES = 28_000
POSITIONS = 100_000
PER_FILE = 50_000
FIRST_NUMBER = 1_000_000
TRADES = ("机械", "电器", "五金", "塑业", "服饰", "食品", "包装", "物流", "建材", "电子")


def grow(tell: Callable[[str], None]) -> None:
    """Add the companies and their positions; what is there already stays."""
    if Organisation.objects.filter(credit_code=names.credit_code(FIRST_NUMBER)).exists():
        tell("大规模数据已在库中 the large set is there already")
        return
    load_sheet(SYSTEM, "companies", _companies())
    _settle()
    tell(f"企业 companies +{COMPANIES:,}")
    rows = list(_positions())
    for start in range(0, POSITIONS, PER_FILE):
        load_sheet(SYSTEM, "positions", rows[start : start + PER_FILE])
        tell(f"岗位需求 positions +{PER_FILE:,}")


def _companies() -> Iterator[dict[str, object]]:
    random = Random(f"{SEED}-scale")
    industries = [code for chain in region().chains for code in chain.industries]
    for number in range(COMPANIES):
        brand = random.choice(names.FIRST) + random.choice(names.SECOND)
        yield {
            "name": f"望澜{brand}{random.choice(TRADES)}{number:05d}厂",
            "credit_code": names.credit_code(FIRST_NUMBER + number),
            "industry": random.choice(industries),
            "staff": 5 + int(random.paretovariate(1.3) * 9),
        }


def _settle() -> None:
    """Spread over the grids in a few statements."""
    grids = list(Area.objects.filter(kind=AreaKind.GRID).order_by("code"))
    fresh = Organisation.objects.filter(area=None, credit_code__startswith="91" + "990000")
    ids = list(fresh.order_by("pk").values_list("pk", flat=True))
    for number, grid in enumerate(grids):
        mine = ids[number :: len(grids)]
        for start in range(0, len(mine), 500):
            Organisation.objects.filter(pk__in=mine[start : start + 500]).update(area=grid)


def _positions() -> Iterator[dict[str, object]]:
    random = Random(f"{SEED}-positions")
    facts = region()
    for number in range(POSITIONS):
        occupation = random.choice(facts.occupations)
        low = occupation.pay[0] + random.randrange(-8, 12) * 100
        company = FIRST_NUMBER + number % COMPANIES
        yield {
            "credit_code": names.credit_code(company),
            "title": f"{random.choice(occupation.titles)}{number // COMPANIES + 1}组",
            "occupation": occupation.code if random.random() < 0.93 else "",
            "headcount": 1 + int(random.paretovariate(1.4)),
            "pay_min": low,
            "pay_max": low + random.randrange(8, 30) * 100,
        }
