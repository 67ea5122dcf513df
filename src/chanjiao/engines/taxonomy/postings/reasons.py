"""Why a reading was made, in one sentence for the person who must decide, in both languages."""

from collections.abc import Mapping
from typing import Final

from chanjiao.engines.taxonomy.phrases import shown

WAYS: Final[Mapping[str, tuple[str, str]]] = {
    "column": ("“{}”是该列的内容", "“{}” stands in that column"),
    "range": ("“{}”写作薪资范围", "“{}” is written as a range of pay"),
    "amount": ("“{}”写作薪资数额", "“{}” is written as an amount of pay"),
    "words": ("原文写有“{}”", "The text says “{}”"),
    "level": ("“{}”写作学历要求", "“{}” is written as the schooling asked for"),
    "any": ("“{}”表示不作要求", "“{}” says that any will do"),
    "wish": ("“{}”只写作优先条件", "“{}” is written as a wish only"),
    "years": ("“{}”写作工作年限", "“{}” is written as years of work"),
    "none": ("“{}”表示不需要经验", "“{}” says that no experience is needed"),
    "fresh": ("“{}”表示应届可投", "“{}” says that new graduates may apply"),
    "plain": ("“{}”只写有经验，未写年限", "“{}” asks for experience but gives no years"),
    "label": ("“{}”前有名目", "A label stands before “{}”"),
    "count": ("“{}”写在岗位旁边", "“{}” stands beside the post"),
    "some": ("“{}”未写确数", "“{}” gives no exact number"),
    "path": ("“{}”逐级写出地名", "“{}” names areas from wide to narrow"),
    "name": ("“{}”与标准名称相同", "“{}” is the standard name"),
    "zone": ("“{}”是功能区的名称", "“{}” is the name of a functional zone"),
    "street": ("“{}”写到街道或乡镇", "“{}” names a street or town"),
    "company": ("“{}”写在企业名称开头", "“{}” begins the company's name"),
    "shared": ("“{}”是几个地方共有的名称", "“{}” is a name that several places share"),
    "alias": ("“{}”是通行的叫法", "“{}” is a usual wording"),
    "group": ("“{}”指一类专业", "“{}” means a group of majors"),
    "part": ("“{}”含有某类专业的名称", "“{}” contains the name of a group of majors"),
    "unknown": ("“{}”不在已知名称之列", "“{}” is not among the known names"),
    "shift": ("“{}”的班次含夜间", "The turn “{}” includes nights"),
    "hiring": ("“{}”写在招聘字样之后", "“{}” follows the word for hiring"),
    "first": ("“{}”写在开头", "“{}” stands at the beginning"),
}


def reason(method: str, quote: str) -> tuple[str, str]:
    """The sentence for a method, with the words it is about."""
    zh, en = WAYS.get(method, WAYS["words"])
    words = shown(quote)
    return zh.format(words), en.format(words)
