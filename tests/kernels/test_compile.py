"""The kernels' wheel is built with or without a compiler."""

import ctypes
import importlib.util
from pathlib import Path

import pytest

from chanjiao.engines.matching import kernels

chanjiao_kernels = pytest.importorskip("chanjiao_kernels")
PACKAGE = Path(__file__).resolve().parents[2] / "packages" / "chanjiao-kernels"


@pytest.fixture
def compiled():
    spec = importlib.util.spec_from_file_location("kernel_compile", PACKAGE / "compile.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.compiled


@pytest.mark.parametrize("compiler", ["no-such-compiler", "false"])
def test_a_compiler_that_is_missing_or_fails_stops_nothing(
    compiled, compiler, monkeypatch, tmp_path
):
    monkeypatch.setenv("CC", compiler)
    assert compiled(sorted(PACKAGE.glob("src/*/*.c")), tmp_path / "kernels.so") is False


def test_a_compiler_makes_a_library_that_loads(compiled, tmp_path):
    source = tmp_path / "one.c"
    source.write_text("int one(void) { return 1; }\n")
    if not compiled([source], tmp_path / "one.so"):
        pytest.skip("no compiler on this machine")
    assert ctypes.CDLL(str(tmp_path / "one.so")).one() == 1


def test_engine_and_kernels_speak_of_the_same_arguments():
    assert chanjiao_kernels.ABI == kernels.ABI
    source = (PACKAGE / "src" / "chanjiao_kernels" / "scan.c").read_text("utf-8")
    assert f"chanjiao_abi(void) {{ return {kernels.ABI}; }}" in source


def test_without_the_library_numpy_answers_and_c_is_refused_plainly(monkeypatch):
    from chanjiao.engines.matching import Machine, MarketFault

    monkeypatch.setenv("CHANJIAO_KERNELS", "off")
    kernels.library.cache_clear()
    try:
        assert Machine().library is None
        with pytest.raises(MarketFault, match="chanjiao-kernels"):
            Machine("c")
    finally:
        kernels.library.cache_clear()
    with pytest.raises(MarketFault, match="fortran"):
        Machine("fortran")
