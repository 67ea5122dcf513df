"""What this engine says when a table or a model handed to it can't be used."""


class TaxonomyFault(ValueError):
    """Names the place, the value and the remedy; ``zh`` for the screen, ``en`` for the log."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh = zh
        self.en = en


def row_fault(
    table: str, row: int, field: str, value: str, remedy: tuple[str, str]
) -> TaxonomyFault:
    """A fault in one row; ``row`` counts from 1 and leaves the heading out."""
    zh, en = remedy
    return TaxonomyFault(
        f"{table} 第 {row} 行 {field} 的值“{value}”不可用：{zh}",
        f"{table} row {row}, {field} = {value!r}: {en}",
    )
