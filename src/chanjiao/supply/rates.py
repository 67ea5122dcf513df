"""Loss and further study: an offering's own history where it has one, else a dated parameter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chanjiao.core.parameters import Parameter, parameter
from chanjiao.supply.choices import Level

HISTORY, PARAMETER = "history", "parameter"
FURTHER_STUDY = {
    Level.SECONDARY: "supply_further_study_secondary",
    Level.COLLEGE: "supply_further_study_college",
    Level.VOCATIONAL_BACHELOR: "supply_further_study_bachelor",
    Level.BACHELOR: "supply_further_study_bachelor",
    Level.MIDDLE_WORKER: "supply_further_study_worker",
    Level.SENIOR_WORKER: "supply_further_study_worker",
    Level.TECHNICIAN: "supply_further_study_worker",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """What one school year of an offering counted; graduates are those of that summer."""

    registered: int | None
    graduates: int | None
    further_study: int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it was taken from: so many years of history, or a parameter."""

    value: Decimal
    basis: str
    lost: int = 0
    of: int = 0
    parameter: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """The parameters in force on one day, read once for any number of offerings."""

    loss: Parameter
    further: Mapping[str, Parameter]
    history_years: int

    @classmethod
    def on(cls, day: date) -> "Defaults":
        found = {name: parameter(name, on=day) for name in set(FURTHER_STUDY.values())}
        further = {str(level): found[name] for level, name in FURTHER_STUDY.items()}
        years = parameter("supply_history_years", on=day).whole
        return cls(parameter("supply_loss_share", on=day), further, years)


def loss_rate(
    years: Mapping[int, Counts], before: int, duration: Decimal, defaults: Defaults
) -> Rate:
    """The share of those who registered that had not graduated when their class should have.

    >>> counts = {2022: Counts(100, None, None), 2025: Counts(90, 92, 30)}
    >>> loss_rate(counts, 2026, Decimal(3), None).value
    Decimal('0.08')
    """
    span = int(duration.to_integral_value(rounding="ROUND_CEILING"))
    registered = graduates = 0
    for year in _recent(years, before, defaults):
        start = years.get(year - span)
        if start and start.registered and years[year].graduates is not None:
            registered += start.registered
            graduates += years[year].graduates or 0
    if not registered:
        return Rate(defaults.loss.value, PARAMETER, parameter=defaults.loss)
    lost = max(0, registered - graduates)
    return Rate(Decimal(lost) / registered, HISTORY, lost, registered)


def further_rate(years: Mapping[int, Counts], before: int, level: str, defaults: Defaults) -> Rate:
    """The share of graduates who studied on and so are not on offer to companies.

    >>> counts = {2025: Counts(90, 92, 23)}
    >>> further_rate(counts, 2026, "college", None).value
    Decimal('0.25')
    """
    graduates = onward = 0
    for year in _recent(years, before, defaults):
        one = years[year]
        if one.graduates and one.further_study is not None:
            graduates += one.graduates
            onward += one.further_study
    if not graduates:
        found = defaults.further[level]
        return Rate(found.value, PARAMETER, parameter=found)
    return Rate(Decimal(onward) / graduates, HISTORY, onward, graduates)


def _recent(years: Mapping[int, Counts], before: int, defaults: Defaults | None) -> Iterable[int]:
    """The latest school years up to ``before`` that history looks at."""
    span = defaults.history_years if defaults else 3
    return [year for year in sorted(years) if before - span <= year < before]


def expected(size: int, loss: Rate, further: Rate) -> Decimal:
    """How many of a class should come to the labour market.

    >>> expected(40, Rate(Decimal("0.1"), HISTORY), Rate(Decimal("0.5"), HISTORY))
    Decimal('18.00')
    """
    return (size * (1 - loss.value) * (1 - further.value)).quantize(Decimal("0.01"))
