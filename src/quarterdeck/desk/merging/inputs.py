"""What may be asked of merges."""

from quarterdeck.desk.input import UNSENT, Id, Input
from quarterdeck.desk.merging.kinds import Kind


class New(Input):
    duplicate_id: Id


class Filter(Input):
    kind: Kind = UNSENT
    primary_id: Id = UNSENT
