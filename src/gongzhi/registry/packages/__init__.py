"""One estate as one package: what a rehearsal copies of it, without anybody's name or number, and the way back in.

`write_package(estate, at=…)` reads the registers; `take_in(package, at=…)` fills empty ones by actions alone. Cases,
notices, papers and messages are never copied.
"""

from .reading import TakenIn, take_in
from .shape import FORMAT, Package, read_package
from .writing import write_package

__all__ = ["FORMAT", "Package", "TakenIn", "read_package", "take_in", "write_package"]
