"""``python -m chanjiao_kernels``: tells whether there is a compiled library."""

import sys

from chanjiao_kernels import library

sys.stdout.write(f"compiled {library()}\n" if library() else "not compiled: numpy will do\n")
