"""Scale-out on Ray: actors that hold the market and its index and answer asks round after round.

Optional (``pip install chanjiao[ray]``). Each actor builds the index once; a round sends out the
row numbers of its part and one shared copy of prices or floors, and gets lists back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chanjiao.engines.matching.asking import Ask, Lists
from chanjiao.engines.matching.executing import Answering
from chanjiao.engines.matching.faults import fault


class RayActors:
    """An executor for ``Machine``: ``workers`` actors of the running Ray, or of one started here.

    Answers are those of one machine, to the last bit. Closed with ``close`` or a ``with`` block.
    """

    def __init__(self, workers: int = 2) -> None:
        try:
            import ray  # type: ignore[import-not-found,import-untyped,unused-ignore]
        except ImportError as missing:
            raise fault(
                "没有安装 Ray：pip install 'chanjiao[ray]'，或用本机线程。",
                "Ray is not installed: pip install 'chanjiao[ray]', or use threads.",
            ) from missing
        self.ray: Any = ray
        self.workers = workers
        self._started = not ray.is_initialized()
        if self._started:
            ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False)
        self._market: Answering | None = None
        self._actors: list[Any] = []

    def run(self, market: Answering, asks: Sequence[Ask]) -> list[Lists]:
        if self._market is not market:
            self._hold(market)
        if not asks:
            return []
        one = asks[0]
        shared = self.ray.put((one.price, one.floor, one.bar))
        waiting = [
            self._actors[n % self.workers].answer.remote(
                replace(ask, price=None, floor=None, bar=None), shared
            )
            for n, ask in enumerate(asks)
        ]
        found: list[Lists] = self.ray.get(waiting)
        return found

    def _hold(self, market: Answering) -> None:
        self._release()
        actor = self.ray.remote(num_cpus=1)(_Holder)
        held = self.ray.put(market)
        self._actors = [actor.remote(held) for _ in range(self.workers)]
        self._market = market

    def _release(self) -> None:
        for actor in self._actors:
            self.ray.kill(actor)
        self._actors, self._market = [], None

    def close(self) -> None:
        self._release()
        if self._started:
            self.ray.shutdown()

    def __enter__(self) -> "RayActors":
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()


class _Holder:
    """Lives in a worker of Ray."""

    def __init__(self, market: Answering) -> None:
        self.market = market

    def answer(self, ask: Ask, shared: tuple[Any, Any, Any]) -> Lists:
        price, floor, bar = shared
        return self.market.answer(replace(ask, price=price, floor=floor, bar=bar))
