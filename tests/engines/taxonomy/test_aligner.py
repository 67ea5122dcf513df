"""Raw words to codes: what wins over what, the same always, and nothing that text can break."""

import json
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from chanjiao.engines.taxonomy import Aligner, CodeList, LinearModel, Memory, TaxonomyFault
from chanjiao.engines.taxonomy.ngrams import Vocabulary, title_features
from chanjiao.engines.taxonomy.phrases import core, same_key
from chanjiao.engines.taxonomy.training import Example, Settings, train
from chanjiao.standards.packaged import packaged_aligner

ROWS = [
    {"code": "6", "name": "生产制造人员"},
    {"code": "6-1", "name": "车工", "parent": "6", "level": "2", "aliases": "车床工|数车"},
    {"code": "6-2", "name": "焊工", "parent": "6", "level": "2", "aliases": "数车"},
    {"code": "6-3", "name": "老工种", "parent": "6", "level": "2", "valid_to": "2020-01-01"},
]
TRADES = CodeList.from_rows("trades", ROWS)
EXAMPLES = [
    Example("数控车床", "6-1"), Example("车床操作", "6-1"),
    Example("氩弧焊", "6-2"), Example("电焊学徒", "6-2"),
]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return train(EXAMPLES, Settings())


def codes(found):
    return [each.code for each in found]


def test_a_standard_name_is_sure(model):
    for aligner in (Aligner(TRADES), Aligner(TRADES, model=model)):
        first = aligner.align("车工")[0]
        assert (first.code, first.method) == ("6-1", "name")
        assert first.score > 0.99


def test_pay_promises_and_advertiser_don_t_hide_a_name():
    aligner = Aligner(TRADES)
    first = aligner.align("某某机械厂招聘焊工（包吃住）8000-9000元/月")[0]
    assert first.code == "6-2"


def test_shop_words_stand_above_aliases_of_the_list():
    aligner = Aligner(TRADES, shop=[("数车", "6-1")])
    first = aligner.align("数车")[0]
    assert (first.code, first.method) == ("6-1", "shop")


def test_a_standard_name_stands_above_a_shop_word_for_another_code():
    found = Aligner(TRADES, shop=[("焊工", "6-1")]).align("焊工")
    assert (found[0].code, found[0].score) == ("6-2", 1.0)
    assert found[1].score <= 0.6


def test_what_people_decided_stands_above_shop_words():
    aligner = Aligner(TRADES, shop=[("数车", "6-1")], learned=[("数车", "6-2")])
    assert aligner.align("数车")[0].code == "6-2"


def test_a_shop_word_for_two_codes_is_not_sure():
    aligner = Aligner(TRADES, shop=[("操机", "6-1"), ("操机", "6-2")])
    found = aligner.align("操机")
    assert set(codes(found)) == {"6-1", "6-2"}
    assert found[0].score < 0.9


def test_memory_comes_first_and_the_organisation_s_own_before_all():
    aligner = Aligner(TRADES)
    shared = Memory(shared={"甲": "6-1"})
    own = Memory(own={"甲": "6-2"}, shared={"甲": "6-1"})
    assert aligner.align(" 甲 ", memory=shared)[0].code == "6-1"
    assert aligner.align("甲", memory=own)[0].method == "memory"
    assert aligner.align("甲", memory=own)[0].code == "6-2"
    assert aligner.align("甲", memory=Memory(own={"甲": ""})) == aligner.align("甲")


def test_groups_and_ended_codes_are_not_suggested(model):
    for aligner in (Aligner(TRADES), Aligner(TRADES, model=model)):
        assert not {"6", "6-3"} & set(codes(aligner.align("老工种 生产制造人员 车工")))


def test_levels_may_be_asked_for():
    aligner = Aligner(TRADES, levels=frozenset({1}))
    assert codes(aligner.align("生产制造人员")) == ["6"]


def test_an_empty_text_and_an_empty_list_have_no_answer(model):
    assert Aligner(TRADES, model=model).align("  ") == []
    assert Aligner(CodeList("none", [])).align("车工") == []


def test_many_at_once_are_answered_as_one_by_one(model):
    aligner = Aligner(TRADES, model=model)
    texts = ["车工", "氩弧焊工", "", "数控车床学徒", "zzz"] * 300
    many = aligner.align_many(texts, 3)
    assert many[:5] == [aligner.align(text, 3) for text in texts[:5]]
    assert len(many) == len(texts)


def test_every_suggestion_has_a_reason_in_both_languages(model):
    for found in Aligner(TRADES, model=model).align_many(["车工学徒", "电焊", "数车"]):
        for each in found:
            assert all(reason.zh and reason.en for reason in each.reasons)
            fits = [r.zh for r in each.reasons if "相符" in r.zh or "常见于" in r.zh]
            assert each.score >= 0.01 or not fits, "nothing good is said of a guess under 1 %"


def test_the_same_examples_give_the_same_model_in_any_order():
    one, other = train(EXAMPLES, Settings()), train(EXAMPLES[::-1], Settings())
    assert one.card == other.card
    assert all(np.array_equal(a, b) for a, b in zip(
        one.arrays().values(), other.arrays().values(), strict=True
    ))  # fmt: skip


def test_a_model_comes_back_from_its_arrays(model):
    again = LinearModel.from_arrays(model.arrays())
    rows = model.vocabulary.rows([title_features("氩弧焊学徒")])
    assert np.allclose(model.scores(rows), again.scores(rows), atol=0.02)
    assert again.card == model.card


def test_a_model_of_another_format_is_refused(model):
    with pytest.raises(TaxonomyFault, match="重新训练"):
        LinearModel.from_arrays({**model.arrays(), "format": np.array([99])})


def test_one_code_is_too_few_to_train():
    with pytest.raises(TaxonomyFault):
        train([Example("车", "6-1")], Settings())


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_answered_in_order_without_doubles(text):
    found = packaged_aligner("occ2022").align(text)
    scores = [each.score for each in found]
    assert len(set(codes(found))) == len(found) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@given(st.text(max_size=60))
def test_a_core_is_empty_only_where_the_text_is(text):
    assert bool(core(text)) == bool(core(core(text)))
    assert same_key(same_key(text)) == same_key(text)


@given(st.lists(st.text(max_size=8), max_size=6))
def test_rows_of_a_vocabulary_have_length_one_or_none(texts):
    bags = [title_features(text) for text in texts]
    rows = Vocabulary.fitted(bags).rows(bags)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert all(abs(length - 1) < 1e-4 or length == 0 for length in lengths)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("CNC操机", "6-18-01-07"), ("电焊工", "6-18-02-04"), ("叉车司机", "6-30-05-01"),
        ("PE工程师", "2-02-07-02"), ("注塑调机员", "6-14-02-00"), ("储能电池装配", "6-24-04-00"),
        ("机器人调试", "6-31-07-01"), ("高薪诚聘数控车工", "6-18-01-01"), ("QC", "6-31-03-05"),
    ],
)  # fmt: skip
def test_shop_floor_titles_find_their_occupation(title, code):
    assert packaged_aligner("occ2022").align(title)[0].code == code


def test_the_shipped_aligner_is_quick():
    aligner = packaged_aligner("occ2022")
    texts = [f"{word}{n}号线" for n in range(500) for word in ("数控车工", "装配", "质检员")]
    began = time.process_time()
    aligner.align_many(texts)
    assert len(texts) / (time.process_time() - began) > 800


def test_the_command_reads_lines_and_writes_json():
    done = subprocess.run(
        [sys.executable, "-m", "chanjiao", "align", "occupation", "--top", "2", "--reasons"],
        input="焊工\n\n叉车司机\n", capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["codes"][:1] for line in lines] == [["6-18-02-04"], [], ["6-30-05-01"]]
    assert [line["method"] for line in lines] == ["name", "none", "shop"]
    assert lines[0]["reasons"][0][0] == ["与标准名称“焊工”相同", "Same as the standard name “焊工”"]
