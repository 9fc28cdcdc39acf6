"""What must be said beside a value: drafting defects kept visible, tensions to put before a lawyer."""

import re

from pydantic import BaseModel, ConfigDict

#: The marks of remarks within what is said: for who keeps the packs.
_MARK = re.compile(r"（[A-Z]{1,3}-?[A-Z]?\d+）", re.ASCII)


def without_marks(sentence: str) -> str:
    """A sentence for whoever does not keep the packs: without the numbers of remarks."""
    return _MARK.sub("", sentence)


class Remark(BaseModel):
    """A defect (`BS-D4`) or a tension (`T2`). Said where one of `keys` is asked for and one of `packs` speaks.

    `packs` empty: wherever the key is asked. `text` is our own words; `reading` is how the product reads it meanwhile;
    `rules` are the rules of `gongzhi law lint` that find it in the text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    reading: str = ""
    rules: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()

    def touches(self, key: str, speaking: set[str]) -> bool:
        """Whether it is to be said beside this key when these packs speak."""
        return key in self.keys and (not self.packs or not speaking.isdisjoint(self.packs))

    @property
    def sentence(self) -> str:
        """As a clerk reads it: its number stands before the one full stop."""
        parts = (part.rstrip("。") for part in (self.text, self.reading) if part)
        return f"{'；'.join(parts)}（{self.id}）。"
