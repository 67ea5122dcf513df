"""``chanjiao model``: made anew from files, measured on what it never saw, wrong files refused."""

import io
import json

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chanjiao.engines.taxonomy import Aligner, LinearModel
from chanjiao.standards.packaged import packaged


def command(*words):
    out = io.StringIO()
    call_command("model", *map(str, words), stdout=out)
    return json.loads(out.getvalue())


def test_a_model_of_majors_is_made_and_its_card_tells_how_it_was_measured(tmp_path):
    phrases = tmp_path / "asked.tsv"
    phrases.write_text("机电一体化相关专业\t460301\n数控或模具\t460103|460113\n", encoding="utf-8")
    card = command("train", "major", "--phrases", phrases, "--out", tmp_path / "m.npz")
    assert card["phrases"]["asked"] == {"texts": 2, "top_1": 1.0, "top_5": 1.0}
    assert card["one_left_out"]["top_5"] > 0.85
    with np.load(tmp_path / "m.npz", allow_pickle=False) as arrays:
        model = LinearModel.from_arrays({key: arrays[key] for key in arrays.files})
    assert model.card == card
    assert Aligner(packaged("major2021"), model=model).align("数控")[0].code == "460103"


@pytest.mark.parametrize("system", ["occupation", "major", "industry"])
def test_the_shipped_models_tell_what_they_can_do(system):
    card = command("card", system)
    assert card["bytes"] < 4_000_000
    assert card["seed"] > 0
    measured = [each["top_5"] for each in card["phrases"].values()]
    assert measured
    assert min(measured) > 0.9


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["occupation"], "--titles"),
        (["occupation", "--titles", "nowhere.csv"], "nowhere.csv"),
        (["major", "--held-out", "1.5"], "1.5"),
        (["major", "--folds", "1"], "--folds 1"),
        (["major", "--phrases", "nowhere.tsv"], "nowhere.tsv"),
    ],
)
def test_what_is_missing_or_wrong_is_named(words, told):
    with pytest.raises(CommandError, match=told):
        command("train", *words)


def test_files_with_the_wrong_columns_or_codes_are_refused(tmp_path):
    titles, phrases = tmp_path / "titles.csv", tmp_path / "asked.tsv"
    titles.write_text("title,code\n车工,6-18-01-01\n", encoding="utf-8")
    with pytest.raises(CommandError, match="expected_code"):
        command("train", "occupation", "--titles", titles)
    phrases.write_text("机电\t460301\n数控\t999999\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"第 2 行.*999999"):
        command("train", "major", "--phrases", phrases)
