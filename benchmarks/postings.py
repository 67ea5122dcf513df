"""How well and how fast raw vacancies are read; jionlp and jieba beside ours where installed.

    python benchmarks/postings.py [--texts ADS.csv] [--titles TITLES.csv] [--sizes 5000 50000]

Accuracy is on the labelled strings of tests/engines/taxonomy/postings/cases: the first set was
written before the parser, the second to the fourth when it stood, each labelled before it was run
and then mended by. Postings to be timed are made of the labelled ones, or of ADS.csv (column
description) and TITLES.csv (column job_name). Peers do less than ours (jieba only cuts words,
jionlp reads places and sums), so their speed is a ratio, no rank.
"""

import argparse
import csv
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests/engines/taxonomy/postings/cases"
PAY = (
    "8-12K",
    "6000-8000元/月",
    "10-15万/年",
    "面议",
    "200元/天",
    "8千-1.2万/月",
    "7K-11K·13薪",
    "5000以上",
)
PLACES = (
    "杭州-萧山区",
    "温州·瓯海",
    "上海-浦东新区",
    "苏州工业园区",
    "宁波·慈溪",
    "温州湾新区",
    "乐清市柳市镇",
)
SCHOOLING = ("大专", "本科", "学历不限", "中专/中技", "高中及以上")
type Raw = Mapping[str, object] | str


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings.test")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--titles", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5000, 50_000])
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--start-only", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    began = time.perf_counter()
    import django

    django.setup()
    from chanjiao.standards.postings import packaged_parser

    ours = packaged_parser()
    ours.parse("招聘焊工3名，月薪8000元")
    started = time.perf_counter() - began
    if given.start_only:
        print(f"{started:.2f}")  # noqa: T201
        return
    say("start, settings and tables, to the first answer", f"{_start():.2f} s")
    accuracy()
    texts, titles = _texts(given.texts), _titles(given.titles)
    sample = list(itertools.islice(_postings(texts, titles, given.seed), 2000))
    rate = speed(lambda raws: list(ours.parse_many(raws)), sample)
    for size in given.sizes:
        sized(ours, texts, titles, given.seed, size)
    say("memory at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    peers([str(raw["描述"]) for raw in sample if isinstance(raw, dict)], rate)


def _start() -> float:
    """In a process of its own, three times; the best."""
    command = [sys.executable, __file__, "--start-only"]
    return min(float(subprocess.check_output(command, text=True)) for _time in range(3))


def accuracy() -> None:
    """The labelled strings, by set and field, as the tests count them."""
    sys.path.insert(0, str(ROOT))
    from tests.engines.taxonomy.postings.scoring import FIELDS, shares

    for folder, words in (
        ("", "first set"),
        ("second", "second set"),
        ("third", "third set"),
        ("fourth", "fourth set"),
    ):
        for field in FIELDS:
            told = shares(field, folder)
            if told:
                say(f"{words}: {field}", told)


def speed(read: Callable[[list[Raw]], object], raws: list[Raw]) -> float:
    read(raws[:50])
    began = time.process_time()
    read(raws)
    return len(raws) / (time.process_time() - began)


def sized(ours: object, texts: list[str], titles: list[str], seed: int, size: int) -> None:
    from chanjiao.engines.taxonomy.postings import Parser

    assert isinstance(ours, Parser)
    began = time.process_time()
    count = sum(
        1 for _one in ours.parse_many(itertools.islice(_postings(texts, titles, seed), size))
    )
    took = time.process_time() - began
    say(f"{count:,} postings end to end", f"{count / took:,.0f}/s of processor time")


def peers(texts: list[str], rate: float) -> None:
    for name, made in (("jieba", _jieba), ("jionlp", _jionlp)):
        try:
            read = made()
        except ImportError:
            say(name, "not installed")
            continue
        few = texts[:300]
        theirs = speed(lambda raws, read=read: [read(str(raw)) for raw in raws], list(few))
        say(name, f"{theirs:,.0f} texts/s; ours reads all fields at {rate / theirs:.1f} times that")


def _jieba() -> Callable[[str], object]:
    import jieba  # type: ignore[import-not-found]

    return lambda text: jieba.lcut(text)


def _jionlp() -> Callable[[str], object]:
    import jionlp  # type: ignore[import-not-found]

    return lambda text: (jionlp.parse_location(text[:60]), jionlp.ner.extract_money(text))


def _postings(texts: list[str], titles: list[str], seed: int) -> Iterator[Raw]:
    dice = random.Random(seed)
    for number in itertools.count():
        yield {
            "职位": titles[number % len(titles)],
            "公司": f"温州{dice.choice('甲乙丙丁')}某阀门有限公司",
            "薪资": dice.choice(PAY),
            "地点": dice.choice(PLACES),
            "学历": dice.choice(SCHOOLING),
            "描述": texts[number % len(texts)],
        }


def _texts(path: Path | None) -> list[str]:
    if path is None:
        lines = (CASES / "postings.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines if '"text"' in line]
    return [row["description"] for row in _rows(path)]


def _titles(path: Path | None) -> list[str]:
    if path is None:
        lines = (ROOT / "benchmarks/shopfloor_titles.tsv").read_text("utf-8").splitlines()
        return [line.split("\t")[0] for line in lines if line]
    return [row["job_name"] for row in _rows(path)]


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def say(what: str, value: str) -> None:
    print(f"{what:52} {value}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
