"""Students against what stands: who is on another roll, which class is meant, and the writing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import batched
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from chanjiao.core import clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import Change, Key, Progress, Values
from chanjiao.engines.tabular import Problem
from chanjiao.organisations.models import Person
from chanjiao.supply.choices import ON_ROLL, StudentStatus
from chanjiao.supply.models import Cohort, MajorOffering, Student
from chanjiao.supply.sheets.majors import OfferingIndex

CHUNK = 900  # what one IN list may hold on every database
WRITTEN = 1000


def unsealed(seal: str) -> tuple[str, date | None]:
    """Hash and date of birth of a sealed identity number."""
    digest, _space, born = seal.partition(" ")
    return digest, date.fromisoformat(born) if born else None


class ClassIndex:
    """Classes by offering, starting year and name; a blank name means the only one there is."""

    def __init__(self, school_ids: Iterable[int]) -> None:
        rows = Cohort.objects.filter(offering__school_id__in=list(school_ids))
        self._named: dict[tuple[int, int, str], int] = {}
        self._all: dict[tuple[int, int], list[int]] = {}
        for pk, offering, grade, name in rows.values_list(
            "pk", "offering_id", "grade", "class_name"
        ):
            self._named[offering, grade, name] = pk
            self._all.setdefault((offering, grade), []).append(pk)

    def find(self, offering_id: int, grade: int, name: str | None) -> int | None:
        if name:
            return self._named.get((offering_id, grade, name))
        only = self._all.get((offering_id, grade), [])
        return only[0] if len(only) == 1 else None


def problems(rows: Sequence[Values], schools: Mapping[str, int]) -> list[tuple[int, Problem]]:
    """What only the register knows, by index of row; never with the name of another's student."""
    known = [n for n, row in enumerate(rows) if row.get("school") in schools]
    offerings, classes = OfferingIndex(schools.values()), ClassIndex(schools.values())
    found = []
    for n in known:
        wrong = offerings.problem(rows[n]) or _class_problem(rows[n], offerings, classes)
        if wrong:
            found.append((n, wrong))
    return found + list(_identity_problems(rows, known))


def write(
    actor: Actor, schools: Mapping[str, int], changes: Sequence[Change], progress: Progress
) -> None:
    """Create, change and take away students and their persons, in bulk."""
    present = _present(schools.values())
    fresh = [c for c in changes if c.after is not None and c.key not in present]
    stale = [(present[c.key], c) for c in changes if c.after is not None and c.key in present]
    gone = [present[c.key] for c in changes if c.after is None and c.key in present]
    writer = _Writer(actor, schools)
    writer.create(fresh)
    progress(len(fresh), len(changes), "")
    writer.change(stale)
    _take_away(gone)
    progress(len(changes), len(changes), "")


class _Writer:
    def __init__(self, actor: Actor, schools: Mapping[str, int]) -> None:
        self.actor = actor
        self.schools = schools
        self.offerings = OfferingIndex(schools.values())
        self.classes = ClassIndex(schools.values())
        self.today = clock.today()

    def create(self, changes: Sequence[Change]) -> None:
        digests = [d for c in changes if (d := _digest(c.after))]
        standing = {str(p.identity_hash): p for p in _persons(digests)}
        new: dict[str, Person] = {}
        owners = []
        for change in changes:
            digest = _digest(change.after) or ""
            person = standing.get(digest) or new.get(digest)
            if person is None:
                person = new[digest] = Person(kind="student", created_by_id=self.actor.user_id)
            person.organisation_id = self.schools[change.key[0]]
            _fill_person(person, change.after or {})
            owners.append(person)
        Person.objects.bulk_create(new.values(), batch_size=WRITTEN)
        _upsert(Person, list(standing.values()), PERSON_FIELDS)
        students = [self._new(change) for change in changes]
        for student, person in zip(students, owners, strict=True):
            student.person = person
        Student.objects.bulk_create(students, batch_size=WRITTEN)

    def change(self, pairs: Sequence[tuple[Student, Change]]) -> None:
        """Only rows that differ are written: most changes touch the person or the study."""
        people, students = [], []
        for student, change in pairs:
            person, after = student.person, change.after or {}
            before = _state(person, PERSON_FIELDS), _state(student, STUDENT_FIELDS)
            _fill_person(person, after)
            self._fill(student, after, change.key)
            people += [person] if _state(person, PERSON_FIELDS) != before[0] else []
            students += [student] if _state(student, STUDENT_FIELDS) != before[1] else []
        _upsert(Person, people, PERSON_FIELDS)
        _upsert(Student, students, STUDENT_FIELDS)

    def _new(self, change: Change) -> Student:
        student = Student(
            school_id=self.schools[change.key[0]], number=change.key[1],
            created_by_id=self.actor.user_id,
        )  # fmt: skip
        self._fill(student, change.after or {}, change.key)
        return student

    def _fill(self, student: Student, after: Values, key: Key) -> None:
        before = (student.offering_id, student.grade)
        student.grade = int(after.get("grade") or student.grade)
        if "code" in after:
            student.offering = self._offering({**after, "school": key[0]}, student)
        now = (student.offering_id, student.grade)
        if "class_name" in after:
            name = after["class_name"]
            student.cohort_id = self.classes.find(*now, name) if name else None
        elif student.cohort_id is None or now != before:
            student.cohort_id = self.classes.find(*now, None)
        student.status = after.get("status") or student.status or StudentStatus.ENROLLED
        if "guardian_consent" in after:
            self._consent(student, bool(after["guardian_consent"]))

    def _consent(self, student: Student, consents: bool) -> None:
        if consents != student.guardian_consent or not consents:
            student.guardian_consent_on = self.today if consents else None
        student.guardian_consent = consents

    def _offering(self, row: Values, student: Student) -> MajorOffering:
        found = self.offerings.find(row)
        if found is None:
            raise Refused(
                _("学号 %(number)s 的专业 %(code)s 已不在本校开设。")
                % {"number": student.number, "code": row.get("code")}
            )
        return found


PERSON_FIELDS = ("name", "phone", "birth_on", "identity_hash", "organisation")
STUDENT_FIELDS = (
    "offering", "cohort", "grade", "status", "guardian_consent", "guardian_consent_on",
)  # fmt: skip


def _fill_person(person: Person, after: Values) -> None:
    if after.get("name"):
        person.name = after["name"]
    if "phone" in after:
        person.phone = after["phone"] or ""
    if "birth_on" in after:
        person.birth_on = after["birth_on"]
    if after.get("identity_number"):
        person.identity_hash, born = unsealed(str(after["identity_number"]))
        person.birth_on = born or person.birth_on


def _state(row: Any, fields: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in fields)


def _upsert(model: Any, rows: Sequence[Any], fields: Sequence[str]) -> None:
    """Rows that stand, written by insert-or-update: far faster than one CASE for each row."""
    now = clock.now()
    for row in rows:
        row.updated_at = now
    model.objects.bulk_create(
        rows, batch_size=WRITTEN, update_conflicts=True, unique_fields=["id"],
        update_fields=[*fields, "updated_at"],
    )  # fmt: skip


def _take_away(students: Sequence[Student]) -> None:
    """Students of an undone import, and persons of whom nothing else is recorded."""
    try:
        for part in batched([s.pk for s in students], CHUNK):
            Student.objects.filter(pk__in=part).delete()
        for part in batched([s.person_id for s in students], CHUNK):
            rows = Person.objects.filter(pk__in=part, user=None, studies=None)
            Person.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    except ProtectedError as error:
        raise Refused(_("这些学生已有后续记录，不能撤销导入。")) from error


def _present(school_ids: Iterable[int]) -> dict[Key, Student]:
    rows = Student.objects.filter(school_id__in=list(school_ids))
    rows = rows.select_related("person", "school", "offering")
    return {(s.school.name, s.number): s for s in rows.iterator(chunk_size=5000)}


def _persons(digests: Iterable[str]) -> Iterator[Person]:
    for part in batched(digests, CHUNK):
        yield from Person.objects.filter(identity_hash__in=part)


def _digest(row: Values | None) -> str | None:
    seal = (row or {}).get("identity_number")
    return unsealed(str(seal))[0] if seal else None


def _class_problem(row: Values, offerings: OfferingIndex, classes: ClassIndex) -> Problem | None:
    offering, name = offerings.find(row), row.get("class_name")
    if offering is None or not name or classes.find(offering.pk, int(row["grade"]), name):
        return None
    return Problem(
        "class_name", "unknown_class",
        f"该专业 {row['grade']} 级没有班级“{name}”。",
        f"There is no class “{name}” of {row['grade']} in this major.",
        "请先在“班级与届次”表中登记，或核对班名。",
        "Record it with the sheet of cohorts first, or check the name.",
    )  # fmt: skip


def _identity_problems(
    rows: Sequence[Values], known: Sequence[int]
) -> Iterator[tuple[int, Problem]]:
    """New students need a number; one person is on one roll, in the file and in the register."""
    numbers = {(rows[n]["school"], rows[n]["number"]) for n in known}
    standing = _digests_of({str(school) for school, _number in numbers})
    on_rolls = _on_rolls([d for n in known if (d := _digest(rows[n]))])
    first: dict[str, int] = {}
    for n in known:
        row, digest = rows[n], _digest(rows[n])
        key = (str(row["school"]), str(row["number"]))
        if digest is None:
            if key not in standing:
                yield n, NUMBER_MISSING
            continue
        if (row.get("status") or StudentStatus.ENROLLED) not in ON_ROLL:
            continue
        if first.setdefault(digest, n) != n:
            yield n, TWICE_IN_FILE
        elif any(other != key for other in on_rolls.get(digest, ())):
            yield n, _on_another_roll(key, on_rolls[digest])


def _digests_of(schools: Iterable[str]) -> dict[Key, str | None]:
    rows = Student.objects.filter(school__name__in=list(schools))
    found = rows.values_list("school__name", "number", "person__identity_hash")
    return {(school, number): digest for school, number, digest in found.iterator(chunk_size=5000)}


def _on_rolls(digests: Sequence[str]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    for part in batched(digests, CHUNK):
        rows = Student.objects.filter(person__identity_hash__in=part, status__in=ON_ROLL)
        for digest, school, number in rows.values_list(
            "person__identity_hash", "school__name", "number"
        ):
            found.setdefault(digest, []).append((school, number))
    return found


def _on_another_roll(key: Key, others: Sequence[Key]) -> Problem:
    same_school = next((number for school, number in others if school == key[0]), None)
    where_zh = f"本校学号 {same_school}" if same_school else "另一所学校"
    where_en = f"number {same_school} of your school" if same_school else "another school's roll"
    return Problem(
        "identity_number", "on_another_roll", f"此身份证号已以{where_zh}在籍。",
        f"This identity number is on roll already: {where_en}.",
        "请核对身份证号；转学的须先由原学校办理学籍变动。",
        "Check it; after a transfer the former school must change the status first.",
    )  # fmt: skip


NUMBER_MISSING = Problem(
    "identity_number", "identity_number_missing", "新登记的学生须填身份证号。",
    "A new student needs an identity number.",
    "请补填；系统只保存加密摘要。", "Give it; only a keyed hash is kept.",
)  # fmt: skip
TWICE_IN_FILE = Problem(
    "identity_number", "identity_number_twice", "此身份证号在本表中用于两名在籍学生。",
    "This identity number is used for two students on roll in this file.",
    "请核对学号和身份证号。", "Check student and identity numbers.",
)  # fmt: skip
