"""How well damaged pages are mended and facts are read, how fast, and what others make of them.

    python benchmarks/text.py [facts] [repair] [speed] [postings] [titles] [--ads ADS.csv]
        [--pages FOLDER] [--titles TITLES.csv]

``facts`` reads the labelled press pages of ``benchmarks/press``: sets "tuned" and "held" were
labelled before the first rule, "blind" and "confirm" before the rules of later rounds; what each
gave when it was read for the first time stands in docs/engines/text.md. ``repair`` ruins
all pages by simulation and mends them; ``speed`` takes job advertisements (a column
``description``) if given, else the pages over and over. ftfy, zhconv, jionlp and jieba run beside
where they are installed. ``postings`` and ``titles`` are the runs of ``postings.py`` and, with
``--titles``, of ``align.py``: how vacancies are read and how titles are coded. ``--pages`` adds
real pages: what was edited, flagged and read is told.
"""

import argparse
import csv
import importlib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

from press_labels import (
    LAYERS,
    GoldArticle,
    Score,
    articles,
    figure_layers,
    overlapping,
    same_period,
    same_relation,
    whole_pages,
)
from rapidfuzz.distance import Levenshtein

from chanjiao.engines.text import layout, repair
from chanjiao.engines.text.facts import Facts, read_facts, read_page
from chanjiao.engines.text.facts.amounts import amounts

ROOT = Path(__file__).resolve().parents[1]
SEEDS = range(100, 108)
ROUNDS = 20
SETS = ("tuned", "held", "blind", "confirm")
PLAIN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<times>[万亿])?[余多]?(?P<unit>人次|个百分点|平方米|[人名位个家所项门台套"
    r"期批次元亩册件%倍])"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all without one")
    parser.add_argument("--ads", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--titles", type=Path)
    given = parser.parse_args()
    csv.field_size_limit(10**9)
    for name in given.parts or PARTS:
        PARTS[name](given)


def facts(given: argparse.Namespace) -> None:
    """Figures, traps, organisations and relations, each half by itself."""
    for half in SETS:
        gold = articles(half)
        told = [read_facts(one.text, published_on=one.published) for one in gold]
        size = sum(len(one.text) for one in gold)
        say(f"{half} half", f"{len(gold)} articles, {size:,} characters")
        for layer, score in zip(LAYERS, figures(gold, told), strict=True):
            say(f"  figures: {layer}", str(score))
        say("  traps taken for figures", traps(gold))
        for name, score in bodies(gold, told):
            say(f"  organisations{name}", str(score))
        for name, score in relations(gold, told):
            say(f"  relations{name}", str(score))
        say("  a plain regular expression: value+unit", str(plain(gold)))
        with_peer(
            "jionlp", lambda jio, gold=gold: say("  jionlp: amounts of money", money(jio, gold))
        )
        with_peer("jieba", lambda _, gold=gold: say("  jieba: organisations", str(tagged(gold))))
    pages_told()
    if given.pages:
        real(given.pages)


def figures(gold: list[GoldArticle], told: list[Facts]) -> list[Score]:
    scores = [Score() for _ in LAYERS]
    for one, found in zip(gold, told, strict=True):
        right = [0] * len(LAYERS)
        for label in one.figures:
            hits = overlapping(label, found.figures)
            for layer in range(max((figure_layers(label, hit) for hit in hits), default=0)):
                right[layer] += 1
        for score, count in zip(scores, right, strict=True):
            score.add(count, len(found.figures), len(one.figures))
    return scores


def traps(gold: list[GoldArticle]) -> str:
    """How many of the labelled traps a figure outside of all labels overlaps with."""
    taken = count = 0
    for one in gold:
        labelled = [(f.start, f.end) for f in one.figures]
        found = [
            a for a in amounts(one.text) if not any(a.start < e and s < a.end for s, e in labelled)
        ]
        count += len(one.traps)
        for trap in one.traps:
            places = [m.span() for m in re.finditer(re.escape(trap), one.text)]
            taken += any(a.start < e and s < a.end for a in found for s, e in places)
    return f"{taken} of {count}"


def bodies(gold: list[GoldArticle], told: list[Facts]) -> Iterator[tuple[str, Score]]:
    names, kinds = Score(), Score()
    for one, found in zip(gold, told, strict=True):
        wanted = {name: kind for name, kind, _ in one.organisations}
        got = {body.canonical: body.kind for body in found.organisations}
        right = [name for name in got if name in wanted]
        names.add(len(right), len(got), len(wanted))
        kinds.add(sum(got[name] == wanted[name] for name in right), len(got), len(wanted))
    yield "", names
    yield ", with kind", kinds


def relations(gold: list[GoldArticle], told: list[Facts]) -> Iterator[tuple[str, Score]]:
    found_score, dated = Score(), Score()
    for one, found in zip(gold, told, strict=True):
        left = list(found.relations)
        right = exact = 0
        for label in one.relations:
            hit = next((r for r in left if same_relation(label, r)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
                exact += hit.status == label[4] and same_period(hit.date, label[3])
        found_score.add(right, len(found.relations), len(one.relations))
        dated.add(exact, len(found.relations), len(one.relations))
    yield "", found_score
    yield ", with date and status", dated


def plain(gold: list[GoldArticle]) -> Score:
    """What one regular expression finds: number, multiplier, unit."""
    score = Score()
    for one in gold:
        found = [
            (m.start(), float(m["number"]) * {"万": 1e4, "亿": 1e8}.get(m["times"], 1), m["unit"])
            for m in PLAIN.finditer(one.text)
        ]
        right = sum(
            any(f.start <= at < f.end and value == float(f.value) and unit == f.unit
                for at, value, unit in found)
            for f in one.figures
        )  # fmt: skip
        score.add(right, len(found), len(one.figures))
    return score


def money(jio: ModuleType, gold: list[GoldArticle]) -> str:
    """How many labelled sums of money jionlp finds with their value."""
    right = wanted = 0
    for one in gold:
        found = jio.ner.extract_money(one.text, with_parsing=True)
        values = {str(m["detail"]["num"]) for m in found if m.get("detail")}
        for figure in one.figures:
            if figure.unit.startswith(("元", "美元")):
                wanted += 1
                right += f"{float(figure.value):.2f}" in values
    return f"{right} of {wanted}"


def tagged(gold: list[GoldArticle]) -> Score:
    """Words that jieba tags as organisations, against all names as they are written."""
    posseg = importlib.import_module("jieba.posseg")
    score = Score()
    for one in gold:
        found = {word.word for word in posseg.cut(one.text) if word.flag == "nt"}
        wanted = {way for _, _, ways in one.organisations for way in ways}
        score.add(len(found & wanted), len(found), len(wanted))
    return score


def pages_told() -> None:
    """Whether whole pages fall into the articles that they hold."""
    for half in SETS:
        right = [len(layout(text)) == count for _, text, count in whole_pages(half)]
        say(
            f"{half} half: pages with as many articles as labelled", f"{sum(right)} of {len(right)}"
        )


def real(folder: Path) -> None:
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8")
        mended = repair(text)
        say(path.name, f"{len(mended.edits)} edits, {len(mended.flags)} flags")
        for one in read_page(text):
            counts = (
                len(one.facts.figures),
                len(one.facts.organisations),
                len(one.facts.relations),
            )
            say(
                f"  article {one.article}",
                "{} figures, {} organisations, {} relations".format(*counts),
            )


def mending(_given: argparse.Namespace) -> None:
    """Share of wrong characters in the ruined page and in what each program makes of it."""
    sys.path.insert(0, str(ROOT))
    from tests.engines.text.damage import ruined

    pages = [text for half in SETS for _, text, _ in whole_pages(half)]
    spoilt = [(page, ruined(page, seed)) for page in pages for seed in SEEDS]
    size = sum(len(page) for page, _ in spoilt)
    say("ruined pages", f"{len(spoilt)}, {size:,} characters, seeds {SEEDS.start}–{SEEDS.stop - 1}")
    say("  character error, ruined", errors(spoilt, lambda text: text))
    say("  character error, mended", errors(spoilt, lambda text: repair(text).text))
    with_peer("ftfy", lambda ftfy: say("  character error, ftfy", errors(spoilt, ftfy.fix_text)))
    with_peer(
        "zhconv",
        lambda z: say("  character error, zhconv", errors(spoilt, lambda t: z.convert(t, "zh-cn"))),
    )
    say(
        "pages as written",
        f"{sum(bool(repair(page).edits) for page in pages)} of {len(pages)} edited",
    )


def errors(pairs: list[tuple[str, str]], mend: Callable[[str], str]) -> str:
    shares = [Levenshtein.distance(mend(spoilt), page) / len(page) for page, spoilt in pairs]
    return f"mean {sum(shares) / len(shares):.5f}, worst {max(shares):.5f}"


def speed(given: argparse.Namespace) -> None:
    """Characters a second of processor time, on one core, and the time to the first answer."""
    texts = _ads(given.ads) if given.ads else []
    if texts:
        edited = sum(bool(repair(text).edits) for text in texts)
        say(f"{len(texts):,} advertisements", f"{edited} edited")
        say("  repair", rate(texts, repair))
        say("  repair, as one text", rate(["\n".join(texts)], repair))
        say("  facts", rate(texts, read_facts))
    gold = [one.text for half in SETS for one in articles(half)] * ROUNDS
    say("press pages: repair", rate(gold, repair))
    say("press pages: facts", rate(gold, read_facts))
    say("start: import and one sentence", started())


def rate(texts: list[str], act: Callable[[str], object]) -> str:
    act(texts[0])
    began = time.process_time()
    for text in texts:
        act(text)
    spent = time.process_time() - began
    return f"{sum(map(len, texts)) / spent / 1e6:.3f} million characters/s"


def started() -> str:
    code = "from chanjiao.engines.text.facts import read_page; read_page('去年招生3200人。')"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return f"{time.perf_counter() - began:.2f} s"


def _ads(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [row["description"] for row in csv.DictReader(stream) if row["description"]]


def with_peer(name: str, act: Callable[[ModuleType], None]) -> None:
    try:
        told = version(name)
    except PackageNotFoundError:
        say(f"  {name}", "not installed here")
        return
    say(f"  {name} {told}", "")
    act(importlib.import_module(name))


def say(what: str, value: str) -> None:
    print(f"{what:52} {value}", flush=True)  # noqa: T201


# Another part of the engines' benchmark is another function here.
def postings(given: argparse.Namespace) -> None:
    _another("postings.py", *(("--texts", str(given.ads)) if given.ads else ()))


def titles(given: argparse.Namespace) -> None:
    if given.titles is None:
        say("titles", "left out: --titles names no file")
        return
    _another("align.py", str(given.titles))


def _another(script: str, *arguments: str) -> None:
    """A benchmark of its own, in a process of its own, so that none warms the other's caches."""
    sys.stdout.flush()
    subprocess.run([sys.executable, str(Path(__file__).with_name(script)), *arguments], check=True)


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "facts": facts,
    "repair": mending,
    "speed": speed,
    "postings": postings,
    "titles": titles,
}

if __name__ == "__main__":
    main()
