"""Reading the XML parts of an Office package: no document type, no entities, only what the inspection looks at."""

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

#: Elements whose attributes are kept.
_KEPT = frozenset({"Relationship", "Default", "Override", "fldSimple"})


class UnsafePartError(Exception):
    """The part declares a document type or an entity, which an Office file never does."""


@dataclass(slots=True)
class Part:
    """What an inspection looks at: some elements with their attributes, and the instruction of each field."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    instructions: list[str] = field(default_factory=lambda: [""])
    _inside: bool = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """expat's start of an element."""
        local = tag.rpartition(":")[2]
        if local in _KEPT:
            self.elements.append((local, attributes))
        if local == "fldChar":
            self.instructions.append("")
        self._inside = local in ("instrText", "delInstrText")

    def text(self, words: str) -> None:
        """expat's characters. A field's instruction may be cut into many runs: they are joined."""
        if self._inside:
            self.instructions[-1] += words

    def end(self, _: str) -> None:
        """expat's end of an element."""
        self._inside = False


def read_part(content: bytes) -> Part:
    """Parse one part; raises `UnsafePartError`, or ValueError where it is no XML."""
    part = Part()
    parser = expat.ParserCreate()
    parser.StartElementHandler = part.begin
    parser.CharacterDataHandler = part.text
    parser.EndElementHandler = part.end
    parser.StartDoctypeDeclHandler = _no_document_type
    try:
        parser.Parse(content, True)
    except expat.ExpatError as wrong:
        raise ValueError(str(wrong)) from wrong
    return part


def _no_document_type(*_: Any) -> None:
    raise UnsafePartError
