"""Install what browsers load into node_modules, by `npm ci` from package-lock.json.

Run by ./gongzhi before it serves, by the demonstration while it builds. What only the tests load in a browser is
installed for `test` alone. A machine without npm gets one from the lock `requirements-node.lock`. Where neither works
one sentence says so, and the pages work all the same: with the system's fonts, and without what a script would add.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .prepare import ROOT, installing_environment, one_at_a_time

#: Of Node; older ones do not know the options used here.
OLDEST = 18
#: npm writes it last: a folder without it was begun, or emptied.
FINISHED = Path("node_modules", ".package-lock.json")
LOCK, NODE_LOCK = "package-lock.json", "requirements-node.lock"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
#: Nothing runs on installation, nothing is asked for beyond the lock, and a machine without a network is told soon.
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1")


class Pages:
    """One installation of `root/package-lock.json`; `for_tests`: with what only the tests load."""

    def __init__(self, root: Path, *, for_tests: bool = False) -> None:
        self.root, self.for_tests = root, for_tests
        self.bin = root / ".venv" / "bin"
        self.state = root / ".venv" / "gongzhi"
        self.log = self.state / "prepare-pages.log"

    def is_done(self) -> bool:
        """Whether node_modules holds what the lock says; also where there is no lock."""
        wanted, made_from = self.root / LOCK, self.state / LOCK
        if not wanted.is_file():
            return True
        has = (self.root / FINISHED).is_file() and made_from.is_file()
        if not has or made_from.read_bytes() != wanted.read_bytes():
            return False
        return not self.for_tests or all((self.root / place).is_dir() for place in self.of_tests())

    def of_tests(self) -> list[str]:
        """Where the packages stand that only the tests load."""
        packages = json.loads((self.root / LOCK).read_text("utf-8")).get("packages", {})
        return [place for place, package in packages.items() if package.get("dev")]

    def make(self) -> bool:
        """Install; whether it succeeded."""
        self.state.mkdir(parents=True, exist_ok=True)
        (self.state / LOCK).unlink(missing_ok=True)
        npm = self.npm() or self.install_npm()
        if npm is None or not self.run([npm, *NPM_CI, *([] if self.for_tests else ["--omit=dev"])]):
            return False
        shutil.copyfile(self.root / LOCK, self.state / LOCK)
        return True

    def npm(self) -> str | None:
        """The npm of the machine where its Node is young enough, else the one of `.venv`."""
        own, found = self.bin / "npm", shutil.which("npm")
        if found and self.is_young_enough(shutil.which("node")):
            return found
        return str(own) if own.exists() else None

    def is_young_enough(self, node: str | None) -> bool:
        """Whether a Node can do what is asked here."""
        check = f"process.exit(Number(process.versions.node.split('.')[0]) < {OLDEST} ? 1 : 0)"
        return node is not None and self.run([node, "-e", check])

    def install_npm(self) -> str | None:
        """Install Node by its lock; None where that fails."""
        uv = self.bin / "uv"
        installer: list[str | Path] = (
            [uv, "pip", "install", "--python", self.bin / "python"]
            if uv.exists()
            else [self.bin / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        )
        done = self.run([*installer, "--require-hashes", "-r", self.root / NODE_LOCK])
        own = self.bin / "npm"
        return str(own) if done and own.exists() else None

    def run(self, command: Sequence[str | Path]) -> bool:
        """Run a command with its output in the log; whether it succeeded."""
        environment = installing_environment()
        environment["PATH"] = f"{self.bin}{os.pathsep}{environment.get('PATH', '')}"
        if CERTIFICATES.exists():
            environment.setdefault("NODE_EXTRA_CA_CERTS", str(CERTIFICATES))
        with self.log.open("ab") as log:
            log.write(f"$ {' '.join(map(str, command))}\n".encode())
            log.flush()
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.root, env=environment
            )
        return done.returncode == 0


def main() -> int:
    """Install unless that is done; 0 even where it fails, for the pages work without.

    `test`: with the tests' own. `collect`: then put it where the server finds it.
    """
    pages = Pages(ROOT, for_tests="test" in sys.argv[1:])
    try:
        with one_at_a_time(ROOT):
            if not pages.is_done() and not pages.make():
                print(
                    "网页用的字体和脚本没有装上，页面照常可用；需要时请检查网络后再运行，"
                    f"详情见 {pages.log}。",
                    file=sys.stderr,
                )
        if "collect" in sys.argv[1:]:
            from . import database, serving

            database.set_up()
            serving.collect_static()
    except KeyboardInterrupt:
        return 130
    except OSError as broken:
        print(f"网页用的字体和脚本没有装上（{broken.strerror}），页面照常可用。", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
