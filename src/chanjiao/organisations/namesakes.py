"""Finding bodies that may be one, and remembering each such pair until somebody decides."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from chanjiao.core import todos
from chanjiao.core.roles import Role
from chanjiao.engines.namesake import (
    Namesake,
    Reason,
    folded_name,
    namesakes,
    namesakes_of,
    place_words,
)
from chanjiao.organisations.choices import NameKind, PairReason, PairState, Status
from chanjiao.organisations.models import (
    Area,
    Consortium,
    DuplicatePair,
    Organisation,
    OrganisationName,
)
from chanjiao.standards.choices import System
from chanjiao.standards.packaged import packaged

ABOUT = "organisation.duplicates"
BATCH = 1000
Pair = tuple[int, int]


def places() -> frozenset[str]:
    """Names of the nation's cities and counties and of the region's own areas."""
    return packaged_places() | place_words(Area.objects.values_list("name", flat=True))


def packaged_places() -> frozenset[str]:
    """The part of :func:`places` that needs no database."""
    return place_words(item.name for item in packaged(System.REGION))


def likely_bodies(name: str, *, but_not: int | None = None) -> list[tuple[int, Reason, int]]:
    """Bodies that may already be the one called ``name``: key, reason, score; likeliest first."""
    rows = Organisation.objects.exclude(status=Status.MERGED)
    names = dict(rows.exclude(pk=but_not).values_list("pk", "name"))
    return [(pk, reason, score) for pk, reason, score in namesakes_of(name, names, places())]


def note_pairs(touched: Collection[int] | None = None) -> int:
    """Put pairs of alike bodies before the office; with ``touched`` only those they are part of.

    A pair that was decided before stays decided. Returns how many pairs are new.
    """
    names = dict(Organisation.objects.exclude(status=Status.MERGED).values_list("pk", "name"))
    wanted = None if touched is None else set(touched)
    found = _strongest([*namesakes(names, places()), *_by_former_name(names)])
    pairs = {
        pair: hit for pair, hit in found.items()
        if wanted is None or pair[0] in wanted or pair[1] in wanted
    }  # fmt: skip
    return _keep(pairs)


def note_pairs_of(organisation: Organisation) -> int:
    """The same for one body, without looking at every pair of the register."""
    hits = [
        Namesake(organisation.pk, pk, reason, score)
        for pk, reason, score in likely_bodies(organisation.name, but_not=organisation.pk)
    ]
    former = OrganisationName.objects.filter(name_key=organisation.name_key).exclude(
        organisation=organisation
    )
    hits += [
        Namesake(organisation.pk, pk, "name", 100)
        for pk in former.exclude(kind=NameKind.SHORT).values_list("organisation_id", flat=True)
    ]
    return _keep(_strongest(hits))


def note_same_code(one: int, other: int) -> None:
    """Somebody wanted to give ``other`` the code that ``one`` has."""
    hit = Namesake(one, other, "name", 100)
    _keep({_in_order(hit): hit}, reason=PairReason.SAME_CODE)


def _by_former_name(names: dict[int, str]) -> Iterable[Namesake[int]]:
    """A body that bears the name another one had before."""
    rows = OrganisationName.objects.exclude(kind=NameKind.SHORT)
    former = {key: pk for pk, key in rows.values_list("organisation_id", "name_key") if pk in names}
    for pk, name in names.items():
        other = former.get(folded_name(name))
        if other is not None and other != pk:
            yield Namesake(other, pk, "name", 100)


def _strongest(hits: Iterable[Namesake[int]]) -> dict[Pair, Namesake[int]]:
    found: dict[Pair, Namesake[int]] = {}
    for hit in hits:
        pair = _in_order(hit)
        if pair not in found or found[pair].score < hit.score:
            found[pair] = hit
    return found


def _in_order(hit: Namesake[int]) -> Pair:
    return (min(hit.first, hit.second), max(hit.first, hit.second))


def _keep(pairs: dict[Pair, Namesake[int]], reason: str = "") -> int:
    known = set(DuplicatePair.objects.values_list("first_id", "second_id"))
    fresh = [
        DuplicatePair(
            first_id=pair[0], second_id=pair[1], reason=reason or hit.reason, score=hit.score
        )
        for pair, hit in pairs.items()
        if pair not in known
    ]
    DuplicatePair.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    if fresh:
        _ask_offices()
    return len(fresh)


def _ask_offices() -> None:
    """One to-do for each office, open until no pair is."""
    for office_id in set(Consortium.objects.values_list("office_id", flat=True)):
        todos.ask(
            office_id, _("核对疑似重复的机构"), title_en="Look at possible duplicates",
            url="/directory/duplicates/", about=ABOUT, role=Role.OFFICE,
        )  # fmt: skip


def clear_if_decided() -> None:
    """The to-do goes when the last pair is decided."""
    if not DuplicatePair.objects.filter(state=PairState.OPEN).exists():
        todos.done(ABOUT)
