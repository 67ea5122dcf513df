"""Evidence through the API: as far as the token's body sees it, with quote and place."""

from chanjiao.evidence.services import items, statements
from tests.evidence.conftest import about, bring, desk, enrolled, page  # noqa: F401


def test_evidence_and_its_statements_are_read_by_those_who_see_it(
    ask, token_of, office, school_admin, company_hr, desk, enrolled  # noqa: F811
):  # fmt: skip
    item = statements.accept(office, enrolled.pk).evidence
    for nobody in ("", token_of(company_hr)):
        assert ask("evidence", nobody).json()["items"] == []
        assert ask("evidence/statements", nobody).json()["items"] == []
        assert ask(f"evidence/{item.pk}", nobody).status_code == 404
    found = ask(f"evidence/{item.pk}", token_of(school_admin)).json()
    assert (found["grade"], found["quotes"], found["sha256"]) == ("self", 1, item.file.sha256)
    told = ask(f"evidence/statements?evidence={item.pk}", token_of(school_admin)).json()["items"]
    assert [one["quote"] for one in told] == ["在校生12000人"]
    assert told[0]["end"] - told[0]["start"] == len(told[0]["quote"])
    assert told[0]["content"]["value"] == "12000"
    assert told[0]["reported_grade"] == "self"


def test_public_evidence_is_open_and_filters_narrow_it(
    ask, office, school, company, desk, enrolled  # noqa: F811
):  # fmt: skip
    item = statements.accept(office, enrolled.pk).evidence
    items.show_to(office, item.pk, "public")
    assert [one["id"] for one in ask("evidence").json()["items"]] == [item.pk]
    assert ask("evidence?kind=photo").json()["items"] == []
    assert ask(f"evidence?organisation={company.pk}").json()["items"] == []
    assert ask("evidence/statements?kind=relation").json()["items"] == []
    assert len(ask(f"evidence/statements?organisation={school.pk}").json()["items"]) == 1
