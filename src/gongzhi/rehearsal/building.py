"""Building a cell: an empty database is filled from the package, in one transaction, and says what was left out."""

from datetime import datetime

from django.db import transaction

from gongzhi.accounts.actions import open_account
from gongzhi.accounts.facts import OpenAccount
from gongzhi.acts.actor import SYSTEM
from gongzhi.law.package import rehearse_waiting
from gongzhi.registry.packages import read_package, take_in

from .chairs import REHEARSER
from .folder import Built, Cell, Folder


def build(folder: Folder, cell: Cell, at: datetime) -> Built:
    """Take the package in as of `at`, and note in the folder what came of it."""
    package = read_package(folder.package)
    with transaction.atomic():
        taken = take_in(package, at=at)
        texts = rehearse_waiting(package.estate.community, at=at) if cell.with_drafts else []
        open_account(by=SYSTEM, at=at, facts=OpenAccount(username=REHEARSER))
    built = Built(str(taken.estate.pk), tuple(taken.left_out), tuple(texts))
    folder.write_built(built)
    return built
