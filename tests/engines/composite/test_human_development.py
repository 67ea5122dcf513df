"""The Human Development Index of 2014 from the formula alone, for seven of its countries."""

import pytest

from chanjiao.engines.composite import (
    Aggregate,
    Combine,
    Node,
    Normalise,
    Recipe,
    Scale,
    Scheme,
    Table,
    build,
)

# Life expectancy, expected and mean years of schooling, income a head (2011 PPP $), and the
# index as published: UNDP, Human Development Report 2015, table 1. All 188 countries are in
# benchmarks/composite.py, which takes the file as an argument.
FIGURES = {
    "Norway": (81.6, 17.5, 12.6, 64992, 0.944),
    "Australia": (82.4, 20.2, 13.0, 42261, 0.935),
    "Switzerland": (83.0, 15.8, 12.8, 56431, 0.930),
    "China": (75.8, 13.1, 7.5, 12547, 0.727),
    "India": (68.0, 11.7, 5.4, 5497, 0.609),
    "Niger": (61.4, 5.4, 1.5, 908, 0.348),
    "Qatar": (78.2, 13.8, 9.1, 123124, 0.850),
}
# Technical notes of the report: goalposts; what lies beyond counts as the post itself.
POSTS = {
    "life": Scale("goalposts", (0, 1), (20, 85)),
    "expected": Scale("goalposts", (0, 1), (0, 18)),
    "mean": Scale("goalposts", (0, 1), (0, 15)),
    "income": Scale("goalposts", (0, 1), (100, 75000), curve="ln"),
}


def test_seven_countries_come_within_two_thousandths_of_the_published_index():
    data = Table.of(FIGURES, POSTS, [row[:4] for row in FIGURES.values()])
    tree = Scheme([
        Node("HDI"), Node("life", "HDI"), Node("education", "HDI"), Node("income", "HDI"),
        Node("expected", "education"), Node("mean", "education"),
    ])  # fmt: skip
    recipe = Recipe(
        normalise=Normalise(each=POSTS), aggregate=Aggregate(each={"HDI": Combine("gmean")})
    )
    made = build(data, tree, recipe)
    published = [row[4] for row in FIGURES.values()]
    assert made.scores().tolist() == pytest.approx(published, abs=0.002)
    assert made.scores("expected")[1] == 1  # Australia's 20.2 years count as 18
