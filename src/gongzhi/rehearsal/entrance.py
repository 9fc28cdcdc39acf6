"""The way from the real system into a cell: a signed address, good for a minute and once.

The cell's secret signs it, so a cell opens to nobody else's link; what was used is noted in the cell's folder. Goes by
the clock that nobody moves.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from gongzhi.values.now import unmoved
from gongzhi.values.refusals import NotAllowed

from .folder import Cell, Folder, take_once

#: How long a link is good for. Ours to choose, not law.
SOON = timedelta(minutes=1)
SALT = "gongzhi.rehearsal.entrance"
AGAIN = "进入演练的链接已经用过或者过了时间，请回到“演练”页面重新打开。"


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who comes in, and the page of the real system they come from."""

    who: str
    home: str


def make_key(cell: Cell, entrance: Entrance, good_for: timedelta = SOON) -> str:
    """What opens the cell once."""
    said = {
        "cell": cell.id,
        "once": secrets.token_urlsafe(16),
        "until": (unmoved() + good_for).timestamp(),
        "who": entrance.who,
        "home": entrance.home,
    }
    return signing.dumps(said, key=cell.secret, salt=SALT)


def use_key(key: str, cell: Cell, folder: Folder) -> Entrance:
    """Who comes in by this key; NotAllowed where it is another's, too late, or was used."""
    try:
        said = signing.loads(key, key=cell.secret, salt=SALT)
    except signing.BadSignature as wrong:
        raise NotAllowed(AGAIN) from wrong
    if said["cell"] != cell.id or unmoved().timestamp() > said["until"]:
        raise NotAllowed(AGAIN)
    if not take_once(folder, hashlib.sha256(said["once"].encode()).hexdigest()):
        raise NotAllowed(AGAIN)
    return Entrance(said["who"], said["home"])
