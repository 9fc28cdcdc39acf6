"""Who may do what in this room."""

from datetime import datetime

from gongzhi.acts.actor import Actor
from gongzhi.acts.policies import binds
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.policies import SIGNERS
from gongzhi.values.refusals import NotAllowed

from .facts import KeepSeal, StoreFile, WithdrawSeal


@binds("stores_own_file", says="已登录的人，为自己上传")
def stores_own_file(*, by: Actor, facts: StoreFile, at: datetime) -> None:
    """Nobody uploads in another's name."""
    if by.account_id is None or by.account_id != facts.account_id:
        raise NotAllowed("您无权以他人名义上传文件，请用本人账号登录后再上传。")


@binds("keeps_seal_of_organisation", says="本单位负责人")
def keeps_seal_of_organisation(*, by: Actor, facts: KeepSeal | WithdrawSeal, at: datetime) -> None:
    """Who speaks for an organisation answers for its seal; nobody else's, and no system's."""
    held = appointment_of(by, at)
    if held.post not in SIGNERS or held.organisation_id != facts.organisation_id:
        raise NotAllowed("您无权管理这个单位的印章图片，应由本单位负责人办理。")
