"""Parties of an exit that are found, not named."""

from gongzhi.procedures.holders import FirstOf
from gongzhi.registry.roles import OWNERS, SUCCESSOR

#: Who takes over papers and goods: the successor, else the owners' side (committee, else the community).
RECEIVER = FirstOf("receiver", "接收方", "organ", (SUCCESSOR, OWNERS))
