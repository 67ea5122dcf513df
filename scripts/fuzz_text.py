"""Throw random pages at the text engine until one makes it fall: coverage-guided, by atheris.

    python scripts/fuzz_text.py [--bulk] [-runs=1000000] [-max_len=80] [-seed=1] [CORPUS]

Atheris (not a dependency of ours) takes its own options and keeps no corpus unless a folder is
given. ``--bulk`` watches one small module only, which is several times as fast and lives on the
corpus of an earlier run. Every input is repaired, laid out and read; what must hold is checked:
putting the edits into the original gives the mended text, mending twice changes nothing, quotes
stand where they say. Half of the inputs are made of the words and damages that rules look for;
one in four is read as it stands, too, without being mended.
"""

import sys
import tempfile
from datetime import date

import atheris

BULK = "--bulk"
WATCHED = "chanjiao.engines.text.facts.units" if BULK in sys.argv else "chanjiao.engines.text"

with atheris.instrument_imports(include=[WATCHED]):
    from chanjiao.engines.text import applied, layout, repair
    from chanjiao.engines.text.facts import Facts, read_facts, read_page

DAY = date(2024, 5, 21)
PIECES = """
学校 公司 该校 学院 园区 产业学院 有限公司 职业技术学院 海城市 市教育局 高新区 管委会 协会 联合体
与 和 由 、 ， 。 ； ： “ ” （ ） 《 》 的 等 等12家企业
等9家单位 签约 共建 揭牌 成立 授牌 加入 订单班 协议 去年 今年
上半年 截至 2023年 9月12日 每年 近三年 3200余人 近三成 三分之二 过半 第14家 3+2 12.5% 1.2亿元
3至5个 两千三百余名 数十家 每10个中有1个 占 达 将 预计 同比增长 企业 培训 招生 世界500强
〔2024〕4号 0577-88123456 學(xué) 企業 ?！逼髽I 域?qū)嶓w ,, \ufffd é ⼈ 豈 j9九游会俱乐部 首页 >
正文 本报记者 某某 责任编辑 相关阅读 指标 单位 人 % ３２００ 一 二 十 百 万 亿 余 多
""".split()  # noqa: SIM905
BLANKS = ("\n", "\t", " ", "\u3000", "\ud800", "\udfff", "\0", "\u200b", "\U0001f600")


def page(data: bytes) -> str:
    """A page out of the fuzzer's bytes: any characters, or the pieces that rules look for."""
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeBool():
        return str(provider.ConsumeUnicode(provider.remaining_bytes()))
    pieces = []
    while provider.remaining_bytes():
        number = provider.ConsumeIntInRange(0, len(PIECES) + len(BLANKS) - 1)
        pieces.append(PIECES[number] if number < len(PIECES) else BLANKS[number - len(PIECES)])
    return "".join(pieces)


def one_input(data: bytes) -> None:
    text = page(data)
    mended = repair(text)
    require(applied(text, mended.edits) == mended.text, "edits do not give the mended text")
    require(repair(mended.text).text == mended.text, "mending twice changes something")
    for article in layout(mended.text):
        for part in article.paragraphs:
            said = "".join(mended.text[a:b] for a, b in part.spans)
            require(said == part.text, "a paragraph is not what stands at its places")
    for one in read_page(text, published_on=DAY):
        quoted(one.text, one.facts)
    if len(data) % 4 == 0:
        quoted(text, read_facts(text, published_on=DAY))


def quoted(text: str, facts: Facts) -> None:
    for one in (*facts.figures, *facts.relations):
        require(text[one.start : one.end] == one.quote, "a quote is not where it says")
    for body in facts.organisations:
        names = {text[a:b] for a, b in body.mentions}
        require(names == set(body.surfaces), "a name is not where it says")


def require(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


if __name__ == "__main__":
    given = [one for one in sys.argv if one != BULK]
    atheris.Setup([*given, f"-artifact_prefix={tempfile.gettempdir()}/"], one_input)
    atheris.Fuzz()
