"""The rules of COINr written out in loops, one cell after another: what the engine is held to.

Nothing here is shared with the engine. A gap is ``None``.
"""

from math import exp, log, sqrt


def skew_kurt(values):
    x = [v for v in values if v is not None]
    n = len(x)
    mean = sum(x) / n
    m2, m3, m4 = (sum((v - mean) ** p for v in x) for p in (2, 3, 4))
    if m2 == 0:
        return None, None
    skew = sqrt(n) * m3 / m2**1.5 * sqrt(n * (n - 1)) / (n - 2)
    kurt = ((n + 1) * (n * m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return skew, kurt


def passes(values, skew_most=2.0, kurt_most=3.5):
    skew, kurt = skew_kurt(values)
    return skew is None or abs(skew) < skew_most or kurt < kurt_most


def winsorise(values, most_points=5):
    x = list(values)
    high, low = [], []
    while not passes(x) and len(high) + len(low) < most_points:
        known = [v for v in x if v is not None]
        if skew_kurt(x)[0] >= 0:
            top = max(known)
            high = [n for n, v in enumerate(x) if v == top]
            inner = max(v for v in known if v != top)
            x = [inner if n in high else v for n, v in enumerate(x)]
        else:
            bottom = min(known)
            low = [n for n, v in enumerate(x) if v == bottom]
            inner = min(v for v in known if v != bottom)
            x = [inner if n in low else v for n, v in enumerate(x)]
    return x


def log_ct(values):
    known = [v for v in values if v is not None]
    low, high = min(known), max(known)
    return [None if v is None else log(v - low + 0.01 * (high - low)) for v in values]


def treat(values, most_points=5):
    if len([v for v in values if v is not None]) < 4 or passes(values):
        return list(values)
    drawn = winsorise(values, most_points)
    return drawn if passes(drawn) else log_ct(values)


def minmax(values, low=0.0, high=100.0):
    known = [v for v in values if v is not None]
    a, b = min(known), max(known)
    if a == b:
        return [None] * len(values)
    return [None if v is None else (v - a) / (b - a) * (high - low) + low for v in values]


def zscore(values, mean=0.0, deviation=1.0):
    known = [v for v in values if v is not None]
    m = sum(known) / len(known)
    s = sqrt(sum((v - m) ** 2 for v in known) / (len(known) - 1))
    if s == 0:
        return [None] * len(values)
    return [None if v is None else (v - m) / s * deviation + mean for v in values]


def rank_up(values):
    known = [v for v in values if v is not None]
    return [None if v is None else 1 + sum(w < v for w in known) for v in values]


def rank_down(values):
    known = [v for v in values if v is not None]
    return [None if v is None else 1 + sum(w > v for w in known) for v in values]


def prank(values):
    count = len([v for v in values if v is not None])
    return [None if r is None else (r - 1) / (count - 1) for r in rank_up(values)]


def mean(values, weights, kind, power=2.0):
    pairs = [(v, w) for v, w in zip(values, weights, strict=True) if v is not None]
    total = sum(w for _, w in pairs)
    if not pairs or total == 0:
        return None
    if kind == "amean":
        return sum(w * v for v, w in pairs) / total
    if kind == "gmean":
        return exp(sum(w * log(v) for v, w in pairs) / total)
    if kind == "hmean":
        return total / sum(w / v for v, w in pairs)
    return (sum(w * v**power for v, w in pairs) / total) ** (1 / power)


def copeland(columns, weights):
    """Units are rows; a pair is compared on the children that both know."""
    scores = []
    units = len(columns[0])
    for a in range(units):
        score = 0
        for b in range(units):
            margin = whole = 0.0
            for column, weight in zip(columns, weights, strict=True):
                if a != b and column[a] is not None and column[b] is not None:
                    whole += weight
                    margin += weight * ((column[a] > column[b]) - (column[a] < column[b]))
            if abs(margin) > 1e-12 * whole:
                score += 1 if margin > 0 else -1
        scores.append(score)
    return scores


def impute_group_mean(values, groups):
    found = list(values)
    for n, v in enumerate(values):
        if v is None:
            lot = [
                w for w, g in zip(values, groups, strict=True)
                if g == groups[n] and w is not None
            ]  # fmt: skip
            found[n] = sum(lot) / len(lot) if lot else None
    return found
