"""The law book: key, place and date in, one value with all that must be said beside it out. Pure and fast."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from gongzhi.values.refusals import NotFound
from gongzhi.values.terms import Rule

from .layers import Adopted, Layer, Setting, holds, layers_of, speaking
from .local import as_contract, as_setting, effective
from .merging import Merged, merge, merged
from .remarks import Remark
from .sayings import Sayings, Scene, cited, said_beside
from .schema import ROOT, Instrument, Key, Mode, Pack
from .value import Source, Value, frozen

_KEPT = 50_000
_LENGTHS = (9, 6, 4, 2)
_SOURCES: Mapping[str, Source] = {"LOCAL": "local", "CONTRACT": "contract"}


class LawBook:
    """Packs, parents, local settings and adoptions as they stand at one moment. Immutable; answers are remembered."""

    def __init__(
        self,
        packs: Mapping[str, Pack],
        keys: Mapping[str, Key],
        parents: Mapping[str, str | None],
        *,
        settings: Iterable[Setting] = (),
        adoptions: Iterable[Adopted] = (),
        remarks: Iterable[Remark] = (),
    ) -> None:
        self.packs = packs
        self.keys = keys
        self.parents = {**parents, **{code: pack.parent for code, pack in packs.items()}}
        self.adoptions = tuple(adoptions)
        self.settings = tuple(settings)
        self.remarks = tuple(remarks)
        self.instruments: dict[str, Instrument] = {}
        for pack in packs.values():
            self.instruments.update(pack.instruments)
        self._settings: dict[str, list[Setting]] = defaultdict(list)
        for setting in self.settings:
            self._settings[setting.key].append(setting)
        self.named = {key for key in keys if not key.endswith(".*")} | {
            key for pack in packs.values() for key in pack.params
        }
        self._chains: dict[str, tuple[str, ...]] = {}
        self._answers: dict[tuple[str, str, date, bool], Value] = {}

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────

    def place(self, code: str) -> str:
        """The known code meant by `code`: `2206`, `220600` and `CN-2206` are one. NotFound for an unknown one."""
        wanted = code.strip().upper().removeprefix(f"{ROOT}-")
        short = [wanted[:n] for n in _LENGTHS if len(wanted) > n and not wanted[n:].strip("0")]
        for one in (wanted, *short):
            if one in self.parents:
                return one
        raise NotFound(f"没有代码为“{code}”的行政区划，请核对区划代码（例如 220600）。")

    def chain(self, code: str) -> tuple[str, ...]:
        """The place and everything above it, up to CN. Parents are explicit, never read off the digits."""
        known = self._chains.get(code)
        if known is None:
            steps: list[str] = []
            at: str | None = self.place(code)
            while at is not None and at not in steps:
                steps.append(at)
                at = self.parents.get(at)
            known = self._chains[code] = tuple(steps)
        return known

    def key(self, key: str) -> Key:
        """What is known of a key, or of its family (`papers.*`); NotFound names near ones."""
        known = self.keys.get(key) or self.keys.get(key.partition(".")[0] + ".*")
        if known is None:
            near = get_close_matches(key, self.keys, n=3, cutoff=0.5)
            hint = f"是否要查：{'、'.join(near)}？" if near else "请到法规参数页查看全部名称。"
            raise NotFound(f"没有名为“{key}”的法规参数，{hint}")
        return known

    # ── values ───────────────────────────────────────────────────────────────────────────────────────────────────

    def value_of(
        self,
        key: str,
        at_code: str,
        on: date,
        *,
        contract: Mapping[str, Any] | None = None,
        deciding: bool = True,
    ) -> Value:
        """What the law says of `key` at a place on a date.

        `deciding`: only texts in force or adopted count; else drafts and undated texts are shown too, with a warning.
        `contract`: the contract's own terms by key, which prevail where the law lets them. NotFound: unknown key, code.
        """
        asked = (key, at_code, on, deciding)
        if contract and key in contract:
            return self._answer(key, at_code, on, deciding, contract)
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._answer(key, at_code, on, deciding, {})
            self._remember(asked, answer)
        return answer

    def rule_of(
        self,
        key: str,
        at_code: str,
        on: date,
        *,
        contract: Mapping[str, Any] | None = None,
        deciding: bool = True,
    ) -> Rule:
        """How the period of `key` is counted there. NotPossible when it is not set, or a person has to fix it."""
        return self.value_of(key, at_code, on, contract=contract, deciding=deciding).rule

    def values_at(self, at_code: str, on: date, *, deciding: bool = False) -> list[Value]:
        """Every key that is defined at a place on a date, by name."""
        every = (self.value_of(key, at_code, on, deciding=deciding) for key in sorted(self.named))
        return [value for value in every if value.is_defined]

    def holes(self, at_code: str, on: date, *, deciding: bool = True) -> list[Value]:
        """What a place still has to set before its procedures can run."""
        return [value for value in self.values_at(at_code, on, deciding=deciding) if not value.is_set]

    def with_setting(self, setting: Setting) -> "LawBook":
        """This book with one more local setting: to see what it would do."""
        return LawBook(
            self.packs,
            self.keys,
            self.parents,
            settings=[*self.settings, setting],
            adoptions=self.adoptions,
            remarks=self.remarks,
        )

    def without_settings(self) -> "LawBook":
        """What the texts themselves say, with nothing that a place has set."""
        return LawBook(self.packs, self.keys, self.parents, adoptions=self.adoptions, remarks=self.remarks)

    def settings_to_come(self, key: str, at_code: str, on: date) -> list[Setting]:
        """What the place, or one above, has set that counts there from a day after `on`, the first first."""
        chain, mine = self.chain(at_code), self._settings.get(key, ())
        later = sorted((one for one in mine if one.set_on > on), key=lambda one: one.set_on)
        return [one for one in later if effective(mine, chain, one.set_on, hole=False) is one]

    def _remember(self, asked: tuple[str, str, date, bool], answer: Value) -> None:
        if len(self._answers) >= _KEPT:
            self._answers.clear()
        self._answers[asked] = answer

    def layers(self, key: str, at_code: str, on: date) -> list[Layer]:
        """Every text that says something about a key there and then, from CN down."""
        return layers_of(key, self.chain(at_code), self.packs, self.instruments, self.adoptions, on)

    def texts_at(self, at_code: str, on: date) -> dict[str, Instrument]:
        """The texts that decide at a place on a day, by their codes, from the place up."""
        below: set[str] = set()
        found: dict[str, Instrument] = {}
        for code in self.chain(at_code):
            below.add(code)
            pack = self.packs.get(code)
            texts = pack.instruments if pack else {}
            found |= {name: one for name, one in texts.items() if holds(name, one, below, self.adoptions, on)}
        return found

    def _found(self, key: str, chain: tuple[str, ...], heard: list[Layer], on: date) -> Merged | None:
        """Packs first, then the local setting where there is a hole or the law allows one."""
        found = merged(heard, fine=self.key(key).fine)
        if found is None:
            return None
        hole = found.value is None
        if hole or found.giver.parameter.local:
            setting = effective(self._settings.get(key, ()), chain, on, hole=hole)
            if setting is not None:
                return merge(found, as_setting(setting, found))
        return found

    def _answer(self, key: str, at_code: str, on: date, deciding: bool, contract: Mapping[str, Any]) -> Value:
        """Find the value, lay the contract's term over it, and tell it with what must be said beside it."""
        about, chain = self.key(key), self.chain(at_code)
        layers = self.layers(key, at_code, on)
        heard = speaking(layers, deciding=deciding)
        found = self._found(key, chain, heard, on)
        if found is not None and found.mode is Mode.CONTRACT and key in contract:
            found = as_contract(contract[key], found, about)
        silent = [layer for layer in layers if layer not in heard and layer.ended != deciding]
        sayings = said_beside(Scene(chain, self.packs, self.remarks, heard, silent), key, found)
        return self._told(key, chain, found, sayings)

    def _told(self, key: str, chain: tuple[str, ...], found: Merged | None, sayings: Sayings) -> Value:
        """The answer as a value."""
        about = self.key(key)
        texts, flags = sayings.texts, sayings.flags
        if found is None:
            return Value(
                key,
                about.title,
                about.kind,
                warnings=texts,
                flags=flags,
                direction=about.direction,
                asked_at=chain[0],
                options=about.options,
                usual=frozen(about.usual),
            )
        giver = found.giver.parameter
        return Value(
            key=key,
            title=about.title,
            kind=about.kind,
            value=found.value,
            unit=found.unit,
            comparator=giver.comparator,
            citations=cited(found, self.instruments),
            inherited_from=found.giver.code,
            status=found.giver.status,
            evidence=giver.evidence,
            mode=found.mode,
            warnings=texts,
            flags=flags,
            source=_SOURCES.get(giver.evidence, "pack"),
            set_on=found.giver.set_on,
            anchor=giver.anchor or about.anchor,
            direction=about.direction,
            roll=giver.roll,
            count_first_day=giver.count_first_day,
            note=giver.note,
            provisions=tuple(
                dict.fromkeys(one for layer in found.shaped_by for one in layer.parameter.provisions)
            ),
            others=tuple(found.others),
            local_allowed=found.value is None or bool(giver.local) or giver.evidence == "LOCAL",
            asked_at=chain[0],
            options=about.options,
            usual=frozen(about.usual),
        )
