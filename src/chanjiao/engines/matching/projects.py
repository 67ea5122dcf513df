"""Students to projects or classes that belong to teachers, with lower and upper quotas.

The stable rule is that of D. J. Abraham, R. W. Irving and D. F. Manlove (*Journal of Discrete
Algorithms* 5, 2007): best for every student. A project with a lower quota opens with that many or
not at all.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from chanjiao.engines.matching.faults import fault


@dataclass(frozen=True, slots=True)
class Project:
    """A project or class: who teaches it, and how many it takes if it opens."""

    teacher: Hashable
    upper: int
    lower: int = 0


@dataclass(frozen=True, slots=True)
class Teacher:
    """Whom a teacher takes, the most wanted first, and how many over all projects."""

    students: Sequence[Hashable]
    upper: int
    lower: int = 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """Each student's project or ``None``, projects that did not open, teachers left short."""

    project: Mapping[Hashable, Hashable | None]
    closed: tuple[Hashable, ...]
    short: tuple[Hashable, ...]

    @property
    def placed(self) -> int:
        return sum(project is not None for project in self.project.values())


Wishes = Mapping[Hashable, Sequence[Hashable]]
Projects = Mapping[Hashable, Project]
Teachers = Mapping[Hashable, Teacher]


def allocate_stable(wishes: Wishes, projects: Projects, teachers: Teachers) -> Allocation:
    """The stable allocation that is best for students, among the projects that can open.

    While some project has students but fewer than its lower quota, the one that lacks most is
    closed (the later in ``projects`` among equals) and the rest is allocated anew. Raises
    ``MarketFault`` for unknown names and quotas that contradict each other.
    """
    _check(wishes, projects, teachers)
    closed: list[Hashable] = []
    while True:
        open_ = {name: project for name, project in projects.items() if name not in closed}
        found = _student_optimal(wishes, open_, teachers)
        counts = dict.fromkeys(open_, 0)
        for project in found.values():
            if project is not None:
                counts[project] += 1
        lacking = {n: p.lower - counts[n] for n, p in open_.items() if 0 < counts[n] < p.lower}
        if not lacking:
            empty = [n for n, p in open_.items() if p.lower > 0 and counts[n] == 0]
            return _allocation(found, projects, teachers, [*closed, *empty])
        most = max(lacking.values())
        closed.append([name for name, lack in lacking.items() if lack == most][-1])


def allocate_most(
    wishes: Wishes, projects: Projects, teachers: Teachers
) -> Allocation:  # fmt: skip
    """As many students as possible, then the best wishes (Σ of list length − rank), exactly.

    Which projects open is part of the answer; a lower quota of a teacher is kept where that is
    possible at all, else ``MarketFault`` is raised.
    """
    _check(wishes, projects, teachers)
    ranked = {t: set(teacher.students) for t, teacher in teachers.items()}
    arcs = [
        (student, project, len(order) - n)
        for student, order in wishes.items()
        for n, project in enumerate(order)
        if student in ranked[projects[project].teacher]
    ]
    names, students = list(projects), list(wishes)
    count, size = len(arcs), len(arcs) + len(names)
    place = {name: n for n, name in enumerate(names)}
    most = 1 + sum(len(order) for order in wishes.values())
    gain = np.array([most + value for _s, _p, value in arcs] + [0.0] * len(names))
    rows: list[dict[int, float]] = []
    low: list[float] = []
    high: list[float] = []

    def bound(row: dict[int, float], least: float, greatest: float) -> None:
        rows.append(row)
        low.append(least)
        high.append(greatest)

    for student in students:
        bound({n: 1.0 for n, arc in enumerate(arcs) if arc[0] == student}, 0, 1)
    for name, project in projects.items():
        taken = {n: 1.0 for n, arc in enumerate(arcs) if arc[1] == name}
        opens = count + place[name]
        bound({**taken, opens: -float(project.upper)}, -np.inf, 0)
        bound({**taken, opens: -float(project.lower)}, 0, np.inf)
    for name, teacher in teachers.items():
        taught = {n: 1.0 for n, arc in enumerate(arcs) if projects[arc[1]].teacher == name}
        bound(taught, teacher.lower, teacher.upper)
    chosen = _solved(gain, rows, low, high, size)
    found: dict[Hashable, Hashable | None] = dict.fromkeys(students)
    for n in np.flatnonzero(chosen[:count] > 0.5):
        found[arcs[n][0]] = arcs[n][1]
    used = set(found.values())
    shut = [n for n, p in projects.items() if p.lower > 0 and n not in used]
    return _allocation(found, projects, teachers, shut)


def _solved(
    gain: np.ndarray, rows: list[dict[int, float]], low: list[float], high: list[float], size: int
) -> np.ndarray:
    if size == 0:
        return np.zeros(0)
    entries = [(r, c, x) for r, row in enumerate(rows) for c, x in row.items()]
    r, c, x = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_matrix((x, (r, c)), (len(rows), size))
    limits = LinearConstraint(matrix, np.array(low), np.array(high))
    options = {"mip_rel_gap": 0}
    answer = milp(
        -gain, integrality=np.ones(size), bounds=Bounds(0, 1), constraints=limits, options=options
    )  # fmt: skip
    if answer.x is None:
        raise fault("下限不能同时满足。", "The lower quotas can't all be met.")
    found: np.ndarray = answer.x
    return found


def _allocation(
    found: Mapping[Hashable, Hashable | None],
    projects: Projects,
    teachers: Teachers,
    closed: Sequence[Hashable],
) -> Allocation:
    taught = dict.fromkeys(teachers, 0)
    for project in found.values():
        if project is not None:
            taught[projects[project].teacher] += 1
    short = tuple(n for n, teacher in teachers.items() if taught[n] < teacher.lower)
    order = [name for name in projects if name in closed]
    return Allocation(found, tuple(order), short)


def _check(wishes: Wishes, projects: Projects, teachers: Teachers) -> None:
    for student, order in wishes.items():
        unknown = [project for project in order if project not in projects]
        if unknown:
            raise fault(f"{student} 填了未知项目 {unknown[0]}。", f"No project {unknown[0]}.")
        if len(set(order)) != len(order):
            raise fault(f"{student} 的志愿有重复。", f"{student} names a project twice.")
    for name, project in projects.items():
        if project.teacher not in teachers:
            raise fault(f"项目 {name} 的教师未知。", f"No teacher {project.teacher} of {name}.")
        _check_quotas(name, project.lower, project.upper)
    for name, teacher in teachers.items():
        _check_quotas(name, teacher.lower, teacher.upper)


def _check_quotas(name: Hashable, lower: int, upper: int) -> None:
    if not 0 <= lower <= upper:
        raise fault(
            f"{name} 的名额 {lower}–{upper} 不成立。",
            f"{name}: quotas {lower}–{upper} contradict each other.",
        )


class _Round:
    """One run of the student-optimal rule; ``held`` lists a project's students."""

    def __init__(self, wishes: Wishes, projects: Projects, teachers: Teachers) -> None:
        self.projects, self.teachers = projects, teachers
        self.rank = {t: {s: n for n, s in enumerate(x.students)} for t, x in teachers.items()}
        self.left = {
            s: [p for p in order if p in projects and s in self.rank[projects[p].teacher]]
            for s, order in wishes.items()
        }
        self.held: dict[Hashable, set[Hashable]] = {p: set() for p in projects}
        self.load = dict.fromkeys(teachers, 0)
        self.of: dict[Hashable, list[Hashable]] = {t: [] for t in teachers}
        for name, project in projects.items():
            self.of[project.teacher].append(name)

    def worst(self, teacher: Hashable, names: Sequence[Hashable]) -> tuple[Hashable, Hashable]:
        """The least wanted student held in the named projects, and where."""
        pairs = [(s, p) for p in names for s in self.held[p]]
        return max(pairs, key=lambda pair: self.rank[teacher][pair[0]])

    def leave(self, student: Hashable, project: Hashable) -> None:
        self.held[project].remove(student)
        self.load[self.projects[project].teacher] -= 1

    def trim(self, teacher: Hashable, names: Sequence[Hashable], *, full: bool) -> None:
        """Where these projects are full, nobody ranked below their worst can ever get in."""
        if not full or not any(self.held[p] for p in names):
            return
        bar = self.rank[teacher][self.worst(teacher, names)[0]]
        for student, order in self.left.items():
            if self.rank[teacher].get(student, -1) > bar:
                order[:] = [p for p in order if p not in names]


def _student_optimal(
    wishes: Wishes, projects: Projects, teachers: Teachers
) -> dict[Hashable, Hashable | None]:
    work = _Round(wishes, projects, teachers)
    found: dict[Hashable, Hashable | None] = dict.fromkeys(wishes)
    free = list(wishes)[::-1]
    while free:
        me = free.pop()
        if not work.left[me]:
            continue
        name = work.left[me][0]
        project = projects[name]
        teacher = project.teacher
        work.held[name].add(me)
        work.load[teacher] += 1
        found[me] = name
        gone: tuple[Hashable, Hashable] | None = None
        if len(work.held[name]) > project.upper:
            gone = work.worst(teacher, [name])
        elif work.load[teacher] > teachers[teacher].upper:
            gone = work.worst(teacher, work.of[teacher])
        if gone is not None:
            work.leave(*gone)
            found[gone[0]] = None
            work.left[gone[0]].remove(gone[1])
            free.append(gone[0])
        work.trim(teacher, [name], full=len(work.held[name]) == project.upper)
        every = work.of[teacher]
        work.trim(teacher, every, full=work.load[teacher] == teachers[teacher].upper)
    return found


def blocking_allocations(
    wishes: Wishes, projects: Projects, teachers: Teachers, allocation: Allocation
) -> list[tuple[Hashable, Hashable]]:
    """Student and open project that would rather have each other, by looking at every wish."""
    work = _Round(wishes, projects, teachers)
    for student, project in allocation.project.items():
        if project is not None:
            work.held[project].add(student)
            work.load[projects[project].teacher] += 1
    pairs = []
    for student, order in wishes.items():
        mine = allocation.project[student]
        better = order[: order.index(mine)] if mine is not None else order
        open_ = [name for name in better if name not in allocation.closed]
        pairs += [(student, name) for name in open_ if _blocks(work, student, name, mine)]
    return pairs


def _blocks(work: _Round, student: Hashable, name: Hashable, mine: Hashable | None) -> bool:
    project = work.projects[name]
    teacher = project.teacher
    rank = work.rank[teacher]
    if student not in rank:
        return False

    def beats(names: Sequence[Hashable]) -> bool:
        has = any(work.held[p] for p in names)
        return has and rank[student] < rank[work.worst(teacher, names)[0]]

    if len(work.held[name]) >= project.upper:
        return beats([name])
    if work.load[teacher] < work.teachers[teacher].upper:
        return True
    own = mine is not None and work.projects[mine].teacher == teacher
    return own or beats(work.of[teacher])
