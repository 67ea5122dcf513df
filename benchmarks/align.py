"""How well and how fast titles, majors and industries are coded, beside what others would do.

    python benchmarks/align.py TITLES.csv [--held-out 0.2] [--folds 10] [--seed 20260101]
        [--only ours]

TITLES.csv has the columns job_name and expected_code. The model under test learns from the other
titles only: once from those outside of one held-out share, and once for each fold, so that every
title is held out. The tables of shop-floor titles, majors and industries were labelled before
anything was run on them, by the people who also wrote the wordings; each is measured twice, the
second time by a model that was taught none of the labelled texts. Peers that aren't installed are
left out: ``pip install bm25s`` brings one of them.
"""

import argparse
import csv
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from chanjiao.engines.taxonomy import Aligner
from chanjiao.engines.taxonomy.training import Settings
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged, packaged_aligner
from chanjiao.standards.services.cards import card_of, is_at, phrases_of
from chanjiao.standards.services.models import KEPT, OFFICIAL, blind, examples, with_trust

HERE = Path(__file__).parent
TABLES = {
    System.OCCUPATION: ("shopfloor_titles", "shopfloor_titles_2", "shopfloor_titles_3"),
    System.MAJOR: ("major_phrases",),
    System.INDUSTRY: ("industry_phrases",),
}

type Rows = list[tuple[str, str]]
type Labelled = list[tuple[str, set[str]]]
type Finder = Callable[[Sequence[str]], list[list[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("titles", type=Path)
    parser.add_argument("--held-out", type=float, default=0.2)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--only", choices=("ours", "peers"))
    given = parser.parse_args()
    kept, held = split(given.titles, given.held_out, given.seed)
    if given.only != "ours":
        peers(kept, held)
    if given.only != "peers":
        crossed(kept + held, given.folds, given.seed)
        ours(kept, held)
        shipped()


def split(path: Path, held_out: float, seed: int) -> tuple[Rows, Rows]:
    """Titles with codes of the list, parted by the seed."""
    codes = packaged(System.OCCUPATION)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = sorted(
            (row["job_name"], item.code)
            for row in csv.DictReader(stream)
            if (item := codes.resolve(row["expected_code"]))
        )
    random.Random(seed).shuffle(rows)
    cut = int(len(rows) * (1 - held_out))
    say("split", f"{cut} / {len(rows) - cut}, seed {seed}")
    return rows[:cut], rows[cut:]


def peers(kept: Rows, held: Rows) -> None:
    """Each learns from the same titles and the official names."""
    codes = packaged(System.OCCUPATION)
    names = [(e.text, e.code) for e in examples(codes, []) if e.weight == OFFICIAL and not e.also]
    for name, make in (
        ("TF-IDF of characters 1-3 + LinearSVC", characters),
        ("TF-IDF of jieba's words + LinearSVC", words),
        ("bm25s over jieba's words, nearest wording", bm25),
    ):
        try:
            finder = make(kept + names)
        except ImportError as lacking:
            say(name, f"not installed ({lacking.name})")
            continue
        began = time.process_time()
        found = finder([text for text, _code in held])
        speed = len(held) / (time.process_time() - began)
        labels = [code for _text, code in held]
        own = np.mean([is_at(f[0], c) if f else False for f, c in zip(found, labels, strict=True)])
        five = np.mean(
            [any(is_at(each, c) for each in f) for f, c in zip(found, labels, strict=True)]
        )
        say(name, f"own {own:.3f}  top-5 {five:.3f}  {speed:,.0f} titles/s")


def characters(pairs: Rows) -> Finder:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _machine(pairs, TfidfVectorizer(analyzer="char", ngram_range=(1, 3)))


def words(pairs: Rows) -> Finder:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return _machine(pairs, TfidfVectorizer(tokenizer=_cut, token_pattern=None))


def _machine(pairs: Rows, vectors: object) -> Finder:
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    machine = make_pipeline(vectors, LinearSVC())
    machine.fit([text for text, _code in pairs], [code for _text, code in pairs])

    def find(texts: Sequence[str]) -> list[list[str]]:
        order = np.argsort(-machine.decision_function(texts), axis=1)[:, :5]
        return [[str(machine.classes_[n]) for n in row] for row in order]

    return find


def bm25(pairs: Rows) -> Finder:
    import bm25s

    index = bm25s.BM25()
    index.index([_cut(text) for text, _code in pairs], show_progress=False)

    def find(texts: Sequence[str]) -> list[list[str]]:
        hits, _scores = index.retrieve([_cut(t) for t in texts], k=25, show_progress=False)
        return [list(dict.fromkeys(pairs[n][1] for n in row))[:5] for row in hits]

    return find


def _cut(text: str) -> list[str]:
    import rjieba

    return [word for word in rjieba.cut(text.lower()) if word.strip()] or [text]


def crossed(rows: Rows, folds: int, seed: int) -> None:
    """Every title once by a model that saw nothing of its fold, before small weights go."""
    system = System.OCCUPATION
    codes = packaged(system)
    settings = Settings(seed=seed, folds=folds)
    found = with_trust(codes, examples(codes, rows), settings)
    say(f"{folds} folds of all titles", f"seed {seed}")
    for name, value in found.card["cross_validated"].items():
        say(f"  held out by folds: {name}", str(value))


def ours(kept: Rows, held: Rows) -> None:
    """Titles the model never saw, and tables by models that were taught none of their texts."""
    for system, tables in TABLES.items():
        labelled = {name: table(name) for name in tables}
        known = {text for rows in labelled.values() for text, _codes in rows}
        titles = kept if system is System.OCCUPATION else []
        aligner = blind(packaged(system), titles, Settings(kept=KEPT[system]), known)
        if titles:
            for name, value in card_of(aligner, held).items():
                say(f"held-out titles: {name}", str(value))
        for name, rows in labelled.items():
            say(f"{name}, their wordings left out", five_of(aligner, rows))


def shipped() -> None:
    """What ships, on the labelled tables, and how fast it is."""
    for system, tables in TABLES.items():
        for name in tables:
            rows = table(name)
            say(f"shipped: {name}, {len(rows)} texts", five_of(packaged_aligner(system), rows))
            half = rows[1::2]
            say("  every second of them (not tuned on)", five_of(packaged_aligner(system), half))
    texts = [f"{text}{n}" for n in range(20) for text, _codes in table("shopfloor_titles_2")]
    began = time.process_time()
    packaged_aligner(System.OCCUPATION).align_many(texts)
    say("speed", f"{len(texts) / (time.process_time() - began):,.0f} titles/s of processor time")


def table(name: str) -> Labelled:
    lines = (HERE / f"{name}.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line]
    return [(text, set(codes.split("|"))) for text, codes in pairs]


def five_of(aligner: Aligner, rows: Labelled) -> str:
    found = phrases_of(aligner, rows)
    return f"top-1 {found['top_1']:.3f}  top-5 {found['top_5']:.3f}"


def say(what: str, value: str) -> None:
    print(f"{what:52} {value}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
