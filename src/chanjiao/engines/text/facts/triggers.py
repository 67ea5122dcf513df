"""Words that tell of a relation between bodies, and what a thing that comes of it ends in."""

import re

from chanjiao.engines.text.facts.model import Predicate

ENDINGS = (
    r"(?:产业学院|企业学院|工匠学院|工程师学院|学院|联合体|共同体|联盟|职教集团|职业教育集团|集团|基地"
    r"|中心|工作室|实验室|研究院|研究所|实训室|工作站|服务站|创新站|订单班|冠名班|学徒班|夜校|夜大|平台"
    r"|委员会|服务队|学校|大学|协会|课堂|驿站|产业园)"
)
CLASS = r"(?:订单班|冠名班|学徒班|定向班|订单式?培养班|现场工程师班)"
INSTITUTION = r"(?:联合体|共同体|联盟|学院|研究院|集团|委员会|协会|基地|中心|工作室|实验室)"
TRIGGERS: tuple[tuple[Predicate, str], ...] = (
    (
        "order_class",
        rf"{CLASS}”?(?=[^，。；\d]{{0,4}}(?:开班|签约|成立|启动|组建|揭牌))"
        rf"|(?:开设|组建|开办|合办|共建|举办|开出|设立|成立|组成)了?(?=[“\u4e00-\u9fff]{{0,16}}{CLASS})",
    ),
    (
        "award_plaque",
        r"授牌|颁牌|授旗|颁发(?=[^，。；]{0,30}(?:牌匾|铜牌|奖牌|匾牌))|授予(?=[^，。；]{0,30}(?:称号|牌匾|铜牌|基地|单位))",
    ),
    ("establish", r"揭牌成立"),
    ("unveil", r"揭牌(?!成立)|揭幕"),
    (
        "sign",
        r"签约|签订|签署|签下|签了(?=[^，。；]{0,8}(?:协议|合同))|达成(?=[^，。；]{0,8}协议)",
    ),
    (
        "co_build",
        r"共建|(?:联合|共同|合作|联手|携手)(?:建设|打造|开办|创建|共建|创办|投建|投资建设)|合建|合办"
        r"|(?:联合|共同|合作)(?:举办|开设|兴办)"
        r"|联合[^，。；、联]{2,20}?(?:开办|打造|创办|建设|建立)(?=[^，。；]{0,3}“|的)",
    ),
    (
        "found",
        r"(?:联合|共同)?(?:发起|牵头|倡议)[^，。；“]{0,6}?(?:成立|组建|设立|创立|创建)"
        r"|(?:联合|共同)(?:成立|组建|设立|发起)|组建(?!的)|创办(?!于|时|初)|共同牵头|牵头(?=[，。]|$)",
    ),
    ("establish", rf"成立|(?:设立|建立)(?=[^，。；]{{0,16}}{INSTITUTION})"),
    (
        "member_of",
        r"加入|入会|成为[^，。；]{0,16}?(?:新会员|会员|成员|副?理事长?|副?会长)(?:单位)?"
        r"|(?:当选|担任)[^，。；]{0,16}?(?:理事长?|会长|成员|会员)单位",
    ),
    (
        "member_of",
        r"(?:新?吸收|新?吸纳|接纳|增补)(?=[^，。；]{4,80}(?:成员|会员|理事))",
    ),
    (
        "cooperate",
        r"(?:开展|建立|达成|深化|保持)[^，。；]{0,14}?合作(?:关系)?(?!协议|框架)|战略合作(?!协议|框架|协定)"
        r"|结对(?:子)?|结成[^，。；]{0,8}对子|联合(?![发举主印公下承组体会评召开成]|[^，。；]{0,40}(?:成立|组建|设立|创办|打造|建立))(?=[^，。；]{3,24}，)"
        r"|对接合作|合作(?=，|。|；|$)|携手(?=[^，。；]{2,24}，)",
    ),
)
PATTERN = re.compile("|".join(f"(?P<p{n}>{words})" for n, (_, words) in enumerate(TRIGGERS)))
SKIPPED = re.compile(
    r"(?:成立|创办|建校|组建|揭牌)(?:于|以来|\d|不到|时|后|之初|[\d一二三四五六七八九十]*周年|近|多年|至今|大会|典礼|日|初期|的那)"
    r"|(?:授牌|颁牌)(?:仪式|暨|活动)|(?:签约|签订|签署)了?(?:就业|三方|劳动|用工)(?:协议|合同)|(?:签约|揭牌|授牌)(?:金额|额|率|企业数)|牵头(?:单位|人|企业|院校)"
)
# Names of a sort of thing that only a place or a number of its own would make one thing.
GENERIC = re.compile(
    r"^(?:一批|多个|若干|产业学院|实训基地|实习基地|校外实训基地|联合体|合作关系|基地|中心|平台|学院|工作室"
    r"|订单班|学徒班|现场工程师班|冠名班|定向班|协会|实验室|企业|学校)$"
)


def triggers(text: str) -> list[tuple[Predicate, int, int]]:
    """Predicate, start and end of every word that can tell of a relation."""
    found = []
    for match in PATTERN.finditer(text):
        if not SKIPPED.match(text, match.start()):
            number = int((match.lastgroup or "p0")[1:])
            found.append((TRIGGERS[number][0], match.start(), match.end()))
    return found
