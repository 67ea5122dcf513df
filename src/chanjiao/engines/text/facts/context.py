"""All that one text was cut into before facts are read off it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chanjiao.engines.text.facts.bearers import Bearers
from chanjiao.engines.text.facts.locality import locality
from chanjiao.engines.text.facts.mentions import Mention
from chanjiao.engines.text.facts.model import KnownOrganisation
from chanjiao.engines.text.facts.organisations import mentions
from chanjiao.engines.text.facts.periods import Period, periods
from chanjiao.engines.text.facts.places import Ordered
from chanjiao.engines.text.facts.sentences import Sentences
from chanjiao.engines.text.facts.standing import Standing
from chanjiao.engines.text.facts.timing import Timing
from chanjiao.engines.text.facts.words import Words


@dataclass(frozen=True, slots=True)
class Context:
    """A text with its words, sentences, bodies, spans of time and who figures are told of."""

    text: str
    article: str
    published_on: date | None
    words: Words
    sentences: Sentences
    mentions: Sequence[Mention]
    keys: dict[str, str]
    when: Ordered[Period]
    timing: Timing
    standing: Standing
    bearers: Bearers


def context(
    text: str, article: str, published_on: date | None, known: Sequence[KnownOrganisation]
) -> Context:
    """Cut a text once for all readers."""
    words = Words(text)
    sentences = Sentences(text)
    found, keys = mentions(text, words, known)
    bearers = Bearers(text, words, found, locality(words), sentences)
    when = periods(text, published_on)
    ordered = Ordered(when)
    timing = Timing(text, sentences, when)
    standing = Standing(sentences, ordered)
    return Context(
        text,
        article,
        published_on,
        words,
        sentences,
        found,
        keys,
        ordered,
        timing,
        standing,
        bearers,
    )
