"""Words around places: labels before them, and what makes a road or a firm of a place's name."""

import re
from typing import Final

WINDOW: Final = 70
#: How far behind a label the first short name may begin.
NEAR: Final = 10
STOP: Final = re.compile(r"[。;\n!]")
#: Words after which a place is told; each is plain, which the machine finds fast.
LABEL: Final = re.compile(
    "工作地点|上班地点|工作地址|上班地址|工作城市|工作区域|工作地区|办公地点|办公地址|面试地点"
    "|就业地点|实习地点|公司地址|工厂地址|厂区地址|门店地址|工作地|上班地|厂址|base|就近分配|常驻地"
    "|地点|地址|区域|城市|地区|所在地"
    "|位于|坐落于|坐落在|地处|工厂设在|工厂建在|工厂在|公司在|厂区在|厂在|门店在|上班在|派驻|常驻"
)
#: These mean much else as well, so a colon must follow.
WEAK: Final = frozenset(["地点", "地址", "区域", "城市", "地区", "所在地"])
#: These tell where the firm is, which is mostly where the work is.
FIRM: Final = frozenset(
    [
        "位于", "坐落于", "坐落在", "地处", "工厂设在", "工厂建在", "工厂在", "公司在", "厂区在",
        "厂在", "门店在",
    ]
)  # fmt: skip
AFTER_LABEL: Final = re.compile(r"(?:\s?[:为在是于\])-]|\s|(?=[\u4e00-\u9fff]))\s?")
AFTER_WEAK: Final = re.compile(r"\s?:\s?")
ROAD: Final = re.compile(
    r"[东西南北中]?[一二三四五六七八九]?(?:路|大道|大街|街(?!道)|巷|弄|高速|大桥|公路|国道|支路"
    r"|山庄|饭店|大厦|酒店|花园|广场|小区|门(?!店|市|头沟))"
)
OTHERS: Final = re.compile(
    r"大学|学院|银行|师范|科技大|交通大|交大|理工|财经|日报|电视|话|菜|人(?!民|才)|籍|户口|户籍"
    r"|牌照|社保|市场|办事处|分公司|订单|客户|办公室|料理|小吃|时间|总部|证券|保险|交易所|医科"
    r"|农大|外国语|工业大|航空航天|邮电|政法|协和|同仁|大众|现代|奔驰|汽车|烤鸭|地铁|户|风格|旅游"
)
#: Behind a full name: 北京市人才引进政策, 按北京市相关规定.
AFFAIRS: Final = re.compile(
    r"(?:的)?(?:人才|相关|正式|户[口籍]|社保|政策|规定|重点|标准|公积金|知名|高新技术企业|级|政府"
    r"|著名|最低|常住|落户|居住|居民|总工会|名牌|十大|优秀|领先|首家|各|范围|有关|紧缺|认定|专精)"
)
FIRM_NAME: Final = re.compile(
    r"[^,。;:\s、(]{0,16}(?:\([^)]{1,8}\))?[^,。;:\s、(]{0,8}(?:有限|公司|集团|研究院|医院|大学"
    r"|学院)"
)
LISTED: Final = re.compile(r"[、,/;和及或与|+]|以及|或者|\s")
LIST: Final = re.compile(r"\s*(?:市|区|县)?(?:[、,/;|+和及或与·-]|以及|或者|\s)+\s*")
PATH: Final = re.compile(r"[\s·\-/>|(:,省市区县的]*")
EDGES: Final = frozenset(' ,。;:\n()[]|/·、\t!?"“”-+')
#: What may stand behind a county's short name: 永康某厂.
ENDS: Final = EDGES | {"某"}
LEAD: Final = re.compile(r"(?:招聘?|诚聘|急聘|[分派]配?[至到往在]|前往|驻|[在到于])$")
FULL_ENDS: Final = "省市区县旗州盟"
TITLE_BRACKET: Final = re.compile(r"[\[(]([^\])(\[]{2,12})[\])]")
#: Short names that are ordinary words; in running text they are places only behind a label.
ORDINARY: Final = frozenset(
    [
        "合作", "比如", "来宾", "阿里", "新和", "和平", "新城", "城关", "东方", "平安", "新华",
        "长安", "向阳", "光明", "公安", "通道", "南部", "资源", "工农", "前进", "东风", "红旗",
        "解放", "友谊", "古城", "西区", "东区", "南区", "北区", "桥西", "桥东", "市中", "河口",
        "港口", "站前", "新市", "新兴", "高明", "同心", "永定", "安定", "大方", "凤凰", "青山",
        "平原", "兴隆", "会同", "商城", "万年", "和顺", "平和", "上思", "正安", "大安", "明光",
        "清水", "龙门", "盘龙", "高新", "园区", "新区", "工业园区", "奥体", "大唐", "大港",
        "人和", "东山", "麒麟", "新桥", "科技园", "永和", "河西", "江北", "开发区", "高新区",
        "经开区", "东湖", "滨江", "滨湖", "之江", "新港", "大学城", "科学城", "虹桥", "金港",
        "清河", "永丰", "玉山", "沙井", "五山", "清溪", "佛堂", "临港", "大鹏", "长寿", "太平",
        "大通", "东安", "东明", "信丰", "安宁", "华容", "天全", "华安", "环球中心", "金融城",
        "软件园", "软件新城", "会展新城", "总部基地", "国贸", "望京soho", "永兴", "安乡", "安图",
        "成安", "大化", "大田", "定边", "多伦", "高要", "建安", "金平", "乐安", "礼泉", "平顺",
        "石台", "尚义", "顺昌", "泰来", "文安", "西和", "永新", "长顺", "志丹", "中方", "中心区",
    ]
)  # fmt: skip
