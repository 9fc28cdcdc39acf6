"""Who may do what in this room."""

from datetime import datetime

from gongzhi.acts.actor import Actor
from gongzhi.acts.policies import binds
from gongzhi.values.refusals import NotAllowed

from .facts import StoreFile


@binds("stores_own_file", says="已登录的人，为自己上传")
def stores_own_file(*, by: Actor, facts: StoreFile, at: datetime) -> None:
    """Nobody uploads in another's name."""
    if by.account_id is None or by.account_id != facts.account_id:
        raise NotAllowed("您无权以他人名义上传文件，请用本人账号登录后再上传。")
