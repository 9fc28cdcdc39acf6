"""What browsers load: our own styles and script, and the listed files of the packages in `package-lock.json`.

Every address carries a digest or a version, so that a browser may keep the file for ever. Where the packages are not
installed, their files are simply not there: pages then use the system's fonts and work without htmx.
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

OWN = Path(__file__).with_name("static") / "ui"
#: Joined into one stylesheet, in this order.
STYLES = (
    *("tokens", "base", "shell", "sheet", "chip", "badge", "ruler", "timeline", "band"),
    *("table", "form", "photo", "piece", "notice", "message", "map", "phone", "large", "print", "cell"),
)
SCRIPT, ICON = "gongzhi.js", "icon.svg"
#: Of the pages that show a map alone.
MAP_SCRIPT = "map.js"
#: Package → the files of it that are published, as glob patterns; nothing else is.
LISTED = {
    "htmx.org": ("dist/htmx.min.js",),
    "leaflet": ("dist/leaflet.js", "dist/leaflet.js.map", "dist/leaflet.css", "dist/images/*.png"),
    "@fontsource-variable/noto-sans-sc": ("index.css", "files/*-wght-normal.woff2"),
    "@fontsource-variable/noto-serif-sc": ("index.css", "files/*-wght-normal.woff2"),
}
FONTS = ("@fontsource-variable/noto-sans-sc", "@fontsource-variable/noto-serif-sc")


@cache
def joined_styles() -> bytes:
    """The stylesheet, all parts in their order."""
    return b"\n".join((OWN / "css" / f"{part}.css").read_bytes() for part in STYLES)


@cache
def own_files() -> dict[str, bytes]:
    """Address below the static root → content, of what is ours."""
    contents = {
        "gongzhi-{}.css": joined_styles(),
        "gongzhi-{}.js": (OWN / SCRIPT).read_bytes(),
        "gongzhi-{}.svg": (OWN / ICON).read_bytes(),
        "gongzhi-map-{}.js": (OWN / MAP_SCRIPT).read_bytes(),
    }
    return {
        f"ui/{name.format(hashlib.sha256(content).hexdigest()[:12])}": content
        for name, content in contents.items()
    }


def own_address(kind: str) -> str:
    """The address of our stylesheet (`css`), our script (`js`), that of maps (`map`) or our icon (`svg`)."""
    starts, ends = ("ui/gongzhi-map-", ".js") if kind == "map" else ("ui/gongzhi-", f".{kind}")
    return next(name for name in own_files() if name.startswith(starts) and name.endswith(ends))


@cache
def installed() -> dict[str, str]:
    """Package → version, of those listed that stand in `node_modules` in the version of the lock."""
    lock = settings.NODE_MODULES.parent / "package-lock.json"
    if not lock.is_file():
        return {}
    wanted = json.loads(lock.read_text("utf-8"))["packages"]
    versions = {name: wanted.get(f"node_modules/{name}", {}).get("version", "") for name in LISTED}
    return {name: version for name, version in versions.items() if version and _has(name, version)}


def _has(name: str, version: str) -> bool:
    found = settings.NODE_MODULES / name / "package.json"
    return found.is_file() and bool(json.loads(found.read_text("utf-8"))["version"] == version)


def package_address(name: str, path: str) -> str:
    """The address of a package's file; "" where the package is not installed. KeyError: not listed."""
    if not any(Path(path).match(pattern) for pattern in LISTED[name]):
        raise KeyError(f"{path} of {name} is not listed")
    version = installed().get(name)
    return f"vendor/{name.lstrip('@')}-{version}/{path}" if version else ""


def package_files() -> Iterator[tuple[str, Path]]:
    """Address and file of everything listed and installed."""
    for name in installed():
        root = settings.NODE_MODULES / name
        for pattern in LISTED[name]:
            for file in sorted(root.glob(pattern)):
                yield package_address(name, str(file.relative_to(root))), file
