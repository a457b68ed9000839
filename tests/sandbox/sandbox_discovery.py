"""Google's discovery documents as a check: which calls exist, and what their answers may look like."""

from __future__ import annotations

import copy
import json
import re
from datetime import date, datetime
from functools import cache
from typing import Any

from googleapiclient.discovery_cache import get_static_doc

Json = dict[str, Any]

VERSIONS = {"gmail": "v1", "calendar": "v3"}
BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


@cache
def document(api: str) -> Json:
    loaded: Json = json.loads(get_static_doc(api, VERSIONS[api]) or "")  # type: ignore[no-untyped-call]
    return loaded


def document_for(api: str, root: str) -> Json:
    """A copy (the client writes into it) of the document with its root moved, batch included."""
    moved = {**copy.deepcopy(document(api)), "rootUrl": f"{root}/", "baseUrl": f"{root}/{document(api)['servicePath']}"}
    moved.pop("mtlsRootUrl", None)
    return moved


@cache
def methods(api: str) -> dict[str, Json]:
    """Every method by its dotted name, with its whole path."""
    found: dict[str, Json] = {}

    def collect(resource: Json, prefix: str) -> None:
        for name, method in resource.get("methods", {}).items():
            path = "/" + document(api)["servicePath"] + method.get("flatPath", method["path"])
            found[f"{prefix}{name}"] = {**method, "whole_path": path}
        for name, child in resource.get("resources", {}).items():
            collect(child, f"{prefix}{name}.")

    collect(document(api), "")
    return found


def query_parameters(method: Json) -> dict[str, Json]:
    return {name: spec for name, spec in method.get("parameters", {}).items() if spec["location"] == "query"}


def method_of(verb: str, path: str) -> tuple[str, Json] | None:
    """The API and method that a request is; ``None`` if Google has no such method."""
    for api in VERSIONS:
        for method in methods(api).values():
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(method["whole_path"]))
            if method["httpMethod"] == verb and re.fullmatch(pattern, path):
                return api, method
    return None


def request_problems(verb: str, path: str, query: dict[str, list[str]]) -> list[str]:
    """What is wrong with a request: an unknown path, an unknown or repeated parameter, a value of the wrong kind."""
    found = method_of(verb, path)
    if found is None:
        return [f"{verb} {path}: no such method"]
    api, method = found
    known = {**document(api)["parameters"], **query_parameters(method)}
    problems = []
    for name, values in query.items():
        if name not in known:
            problems.append(f"{path}: unknown parameter {name}")
            continue
        if len(values) > 1 and not known[name].get("repeated"):
            problems.append(f"{path}: {name} is repeated")
        problems += [f"{path}: {name}={value}" for value in values if not _fits_parameter(known[name], value)]
    return problems


def _fits_parameter(spec: Json, value: str) -> bool:
    if "enum" in spec and value not in spec["enum"]:
        return False
    return {"integer": value.isdigit(), "boolean": value in {"true", "false"}}.get(spec["type"], True)


def answer_problems(api: str, schema: Json, value: Any, where: str = "$") -> list[str]:
    """What in ``value`` the schema doesn't allow: unknown keys, other JSON types, other formats."""
    if "$ref" in schema:
        return answer_problems(api, document(api)["schemas"][schema["$ref"]], value, where)
    kind = schema.get("type", "any")
    if kind == "array":
        if not isinstance(value, list):
            return [f"{where}: not a list"]
        return [
            one for n, item in enumerate(value) for one in answer_problems(api, schema["items"], item, f"{where}[{n}]")
        ]
    if kind == "object":
        return _object_problems(api, schema, value, where)
    return [] if _fits(schema, kind, value) else [f"{where}: {value!r} is no {kind} {schema.get('format', '')}"]


def _object_problems(api: str, schema: Json, value: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: not an object"]
    problems = []
    for key, item in value.items():
        spec = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
        if spec is None:
            problems.append(f"{where}.{key}: unknown")
        else:
            problems += answer_problems(api, spec, item, f"{where}.{key}")
    return problems


def _fits(schema: Json, kind: str, value: Any) -> bool:
    if kind == "any":
        return True
    types: dict[str, Any] = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
    if not isinstance(value, types[kind]) or (kind != "boolean" and isinstance(value, bool)):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    return kind != "string" or _fits_format(schema.get("format", ""), value)


def _fits_format(form: str, text: str) -> bool:
    if form in {"int64", "uint64"}:
        return text.removeprefix("-").isdigit()
    if form == "byte":
        return BASE64URL.fullmatch(text) is not None
    if form == "date-time":
        return datetime.fromisoformat(text).tzinfo is not None
    return form != "date" or bool(date.fromisoformat(text))
