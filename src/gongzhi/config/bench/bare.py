"""Row *demo*: from a bare checkout to the demonstration's first page, with the packages in the machine's caches."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from gongzhi.config import demo, serving
from gongzhi.config.environment import PREFIX, ROOT

from .figures import Figure

LIMIT = 90.0
#: What a checkout has not.
MADE = (".git", ".venv", "node_modules", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache")


def measure() -> list[Figure]:
    """Copy the checkout, run `./gongzhi demo` in it, wait for its first page."""
    with tempfile.TemporaryDirectory(prefix="gongzhi-bare-") as folder:
        root = Path(folder, "gongzhi")
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*MADE))
        took = _until_served(root)
    return [Figure("demo", "from a bare checkout to a served page", took, LIMIT, "s", "packages at hand")]


def _until_served(root: Path) -> float:
    at = serving.free_port()
    ours = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "DJANGO_"))}
    began = time.perf_counter()
    child = subprocess.Popen(
        [str(root / "gongzhi"), "demo", "--port", str(at)],
        env=ours,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        demo.wait_until_served(at, [child], within=10 * LIMIT)
        took = time.perf_counter() - began
        if child.poll() is not None:
            raise SystemExit("演示没有启动，请看上面的错误。")
        return took
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait()
