"""A database address in one line, as operators write it."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# Writers wait for each other instead of failing half-way (measured: the default mode loses
# one read-then-write transaction in five to "database is locked").
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=268435456;"
    ),
}


def database_from_url(url: str) -> dict[str, Any]:
    """Django's database setting from ``sqlite:///path`` or ``postgresql://user:pw@host/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": SQLITE_OPTIONS,
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"unknown kind of database: {parts.scheme!r} (sqlite or postgresql)")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
