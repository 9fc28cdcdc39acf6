"""The lowest room stands on nothing: no framework, no room above it."""

import subprocess
import sys
from pathlib import Path

import gongzhi.values

ROOM = Path(gongzhi.values.__file__).parent


def test_values_import_neither_django_nor_any_room_above():
    modules = [f"gongzhi.values.{file.stem}" for file in sorted(ROOM.glob("*.py")) if file.stem != "__init__"]
    program = (
        f"import sys; sys.path.insert(0, {str(ROOM.parents[1])!r}); import {', '.join(modules)}; "
        "print(*(m for m in sys.modules if m == 'django' or m.startswith('django.') "
        "or m.startswith('gongzhi.') and not m.startswith('gongzhi.values')))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
