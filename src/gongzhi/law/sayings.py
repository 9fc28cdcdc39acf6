"""The sentences that stand beside a value: how its text stands, what is unverified, which defect or tension it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongzhi.values.citations import Citation

from .layers import Layer
from .merging import Merged
from .remarks import Remark
from .schema import DOUBTFUL, PRACTICE, Instrument, Mode, Pack, Status


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a key is asked, which texts were heard, and which stay silent but must be named."""

    chain: Sequence[str]
    packs: Mapping[str, Pack]
    remarks: Sequence[Remark]
    heard: Sequence[Layer]
    silent: Sequence[Layer]


@dataclass(slots=True)
class Sayings:
    """Sentences in the order they are said, each with the machine's word for it."""

    said: dict[str, str] = field(default_factory=dict)

    def say(self, sentence: str, flag: str) -> None:
        """Say a sentence once, with one full stop: some are told without, and all stand in one list."""
        if sentence:
            self.said.setdefault(f"{sentence.rstrip('。')}。", flag)

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences."""
        return tuple(self.said)

    @property
    def flags(self) -> tuple[str, ...]:
        """Their flags, each once."""
        return tuple(dict.fromkeys(self.said.values()))


def said_beside(scene: Scene, key: str, found: Merged | None) -> Sayings:
    """Everything to be said beside a value, or beside its absence."""
    sayings = Sayings()
    if found is not None:
        for layer in found.shaped_by:
            _of_layer(sayings, layer)
        _of_inheritance(scene, sayings, found)
        for sentence in found.warnings:
            sayings.say(sentence, "not_taken")
    for layer in scene.silent:
        sayings.say(layer.standing, _flag(layer))
    speaking = {layer.code for layer in scene.heard}
    for remark in scene.remarks:
        if speaking and remark.touches(key, speaking):
            sayings.say(remark.sentence, remark.id)
    return sayings


#: What is known of a text that was not seen itself.
_SEEN = {"SEEN-WEB?": "只见于网页转载", "SEEN-CODE?": "只见于其他系统的资料", "GK": "凭一般了解"}


def _flag(layer: Layer) -> str:
    """The machine's word for how a text stands."""
    ended = layer.ended and layer.status is Status.CAMPAIGN
    return "campaign_ended" if ended else layer.status.value


def _of_layer(sayings: Sayings, layer: Layer) -> None:
    """How one text stands, and how sure its wording is."""
    sayings.say(layer.standing, _flag(layer))
    if layer.instrument and layer.instrument.stale:
        sayings.say(f"{layer.title}：{layer.instrument.stale}", "stale")
    if layer.parameter.evidence == PRACTICE:
        sayings.say("所列为办公惯例，不是法律规定，本地可以另行设定", "practice")
    if layer.parameter.evidence in DOUBTFUL:
        says = f"{layer.title}的文字尚未核实（{_SEEN[layer.parameter.evidence]}），不得作为已核实的依据出示"
        sayings.say(says, "unverified")
    elif layer.parameter.evidence == "NOT-FOUND" and layer.parameter.cites:
        sayings.say("文本没有写明具体数值，须由本地设定", "not_found")


def _of_inheritance(scene: Scene, sayings: Sayings, found: Merged) -> None:
    """A text in between was not found: the value taken from above may differ there."""
    if found.mode is Mode.LOCKED or found.giver.code not in scene.chain:
        return
    for code in scene.chain[: scene.chain.index(found.giver.code)]:
        pack = scene.packs.get(code)
        if pack is not None and pack.unverified:
            says = f"{pack.unverified}的文本未找到，此值继承自上级规定，未经核对"
            sayings.say(says, "inherited_unverified")


def cited(found: Merged, instruments: Mapping[str, Instrument]) -> tuple[Citation, ...]:
    """The articles of every text that shaped the value, the nearest first."""
    cites = (cite for layer in reversed(found.shaped_by) for cite in layer.parameter.cites)
    return tuple(dict.fromkeys(Citation(instruments[cite.instrument].title, cite.where) for cite in cites))
