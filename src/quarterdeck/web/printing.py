"""Printing templates."""

from datetime import datetime
from functools import partial
from typing import Any

import jinja2

from quarterdeck.web import wording
from quarterdeck.web.refusals import refusal
from quarterdeck.web.speech import Speech
from quarterdeck.web.texts import pictures, rich

ENGINE = jinja2.Environment(
    loader=jinja2.PackageLoader("quarterdeck.web"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
)
ENGINE.globals |= {"rich": rich, "pictures": pictures}
ENGINE.filters["opening"] = wording.opening


class Press:
    """Prints for one person: in their language, with their times."""

    def __init__(self, speech: Speech, assets: dict[str, str]) -> None:
        self.speech = speech
        self.assets = assets

    def print(self, template: str, **context: Any) -> str:
        speech = self.speech
        return ENGINE.get_template(template).render(
            **context,
            speech=speech,
            _=speech._,
            gettext=speech._,
            ngettext=speech.catalogue.ngettext,
            many=speech.many,
            worded=partial(wording.word, speech),
            label=partial(wording.label, speech),
            held=partial(wording.held, speech),
            thing=partial(wording.thing, speech),
            deed=partial(wording.deed, speech),
            way=partial(wording.way, speech),
            room=partial(wording.room, speech),
            refusal=partial(refusal, speech),
            assets=self.assets,
            exactly=exactly,
        )


def exactly(at: datetime) -> str:
    """A moment as HTML's `datetime` wants it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
