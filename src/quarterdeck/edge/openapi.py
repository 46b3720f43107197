"""The OpenAPI 3.1 document of a dialect, made from its declarations."""

import re
from typing import Any

from quarterdeck.desk.errors import Busy, Conflict, Forbidden, Invalid, NotFound, Refusal, Stale, TooMany, Unknown
from quarterdeck.desk.input import Input
from quarterdeck.edge import schemas
from quarterdeck.edge.http import JSON
from quarterdeck.edge.nesting import Form
from quarterdeck.edge.rest import BadQuestion, Dialect, Resource, Verb
from quarterdeck.edge.schemas import Schema
from quarterdeck.edge.verbs import change, create, show
from quarterdeck.wire.shape import Shape

TYPE = JSON.decode().partition(";")[0]
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"
FILES = {
    "type": "object",
    "properties": {"files[]": {"type": "array", "items": {"type": "string", "format": "binary"}}},
    "required": ["files[]"],
}
NOT_YET = "Not yet"
ID = {"type": "integer", "minimum": 1}

# What can stop a request, its status where that is not a matter of manners, and what a reader is told of it.
STOPS: dict[str, tuple[type[Refusal] | int, str]] = {
    "unreadable": (400, "What was sent cannot be read."),
    "question": (BadQuestion, "An id, a filter or a page is none."),
    "stranger": (Unknown, "No key, or none that is known."),
    "right": (Forbidden, "The key lacks the right this operation needs."),
    "missing": (NotFound, "No such record for this key."),
    "state": (Conflict, "The record is not in a state in which this can be done."),
    "stale": (Stale, "The record has changed since the version `If-Match` names."),
    "long": (413, "The body is longer than this server reads."),
    "kind": (415, "The body is of a kind this server does not read."),
    "invalid": (Invalid, "A field is missing or not allowed; `errors` says which."),
    "reused": (422, "This `Idempotency-Key` was used for another request."),
    "often": (TooMany, "Too many calls within a minute."),
    "later": (501, "This operation of the vendor is not available yet."),
    "busy": (Busy, "The database is busy or away; try again."),
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
        self.schemas: dict[str, Schema] = {"Error": self.outline.error}
        # How records are shown, by the names they have here; what is shown otherwise in a list is called a row.
        self.forms: dict[str, Form] = {}
        for name, what in self.outline.records.items():
            if isinstance(what, Resource):
                self.forms |= {name: what.form} if what.brief is None else {name: what.form, f"{name}Row": what.brief}
            elif isinstance(what, Form):
                self.forms[name] = what

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
                "responses": self.refusals(),
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
                "responses": self.stopped("stranger", "often", "later", "busy"),
            }
        return paths

    def operation(self, on: Resource, verb: Verb, path: str) -> Schema:
        about = f"Needs the right `{verb.right}`." if verb.right else "Every key may ask."
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
        made["responses"] = {**self.success(on, verb), **self.stopped(*possible(verb, made))}
        return made

    def in_query(self, on: Resource, verb: Verb) -> list[Schema]:
        own = schemas.parameters(verb.parameters, None) if verb.parameters else []
        if not verb.many:
            return own
        of = self.listed(on, verb)
        return [*schemas.parameters(of.filters, of.filter), *own, *self.outline.paging(of)]

    def listed(self, on: Resource, verb: Verb) -> Resource:
        """Whose records a list is of: the resource's own, or another's that it shows."""
        if isinstance(verb.gives, dict) or self.form_of(on, verb.gives or on.shape, in_list=True) in (on.row, on.form):
            return on
        others = [what for what in self.outline.records.values() if isinstance(what, Resource)]
        return next((other for other in others if verb.gives in (other.shape, other.row)), on)

    def content(self, on: Resource, verb: Verb) -> Schema:
        """What may be sent: JSON, and the fields of an object as a form, too."""
        parts = {PARTS: {"schema": FILES}} if verb.files else {}
        if verb.body == "array":
            return {TYPE: {"schema": {"type": "array", "items": ID, "maxItems": 50}}}
        input = input_of(on, verb)
        if verb.takes is None or input is None:
            return {}
        fresh = verb.do is not change and verb.method == "POST"
        custom = on.custom if verb.do in (create, change) else None
        schema = schemas.body(verb.takes, input, verb.required, fresh=fresh, custom=custom)
        name = self.name_of(self.form_of(on, verb.takes))
        if name is not None:
            schema = self.component(f"New{name}" if fresh else f"{name}Changes", schema)
        return {TYPE: {"schema": schema}, FORM: {"schema": schema}, **parts}

    def success(self, on: Resource, verb: Verb) -> Schema:
        more = ["ETag"] if verb.do in (show, create, change) else []
        more += ["Location"] if verb.status == 201 else []
        more += ["Idempotency-Replayed"] if verb.method == "POST" and verb.changes else []
        answer: Schema = {
            "description": "Done." if verb.changes else "Found.",
            "headers": headers(*more, *ALWAYS),
        }
        if verb.status != 204:
            answer["content"] = {verb.produces: {"schema": self.answer(on, verb)} if verb.produces == TYPE else {}}
        if verb.do is create:
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
        given = {name: f"$request.path.{name}" for name in re.findall(r"{(\w+)}", on.path)}
        known = {**given, "id": f"$response.body#{self.outline.made(on)}"}
        return {id: {"operationId": id, "parameters": known} for id in next}

    def answer(self, on: Resource, verb: Verb) -> Schema:
        """A page of records, one record, its confirmation, or what the verb says itself."""
        if verb.gives is None:
            return self.outline.removed(on)
        if isinstance(verb.gives, dict):
            return {key: self.resolved(part) for key, part in verb.gives.items()}
        name = self.name_of(self.form_of(on, verb.gives, in_list=verb.many))
        assert name is not None, f"{verb.summary}: its record has no name in the dialect's outline"
        record = self.refer(name)
        if verb.many:
            return self.component(f"{name}Page", self.outline.listing(on, record))
        if verb.changes:
            return self.component(f"{name}Confirmation", self.outline.confirmed(on, record))
        return self.outline.single(on, record)

    def form_of(self, on: Resource, what: Shape | Form, *, in_list: bool = False) -> Form | None:
        """The form a verb speaks of by its shape: the resource's own, before those of others."""
        if isinstance(what, Form):
            return what
        if what is on.shape:
            return on.row if in_list else on.form
        return next((form for form in (on.row, *self.forms.values()) if form.shape is what), None)

    def resolved(self, what: Any) -> Any:
        """A schema with references where forms, shapes and other named schemas stand."""
        if isinstance(what, Shape):
            what = next((form for form in self.forms.values() if form.shape is what), what)
        name = self.name_of(what)
        if name is not None:
            return self.refer(name)
        if isinstance(what, Form):
            return schemas.record(what, self.resolved)
        if isinstance(what, dict):
            return {key: self.resolved(value) for key, value in what.items()}
        return [self.resolved(one) for one in what] if isinstance(what, list) else what

    def name_of(self, what: Any) -> str | None:
        if isinstance(what, Form):
            return next((name for name, form in self.forms.items() if form == what), None)
        return next((name for name, known in self.outline.records.items() if what is known), None)

    def refer(self, name: str) -> Schema:
        """A reference to the schema of a name, which is made when it is first wanted."""
        if name not in self.schemas:
            self.schemas[name] = {}
            form, plain = self.forms.get(name), self.outline.records.get(name)
            if form is not None:
                self.schemas[name] = schemas.record(form, self.resolved)
            elif isinstance(plain, dict):
                self.schemas[name] = {key: self.resolved(part) for key, part in plain.items()}
        return reference(name)

    def component(self, name: str, schema: Schema) -> Schema:
        """A schema under a name of its own; by itself where the name stands for another."""
        return reference(name) if self.schemas.setdefault(name, schema) == schema else schema

    def status(self, stop: str) -> int:
        what = STOPS[stop][0]
        return what if isinstance(what, int) else self.dialect.manners.status(what)

    def stopped(self, *stops: str) -> Schema:
        """Answers by status, for what can stop an operation."""
        statuses = sorted({self.status(stop) for stop in stops})
        return {f"{status}": {"$ref": f"#/components/responses/{status}"} for status in statuses}

    def refusals(self) -> Schema:
        """The answer of each status: everything that has it in this dialect."""
        found: dict[int, list[str]] = {}
        for stop, (_, said) in STOPS.items():
            found.setdefault(self.status(stop), []).append(said)
        return {f"{status}": refusal(status, " Or: ".join(said)) for status, said in sorted(found.items())}


def input_of(on: Resource, verb: Verb) -> type[Input] | None:
    """What of the desk's reads a verb's body."""
    if verb.input is not None or verb.takes is None:
        return verb.input
    return on.changes if verb.do is change or verb.method != "POST" else on.new


def possible(verb: Verb, made: Schema) -> list[str]:
    """What can stop an operation."""
    body, parameters = "requestBody" in made, bool(made["parameters"])
    in_path = any(one.get("in") == "path" for one in made["parameters"])
    can = {
        "unreadable": body or parameters,
        "question": parameters,
        "missing": in_path or verb.body == "array" or not verb.many,
        "state": verb.changes,
        "stale": conditional(verb),
        "long": body,
        "kind": body,
        "invalid": body or verb.changes,
        "reused": verb.method == "POST" and verb.changes,
    }
    return ["stranger", "right", "often", "busy", *(stop for stop, so in can.items() if so)]


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
            "schema": ID if re.search("(^i|I|_i)d$", name) else {"type": "string", "minLength": 1},
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
    return path.split("/")[1].replace("_", " ").capitalize()


def operation_id(method: str, path: str) -> str:
    """`getTicketsByIdComments`."""
    words = [f"by-{part[1:-1]}" if part.startswith("{") else part for part in path.split("/") if part]
    return method.lower() + "".join(word[:1].upper() + word[1:] for part in words for word in re.split("[-_]", part))


def header(description: str, **schema: Any) -> Schema:
    return {"description": description, "schema": schema}


def headers(*names: str) -> Schema:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def refusal(status: int, said: str) -> Schema:
    more = ("Retry-After",) if status in WAITING else ()
    return {
        "description": said,
        "headers": headers(*more, *(ALWAYS[:1] if status == 401 else ALWAYS)),
        "content": {TYPE: {"schema": reference("Error")}},
    }


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
