"""Words around majors: what a list of them ends in, what parts it, and what only looks like one."""

import re
from typing import Final

REACH: Final = 90
#: Longest stretch without a known name that can still be one.
LONGEST_UNKNOWN: Final = 14
LONGEST_PREFIX: Final = 4
PREFIX_RUN: Final = re.compile(r"[\u4e00-\u9fff]+$")
#: Words before which a list of majors can stand; before the levels only a group: 化工类本科.
ANCHOR: Final = re.compile(
    "专业|学科(?!竞赛|带头|建设|教)|科系|背景|毕业(?!典礼|论文|设计|证|院校|时间|年)|学位"
    "|学历(?!要求|证|:)|出身|本科|大专|专科|中专|硕士|优先"
)
#: What stands before 学历, 毕业 and the like where no major does.
NO_MAJOR: Final = frozenset(
    [
        "以上", "本科", "大专", "专科", "中专", "高中", "硕士", "博士", "究生", "大学", "院校",
        "应届", "届生", "高校", "初中", "最低", "专业", "良好", "技校", "中技", "职高",
    ]
)  # fmt: skip
AFTER_GROUP: Final = frozenset(["本科", "大专", "专科", "中专", "硕士", "优先"])
ANY: Final = re.compile(
    r"专业(?:要求)?[:]?\s?(?:均|都)?(?:不限|无要求|不做?要求|不作要求|不拘|无限制|没有要求"
    r"|没要求)|不限专业|(?:无|没有)专业(?:限制|要求)"
    r"|不限(?:学历|性别|经验|年龄)[、,/和及]?专业|专业[、,/和及](?:经验|学历|性别|年龄|学校"
    r"|院校)(?:均|都)?不限"
)
ANY_HINT: Final = re.compile(
    "不限|无要求|没要求|没有要求|不做要求|不作要求|不拘|无限制|无专业|没有专业"
)
#: What may stand between a name and 专业: 机械(类)(等相关)(的)专业.
TAIL: Final = re.compile(
    r"(?:类|大类|系|学|师范|等[\u4e00-\u9fff]{1,4}?(?=相[关近]|类)|等|及其?|或|和|与|其[他它]"
    r"|相[关近似]|类似|的|方向|方面|领域|专业"
    r"|[、,/或和及与](?:工程|技术|科学|管理)(?=等|相|类|专业|或|及)|[、,/\s()]|以上|对口"
    r"|理工|以及|或者|在读|任一|之一|任意|任何|不限于|有关)*+"
)
NAMED: Final = (
    r"大?类|系|学院?|专业|相[关近]|方向|方面|毕业|领域|\([^()]{0,14}\)|其[他它]|如|大学|全日制"
    r"|本科|是|①|②"
)
MARKS: Final = r"[、,/;&+·|\-.\\]|\s|以及|或者|及其|抑或|包括|和|或|与|及|等"
#: What may stand between two names of one list: at least one mark. No part can be read two ways,
#: so that a long stretch is read in one go.
GAP: Final = re.compile(rf"(?:{NAMED})*+(?:{MARKS})++(?:(?:{NAMED})(?:{MARKS})*+)*+")
LABEL: Final = re.compile(
    r"(?:要求|名称|方向|背景|类别|需求|范围|条件|限制|需要|或技能|及要求)?\s?(?:[:为]|是(?!否)"
    r"|有(?=:)|如下:?|\s(?=[\u4e00-\u9fff]))\s?(?:[\[(]?\s?(?:1[.、)]|要求|须为|限|是|须)?\s?)"
)
#: 相关专业(金融、精算、数学): the list in brackets.
BRACKET: Final = re.compile(r"(?:毕业|背景)?\s?\((?:如|包括|如:|:)?\s?")
NOT_AFTER: Final = re.compile(
    r"\s?(?:的)?(?:应用软件|梯队|图书|虚拟|图像|技能|知识|素[养质]|能力|人才|团队|培训"
    r"|技术(?!学校)|水平|性|化|人[员士]|理论"
    r"|精神|服务|术语|英语|外语|[八四六]级|课|教[师学材练]"
    r"|文献|职称|证|资格|软件|工具|公司|机构|市场|认证|设备|报告|书籍|会议|问题|度|厂|眼光|态度"
    r"|从事|方案|图纸|设计|施工|分包|意见|建议"
    r"|支持|咨询|杂志|期刊|论文|判断|敏感|技巧|功底|工程师|负责|分析|规范|标准|资料|翻译"
    r"|医[师生]|委员|主任|形象|之间|间|协调|配合|工种|进行|级|测试|审计师|销售|顾问|群|带头"
    r"|建设|运营|维修|岗|化妆|选手|摄影|运动|厨|讲师|考试|词汇|信息|用语|产品|类(?:图书|书)"
    r"|平台|网站|社区|媒体|展会|展览|学习|操作|学会|沟通|解答|指导|管理(?!专业|类)"
    r"|领域(?:内)?(?:的)?(?:知识|专家|发展|研究)|八)"
)
WISH_AFTER: Final = re.compile(
    r"(?:(?!经[验历]|证|技能)[^,。;\n!]){0,14}?(?:优先|尤佳|更佳|为佳|加分|者优|最好|更好)"
)
WISH_BEFORE: Final = re.compile(r"(?:最好(?:是|为|有)?|优先(?:考虑|录用)?)[^,。;\n]{0,3}$")
#: Words right before 专业 that name none: 本专业, 对口专业, 提供专业.
NO_NAME: Final = re.compile(
    r"(?:本|各|该|对口|所学|其[他它]|相[关近应]|不同|多|跨|主修?|非|精通|基础|等|有|同|更|很|最"
    r"|较|提供|强|高|何|一[个项支]|[大中高]专|本科|学历|国家|热门|重点|骨干"
    r"|优势|特色|核心|任教|辅修|第[一二]|双|两个|几个|招生|招聘|需求|要求|开设|具备?|懂|掌握"
    r"|学习|负责|做|让|以及?|进行|公司|我们|领域|部门|配合|之|与|具有|拥有|熟悉|及|或|和|的|个"
    r"|类|些|岗位|团队|行业|良好|扎实|一流|资深|权威|丰富|考试|理工|上述|以上|下列|以下|任何"
    r"|指定|应聘|报考|所选|对应|相符|适合|广泛|合格|知名|通过|严谨|更加|非常|十分|比较|足够"
    r"|所需|医院|毕业)$"
)
#: What follows is somebody's work, not a demand: 负责机械专业虚拟实验.
DUTY: Final = re.compile(r"(?:负责|参与|进行|完成|配合|协助|推动|开展|组织|掌握|熟练|熟悉)$")
#: A name between marks, right before the next one.
SEGMENT: Final = re.compile(
    r"(?:(?<=([、,/]))|(?<=[:]))\s?([^、,/。;:()\s\d]{2,12}?)(?:类"
    r"|专业)?([、/和或及与,])[或和及与]?\s?$"
)
NO_SEGMENT: Final = re.compile(
    r"年|以上|学历|经验|具|熟|优先|岗|要求|负责|本科|硕士|博士|毕业|能力|良好|统招|全日制|应届"
    r"|工作|精通|掌握|及其"
)
#: Wordings with what belongs to the sentence: 机械相关, 数控专业.
PADDED: Final = re.compile("(?:相关|相近|专业|等|方向)$")
GENERIC: Final = frozenset(
    [
        "科学",
        "工程",
        "技术",
        "管理",
        "设计",
        "系统",
        "学科",
        "服务",
        "应用",
        "检测",
        "化",
        "控制",
        "理论",
    ]
)
LEADING: Final = re.compile(
    r"^(?:.*(?:[:是为有的须需限及或和与等之一懂会对\da-z.)]|要求|学历|以上|毕业于?|具[有备]"
    r"|优先|相关"
    r"|持有|熟悉|从事|招聘|录用|掌握|负责|参与|涉及|包括|主修|学习|接受|应届|专业|全日制|统招"
    r"|本科|大专"
    r"|硕士|博士|欢迎|其他|来自|就读|在读|录取|院校|大学|学院|研究生|可))?"
)
NAME_END: Final = re.compile(
    r"(?:学|工程|技术|科学|设计|管理|制造|语|工艺|营销|检测|与[^,、]{2,6}|类|化|维修|服务|养殖"
    r"|教育|贸易|应用|加工|运营|经营|保护|鉴定|控制|系统|模拟|仿真|诊断|建模|分析|研究|开发)$"
)
LEVELS: Final = frozenset(
    [
        "本科", "大专", "专科", "中专", "硕士", "博士", "研究生", "高中", "学历", "不限", "毕业",
        "以上", "应届", "及以上", "中技", "高职", "经验", "年龄", "性别",
    ]
)  # fmt: skip
SPLIT: Final = re.compile(r"[、,/;|\n\s+]+|以及|或者|(?<=.{2})[和或及与](?=.{2})")
#: What stands before and after a name in a cell of its own.
HEAD: Final = re.compile(
    r"(?:[\d①-⑨]+[.、)]?|\(?\d?\)|专业(?:要求)?[:：]?|要求|如|限|全日制|本科|大专|中专|硕士|[:(])+"
)
FOOT: Final = re.compile(
    r"(?:等|相[关近]|类似|其[他它]|专业|优先|毕业(?:生)?|者|考虑|方向|均可|即可|的|[)。.]|学历"
    r"|及以上|以上|本科|大专)+$"
)
