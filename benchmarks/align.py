"""How well and how fast titles are coded, beside a plain TF-IDF and LinearSVC on the same titles.

    python benchmarks/align.py TITLES.csv [--held-out 0.2] [--seed 20260101]

TITLES.csv has the columns job_name and expected_code. The model under test is trained on the other
titles only. ``shopfloor_titles.tsv`` was labelled by hand before the shop-floor table was written,
by the same people; for the honest figure all wordings of the table that stand in it are left out.
"""

import argparse
import csv
import random
import time
from pathlib import Path

import numpy as np

from chanjiao.engines.taxonomy import Aligner
from chanjiao.engines.taxonomy.training import Example, Settings, train
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged, shop_words
from chanjiao.standards.services.models import OFFICIAL, SHOP, is_at, listed, measured

HERE = Path(__file__).parent
SURE_SHARE = 0.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("titles", type=Path)
    parser.add_argument("--held-out", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args()
    codes = packaged(System.OCCUPATION)
    with given.titles.open(encoding="utf-8-sig", newline="") as stream:
        rows = sorted(
            (row["job_name"], item.code)
            for row in csv.DictReader(stream)
            if (item := codes.resolve(row["expected_code"]))
        )
    random.Random(given.seed).shuffle(rows)
    cut = int(len(rows) * (1 - given.held_out))
    say("split", f"{cut} / {len(rows) - cut}, seed {given.seed}")
    kept, held = rows[:cut], rows[cut:]
    baseline(kept, held)
    ours(kept, held)


def baseline(kept: list[tuple[str, str]], held: list[tuple[str, str]]) -> None:
    """Character 1–3-grams and a support vector machine, titles and official names."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    names = [(e.text, e.code) for e in listed(packaged(System.OCCUPATION)) if e.weight == OFFICIAL]
    pairs = kept + names
    machine = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3)), LinearSVC())
    machine.fit([text for text, _code in pairs], [code for _text, code in pairs])
    scores = machine.decision_function([text for text, _code in held])
    order = np.argsort(-scores, axis=1)[:, :5]
    found = [[str(machine.classes_[n]) for n in row] for row in order]
    top = np.mean([is_at(f[0], label) for f, (_t, label) in zip(found, held, strict=True)])
    five = np.mean(
        [any(is_at(c, label) for c in f) for f, (_t, label) in zip(found, held, strict=True)]
    )
    say("TF-IDF 1-3 + LinearSVC", f"own {top:.3f}  top-5 {five:.3f}")


def ours(kept: list[tuple[str, str]], held: list[tuple[str, str]]) -> None:
    shop = shop_titles()
    known = {text for text, _codes in shop}
    words = [pair for pair in shop_words(System.OCCUPATION) if pair[0] not in known]
    lists = [
        e for e in listed(packaged(System.OCCUPATION)) if e.weight != SHOP or e.text not in known
    ]
    model = train([*(Example(*row) for row in kept), *lists], Settings())
    aligner = Aligner(packaged(System.OCCUPATION), shop=words, model=model)
    say("held-out titles", str(measured(aligner, held)))
    found = aligner.align_many([text for text, _codes in shop])
    first = np.mean([bool(f) and f[0].code in c for f, (_t, c) in zip(found, shop, strict=True)])
    five = np.mean(
        [any(each.code in c for each in f) for f, (_t, c) in zip(found, shop, strict=True)]
    )
    say(f"{len(shop)} shop-floor titles, wordings left out", f"top-1 {first:.3f}  top-5 {five:.3f}")
    began = time.process_time()
    texts = [text for text, _code in held] * 5
    aligner.align_many(texts)
    say("speed", f"{len(texts) / (time.process_time() - began):,.0f} titles/s of processor time")


def shop_titles() -> list[tuple[str, set[str]]]:
    lines = (HERE / "shopfloor_titles.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line]
    return [(title, set(codes.split("|"))) for title, codes in pairs]


def say(what: str, value: str) -> None:
    print(f"{what:48} {value}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
