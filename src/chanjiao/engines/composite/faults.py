"""What this engine says when it will not make a number."""


class Refused(ValueError):
    """Names the place, the value and the remedy; ``zh`` for the screen, ``en`` for the log.

    ``line`` is the line of the file at fault, from 1, where there is a file.
    """

    def __init__(self, zh: str, en: str, *, line: int | None = None) -> None:
        at_zh = f"第 {line} 行：" if line else ""
        at_en = f"line {line}: " if line else ""
        super().__init__(f"{at_zh}{zh} {at_en}{en}")
        self.zh = zh
        self.en = en
        self.line = line
