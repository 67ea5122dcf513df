"""A school's name replaced by an advertiser's brand, and who it may have been."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chanjiao.engines.text.glosses import HAN
from chanjiao.engines.text.model import Flag

BRAND = re.compile(
    rf"(?:[A-Za-z]{{1,10}}\d{{1,6}}|\d{{2,6}}[A-Za-z]{{1,6}})[{HAN}]{{0,14}}?"
    r"(?:俱乐部|娱乐|国际|体育|平台|登录|注册|官网|首页|棋牌|真人|电竞|游戏|app|APP)"
    rf"[{HAN}]{{0,10}}"
    rf"|[{HAN}A-Za-z0-9]{{2,10}}(?:娱乐城|赌场|博彩|百家乐|棋牌|必赢国际)[{HAN}]{{0,8}}"
)
CUT = re.compile(
    r"(?:牵头|组织|主办|承办|联合|欢迎您|党委|党总支|书记|院长|校长|教授|主任|负责人|学生|教师|老师"
    r"|表示|介绍|[,，。；;、 —-]).*$"
)
DOMAIN = re.compile(
    r"(?:@|https?://(?:[\w-]+\.)*?|www\.)([\w-]+(?:\.[\w-]+)*\.(?:edu|org|com|gov)\.cn)"
)


@dataclass(frozen=True, slots=True)
class Institution:
    """One body of the register as far as a page can show it."""

    name: str
    city: str = ""
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def brand_flags(text: str, register: Iterable[Institution]) -> Iterator[Flag]:
    """Each place where a brand stands for a name, with the bodies that fit the rest of the page."""
    places = [(m.start(), CUT.sub("", m[0])) for m in BRAND.finditer(text)]
    places = [(start, name) for start, name in places if len(name) > 3]
    if not places:
        return
    candidates, reason = resolved(text, register)
    for start, name in places:
        yield Flag(start, start + len(name), "brand", name, candidates, reason)


def resolved(text: str, register: Iterable[Institution]) -> tuple[tuple[str, ...], str]:
    """Bodies by signs of the page, best first, and the signs of the best one.

    A domain of the page's own addresses counts most, then a part of the name in the breadcrumb
    or elsewhere, then the city. A body whose whole name stands on the page is not the one missing.
    """
    domains = set(DOMAIN.findall(text))
    scored = []
    for body in register:
        if body.name in text:
            continue
        signs = list(_signs(body, text, domains))
        score = sum(weight for weight, _ in signs)
        if score >= 2:
            scored.append((-score, body.name, "、".join(sign for _, sign in signs)))
    scored.sort()
    return tuple(name for _, name, _ in scored[:5]), scored[0][2] if scored else ""


def _signs(body: Institution, text: str, domains: set[str]) -> Iterator[tuple[float, str]]:
    for domain in body.domains:
        if any(found == domain or found.endswith("." + domain) for found in domains):
            yield 4.0, domain
    for part in sorted(_parts(body), key=len, reverse=True):
        if part in text:
            yield 1.5, part
            break
    if body.city and body.city in text:
        yield 1.0, body.city


def _parts(body: Institution) -> set[str]:
    """Short names people use: aliases, and the name without its place and its kind."""
    core = re.sub(
        r"(职业技术大学|职业技术学院|职业学院|技师学院|中等专业学校|大学|学院|学校)$", "", body.name
    )
    core = re.sub(r"^(浙江|江苏|广东|山东|福建|安徽|江西|湖南|湖北|四川|河南|河北)", "", core)
    core = core.removeprefix(body.city) if body.city else core
    return {part for part in (core, *body.aliases) if len(part) >= 2}
