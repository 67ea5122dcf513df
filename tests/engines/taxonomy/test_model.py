"""The linear model: what it is taught, that leaving out is leaving out, how its sureness rises."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.taxonomy import Aligner, CodeList
from chanjiao.engines.taxonomy.phrases import weighted_pieces
from chanjiao.engines.taxonomy.ranking import Ladder
from chanjiao.engines.taxonomy.training import Example, Ridge, Settings, train
from chanjiao.engines.taxonomy.trust import Trust, fitted

SALES = CodeList.from_rows("sales", [
    {"code": "4", "name": "服务人员"},
    {"code": "4-1", "name": "销售人员", "parent": "4", "level": "2"},
    {"code": "4-1-1", "name": "营销员", "parent": "4-1", "level": "3"},
    {"code": "4-1-2", "name": "收银员", "parent": "4-1", "level": "3"},
    {"code": "4-2", "name": "保安员", "parent": "4", "level": "2"},
])  # fmt: skip
TITLES = [
    Example("电话销售", "4-1-1"), Example("销售代表", "4-1-1"), Example("超市收银", "4-1-2"),
    Example("收银", "4-1-2"), Example("小区保安", "4-2"), Example("门卫", "4-2"),
    Example("销售", "4-1", 1.0), Example("导购", "4-1-1", 0.3, ("促销", "推销")),
]  # fmt: skip
NAMES = {item.code: item.name for item in SALES}
LEAVES = ["4-1-1", "4-1-2", "4-2"]


def test_scores_of_what_was_left_out_are_those_of_a_model_without_it():
    ridge = Ridge(TITLES, Settings(name=0.0), NAMES)
    problem = ridge.problem
    left, scores = ridge.left_out(1.0)
    kernel = (problem.rows @ problem.rows.T).toarray()
    costs = np.array([each.weight for each in problem.examples])
    wanted = np.eye(len(problem.classes))[problem.numbers]
    for number, example in enumerate(left):
        at = problem.examples.index(example)
        rest = np.arange(len(costs)) != at
        inside = kernel[np.ix_(rest, rest)] + np.diag(1 / costs[rest])
        without = kernel[at, rest] @ np.linalg.solve(inside, wanted[rest])
        assert np.allclose(scores[number], without, atol=1e-4), example


def test_a_part_is_left_out_whole():
    ridge = Ridge(TITLES, Settings(name=0.0), NAMES)
    problem = ridge.problem
    parts = np.arange(7) % 3
    left, scores = ridge.left_out(1.0, lambda count: parts[:count])
    assert len(left) == 7
    kernel = (problem.rows @ problem.rows.T).toarray()
    costs = np.array([each.weight for each in problem.examples])
    wanted = np.eye(len(problem.classes))[problem.numbers]
    for part in range(3):
        inside = len(TITLES) - 7 + np.flatnonzero(parts == part)
        rest = np.setdiff1d(np.arange(len(TITLES)), inside)
        among = kernel[np.ix_(rest, rest)] + np.diag(1 / costs[rest])
        without = kernel[np.ix_(inside, rest)] @ np.linalg.solve(among, wanted[rest])
        assert np.allclose(scores[parts == part], without, atol=1e-4)


def test_a_group_s_mass_counts_once_for_all_its_codes():
    ladder = Ladder(SALES, LEAVES, ["4-1", "4-1-1", "4-2"])
    scores = np.array([[0.6, 0.1, 0.2]], dtype=np.float32)
    found = ladder.ranked(scores, np.zeros((1, 3), dtype=np.float32), 3)
    # 收银员 would have 0.6 of its group, but 营销员 has taken that already
    assert [LEAVES[n] for n in found.chosen[0]] == ["4-1-1", "4-2", "4-1-2"]
    assert np.allclose(found.gains[0], np.array([0.7, 0.2, 0.0]) / 0.9)


@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=3, max_size=3), max_size=5))
def test_gains_never_rise_and_no_code_is_chosen_twice(rows):
    ladder = Ladder(SALES, LEAVES, ["4-1", "4-1-1", "4-2"])
    scores = np.array(rows, dtype=np.float32).reshape(-1, 3)
    found = ladder.ranked(scores, np.zeros_like(scores), 3)
    assert (np.diff(found.gains, axis=1) <= 1e-6).all()
    assert all(len(set(row)) == len(row) for row in found.chosen.tolist())
    assert ((found.sureness >= 0) & (found.sureness <= 1 + 1e-6)).all()


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.sampled_from("ab"), st.booleans())))
@settings(deadline=None)
def test_a_fitted_share_is_a_share_whatever_was_seen(seen):
    sureness = np.array([each[0] for each in seen], dtype=np.float32)
    codes = [each[1] for each in seen]
    trust = fitted(sureness, codes, np.array([each[2] for each in seen], dtype=bool))
    shares = trust.shares(sureness, codes)
    assert np.isfinite(shares).all()
    assert ((shares >= 0) & (shares <= 1)).all()


def test_shares_are_those_that_were_seen_and_a_noisy_code_gets_less():
    rng = np.random.default_rng(7)
    sureness = rng.uniform(0, 1, 4000)
    codes = ["noisy" if noisy else "plain" for noisy in rng.uniform(size=4000) < 0.2]
    truth = np.array(
        [s * (0.6 if c == "noisy" else 1) for s, c in zip(sureness, codes, strict=True)]
    )
    trust = fitted(sureness, codes, rng.uniform(size=4000) < truth)
    shares = trust.shares(sureness, codes)
    for low in (0.2, 0.5, 0.8):
        inside = (sureness > low) & (sureness < low + 0.15)
        assert abs(shares[inside].mean() - truth[inside].mean()) < 0.04
    assert trust.offsets["noisy"] < trust.offsets["plain"]
    assert Trust().shares(np.array([0.1, 0.9]), ["a", "b"])[0] < 0.5


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("急聘数控车工/铣工（苏州）8000元", [("数控车工", 1.0), ("铣工", 0.7), ("苏州", 0.4)]),
        ("月入过万", [("", 1.0), ("月入过万", 0.4)]),
        ("招聘专员", [("招聘专员", 1.0)]),
        ("某某公司招聘电焊工", [("电焊工", 1.0)]),
        ("社保专员+五险一金", [("社保专员", 1.0)]),
        ("4S店销售 3D建模师", [("4s店销售", 1.0), ("3d建模师", 0.7)]),
        ("J10001 培训讲师8K", [("培训讲师", 1.0)]),
        ("销售 双休 五险一金", [("销售", 1.0)]),
        ("6K笔记本维修", [("笔记本维修", 1.0)]),
        ("(焊工)", [("焊工", 1.0)]),
        ("   ", []),
    ],
)
def test_promises_pay_and_places_in_brackets_weigh_little_or_nothing(title, pieces):
    assert weighted_pieces(title) == pieces


def test_what_a_title_promises_doesn_t_change_its_code():
    aligner = Aligner(SALES, model=train(TITLES, Settings(), names=NAMES))
    plain = [each.code for each in aligner.align("收银")]
    assert plain[0] == "4-1-2"
    assert [each.code for each in aligner.align("急聘收银（包吃住）双休 月薪5千")] == plain


def test_wordings_like_a_decided_one_follow_it_and_others_don_t():
    model = train(TITLES, Settings(), names=NAMES)
    before = Aligner(SALES, model=model)
    after = Aligner(SALES, model=model, learned=[("阿普索线销售", "4-2")])
    assert before.align("阿普索线销售员")[0].code == "4-1-1"
    assert after.align("阿普索线销售员")[0].code == "4-2"
    assert "阿普索线销售" in " ".join(r.zh for r in after.align("阿普索线销售员")[0].reasons)
    assert after.align("电话销售")[0].code == "4-1-1"


def test_weights_beyond_the_wanted_number_are_dropped():
    small = train(TITLES, Settings(kept=40), names=NAMES)
    assert 10 < small.weights.nnz < 80
    assert small.card["weights"] == small.weights.nnz
