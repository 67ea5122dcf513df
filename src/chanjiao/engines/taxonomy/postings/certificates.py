"""Certificates asked for or preferred, by the project's own table, and those it does not know."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from chanjiao.engines.taxonomy.postings.lexicon import Hit, Lexicon
from chanjiao.engines.taxonomy.postings.model import Certificate, Told

UNKNOWN: Final = re.compile(
    r"[\u4e00-\u9fffa-z0-9]{2,10}?(?:操作证|资格证书?|上岗证|等级证书?|职业证书?|作业证|执业证"
    r"|从业证|合格证|工证|师证|员证|级证|许可证)"
)
BACK: Final = 12
NO_CERTIFICATE: Final = re.compile(
    r"身份证|毕业证|学位证|学历|居住|离职|退伍|合格证明|产品合格|营业|生产许可|经营许可"
    r"|卫生许可|安全生产许可|排污|施工许可|销售许可|暂住|就业证|保证|相关|特殊|各类|有效|职业证"
    r"|持有?(?:相关)?(?:资格证|上岗证|操作证|作业证)$|^(?:具有|持|有|相应|对应|以上|和|及|获得"
    r"|取得|考取|专业|要求|岗位|行业|其他|需|必须|无|没有?|的|等|[a-z0-9])*(?:操作证|资格证书?"
    r"|上岗证|等级证书?|职业证书?|作业证|许可证|合格证|从业证|执业证)$"
)
LEAD: Final = re.compile(
    r"^.*(?:持有?|具有|具备|拥有|取得|获得|考取|有|须|需|要求|以上|及|和|或|与|等|其[他它]"
    r"|[:：])(?=[\u4e00-\u9fff])"
)
WISH: Final = re.compile(r"[^。;\n]{0,16}?(?:优先|更佳|为佳|尤佳|加分|者优|最好|更好|优厚)")
#: What a certificate's name ends in where it is not the name of a calling as well.
PAPER: Final = "证照书"
LICENCE: Final = re.compile("[abc][1-3]")
LICENCES: Final = re.compile(r"(?:[abc][1-3]\s?[、/,和或及]\s?)+$")
NEXT_NEED: Final = re.compile(r"[,。;\n]")
REFUSED: Final = re.compile(r"(?:不(?:需要?|用|要求|强制)|无需|无须|免)(?:持|有|任何)?$")
OFFERED: Final = re.compile(
    r"(?<![需须自要])(?:可|免费|协助|帮助|安排|公司|代|包|培训|报考|考取|考|办理|补贴"
    r"|报销)(?:免费)?(?:办理?"
    r"|考取?|培训|报考|学|报销)?(?:[^,。;\n]{0,3})$"
)
PLAIN_TITLE: Final = re.compile(r"(?:师|员|官|长)$")
ROLES: Final = re.compile(
    r"\s?(?:\(|证|资格|职称|执业|注册|优先|以上|及以上|或|/|、|等|者|证书|考试|\)|,|。|;|$)"
)
LEFT_HAVE: Final = re.compile(
    r"(?:持|有|具备|取得|获得|考取|拥有|通过|注册|优先|或|/|、|及|和|须|需|:|中级|初级"
    r"|高级|\(|,)\s?$"
)


class CertificateReader:
    """``table`` rows have code, name and words parted by ``|``."""

    def __init__(self, table: Iterable[Mapping[str, str]]) -> None:
        self._lexicon: Lexicon[tuple[str, str]] = Lexicon(
            (words, (row["code"], row["name"]))
            for row in table
            for words in row["words"].split("|")
        )

    def read(self, folded: str, title: tuple[int, int] | None = None) -> list[Told]:
        """Certificates in their order, each once; the post itself (会计师) is none."""
        found: dict[str, Told] = {}
        taken: list[tuple[int, int]] = []
        for hit in self._lexicon.find(folded):
            if title and title[0] <= hit.start < title[1] and folded[hit.end - 1] not in PAPER:
                continue
            if not _is_meant(folded, hit):
                continue
            taken.append((hit.start, hit.end))
            self._licences_before(folded, hit, found)
            code, name = hit.entry
            wish = _is_wish(folded, hit.end)
            one = Told(Certificate(name, not wish), code, hit.start, hit.end, "words", 0.95)
            held = found.get(code)
            if held is None or (one.value.is_required and not held.value.is_required):
                found[code] = one
        if "证" in folded:
            for one in _unknown(folded, taken):
                found.setdefault(one.value.name, one)
        return list(found.values())

    def _licences_before(
        self, folded: str, hit: Hit[tuple[str, str]], found: dict[str, Told]
    ) -> None:
        """持A1、A2驾照 asks for two licences."""
        classes = LICENCES.search(folded, max(0, hit.start - 12), hit.start)
        for match in LICENCE.finditer(folded, *classes.span()) if classes else ():
            entry = self._lexicon.get(match[0] + "驾照")
            if entry and entry[0].startswith("driver_"):
                need = Certificate(entry[1], not _is_wish(folded, hit.end))
                found[entry[0]] = Told(need, entry[0], *match.span(), "words", 0.9)


def _is_meant(folded: str, hit: Hit[tuple[str, str]]) -> bool:
    left = folded[max(0, hit.start - 8) : hit.start]
    if REFUSED.search(left) or OFFERED.search(left):
        return False
    words = folded[hit.start : hit.end]
    if PLAIN_TITLE.search(words) and not words.endswith(("证", "书")):
        # A calling is a certificate only where it is held: 持有造价工程师, 一级建造师优先
        return bool(ROLES.match(folded, hit.end) and LEFT_HAVE.search(left or ","))
    return True


def _is_wish(folded: str, end: int) -> bool:
    match = WISH.match(folded, end)
    if match is None:
        return False
    between = folded[end : match.end()]
    return not NEXT_NEED.search(between)


def _unknown(folded: str, taken: list[tuple[int, int]]) -> list[Told]:
    found = []
    at = folded.find("证")
    while at >= 0:
        match = UNKNOWN.search(folded, max(0, at - BACK), at + 2)
        at = folded.find("证", at + 1)
        if match is None:
            continue
        start, end = match.span()
        lead = LEAD.match(match[0])
        start += lead.end() if lead else 0
        name = folded[start:end]
        if any(one[0] < end and start < one[1] for one in taken) or NO_CERTIFICATE.search(name):
            continue
        if len(name) < 4:
            continue
        wish = _is_wish(folded, end)
        found.append(Told(Certificate(name, not wish), "", start, end, "unknown", 0.4))
    return found
