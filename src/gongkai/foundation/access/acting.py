"""Using a verb from data: the JSON schema of its arguments, their decoding, and the result with its events."""

from __future__ import annotations

import inspect
import json
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from django.core.files import File
from django.db.models import Model
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, create_model
from pydantic.config import JsonDict

from gongkai.foundation.access.table import Verb, verbs
from gongkai.foundation.accounts.models import User
from gongkai.foundation.events.services import collecting


class NoRecord(ValueError):
    """The number given is not the id of a record."""


def _record(model: type[Model]) -> Any:
    def find(value: object) -> Model:
        try:
            if type(value) is not int:
                raise TypeError(value)
            return model._default_manager.get(pk=value)
        except (model.DoesNotExist, OverflowError, TypeError):  # type: ignore[attr-defined]
            raise NoRecord(
                _("没有编号为“%(id)s”的%(kind)s") % {"id": value, "kind": model._meta.verbose_name}
            ) from None

    schema: JsonDict = {
        "type": "integer",
        "description": _("%s的编号") % model._meta.verbose_name,
        "x-model": model._meta.label_lower,
    }
    return Annotated[model, BeforeValidator(find), Field(json_schema_extra=schema)]


def _file(value: object) -> File[bytes]:
    if not isinstance(value, str):
        raise ValueError(_("应为文件的路径"))
    path = Path(value)
    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise ValueError(_("打不开文件“%(path)s”：%(why)s") % {"path": path, "why": error.strerror}) from None


def _field(hint: Any) -> Any:
    """The annotation with every model class in it replaced by “the record of this id”."""
    if inspect.isclass(hint) and issubclass(hint, Model):
        return _record(hint)
    if inspect.isclass(hint) and issubclass(hint, File):
        return Annotated[File, BeforeValidator(_file), Field(json_schema_extra={"type": "string", "format": "path"})]
    arguments = get_args(hint)
    if not arguments:
        return hint
    origin = get_origin(hint)
    parts = tuple(_field(part) for part in arguments)
    if origin in (Union, types.UnionType):
        return Union[parts]  # noqa: UP007 - built at run time
    return origin[parts] if origin is not None else hint


def form_of(entry: Verb) -> type[BaseModel]:
    """The arguments of a verb, without its actor, as a model that validates and describes them."""
    function = inspect.unwrap(entry.function)
    hints = get_type_hints(function)
    fields: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        default = ... if parameter.default is parameter.empty else parameter.default
        fields[name] = (_field(hints.get(name, Any)), default)
    config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")
    return create_model(entry.key.replace(".", "_"), __config__=config, **fields)


def schema_of(entry: Verb) -> dict[str, Any]:
    """The JSON schema of a verb's data; records are given by id, files by path."""
    form = form_of(entry)
    properties: dict[str, Any] = {}
    for name, field in form.model_fields.items():
        properties[name] = _schema_of_field(field.annotation, field)
    required = [name for name, field in form.model_fields.items() if field.is_required()]
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return schema | ({"$defs": named} if (named := _lifted(properties)) else {})


def _lifted(part: Any) -> dict[str, Any]:
    """The definitions below, taken out: `$ref` counts from the top. What has named members takes no others."""
    named: dict[str, Any] = {}
    if isinstance(part, dict):
        named |= part.pop("$defs", {}) if isinstance(part.get("$defs"), dict) else {}
        if isinstance(part.get("properties"), dict):
            part.setdefault("additionalProperties", False)
    for below in [
        *named.values(),
        *(part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()),
    ]:
        named |= _lifted(below)
    return named


def _schema_of_field(annotation: Any, field: Any = None) -> dict[str, Any]:
    if field is not None and isinstance(field.json_schema_extra, dict):
        return dict(field.json_schema_extra)
    for meta in get_args(annotation)[1:] if get_origin(annotation) is Annotated else ():
        if getattr(meta, "json_schema_extra", None):
            return dict(meta.json_schema_extra)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin in (list, tuple, set, frozenset) and parts:
        return {"type": "array", "items": _schema_of_field(parts[0])}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of_field(part) for part in parts]}
    return TypeAdapter(annotation).json_schema()


def act(key: str, actor: User, data: Mapping[str, Any]) -> dict[str, Any]:
    """Use the verb `key` as `actor` would; `{"result", "event", "events"}`, ready for JSON.

    The data must be what the schema says, to the type: "1" is no number.
    """
    entry = verbs.get(key)
    if not isinstance(data, Mapping):
        raise ValueError(_("参数应为 JSON 对象：{“参数名”: 值}"))
    form = form_of(entry).model_validate_json(json.dumps(data), strict=True)
    arguments = {name: getattr(form, name) for name in type(form).model_fields}
    with collecting() as events:
        result = entry.function(actor, **arguments)
    ids = [event.pk for event in events]
    own = [event.pk for event in events if event.verb == key]  # rooms that listen record what they did of it
    latest = (own or ids)[-1:]
    return {"result": plain(result), "event": latest[0] if latest else None, "events": ids}


def plain(value: Any) -> Any:
    """A result as JSON can carry it: records become their kind, id and name."""
    if isinstance(value, Model):
        return {"model": value._meta.label_lower, "id": value.pk, "name": str(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
