import pytest

from chanjiao.core.sheets import handlers


@pytest.fixture
def sheet(settings):
    """The sheet of areas, the only one of this installation for the length of the test."""
    settings.CHANJIAO_SHEETS = ["tests.exchange.area_sheet.AreaSheet"]
    handlers.cache_clear()
    yield handlers()["areas"]
    handlers.cache_clear()
