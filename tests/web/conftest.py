"""Scenes of the lower floors that page tests stand on."""

from tests.gaps.conftest import (  # noqa: F401
    areas,
    codes,
    link,
    market,
    study,
    today,
    train,
    want,
)
from tests.publishing.conftest import (  # noqa: F401
    add_line,
    checked,
    companies,
    consortium,
    files_once,
    frozen,
    head,
    lines,
    occupations,
    october,
    quarter,
    survey_round,
    version,
)
