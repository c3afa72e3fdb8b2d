"""Reading the declarations: every file of `kinds/`, each one kind, refused with the place when something is wrong."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from gongkai.disclosure.declaring.model import Kind

FOLDER = Path(__file__).resolve().parent.parent / "kinds"


class DeclarationError(Exception):
    """A declaration that cannot stand: file, place and what is wrong."""


def load(path: Path) -> Kind:
    """The kind that the file declares; its key is the file's name."""
    try:
        kind = Kind.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except yaml.YAMLError as error:
        raise DeclarationError(f"{path.name}: {error}") from error
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, one['loc'])) or '-'}: {one['msg']}" for one in error.errors())
        raise DeclarationError(f"{path.name}: {places}") from error
    if kind.key != path.stem:
        raise DeclarationError(f"{path.name}: key is “{kind.key}”, the file's name says “{path.stem}”")
    return kind


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order in which people see them."""
    found = [load(path) for path in sorted(FOLDER.glob("*.yaml"))]
    return {kind.key: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.key))}


def kind(key: str) -> Kind:
    """KeyError when there is none."""
    return kinds()[key]
