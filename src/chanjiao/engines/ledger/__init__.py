"""A hash chain whose past can't be rewritten, and a head to anchor outside it.

>>> first = seal(None, {"act": "order_class.signed", "actor": 7})
>>> second = seal(first, {"act": "order_class.closed", "actor": 7})
>>> verify([first, second]).ok
True
>>> verify([first], anchors=[second.anchor]).first_fault.kind
<FaultKind.CUT_TAIL: 'cut_tail'>
"""

from chanjiao.engines.ledger.canonical import PayloadError, canonical
from chanjiao.engines.ledger.chain import GENESIS, Anchor, Entry, entry_hash, seal
from chanjiao.engines.ledger.verdict import Fault, FaultKind, Verdict
from chanjiao.engines.ledger.verification import verify

__all__ = [
    "GENESIS",
    "Anchor",
    "Entry",
    "Fault",
    "FaultKind",
    "PayloadError",
    "Verdict",
    "canonical",
    "entry_hash",
    "seal",
    "verify",
]
