"""Files as every face takes and gives them."""

import base64
import binascii
import unicodedata
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import Field

from quarterdeck.desk import attachments
from quarterdeck.desk.input import Input, Text
from quarterdeck.desk.work import Work
from quarterdeck.edge.http import Answer, Damaged, uploads
from quarterdeck.edge.outside import Outside
from quarterdeck.edge.rest import Call, Verb
from quarterdeck.wire.codecs import Codec, Unreadable
from quarterdeck.wire.shape import Shape

# So many files in one call.
AT_ONCE = 20
# Types that no program takes for something it runs; all others are given as mere bytes.
INERT = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}
APART = (b"content-security-policy", b"default-src 'none'; sandbox")


class Given(Input):
    """A file that came with the request."""

    content: bytes
    name: Text = attachments.NAMELESS
    type: Text = attachments.ANYTHING


class Linked(Input):
    """A file that is to be fetched from elsewhere."""

    url: Annotated[str, Field(min_length=1, max_length=2000)]
    name: Text | None = None


class Uploads(Input):
    files: Annotated[list[Given], Field(min_length=1, max_length=AT_ONCE)]


class Links(Input):
    files: Annotated[list[Linked], Field(min_length=1, max_length=AT_ONCE)]


def keep(outside: Outside, given: Given) -> attachments.New:
    """The file, its content taken in."""
    return attachments.New(name=given.name, type=given.type, stored=outside.files.keep(given.content))


def fetch(outside: Outside, linked: Linked) -> attachments.New:
    """The file from elsewhere, taken in. It has the name it is given, else the one it has there."""
    found = outside.fetch(linked.url)
    return attachments.New(name=linked.name or found.name, type=found.type, stored=outside.files.keep(found.content))


def uploaded(call: Call, shape: Shape) -> list[Given]:
    """The files of a request: parts of a form, or in JSON as base64."""
    kind = (call.request.header(b"content-type") or "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        asked: Uploads = call.asked(Uploads, shape)
        return asked.files
    found = [{"name": one.name, "type": one.type, "content": one.content} for one in uploads(call.request)]
    return Uploads.check({"files": found}).files


def items(shape: Shape) -> Codec:
    """A list of small records, or one that stands for itself."""

    def decode(value: Any) -> list[dict[str, Any]]:
        rows = value if isinstance(value, list) else [value]
        if not all(isinstance(one, dict) for one in rows):
            raise Unreadable("is not a list of files")
        found = [shape.decode(one) for one in rows]
        for _, problems in found:
            for name, problem in shape.renamed(problems):
                raise Unreadable(f"has one whose {name} {problem}")
        return [values for values, _ in found]

    properties = {one.name: one.codec.schema for one in shape.fields}
    return Codec({"type": "array", "items": {"type": "object", "properties": properties}}, None, decode)


def base64_from(value: Any) -> bytes:
    if not isinstance(value, str):
        raise Unreadable("is not text in base64")
    try:
        return base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("is not text in base64") from None


BASE64 = Codec({"type": "string", "contentEncoding": "base64"}, None, base64_from)


def link(work: Work, guid: str, name: str) -> str:
    """Where a file is fetched: at the face that shows it, with a key of that face."""
    return f"{work.address}/attachments/{guid}/{quote(name, safe='')}"


def download(call: Call) -> Answer:
    """The file itself, to be kept and not to be shown. Nothing but what was taken in is given out."""
    file = attachments.named(call.work, call.request.params["guid"])
    content = attachments.content(call.work, file.hash)
    if content is None:
        content = call.outside(lambda outside: outside.files.read(file.hash))
    if content is None:
        raise Damaged(f"attachment {file.id}: its content {file.hash} is missing")
    if not attachments.genuine(content, file.hash):
        raise Damaged(f"attachment {file.id}: its content is not {file.hash} any more")
    type = file.type if file.type in INERT else attachments.ANYTHING
    return Answer(200, content, [(b"content-disposition", disposition(file.name)), APART], type.encode())


def disposition(name: str) -> bytes:
    """The name for every reader, and for those who can read it, as it is (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(one if one.isalnum() or one in " ._-()+=,@" else "_" for one in plain)
    return f"attachment; filename=\"{plain or attachments.NAMELESS}\"; filename*=UTF-8''{quote(name, safe='')}".encode()


DOWNLOADS = tuple(
    Verb(
        "GET",
        path,
        download,
        "Fetch a file",
        "attachments:read",
        gives={},
        # The file's own type where that is harmless, and mere bytes otherwise.
        produces="*/*",
        note="The file, to be saved under its name. Which name stands at the end of the path does not matter.",
    )
    for path in ("/{guid}", "/{guid}/{name}")
)
