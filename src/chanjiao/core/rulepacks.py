"""Rule packs that ship with the product, and packs and overlays in files of an office's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from chanjiao.engines.rules import (
    Fault,
    Pack,
    PackError,
    apply_overlay,
    combine,
    read_overlay,
    read_pack,
)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it is built
SHIPPED = Path(__file__).parent / "data" / "rules"


def shipped_packs() -> list[str]:
    """Names of the packs that ship."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def load_pack(names: Sequence[str], overlays: Sequence[Path] = ()) -> Pack:
    """One pack from shipped names or files, with overlays laid on in the order given.

    Raises PackError naming the file, the place in it and what to do.
    """
    pack = combine([read_pack(read_yaml(_path_of(name)), Path(name).name) for name in names])
    for path in overlays:
        pack = apply_overlay(pack, read_overlay(read_yaml(path), pack, path.name))
    return pack


def _path_of(name: str) -> Path:
    shipped = SHIPPED / f"{name}.yaml"
    return shipped if name in shipped_packs() else Path(name)


def read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  both are safe
    except (OSError, UnicodeDecodeError) as fault:
        known = ", ".join(shipped_packs())
        raise PackError(
            [
                Fault(
                    str(path),
                    f"读不到这个文件，也没有这个名字的规则包；自带的有：{known}。",
                    f"no such file can be read, and no pack has this name; there are: {known}.",
                )
            ]
        ) from fault
    except yaml.YAMLError as fault:
        where = " ".join(str(fault).split())
        raise PackError(
            [Fault(path.name, f"不是 YAML：{where}。", f"is no YAML: {where}.")]
        ) from fault
