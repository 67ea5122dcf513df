"""What the names of organisations end in, and what kind of body such an ending tells of."""

import re

from chanjiao.engines.text.facts.model import Kind
from chanjiao.engines.text.facts.wordlists import listed, wordset

ENDINGS: dict[Kind, tuple[str, ...]] = {
    "school": listed(
        """
    大学 学院 学校 中学 小学 高中 高级中学 职业高中 技校 中专 职高 职专 职院 职教中心 教育中心
    培训中心 党校 电大 幼儿园 分校 分院 师专 高专
    """
    ),
    "enterprise": listed(
        """
    公司 集团 企业集团 控股集团 厂 工厂 酒店 宾馆 银行 分行 支行 事务所 商场 合作社 商行 农场
    电厂 供电所 药房 分公司 有限合伙
    """
    ),
    "government": listed(
        """
    委员会 管委会 管理委员会 人民政府 政府 局 厅 委 部 司 处 党工委 党委 市委 县委 区委 省委
    团委 办公室 街道办事处 办事处 街道 法院 检察院 海关 管理处 委办 组织部 宣传部 国务院
    人大常委会 政协 鉴定中心 服务中心 管理中心 指导中心 考试院 服务局 总局 分局
    """
    ),
    "association": listed(
        """
    协会 行业协会 商会 学会 联合会 总工会 工会 妇联 工商联 科协 侨联 残联 促进会 基金会 研究会
    校友会 共青团 分会 总商会 企联
    """
    ),
    "park": listed(
        """
    开发区 高新区 高新技术产业开发区 经开区 产业园 产业园区 工业园 工业园区 科技园 科技园区 园区
    新区 示范区 集聚区 保税区 创业园 软件园 物流园 孵化园 创新园 产业基地 产业新城 科技城 科创园
    工业区 功能区 自贸区 合作区 试验区
    """
    ),
    "other": listed(
        """
    联合体 联盟 共同体 职教集团 职业教育集团 教育集团 研究院 研究所 研究中心 设计院 科学院
    实验室 医院 中心 基地 出版社 报社 电视台 博物馆 图书馆
    """
    ),
}
# These name a body only after the place or body they belong to.
WEAK = wordset(
    """
    中心 基地 实验室 局 厅 委 部 司 处 党委 团委 办公室 政府 工会 分会 培训中心 服务中心
    管理中心 指导中心 研究中心 教育中心 学会 园区 工厂 产业基地 示范区 功能区 合作区 试验区
    图书馆 博物馆 分校 分院 工业区 医院 学校 中学 小学 高中 新区 街道 总局 分局 服务局 委员会
    农场 商场 集聚区 教育集团
    """
)
# What stands before an ending and only says what sort of body it is.
SORTS = wordset(
    """
    开放型 新建 新增 新设 共建 联建 筹建 在建 混合所有制 混合 所有制 产教联合体 产教融合 校企合作
    技师学院 工匠学院 职教集团 链主企业
    规上企业 中高职 职业 技术 技师 高等 高职 中职 中等 高级 专科 专业 本科 二级 产业 企业 特色
    现代 行业
    区域 市域 产教 融合 合作 校企 重点 骨干 龙头 大型 民营 国有 外资 上市 规上 股份 有限 责任
    有限责任 科技股份 控股 总 子 母 分 本 该 各 我 全 新 老 多 普通 应用型 综合 综合性 公办 民办
    优质 示范 示范性 国家级 省级 市级 县级 国家 省 市 县 区 镇 技工 职教 职业教育 教育 培训 实训
    实践 实习 公共 开放 开放型 校内 校外 人才 服务 管理 研发 技能 就业 创业 创新 工业 经济 科技
    科研 专精特新 小微 中小 知名 著名 当地 本地 属地 相关 有关 主管 成员 会员 单位 部门 政府
    机关 世界 国际 国内 全国 一流 一批 会议 仪式 活动 工作 发展 建设 项目 学生 教师 学员 培养
    示范区 高水平 高校 院校 学校 外 地方 城市 兄弟 试点 对口 定点 首批 牵头 参与 合格 这所 所 家
    个 名 前 一 家门口 上 行业性 跨 跨区域 职能 领导 制造 生产 加工 智能 数字 上级 基层 附属
    下属 直属 独立 省属 市属 部属 央属 中央 中心 高新技术 科技型 初创 领军 链主 头部 用工 用人
    订单 合资 独资 私营 集体 共享 虚拟 仿真 工程 研究
    """
)
KINDS = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}
ENDING = re.compile("|".join(sorted(KINDS, key=len, reverse=True)))
# A body may stand inside the name of another: a park's committee, a university's school.
HOLDS: dict[Kind, frozenset[Kind]] = {
    "park": frozenset({"government", "park", "other", "school"}),
    "government": frozenset({"government", "other"}),
    "school": frozenset({"school", "other"}),
    "enterprise": frozenset({"enterprise"}),
    "association": frozenset({"association"}),
    "other": frozenset({"other", "association"}),
}


def kind_of(name: str) -> Kind:
    """Kind of a body by the longest ending of its name.

    >>> kind_of("某市职业教育集团"), kind_of("某市高新区管委会"), kind_of("某某电子有限公司")
    ('other', 'government', 'enterprise')
    """
    for start in range(len(name)):
        if name[start:] in KINDS:
            return KINDS[name[start:]]
    return "other"
