import pytest

from chanjiao.engines.taxonomy import Crosswalk, Link, TaxonomyFault

OFFICIAL = Link("460103", "6-18-01-07", 1.0, "official")
GUESS = Link("460103", "6-18-01-01", 0.4, "statistical")


def test_links_come_strongest_first_from_either_side():
    links = Crosswalk("x", [GUESS, OFFICIAL])
    assert links.targets("460103") == [OFFICIAL, GUESS]
    assert links.sources("6-18-01-01") == [GUESS]
    assert links.targets("460103", at_least=0.5) == [OFFICIAL]
    assert links.targets("460104") == []


def test_a_review_replaces_a_proposal_but_never_an_official_link():
    links = Crosswalk("x", [GUESS, OFFICIAL])
    reviewed = links.with_links(
        [
            Link("460103", "6-18-01-01", 0.8, "expert", "对口", "王"),
            Link("460103", "6-18-01-07", 0.1, "expert"),
        ]
    )
    assert [link.strength for link in reviewed.targets("460103")] == [1.0, 0.8]
    assert [link.strength for link in links.targets("460103")] == [1.0, 0.4]


def test_a_rejected_proposal_goes_and_an_official_link_stays():
    links = Crosswalk("x", [GUESS, OFFICIAL])
    kept = links.without([("460103", "6-18-01-01"), ("460103", "6-18-01-07")])
    assert list(kept) == [OFFICIAL]


def test_coverage_of_nothing_is_missing_not_zero():
    links = Crosswalk("x", [GUESS])
    assert links.coverage([]) is None
    assert links.coverage(["460103", "460104"]) == 0.5


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"strength": "1.2", "basis": "expert"}, "strength"),
        ({"strength": "强", "basis": "expert"}, "strength"),
        ({"strength": "nan", "basis": "expert"}, "strength"),
        ({"strength": "0.5", "basis": "hearsay"}, "basis"),
    ],
)
def test_a_bad_link_is_refused(row, said):
    with pytest.raises(TaxonomyFault, match=said):
        Crosswalk.from_rows("x", [{"from": "a", "to": "b"} | row])


def test_a_doubled_pair_is_refused():
    with pytest.raises(TaxonomyFault, match="doubled"):
        Crosswalk("x", [GUESS, GUESS])
