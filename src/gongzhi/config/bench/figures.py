"""A measured figure beside its limit, and how several are printed and kept."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was measured, the measure and its limit in the same unit, and what it was measured beside."""

    row: str
    what: str
    measured: float
    limit: float
    unit: str
    beside: str

    @property
    def is_met(self) -> bool:
        """Whether the measure is within its limit."""
        return self.measured <= self.limit

    def line(self) -> str:
        """As a line of the table in the README."""
        sign = "yes" if self.is_met else "NO"
        cells = (
            self.row,
            self.what,
            f"{self.measured:.2f} {self.unit}",
            f"≤ {self.limit:g} {self.unit}",
            sign,
        )
        return f"| {' | '.join((*cells, self.beside))} |"


HEADER = "| row | what | measured | limit | met | beside |\n| --- | --- | ---: | ---: | --- | --- |"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(values: Sequence[float]) -> float:
    """The middle of several measures."""
    return statistics.median(values)


def machine() -> dict[str, Any]:
    """What it was measured on."""
    model = ""
    described = Path("/proc/cpuinfo")
    if described.exists():
        names = [line for line in described.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else ""
    return {
        "system": platform.platform(),
        "processor": model or platform.processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def keep(folder: Path, name: str, figures: Sequence[Figure], engine: str) -> Path:
    """Keep the figures with the machine's description."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    told = {
        "machine": machine(),
        "engine": engine,
        "figures": [asdict(figure) | {"met": figure.is_met} for figure in figures],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return path
