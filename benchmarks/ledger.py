"""Rows verified per second; run with ``PYTHONPATH=src python benchmarks/ledger.py``."""

import sys
import time

from chanjiao.engines.ledger import Entry, seal, verify


def rows(length: int, key: bytes | None) -> list[Entry]:
    made: list[Entry] = []
    for number in range(length):
        payload = {
            "act": "order_class.signed",
            "actor": number % 97,
            "at": "2025-06-30T09:30:00+08:00",
            "thing": f"order_class:{number}",
            "changed": {"state": ["proposed", "in_force"], "seats": 30},
        }
        made.append(seal(made[-1] if made else None, payload, key=key))
    return made


for size in (10_000, 60_000):
    for key in (None, b"secret"):
        entries = rows(size, key)
        begun = time.perf_counter()
        assert verify(entries, key=key).ok
        spent = time.perf_counter() - begun
        kind = "HMAC" if key else "SHA-256"
        sys.stdout.write(f"{size:>6} rows, {kind}: {spent:.2f} s, {size / spent:,.0f} rows/s\n")
