"""The static finder: publishes `published` and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from . import published


@deconstructible
class PublishedFiles(Storage):
    """What is published, read only: our joined files from memory, the packages' from their folder."""

    @property
    def files(self) -> dict[str, Path]:
        """Address → file, of the packages."""
        return dict(published.package_files())

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        own = published.own_files().get(name)
        return ContentFile(own, name) if own is not None else File(self.files[name].open("rb"), name)

    def exists(self, name: str) -> bool:
        """Whether it is published."""
        return name in published.own_files() or name in self.files

    def get_modified_time(self, name: str) -> datetime:
        """When the file changed; for ours, when the newest part did."""
        parts = [self.files[name]] if name in self.files else list(published.OWN.rglob("*.*"))
        return datetime.fromtimestamp(max(part.stat().st_mtime for part in parts), UTC)

    def path(self, name: str) -> str:
        """Where a package's file stands; collectstatic names it in its log. Ours are joined in memory."""
        return str(self.files.get(name, published.OWN))


class PublishedFinder(BaseFinder):
    """Tells collectstatic what there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = PublishedFiles()

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """The file of an address; [] where it is not published or stands only in memory."""
        found = self.storage.files.get(path)
        return str(found) if found is not None else []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """Every address."""
        for name in (*published.own_files(), *self.storage.files):
            yield name, self.storage
