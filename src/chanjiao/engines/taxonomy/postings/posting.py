"""A raw posting: one text, or cells whose headings say what they hold."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from chanjiao.engines.taxonomy.postings.folding import fold

#: What a column can hold, by the headings people and job sites give it.
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (
        "title",
        "job_title",
        "jobtitle",
        "job_name",
        "jobname",
        "position",
        "post",
        "name",
        "job",
        "岗位",
        "职位",
        "岗位名称",
        "职位名称",
        "招聘岗位",
        "招聘职位",
        "工种",
        "职务",
        "岗位名",
        "职位名",
        "标题",
        "需求岗位",
    ),
    "company": (
        "company",
        "company_name",
        "companyname",
        "employer",
        "organisation",
        "organization",
        "公司",
        "企业",
        "公司名称",
        "企业名称",
        "单位",
        "单位名称",
        "用人单位",
        "招聘单位",
        "企业名",
        "公司名",
    ),
    "industry": (
        "industry",
        "sector",
        "行业",
        "所属行业",
        "公司行业",
        "行业类别",
        "企业行业",
        "所属产业",
        "行业分类",
    ),
    "wage": (
        "wage",
        "wages",
        "salary",
        "pay",
        "薪资",
        "薪酬",
        "工资",
        "月薪",
        "薪水",
        "待遇",
        "薪资待遇",
        "薪酬待遇",
        "工资待遇",
        "薪资范围",
        "月薪范围",
        "薪金",
        "年薪",
        "薪资水平",
        "薪酬范围",
        "提供月薪",
        "职位月薪",
        "工资范围",
        "月薪(元)",
        "薪资(元/月)",
        "月薪（元）",
        "工资(元)",
        "工资（元）",
        "薪酬水平",
        "薪资标准",
        "工资标准",
        "薪资福利",
        "福利待遇及薪资",
        "薪酬福利",
        "薪酬标准",
        "salary_range",
    ),
    "place": (
        "place",
        "location",
        "city",
        "address",
        "area",
        "region",
        "district",
        "work_place",
        "workplace",
        "地点",
        "工作地点",
        "城市",
        "工作城市",
        "工作地址",
        "地址",
        "地区",
        "所在城市",
        "区域",
        "上班地点",
        "工作区域",
        "所在地",
        "工作地区",
        "公司地址",
        "job_location",
        "work_location",
        "工作地",
        "区县",
        "所在地区",
        "上班地址",
        "就业地点",
    ),
    "education": (
        "education",
        "degree",
        "edu",
        "学历",
        "学历要求",
        "最低学历",
        "学位",
        "文化程度",
        "教育程度",
        "学历层次",
        "学历水平",
        "education_level",
        "edu_level",
        "学历(最低)",
        "最低学历要求",
        "招聘学历",
    ),
    "experience": (
        "experience",
        "work_years",
        "workyear",
        "work_year",
        "exp",
        "years",
        "经验",
        "工作经验",
        "经验要求",
        "工作年限",
        "年限",
        "工作年限要求",
        "工作经历",
        "经验年限",
        "工作经验要求",
    ),
    "headcount": (
        "headcount",
        "number",
        "openings",
        "count",
        "vacancies",
        "人数",
        "招聘人数",
        "需求人数",
        "数量",
        "招聘数量",
        "名额",
        "需求数量",
        "计划人数",
        "拟招人数",
        "岗位人数",
        "需求数",
        "招聘人数(人)",
        "招聘人数（人）",
        "计划招聘人数",
        "用工人数",
        "缺工人数",
    ),
    "majors": (
        "majors",
        "major",
        "专业",
        "专业要求",
        "要求专业",
        "所需专业",
        "需求专业",
        "所学专业",
        "招聘专业",
        "专业类别",
        "专业名称",
        "对口专业",
        "专业需求",
        "专业方向",
    ),
    "skills": (
        "skills",
        "skill",
        "技能",
        "技能要求",
        "所需技能",
        "技能证书要求",
        "技能标签",
        "tags",
        "标签",
        "关键词",
        "职位标签",
    ),
    "certificates": (
        "certificates",
        "certificate",
        "证书",
        "证书要求",
        "资格证书",
        "职业资格",
        "资格证",
        "持证要求",
        "职业资格证书",
    ),
    "hours": (
        "hours",
        "shift",
        "working_hours",
        "班次",
        "工作时间",
        "上班时间",
        "工时",
        "休息",
        "作息",
        "工作班制",
        "班制",
        "休息制度",
    ),
    "text": (
        "text",
        "description",
        "desc",
        "jd",
        "content",
        "detail",
        "details",
        "job_description",
        "job_desc",
        "body",
        "requirement",
        "requirements",
        "duty",
        "duties",
        "responsibility",
        "responsibilities",
        "描述",
        "岗位描述",
        "职位描述",
        "岗位职责",
        "任职要求",
        "职责",
        "要求",
        "岗位要求",
        "职位信息",
        "工作内容",
        "工作描述",
        "招聘信息",
        "内容",
        "正文",
        "备注",
        "任职资格",
        "职位要求",
        "福利",
        "福利待遇",
        "招聘要求",
        "详情",
        "职位详情",
        "岗位详情",
        "其他要求",
        "其他",
        "说明",
        "岗位说明",
        "招聘条件",
        "岗位信息",
        "工作职责",
        "职责描述",
        "应聘条件",
        "任职条件",
        "职位职责",
        "职位诱惑",
        "亮点",
        "welfare",
        "benefits",
        "原文",
        "启事",
        "招聘启事",
        "岗位条件",
        "条件",
        "具体要求",
        "基本要求",
        "其它要求",
        "招聘内容",
        "text_content",
        "raw",
    ),
}
ROLES: Final[Mapping[str, str]] = {
    fold(word): role for role, words in HEADINGS.items() for word in words
}
#: Cells of free text, where any field may be told, in the order in which they are asked.
FREE: Final = ("text", "title", "skills", "certificates", "hours")
#: Longer texts are read up to here, and the answer says so.
LONGEST: Final = 20_000


class Cell(NamedTuple):
    """One column's text with its folded twin of the same length."""

    column: str
    role: str
    text: str
    folded: str


class Posting(NamedTuple):
    """The cells by what they hold, the headings that nobody knows, and whether text was cut off."""

    cells: Mapping[str, tuple[Cell, ...]]
    free: tuple[Cell, ...]
    ignored: tuple[str, ...]
    is_cut: bool

    def of(self, role: str) -> tuple[Cell, ...]:
        return self.cells.get(role, ())


def posting_of(raw: str | Mapping[str, object]) -> Posting:
    """Bring a text or a mapping of columns to cells; empty cells and None are no cells.

    >>> posting = posting_of({"职位": "焊工", "薪资": "8-12K", "发布时间": "2026-01-01"})
    >>> posting.of("wage")[0].text, posting.ignored
    ('8-12K', ('发布时间',))
    """
    if isinstance(raw, str):
        return _posting({"text": raw})
    return _posting(raw)


def _posting(columns: Mapping[str, object]) -> Posting:
    cells: dict[str, tuple[Cell, ...]] = {}
    ignored: list[str] = []
    is_cut = False
    for column, value in columns.items():
        role = _role(str(column))
        if role is None:
            ignored.append(str(column))
            continue
        text = value if isinstance(value, str) else _text(value)
        if not text or text.isspace():
            continue
        if len(text) > LONGEST:
            text, is_cut = text[:LONGEST], True
        cells[role] = (*cells.get(role, ()), Cell(str(column), role, text, fold(text)))
    free = tuple(cell for role in FREE for cell in cells.get(role, ()))
    return Posting(cells, free, tuple(ignored), is_cut)


@lru_cache(maxsize=1000)
def _role(column: str) -> str | None:
    """What a column holds by its heading; the same headings come with every posting."""
    return ROLES.get("".join(fold(column).split()))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "、".join(_text(one) for one in value)
    return str(value)
