"""Through the whole way of an import: a hostile file ends in an answer and changes nothing."""

import pytest

from chanjiao.core.refusals import Refused
from chanjiao.exchange.models import ImportRow
from chanjiao.exchange.services import imports
from chanjiao.organisations.models import Area
from tests.engines.tabular import hostile

TOO_LARGE_TO_KEEP = {"200 MB csv"}


@pytest.mark.parametrize("name", sorted(set(hostile.REFUSED_BY) - TOO_LARGE_TO_KEEP))
def test_a_hostile_file_ends_in_an_answer_and_changes_nothing(office, sheet, name):
    filename, build, codes = hostile.REFUSED_BY[name]
    Area.objects.create(code="1", name="望澜市", kind="city", path="1")
    before = list(Area.objects.values())
    job = imports.receive(office, sheet, build(), filename)
    job.refresh_from_db()
    assert job.state == "refused"
    assert set(job.fault_counts) & set(codes.split())
    assert job.faults[0]["zh"]
    assert job.faults[0]["en"]
    assert list(Area.objects.values()) == before
    assert not ImportRow.objects.exists()


@pytest.mark.parametrize("name", hostile.HARMLESS)
def test_a_file_that_only_looks_odd_is_previewed(office, sheet, name):
    filename, build = hostile.HARMLESS[name]
    job = imports.receive(office, sheet, build(), filename)
    job.refresh_from_db()
    assert job.state == "previewed"
    assert job.new > 0


def test_a_file_over_the_limit_is_not_even_kept(office, sheet, settings):
    filename, build, _codes = hostile.REFUSED_BY["200 MB csv"]
    with pytest.raises(Refused, match="20 MB"):
        imports.receive(office, sheet, build(), filename)
    assert not any(file.stat().st_size > 100 * 2**20 for file in settings.FILE_STORE.rglob("*"))


def test_the_page_refuses_a_file_over_the_limit_with_its_size(client_of, office, sheet):
    import io

    big = io.BytesIO(b"1,2\n" * (6 * 2**20))
    big.name = "big.csv"
    answer = client_of(office).post("/exchange/import/areas/", {"file": big})
    assert answer.status_code == 200
    assert "24.0 MB" in answer.content.decode()


def test_the_page_of_a_refused_file_names_row_column_and_remedy(client_of, office, sheet):
    job = imports.receive(office, sheet, hostile.last_row_bad(), "a.csv")
    shown = client_of(office).get(f"/exchange/{job.pk}/").content.decode()
    assert "1001" in shown
    assert "不能为空" in shown
