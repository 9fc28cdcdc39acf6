"""Reading the packaged data: packs, keys, defects, tensions, divisions. Each is read once a process."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError

from .remarks import Remark
from .schema import ROOT, Key, Pack

HERE = Path(__file__).parent
PACKS = HERE / "packs"
PROVISIONS = HERE / "provisions"
DIVISIONS = HERE / "data" / "divisions.csv"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _UniqueKeys(_Loader):  # type: ignore[misc, valid-type]  # the C loader where libyaml is there
    """YAML that refuses a key said twice, which plain YAML would silently overwrite."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.YAMLError(f"said twice: {sorted(map(str, twice))} {node.start_mark}")
    loader.flatten_mapping(node)
    return {
        loader.construct_object(k, deep=True): loader.construct_object(v, deep=True) for k, v in node.value
    }


_UniqueKeys.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """The content of one data file."""
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=_UniqueKeys)


@cache
def packs() -> Mapping[str, Pack]:
    """Every packaged pack by its code."""
    read = (_pack(path) for path in sorted(PACKS.glob("*.yaml")))
    return MappingProxyType({pack.code: pack for pack in read})


def _pack(path: Path) -> Pack:
    try:
        return Pack.model_validate(read_yaml(path))
    except (ValidationError, yaml.YAMLError) as wrong:
        raise ValueError(f"法规包 {path.name} 有误，请用 gongzhi law lint 查看每一处：{wrong}") from wrong


@cache
def keys() -> Mapping[str, Key]:
    """Every key of the law that may be asked for."""
    return MappingProxyType(
        {name: Key.model_validate(raw) for name, raw in read_yaml(HERE / "keys.yaml").items()}
    )


@cache
def bodies() -> Mapping[str, str]:
    """What bodies named by a code are called."""
    return MappingProxyType(read_yaml(HERE / "data" / "bodies.yaml"))


@cache
def remarks() -> tuple[Remark, ...]:
    """Drafting defects of the sources and tensions with superior law, tied to keys."""
    raw = [*read_yaml(HERE / "defects.yaml"), *read_yaml(HERE / "tensions.yaml")]
    return tuple(Remark.model_validate(one) for one in raw)


class Division(NamedTuple):
    """One administrative division: official code, its parent's code ("" for a province), level, name."""

    code: str
    parent: str
    level: str
    name: str


def read_divisions(path: Path = DIVISIONS) -> Iterator[Division]:
    """The rows of a divisions file (UTF-8, with or without BOM)."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            yield Division(row["code"], row["parent"], row["level"], row["name"])


@cache
def packaged_divisions() -> Mapping[str, Division]:
    """The divisions that come with the product, by code."""
    return MappingProxyType({row.code: row for row in read_divisions()})


def parents_of(rows: Mapping[str, Division]) -> dict[str, str | None]:
    """Each code's explicit parent; provinces stand under CN."""
    return {ROOT: None} | {row.code: row.parent or ROOT for row in rows.values()}
