"""From an address to the version it names; what is not there, or was taken back, says so."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from chanjiao.publishing.queries import edition_of, files_of, list_numbered, version_numbered
from chanjiao.publishing.snapshot import Edition


@dataclass(frozen=True, slots=True)
class Opened:
    """A publication with one of its versions; ``edition`` is None once it was withdrawn."""

    publication: Any
    version: Any
    edition: Edition | None

    @property
    def is_current(self) -> bool:
        return self.version.pk == self.current.pk

    @property
    def current(self) -> Any:
        return self.publication.versions.all()[0]

    @property
    def files(self) -> list[Any]:
        return files_of(self.version)


def opened(number: str, version: int | None = None) -> Opened:
    publication = list_numbered(number)
    found = version_numbered(publication, version) if publication else None
    if publication is None or found is None:
        raise Http404
    edition = None if publication.is_withdrawn else edition_of(found.snapshot)
    return Opened(publication, found, edition)


def opened_in_force(number: str, version: int) -> tuple[Opened, Edition]:
    """For rows, figures and files: a withdrawn list has none."""
    found = opened(number, version)
    if found.edition is None:
        raise Http404
    return found, found.edition
