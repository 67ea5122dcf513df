"""Places, bodies and people of the region: what an office would have before the first survey."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from chanjiao.accounts.models import User
from chanjiao.core.roles import Role
from chanjiao.demo import names
from chanjiao.demo.region import Region
from chanjiao.organisations.choices import (
    AreaKind,
    ConsortiumKind,
    ConsortiumLevel,
    Kind,
    MembershipState,
    Seat,
    Verified,
)
from chanjiao.organisations.models import Area, Consortium, Membership, Organisation, RoleGrant
from chanjiao.organisations.queries import DEMO_DOMAIN

GRID_PLACES = (0, 0, 1)  # of a park's three grids, which of its two streets each lies in


@dataclass(frozen=True, slots=True)
class SignIn:
    """One ready-made user: the part before the @, a role, whose body, and what they are called."""

    account: str
    role: Role
    body: str
    name: str


def build_areas(region: Region) -> dict[str, Area]:
    """City, parks, streets and grids by code; each path names its ancestors."""
    made: dict[str, Area] = {}

    def add(kind: AreaKind, code: str, name: str, parent: str = "", name_en: str = "") -> None:
        above = made.get(parent)
        path = f"{above.path}/{code}" if above else code
        made[code] = Area.objects.create(
            kind=kind, code=code, name=name, name_en=name_en, parent=above, path=path
        )

    city = region.city
    add(AreaKind.CITY, city["code"], city["name"], name_en=city["name_en"])
    number = 0
    for park in region.parks:
        add(AreaKind.PARK, park["code"], park["name"], city["code"], park["name_en"])
        for index, street in enumerate(park["streets"]):
            add(AreaKind.SUBDISTRICT, f"{park['code']}-S{index + 1}", street, park["code"])
        for place in GRID_PLACES:
            number += 1
            street = f"{park['code']}-S{place + 1}"
            add(AreaKind.GRID, f"WL-G{number}", f"{park['short']}第{number}网格", street)
    return made


def build_bodies(region: Region, areas: dict[str, Area]) -> dict[str, Organisation]:
    """Schools, government, parks, associations, institutes and training bodies by name."""
    made = {}
    for number, body in enumerate(region.bodies, start=1):
        kind = Kind(body["kind"])
        family = "public" if kind in (Kind.GOVERNMENT, Kind.PARK) else "other"
        made[body["name"]] = _body(
            body["name"], kind, names.credit_code(number, family),
            areas[body.get("park", region.city["code"])], body.get("name_en", ""),
        )  # fmt: skip
    for number, school in enumerate(region.schools, start=100):
        made[school.name] = _body(
            school.name, Kind(school.kind), names.credit_code(number, "school"),
            areas[school.park or region.city["code"]], school.name_en,
        )  # fmt: skip
    return made


def _body(name: str, kind: Kind, code: str, area: Area, name_en: str) -> Organisation:
    return Organisation.objects.create(
        name=name, name_en=name_en, name_key=name, kind=kind, credit_code=code, area=area,
        verified=Verified.VERIFIED, contact_name="联系人0001",
    )  # fmt: skip


def build_consortium(region: Region, bodies: dict[str, Organisation]) -> Consortium:
    lead = next(school for school in region.schools if school.is_lead)
    return Consortium.objects.create(
        name=region.consortium["name"],
        name_en=region.consortium["name_en"],
        kind=ConsortiumKind.MUNICIPAL,
        level=ConsortiumLevel.PROVINCE,
        office=_with_role(region, bodies, "office"),
        lead_school=bodies[lead.name],
        founded_on=region.founded_on,
    )


def build_members(
    region: Region, consortium: Consortium, bodies: dict[str, Organisation],
    companies: list[Organisation],
) -> None:  # fmt: skip
    """78 seats, of which 52 are companies', and three applications that wait for the office."""
    public = [b for b in bodies.values() if b.kind in (Kind.GOVERNMENT, Kind.PARK)][:8]
    others = [b for b in bodies.values() if b.kind in (Kind.ASSOCIATION, Kind.INSTITUTE)]
    schools = [b for b in bodies.values() if b.is_school]
    seats = [(b, Seat.COUNCIL) for b in [*schools, *public]] + [(b, Seat.MEMBER) for b in others]
    seats += [(c, Seat.VICE if i < 3 else Seat.MEMBER) for i, c in enumerate(companies[:52])]
    Membership.objects.bulk_create(
        [
            Membership(
                consortium=consortium, organisation=body, state=MembershipState.ACTIVE,
                seat=Seat.CHAIR if body.pk == consortium.lead_school_id else seat,
                joined_on=region.founded_on,
            )
            for body, seat in seats
        ]
        + [
            Membership(consortium=consortium, organisation=c, state=MembershipState.APPLIED)
            for c in companies[60:63]
        ]
    )  # fmt: skip


def build_people(
    region: Region, bodies: dict[str, Organisation], companies: list[Organisation],
    areas: dict[str, Area],
) -> list[User]:  # fmt: skip
    """One user for each role, and a second one at the office, since a list takes two signatures."""
    made = []
    for row in _sign_ins(region, bodies, companies[0]):
        user = User.objects.create_user(f"{row.account}@{DEMO_DOMAIN}", None, name=row.name)
        body = bodies.get(row.body) or next(c for c in companies if c.name == row.body)
        area = areas["WL-G2"] if row.role == Role.GRID_OFFICER else None
        area = areas[region.city["code"]] if row.role == Role.GOVERNMENT else area
        RoleGrant.objects.create(
            user=user,
            role=row.role,
            organisation=body,
            area=area,
            is_admin=True,
            starts_on=region.founded_on,
        )
        made.append(user)
    return made


def _sign_ins(
    region: Region, bodies: dict[str, Organisation], company: Organisation
) -> Iterator[SignIn]:
    def body(role: str) -> str:
        return _with_role(region, bodies, role).name

    school = next(s.name for s in region.schools if s.role == "school")
    yield SignIn("office", Role.OFFICE, body("office"), "办公室 周经办")
    yield SignIn("director", Role.OFFICE, body("office"), "办公室 郑主任")
    yield SignIn("hr", Role.COMPANY_HR, company.name, "企业联系人0001")
    yield SignIn("mentor", Role.MENTOR, company.name, "企业导师0001")
    yield SignIn("school", Role.SCHOOL_ADMIN, school, "教务处 0001")
    yield SignIn("teacher", Role.TEACHER, school, "教师0001")
    yield SignIn("student", Role.STUDENT, school, "学员0001")
    yield SignIn("guardian", Role.GUARDIAN, school, "家长0001")
    yield SignIn("expert", Role.EXPERT, body("expert"), "专家0001")
    yield SignIn("grid", Role.GRID_OFFICER, body("grid"), "网格员0001")
    yield SignIn("government", Role.GOVERNMENT, body("government"), "教育局 0001")
    yield SignIn("auditor", Role.AUDITOR, body("auditor"), "审计员0001")
    yield SignIn("admin", Role.SYSTEM_ADMIN, body("office"), "系统管理员")


def _with_role(region: Region, bodies: dict[str, Organisation], role: str) -> Organisation:
    return bodies[next(row["name"] for row in region.bodies if row.get("role") == role)]


def company_rows(region: Region, random: Random) -> Iterator[tuple[str, dict[str, object]]]:
    """Chain name and one row of the companies sheet for each of the 240 companies."""
    number = 1000
    shorts = {park["code"]: park["short"] for park in region.parks}
    streams = {
        chain.name: names.company_names(random, ["望澜", shorts[chain.park]], list(chain.words))
        for chain in region.chains
    }
    for chain in region.chains:
        for rank in range(chain.companies):
            number += 1
            yield (
                chain.name,
                {
                    "name": next(streams[chain.name]),
                    "credit_code": names.credit_code(number),
                    "industry": random.choice(chain.industries),
                    "staff": _staff(random, rank),
                    "contact_name": f"企业联系人{number - 1000:04d}",
                },
            )


def _staff(random: Random, rank: int) -> int:
    """A few large firms and many small ones, as in any city."""
    if rank < 3:
        return random.randrange(900, 2600)
    return random.randrange(120, 600) if rank < 18 else random.randrange(18, 140)
