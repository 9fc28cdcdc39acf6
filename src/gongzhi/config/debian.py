"""Packages of Debian that the tests need and may install: as root, where there is apt."""

import os
import shutil
import subprocess

APT = {"DEBIAN_FRONTEND": "noninteractive", "DEBCONF_NONINTERACTIVE_SEEN": "true"}


def install(package: str) -> None:
    """Install a package where we may; whoever asked looks whether it is there now."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
        subprocess.run(
            ["apt-get", "-q", *step],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | APT,
            check=False,
        )
