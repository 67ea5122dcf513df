"""English catalogues beside the code they belong to: read, update, check, compile.

Chinese sentences are the message ids, so Chinese needs no catalogue. Entries are sorted and carry
no line numbers or dates: a catalogue changes only when a sentence does.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from chanjiao.core.messages import Found, found_in

__all__ = ["catalogue_path", "compile_stale", "faults", "sentences_by_package", "update"]

LANGUAGE = "en"
SUFFIXES = {".py", ".html", ".txt"}
NOT_SHOWN = {"engines", "migrations", "locale", "static", "__pycache__"}
HEADER = (
    b'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    b'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)

Key = tuple[str, str, str]
Translation = str | tuple[str, ...]


def sentences_by_package(root: Path) -> dict[Path, set[Found]]:
    """What each package of ``src/chanjiao`` shows to people; empty packages are left out."""
    sentences: dict[Path, set[Found]] = {}
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix in SUFFIXES and not NOT_SHOWN.intersection(inside.parts):
            found = found_in(path)
            if found:
                sentences.setdefault(root / package_of(inside), set()).update(found)
    return {package: without_singular_twins(found) for package, found in sentences.items()}


def without_singular_twins(sentences: set[Found]) -> set[Found]:
    """A catalogue holds a sentence once; its entry with a plural also answers for it alone."""
    counted = {(found.msgid, found.context) for found in sentences if found.plural}
    return {s for s in sentences if s.plural or (s.msgid, s.context) not in counted}


def package_of(inside: Path) -> Path:
    """An app, or an area of the site; loose files go with the package all others lean on.

    >>> package_of(Path("web/gaps/views.py")).as_posix(), package_of(Path("cli.py")).as_posix()
    ('web/gaps', 'core')
    """
    folders = inside.parts[:-1]
    if not folders:
        return Path("core")
    if folders[0] != "web":
        return Path(folders[0])
    return Path("web", *(folders[1:2] or ("shared",)))


def catalogue_path(package: Path) -> Path:
    return package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str = LANGUAGE) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(catalogue: Catalog) -> dict[Key, Message]:
    return {key_of(message): message for message in catalogue if message.id}


def key_of(message: Message) -> Key:
    singular, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
    return singular, plural, message.context or ""


def key_of_found(found: Found) -> Key:
    return found.msgid, found.plural, found.context


def update(root: Path) -> list[Path]:
    """Write each package's catalogue anew; returns the files that changed.

    A sentence that moved, or that another package has in English already, keeps its English;
    one that is no longer shown goes. New ones are left empty for a translator.
    """
    known = known_translations(root)
    wanted = {catalogue_path(p): found for p, found in sentences_by_package(root).items()}
    changed = [path for path in root.rglob(f"locale/{LANGUAGE}/**/django.po") if path not in wanted]
    for path in changed:
        path.unlink()
    for path, sentences in wanted.items():
        own = entries(read(path))
        translations = known | {key: m.string for key, m in own.items() if is_translated(m)}
        content = rendered(sentences, translations)
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            changed.append(path)
    return changed


def known_translations(root: Path) -> dict[Key, Translation]:
    known: dict[Key, Translation] = {}
    for path in sorted(root.rglob(f"locale/{LANGUAGE}/**/django.po")):
        for key, message in entries(read(path)).items():
            if is_translated(message):
                known.setdefault(key, message.string)
    return known


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return not message.fuzzy and bool(strings) and all(strings)


def rendered(sentences: Iterable[Found], translations: dict[Key, Translation]) -> bytes:
    catalogue = Catalog(locale=LANGUAGE, fuzzy=False)
    for found in sorted(sentences):
        identity = (found.msgid, found.plural) if found.plural else found.msgid
        english = translations.get(key_of_found(found), "")
        catalogue.add(identity, english, context=found.context or None)
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, no_location=True)
    return HEADER + body.getvalue().strip() + b"\n"


def faults(root: Path) -> list[str]:
    """Every reason why the English would not be complete and consistent, one line each."""
    found: list[str] = []
    english: dict[Key, tuple[Translation, Path]] = {}
    for package, sentences in sentences_by_package(root).items():
        path = catalogue_path(package)
        place = path.relative_to(root).as_posix()
        held = entries(read(path))
        wanted = {key_of_found(sentence) for sentence in sentences}
        found += [f"{place}: 缺条目 not in the catalogue: {key[0]}" for key in wanted - held.keys()]
        found += [f"{place}: 已不再使用 no longer used: {key[0]}" for key in held.keys() - wanted]
        for key in sorted(wanted & held.keys()):
            found += [f"{place}: {reason}: {key[0]}" for reason in message_faults(held[key])]
            first, where = english.setdefault(key, (held[key].string, path))
            if first != held[key].string:
                other = where.relative_to(root).as_posix()
                found.append(f"{place}: 与 {other} 的译文不同 translated otherwise: {key[0]}")
    return sorted(found)


def message_faults(message: Message) -> list[str]:
    if message.fuzzy:
        return ["待确认 fuzzy"]
    if not is_translated(message):
        return ["没有英文 no English"]
    return [f"占位符不符 placeholders differ ({fault})" for fault in message.check()]


def compile_stale(root: Path) -> list[Path]:
    """Write the ``.mo`` beside each ``.po`` that is newer than it; returns those written.

    Besides the English there is a Chinese one for words of packages that we say otherwise.
    """
    written = []
    for source in sorted(root.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.is_file() or target.stat().st_mtime < source.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, read(source, source.parent.parent.name))
            written.append(target)
    return written
