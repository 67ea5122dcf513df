"""Where the compiled kernels lie, if this machine could compile them."""

from pathlib import Path

ABI = 4  # raised whenever a function's arguments change


def library() -> Path | None:
    """The shared library that ctypes loads, or nothing."""
    path = Path(__file__).parent / "kernels.so"
    return path if path.is_file() else None
