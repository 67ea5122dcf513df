"""What is wrong with a market, in both languages."""


class MarketFault(ValueError):
    """A market that can't be matched as given; the message names column, value and remedy."""


def fault(zh: str, en: str) -> MarketFault:
    return MarketFault(f"{zh} {en}")
