"""Raw titles as people type them: what makes two the same, and the part that names the work."""

import re
import unicodedata
from typing import Final

# What stands before the post: 某某公司招聘焊工, 急招叉车司机. But 招聘专员 is a post itself.
HIRING: Final = re.compile(
    r"^.*?(?:诚聘|招聘(?!专|主管|经理|顾问|助理|师|总监|文员|客服|实习|运营|岗|人事|培训|渠道|负责"
    r"|组长|hr|bp|代表|官|业务|与|及|/|、|,|\+|\()|急招|急聘|高薪聘请|长期招)(?=.{2,})"
)
# What is promised in brackets is not part of the trade: （五险一金）, 【双休】, (J10001).
PROMISE: Final = re.compile(
    r"[\[【(（][^\])】）]*(?:险|薪|双休|单休|包吃|包住|吃住|食宿|补贴|元|\dk|奖|急|实习|兼职|应届"
    r"|校招|社招|无责|提成|周结|月结|长白班|白班|倒班|[a-z]\d{3,})[^\])】）]*[\])】）]",
    re.IGNORECASE,
)
PAY: Final = re.compile(
    r"\d+(?:\.\d+)?(?:[-~到至]\d+(?:\.\d+)?)?\s*(?:k|元|万|千|块)(?:每|一|/)?[月天年时日]?(?:薪|以上|左右|起)?",
    re.IGNORECASE,
)
# Words that promise or ask and say nothing about the work, wherever they stand.
NOISE: Final = re.compile(
    r"\d{1,2}险\d?金?|[一二两三四五六七八]险(?:[一二两]金)?|(?:社保|公积金)(?!专|主管|经理|客服|福利)"
    r"|单?双休|大小周|单休|月休\d?天?|周末|带薪(?:休假|假期|年假|培训|假)?|年终奖?|高?提成|高?底薪|保底"
    r"|无责(?:任)?(?:底薪|保底)?|奖金|[餐饭房话车]?补贴|[餐饭房话车]补|[包管](?:吃包?住?|住宿?|食宿)|食宿"
    r"|(?:提供|含|免费|有)住宿|免费|不加班|少加班|[朝早][八九]晚[五六]|长?白班|夜班|[两三]班倒?|倒班|轻松"
    r"|高薪|诚[聘招]|急[聘招]|直[招聘]|[日周月次]结|月入(?:过万|上万)?|[月年时]薪|薪资|工资|待遇|过万|上万"
    r"|以上|左右|接受|可?小白|[无零]经验|零基础|经验不限|学历不限|不限|应届生?|\d\d届|实习生?|兼职|全职"
    r"|可?居家|在家办公|上市公司|国企|央企|(?:世界)?500强|大平台|外企|就近(?:分配|安排|安置)?|工作地点?"
    r"|离家近|地铁口|晋升(?:空间大)?|氛围好|福利好|[八8]小时|纯?坐班|坐岗|无?销售性质|非销售|不销售|不外出"
    r"|不外派|入职|稳定(?!性)|正编|直签|优先|新人|包培训|长期|短期|临时|大量|[多数若]名|若干|\d+[名人]"
)
CODES: Final = re.compile(
    r"\(?[a-z]{1,3}\d{3,}\)?"
    r"|(?<![a-z\d])\d+(?:\.\d+)?(?:[-~到至]\d+(?:\.\d+)?)?[kw元万千块薪天时岁年月个届起/]*(?![a-z\d])"
)
BRACKETS: Final = re.compile(r"[(\[【{]([^)\]】}]*)[)\]】}]?")
WORDY: Final = re.compile(r"[a-z\u4e00-\u9fff]")
# What a piece of a title weighs: the first, the others, those in brackets.
FIRST, LATER, ASIDE = 1.0, 0.7, 0.4
PROMISES: Final = ""  # the piece that stands for a title of promises only
BREAKS: Final = re.compile(r"[\s,，、/|+\-—·!！:：;；。.()\[\]【】{}<>《》\"“”*#&~]+")


def same_key(text: str) -> str:
    """What two wordings have in common when they are the same: width, case and blanks apart.

    >>> same_key(" ＣＮＣ 操机 ")
    'cnc操机'
    """
    key = text.replace("\ufffd", "")
    for _time in range(4):  # a blank gone or a letter folded may let marks join anew
        folded = "".join(unicodedata.normalize("NFKC", key).casefold().split())
        if folded == key:
            break
        key = folded
    return key


def core(text: str) -> str:
    """The title without advertiser, pay and promises; never empty where the text is not.

    >>> core("某某公司招聘数控车工（包吃住）5000-8000元/月")
    '数控车工'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    found = HIRING.sub("", folded)
    found = PAY.sub(" ", PROMISE.sub(" ", found))
    return found.strip() or folded.strip()


def pieces(text: str) -> list[str]:
    """A cleaned title cut at punctuation: 车工/铣工 names two trades."""
    return [part for part in BREAKS.split(text) if part]


def weighted_pieces(text: str) -> list[tuple[str, float]]:
    """The pieces of a title that name work, with what each weighs; none where there is no word.

    >>> weighted_pieces("急聘数控车工/铣工（苏州）8000元")
    [('数控车工', 1.0), ('铣工', 0.7), ('苏州', 0.4)]
    """
    cleaned = core(text)
    plain = CODES.sub(" ", NOISE.sub(" ", cleaned))
    is_empty = not WORDY.search(plain)
    if is_empty:  # 月入过万: what promises without naming work is a kind of title itself
        plain = cleaned
    aside = [piece for inner in BRACKETS.findall(plain) for piece in pieces(inner)]
    main = pieces(BRACKETS.sub(" ", plain))
    found = [(piece, LATER if number else FIRST) for number, piece in enumerate(main)]
    found += [(piece, ASIDE if main else FIRST) for piece in aside]
    if is_empty and found and WORDY.search(cleaned):
        return [(PROMISES, FIRST), *((piece, weight * ASIDE) for piece, weight in found)]
    return found


def shown(text: str, length: int = 40) -> str:
    """A wording as a sentence may quote it."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
