"""The text formats of ITC-2007 track 3: ``.ctt`` for problems, ``.sol`` for timetables."""

from collections.abc import Callable, Iterator

from chanjiao.engines.scheduling.faults import Fault, SchedulingError
from chanjiao.engines.scheduling.timetabling.instance import Course, Instance, Lesson, Timetable

HEAD = ("Name", "Courses", "Rooms", "Days", "Periods_per_day", "Curricula", "Constraints")
_MOST = 100_000  # of anything: what is larger is a slip


class _Lines:
    """The lines that hold something, with their numbers, and the faults found in them."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        lines = enumerate(text.replace("\ufeff", "").splitlines(), 1)
        self.all = [(n, words) for n, line in lines if (words := line.split())]
        self._next = 0
        self.faults: list[Fault] = []

    def blame(self, number: int, zh: str, en: str) -> None:
        self.faults.append(Fault(f"{self._name}:{number}", zh, en))

    def head(self) -> dict[str, str]:
        """``Name: value`` lines, in any order, until the first section."""
        found: dict[str, str] = {}
        while self._next < len(self.all):
            number, words = self.all[self._next]
            key, _, rest = " ".join(words).partition(":")
            if key not in HEAD:
                break
            if key in found:
                self.blame(number, f"{key} 出现两次。", f"{key} occurs twice.")
            found[key] = rest.strip()
            self._next += 1
        return found

    def section(self, title: str, count: int) -> Iterator[tuple[int, list[str]]]:
        """The ``count`` lines below a title; a fault where there are fewer or more."""
        last = self.all[-1][0] if self.all else 1
        number, words = self.all[self._next] if self._next < len(self.all) else (last, [""])
        if words[0].rstrip(":").upper() != title:
            self.blame(number, f"此处应为 {title}: 一节。", f"the section {title}: belongs here.")
            return
        self._next += 1
        for n in range(count):
            number, words = self.all[self._next] if self._next < len(self.all) else (last, [""])
            if (words[0].endswith((":", ".")) and len(words) == 1) or not words[0]:
                self.blame(
                    number,
                    f"{title} 应有 {count} 行，只有 {n} 行。",
                    f"{title} should have {count} lines and has {n}.",
                )
                return
            self._next += 1
            yield number, words

    def end(self) -> None:
        rest = self.all[self._next :]
        if rest and rest[0][1] != ["END."]:
            self.blame(
                rest[0][0],
                f"多出的一行：{' '.join(rest[0][1])[:40]}。",
                "one line more than its section should have, or no END.",
            )


def read_ctt(text: str, name: str = "ctt") -> Instance:
    """A problem from the text of a ``.ctt`` file.

    Raises SchedulingError with file, line, value and what is wanted, for all faults at once.
    """
    lines = _Lines(text, name)
    head = lines.head()
    counts = {key: _head_count(lines, head, key) for key in HEAD[1:]}
    if lines.faults:
        raise SchedulingError(lines.faults)
    courses = _courses(lines, counts["Courses"])
    rooms = _rooms(lines, counts["Rooms"])
    curricula = _curricula(lines, counts["Curricula"], courses)
    closed = _closed(lines, counts, courses)
    lines.end()
    if lines.faults:
        raise SchedulingError(lines.faults)
    return Instance(
        head.get("Name", name),
        tuple(courses.values()),
        rooms,
        counts["Days"],
        counts["Periods_per_day"],
        curricula,
        closed,
    )


def _head_count(lines: _Lines, head: dict[str, str], key: str) -> int:
    value = head.get(key)
    if value is None:
        lines.blame(1, f"缺少 {key}:。", f"{key}: is missing.")
        return 0
    least = 1 if key in ("Courses", "Rooms", "Days", "Periods_per_day") else 0
    if not value.isdecimal() or not least <= int(value) <= _MOST:
        lines.blame(
            1, f"{key} 的值“{value}”应为整数。", f"{key} holds {value!r}; a whole number is wanted."
        )
        return 0
    if key == "Periods_per_day" and int(value) > 20:
        lines.blame(1, f"每天 {value} 节超过 20。", f"{value} periods a day are more than 20.")
    return int(value)


def _fields(
    lines: _Lines, number: int, words: list[str], kinds: tuple[Callable[[str], object], ...]
) -> list[object] | None:
    """The words of a line as kinds want them, or nothing and a fault."""
    if len(words) != len(kinds):
        lines.blame(
            number,
            f"应有 {len(kinds)} 项，有 {len(words)} 项。",
            f"{len(kinds)} items are wanted, there are {len(words)}.",
        )
        return None
    found: list[object] = []
    for word, kind in zip(words, kinds, strict=True):
        if kind is int and not (word.isdecimal() and int(word) <= _MOST):
            lines.blame(number, f"“{word}”不是整数。", f"{word!r} is no whole number.")
            return None
        found.append(kind(word))
    return found


def _courses(lines: _Lines, count: int) -> dict[str, Course]:
    found: dict[str, Course] = {}
    for number, words in lines.section("COURSES", count):
        items = _fields(lines, number, words, (str, str, int, int, int))
        if items is None:
            continue
        course = Course(words[0], words[1], *map(int, words[2:]))
        if course.id in found:
            lines.blame(number, f"课程 {course.id} 重复。", f"course {course.id} occurs twice.")
        if not course.lectures > 0:
            lines.blame(number, "课时须大于 0。", "there must be at least one lecture.")
        found[course.id] = course
    return found


def _rooms(lines: _Lines, count: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, words in lines.section("ROOMS", count):
        items = _fields(lines, number, words, (str, int))
        if items is None:
            continue
        if words[0] in found:
            lines.blame(number, f"教室 {words[0]} 重复。", f"room {words[0]} occurs twice.")
        found[words[0]] = int(words[1])
    return found


def _curricula(lines: _Lines, count: int, courses: dict[str, Course]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for number, words in lines.section("CURRICULA", count):
        members = words[2:]
        if len(words) < 2 or words[1] != str(len(members)):
            lines.blame(
                number,
                f"写明的门数与列出的 {len(members)} 门不符。",
                f"the number given is not that of the courses listed, {len(members)}.",
            )
        for course in members:
            if course not in courses:
                lines.blame(number, f"没有课程 {course}。", f"there is no course {course}.")
        if words[0] in found:
            lines.blame(number, f"课程组 {words[0]} 重复。", f"{words[0]} occurs twice.")
        found[words[0]] = tuple(dict.fromkeys(members))
    return found


def _closed(
    lines: _Lines, counts: dict[str, int], courses: dict[str, Course]
) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    days, per_day = counts["Days"], counts["Periods_per_day"]
    for number, words in lines.section("UNAVAILABILITY_CONSTRAINTS", counts["Constraints"]):
        items = _fields(lines, number, words, (str, int, int))
        if items is None:
            continue
        day, period = int(words[1]), int(words[2])
        if words[0] not in courses:
            lines.blame(number, f"没有课程 {words[0]}。", f"there is no course {words[0]}.")
        elif day >= days or period >= per_day:
            lines.blame(
                number,
                f"第 {day} 天第 {period} 节不存在（自 0 起）。",
                f"there is no day {day}, period {period} (counted from 0).",
            )
        else:
            found.setdefault(words[0], set()).add(day * per_day + period)
    return {course: frozenset(periods) for course, periods in found.items()}


def write_ctt(instance: Instance) -> str:
    """The ``.ctt`` text of a problem."""
    closed = [
        f"{course} {period // instance.per_day} {period % instance.per_day}"
        for course, periods in instance.closed.items()
        for period in sorted(periods)
    ]
    head = (
        instance.name,
        len(instance.courses),
        len(instance.rooms),
        instance.days,
        instance.per_day,
        len(instance.curricula),
        len(closed),
    )
    lines = [f"{key}: {value}" for key, value in zip(HEAD, head, strict=True)]
    lines += ["", "COURSES:"]
    lines += [
        f"{c.id} {c.teacher} {c.lectures} {c.least_days} {c.students}" for c in instance.courses
    ]
    lines += ["", "ROOMS:", *(f"{room} {seats}" for room, seats in instance.rooms.items())]
    lines += ["", "CURRICULA:"]
    lines += [
        f"{q} {len(members)} {' '.join(members)}" for q, members in instance.curricula.items()
    ]
    lines += ["", "UNAVAILABILITY_CONSTRAINTS:", *closed, "", "END."]
    return "\n".join(lines) + "\n"


def write_sol(instance: Instance, timetable: Timetable) -> str:
    """The ``.sol`` text of a timetable: course, room, day, period."""
    places = ((one, *divmod(one.period, instance.per_day)) for one in timetable)
    return "".join(f"{one.course} {one.room} {day} {n}\n" for one, day, n in places)


def read_sol(instance: Instance, text: str, name: str = "sol") -> Timetable:
    """A timetable from a ``.sol`` text; whether it is a good one, ``cost`` tells.

    Raises SchedulingError for courses, rooms, days and periods that the problem does not have.
    """
    lines = _Lines(text, name)
    courses = {course.id for course in instance.courses}
    found = []
    for number, words in lines.all:
        if _fields(lines, number, words, (str, str, int, int)) is None:
            continue
        course, room, day, period = words[0], words[1], int(words[2]), int(words[3])
        if course not in courses:
            lines.blame(number, f"没有课程 {course}。", f"there is no course {course}.")
        if room not in instance.rooms:
            lines.blame(number, f"没有教室 {room}。", f"there is no room {room}.")
        if day >= instance.days or period >= instance.per_day:
            lines.blame(
                number,
                f"第 {day} 天第 {period} 节不存在。",
                f"there is no day {day}, period {period}.",
            )
        found.append(Lesson(course, room, day * instance.per_day + period))
    if lines.faults:
        raise SchedulingError(lines.faults)
    return tuple(found)
