"""Measuring a model on titles it never saw: folds dealt evenly, the same seed the same folds."""

import numpy as np

from chanjiao.engines.taxonomy import CodeList
from chanjiao.engines.taxonomy.training import Example, Settings
from chanjiao.standards.services.models import folded, with_trust

TRADES = CodeList.from_rows("trades", [
    {"code": "6-1", "name": "车工"}, {"code": "6-2", "name": "焊工"},
])  # fmt: skip
TITLES = [
    Example(f"{kind}{trade}{role}", code)
    for code, trade in (("6-1", "车床"), ("6-2", "焊接"))
    for kind in ("数控", "高级", "普通")
    for role in ("工", "师傅")
]


def test_folds_are_even_and_the_same_for_the_same_seed():
    parts = folded(10, 7)(3534)
    assert np.bincount(parts).tolist() == [354] * 4 + [353] * 6
    assert (parts == folded(10, 7)(3534)).all()
    assert (parts != folded(10, 8)(3534)).any()


def test_every_title_is_held_out_once_and_the_card_says_with_which_seed():
    settings = Settings(folds=3, seed=5)
    card = with_trust(TRADES, TITLES, settings).card
    assert card["folds"] == "3, seed 5"
    assert card["cross_validated"]["titles"] == len(TITLES)
    assert card["cross_validated"]["own_level"] > 0.8
    assert "cross_validated" not in with_trust(TRADES, TITLES, Settings()).card


def test_titles_whose_words_no_other_has_are_not_known_when_held_out():
    odd = [Example("甲乙丙", "6-1"), Example("丁戊己", "6-2"), *TITLES]
    card = with_trust(TRADES, odd, Settings(folds=len(odd))).card
    assert card["cross_validated"]["own_level"] < 0.95
