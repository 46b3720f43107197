"""What may be asked of shifts."""

from quarterdeck.desk.input import UNSENT, Id, Input, LongText, Moment


class Punch(Input):
    """What is said of the shift that goes on, or of one that begins."""

    in_at: Moment = UNSENT
    out_at: Moment | None = UNSENT
    in_note: LongText | None = UNSENT
    out_note: LongText | None = UNSENT
    lunch: bool = UNSENT


class Filter(Input):
    technician_id: Id = UNSENT
    changed_since: Moment = UNSENT
