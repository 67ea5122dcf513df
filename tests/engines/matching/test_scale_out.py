"""On two workers of another engine the answers are those of this machine."""

import importlib.util

import pytest

from chanjiao.engines.matching import Machine, MarketFault, RayActors, optimal, stable
from tests.engines.matching.conftest import market

HAS_RAY = importlib.util.find_spec("ray") is not None


@pytest.mark.skipif(not HAS_RAY, reason="Ray is not installed: chanjiao[ray]")
@pytest.mark.filterwarnings("ignore")
def test_two_actors_of_ray_give_the_matchings_of_one_machine(monkeypatch):
    monkeypatch.setattr("chanjiao.engines.matching.markets.CHUNK", 16)
    monkeypatch.setattr("chanjiao.engines.matching.optimising.EXACT_PAIRS", 0)
    monkeypatch.setattr("chanjiao.engines.matching.optimising.SMALL_PAIRS", 0)
    local = market(5, people=90, positions=30)
    with RayActors(2) as actors:
        away = market(5, people=90, positions=30)
        away.machine = Machine("auto", actors)
        for answer in (stable, optimal):
            one, other = answer(local), answer(away)
            assert (one.partner == other.partner).all()
        assert (one.price == other.price).all()


@pytest.mark.skipif(HAS_RAY, reason="Ray is installed")
def test_without_ray_the_remedy_is_told():
    with pytest.raises(MarketFault, match=r"chanjiao\[ray\]"):
        RayActors()
