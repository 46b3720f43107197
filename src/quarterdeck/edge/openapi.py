"""The OpenAPI 3.1 document of a dialect, made from its declarations."""

import re
from typing import Any

from quarterdeck.desk.input import Input
from quarterdeck.edge import schemas
from quarterdeck.edge.http import JSON
from quarterdeck.edge.rest import Dialect, Resource, Verb, change, create, show
from quarterdeck.edge.schemas import Schema
from quarterdeck.wire.shape import Shape

TYPE = JSON.decode().partition(";")[0]
FORM = "application/x-www-form-urlencoded"
NOT_YET = "Not yet"
ID = {"type": "integer", "minimum": 1}

REFUSALS = {
    400: "Something sent cannot be read, or is not allowed; `errors` says what.",
    401: "No key, or none that is known.",
    403: "The key lacks the right this operation needs.",
    404: "No such record for this key.",
    412: "The record has changed since the version `If-Match` names.",
    413: "The body is longer than this server reads.",
    415: "The body is of a kind this server does not read.",
    422: "This `Idempotency-Key` was used for another request.",
    429: "Too many calls within a minute.",
    501: "This operation of the vendor is not available yet.",
    503: "The database is busy or away; try again.",
}
WAITING = (429, 503)

HEADERS: dict[str, Schema] = {
    "X-Request-Id": {"description": "Names this request in the log: yours, where you sent one.", "type": "string"},
    "RateLimit-Policy": {"description": "The allowance: calls in a number of seconds.", "type": "string"},
    "RateLimit": {"description": "Calls left, and seconds until the next one is given back.", "type": "string"},
    "X-RateLimit-Limit": {"description": "Calls allowed in a minute.", "type": "integer"},
    "X-RateLimit-Remaining": {"description": "Calls left.", "type": "integer"},
    "X-RateLimit-Reset": {"description": "When a call is given back, in seconds since 1970.", "type": "integer"},
    "ETag": {"description": "The version of the record, for `If-Match` and `If-None-Match`.", "type": "string"},
    "Retry-After": {"description": "Seconds to wait.", "type": "integer"},
    "Location": {"description": "Where the new record is.", "type": "string"},
    "Idempotency-Replayed": {"description": "`true` where this answer was given before.", "type": "string"},
}
ALWAYS = ("X-Request-Id", "RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining",
          "X-RateLimit-Reset")  # fmt: skip

CONDITIONS: dict[str, Schema] = {
    "Idempotency-Key": {
        "description": "Any word of your own: the same request under the same key is done once.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    "If-Match": {"description": "Change only this version: an `ETag`.", "schema": {"type": "string"}},
    "If-None-Match": {"description": "Answer 304 if this version is current: an `ETag`.", "schema": {"type": "string"}},
}


def document(dialect: Dialect, version: str) -> Schema:
    return Document(dialect).whole(version)


class Document:
    """One dialect's document while it is made."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.outline = dialect.outline
        self.schemas: dict[str, Schema] = {"Error": self.outline.error, "Removal": self.outline.removed}
        for name, what in self.outline.records.items():
            inside = {} if isinstance(what, Resource) else {key: self.resolved(part) for key, part in what.items()}
            self.schemas[name] = schemas.record(what) if isinstance(what, Resource) else inside

    def whole(self, version: str) -> Schema:
        paths = self.paths()
        return {
            "openapi": "3.1.0",
            "info": {
                "title": f"{self.dialect.title} on Quarterdeck",
                "version": version,
                "description": self.outline.description,
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": self.dialect.prefix}],
            "security": [{name: []} for name in self.outline.security],
            "tags": self.tags(),
            "paths": paths,
            "components": {
                "schemas": self.schemas,
                "headers": {name: header(**said) for name, said in HEADERS.items()},
                "parameters": {name: {"name": name, "in": "header", **said} for name, said in CONDITIONS.items()},
                "responses": {f"{status}": self.refusal(status) for status in REFUSALS},
                "securitySchemes": dict(self.outline.security),
            },
        }

    def tags(self) -> list[Schema]:
        names = dict.fromkeys(tag(f"/{on.path}") for on in self.dialect.resources)
        last = {"name": NOT_YET, "description": "Operations of the vendor that answer 501 for now."}
        return [*({"name": name} for name in names), last]

    def paths(self) -> Schema:
        paths: Schema = {}
        for on in self.dialect.resources:
            for verb in on.verbs:
                path = f"/{on.path}{verb.path}"
                paths.setdefault(path, {})[verb.method.lower()] = self.operation(on, verb, path)
        for method, path in self.dialect.not_yet:
            paths.setdefault(path, {})[method.lower()] = {
                "tags": [NOT_YET],
                "summary": f"{method} {path}",
                "operationId": operation_id(method, path),
                "parameters": in_path(path),
                "responses": refusals(401, 429, 501, 503),
            }
        return paths

    def operation(self, on: Resource, verb: Verb, path: str) -> Schema:
        about = f"Needs the right `{verb.right}`."
        if (verb.method, path) not in matched(self.outline.vendor, self.dialect):
            about = f"{about} Not one of the vendor's operations."
        made: Schema = {
            "tags": [tag(path)],
            "summary": verb.summary,
            "description": "\n\n".join(
                filter(None, (verb.note, self.dialect.differs.get(f"{verb.method} {path}"), about))
            ),
            "operationId": operation_id(verb.method, path),
            "parameters": [*in_path(path), *self.in_query(on, verb), *conditions(verb)],
        }
        content = self.content(on, verb)
        if content:
            made["requestBody"] = {"content": content, "required": bool(verb.required) or verb.body == "array"}
        made["responses"] = {**self.success(on, verb), **refusals(*possible(verb, made))}
        return made

    def in_query(self, on: Resource, verb: Verb) -> list[Schema]:
        own = schemas.parameters(verb.parameters, None) if verb.parameters else []
        if not verb.many:
            return own
        return [*schemas.parameters(on.filters, on.filter), *own, *self.outline.paging(on)]

    def content(self, on: Resource, verb: Verb) -> Schema:
        """What may be sent: JSON, and the fields of an object as a form, too."""
        if verb.body == "array":
            return {TYPE: {"schema": {"type": "array", "items": ID, "maxItems": 50}}}
        input = input_of(on, verb)
        if verb.takes is None or input is None:
            return {}
        schema = schemas.body(verb.takes, input, verb.required, fresh=verb.status == 201)
        name = self.name_of(verb.takes)
        if name is not None:
            name = f"New{name}" if verb.status == 201 else f"{name}Changes"
            assert self.schemas.setdefault(name, schema) == schema, f"two schemas are called {name}"
            schema = reference(name)
        return {TYPE: {"schema": schema}, FORM: {"schema": schema}}

    def success(self, on: Resource, verb: Verb) -> Schema:
        more = ["ETag"] if verb.do in (show, create, change) else []
        more += ["Location"] if verb.status == 201 else []
        more += ["Idempotency-Replayed"] if verb.method == "POST" and verb.changes else []
        answer = {
            "description": "Done." if verb.changes else "Found.",
            "headers": headers(*more, *ALWAYS),
            "content": {verb.produces: {"schema": self.answer(verb)} if verb.produces == TYPE else {}},
        }
        if verb.status == 201 and verb.do is create:
            answer["links"] = self.links(on)
        unchanged = {"description": "You have this version.", "headers": headers("ETag", *ALWAYS)}
        return {f"{verb.status}": answer, **({"304": unchanged} if verb.do is show else {})}

    def links(self, on: Resource) -> Schema:
        """What can be done next with a record that was just made."""
        under = f"/{on.path}/{{id}}"
        next = [
            operation_id(verb.method, f"/{one.path}{verb.path}")
            for one in self.dialect.resources
            for verb in one.verbs
            if f"/{one.path}{verb.path}".startswith(under)
        ]
        return {id: {"operationId": id, "parameters": {"id": "$response.body#/ActionID"}} for id in next}

    def answer(self, verb: Verb) -> Schema:
        """A page of records, one record, its confirmation, or what the verb says itself."""
        if verb.gives is None:
            return reference("Removal")
        if not isinstance(verb.gives, Shape):
            return {key: self.resolved(part) for key, part in verb.gives.items()}
        name = self.name_of(verb.gives)
        assert name is not None, f"{verb.summary}: its record has no name in the dialect's outline"
        if verb.many:
            self.schemas.setdefault(f"{name}Page", self.outline.listing(reference(name)))
            return reference(f"{name}Page")
        if verb.changes:
            self.schemas.setdefault(f"{name}Confirmation", self.outline.confirmed(reference(name)))
            return reference(f"{name}Confirmation")
        return reference(name)

    def resolved(self, what: Any) -> Any:
        """A schema with references where shapes and other named schemas stand."""
        name = self.name_of(what)
        if name is not None:
            return reference(name)
        if isinstance(what, dict):
            return {key: self.resolved(value) for key, value in what.items()}
        return [self.resolved(one) for one in what] if isinstance(what, list) else what

    def name_of(self, what: Any) -> str | None:
        for name, known in self.outline.records.items():
            if what is known or (isinstance(known, Resource) and what is known.shape):
                return name
        return None

    def refusal(self, status: int) -> Schema:
        more = ("Retry-After",) if status in WAITING else ()
        return {
            "description": REFUSALS[status],
            "headers": headers(*more, *(ALWAYS[:1] if status == 401 else ALWAYS)),
            "content": {TYPE: {"schema": reference("Error")}},
        }


def input_of(on: Resource, verb: Verb) -> type[Input] | None:
    """What of the desk's reads a verb's body."""
    if verb.input is not None or verb.do not in (create, change):
        return verb.input
    return on.new if verb.do is create else on.changes


def possible(verb: Verb, made: Schema) -> list[int]:
    """The refusals an operation can meet."""
    asks = bool(made["parameters"] or "requestBody" in made)
    in_path = any(one.get("in") == "path" for one in made["parameters"])
    found = {401: True, 403: True, 429: True, 503: True, 400: asks, 404: in_path or verb.body == "array"}
    found[412] = conditional(verb)
    found[413] = found[415] = "requestBody" in made
    found[422] = verb.method == "POST" and verb.changes
    return sorted(status for status, can in found.items() if can)


def conditional(verb: Verb) -> bool:
    return verb.changes and verb.path == "/{id}"


def conditions(verb: Verb) -> list[Schema]:
    wanted = {
        "Idempotency-Key": verb.method == "POST" and verb.changes,
        "If-Match": conditional(verb),
        "If-None-Match": verb.do is show,
    }
    return [{"$ref": f"#/components/parameters/{name}"} for name, there in wanted.items() if there]


def in_path(path: str) -> list[Schema]:
    """A path's parameters: those named as ids are numbers, all others text."""
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": ID if name == "id" or name.endswith("Id") else {"type": "string", "minLength": 1},
        }
        for name in re.findall(r"{(\w+)}", path)
    ]


def matched(vendor: tuple[tuple[str, str], ...], dialect: Dialect) -> set[tuple[str, str]]:
    """Those of the dialect's operations that the vendor has as well."""
    theirs = {(method, plain(path)) for method, path in vendor}
    ours = ((verb.method, f"/{on.path}{verb.path}") for on in dialect.resources for verb in on.verbs)
    return {(method, path) for method, path in ours if (method, plain(path)) in theirs}


def plain(path: str) -> str:
    """A path without regard to case and to the names of its parameters."""
    return re.sub(r"{\w+}", "{}", path).casefold()


def tag(path: str) -> str:
    return path.split("/")[1].capitalize()


def operation_id(method: str, path: str) -> str:
    """`getTicketsByIdComments`."""
    words = [f"by-{part[1:-1]}" if part.startswith("{") else part for part in path.split("/") if part]
    return method.lower() + "".join(word[:1].upper() + word[1:] for part in words for word in part.split("-"))


def header(description: str, **schema: Any) -> Schema:
    return {"description": description, "schema": schema}


def headers(*names: str) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def refusals(*statuses: int) -> Schema:
    return {f"{status}": {"$ref": f"#/components/responses/{status}"} for status in statuses}


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
