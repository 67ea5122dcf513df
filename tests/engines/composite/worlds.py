"""Invented frameworks and tables to try the engine on, the same for the same seed."""

import numpy as np

from chanjiao.engines.composite import Node, Scheme, Table


def scheme(groups=3, each=4, dice=None):
    """An index over dimensions over indicators, with uneven weights and some directions down."""
    dice = dice or np.random.default_rng(0)
    nodes = [Node("I")]
    for g in range(groups):
        nodes.append(Node(f"G{g}", "I", float(dice.integers(1, 5))))
        nodes += [
            Node(f"G{g}x{n}", f"G{g}", float(dice.integers(1, 5)), int(dice.choice([1, 1, -1])))
            for n in range(each)
        ]
    return Scheme(nodes)


def table(tree, units=30, gaps=0.1, seed=0, skewed=True):
    """Positive values, some columns long-tailed, some cells missing, two groups, one base."""
    dice = np.random.default_rng(seed)
    size = len(tree.leaves)
    values = dice.uniform(1, 9, (units, size))
    if skewed:
        tails = dice.random(size) < 0.5
        values[:, tails] = np.exp(dice.normal(0, 1.6, (units, int(tails.sum()))))
    values[dice.random(values.shape) < gaps] = np.nan
    # Every column keeps something to go by.
    few = values[:5]
    values[:5] = np.where(np.isnan(few), 4.0 + np.arange(len(few))[:, None], few)
    labels = tuple(dice.choice(["north", "south"], units).tolist())
    return Table(
        tuple(f"u{n:03}" for n in range(units)),
        tree.leaves,
        values,
        groups={"side": labels},
        bases={"people": dice.uniform(1, 3, units)},
    )


def column(values):
    """A numpy column as the plain rules want it."""
    return [None if np.isnan(v) else float(v) for v in values]
