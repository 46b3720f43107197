"""Rules of tickets."""

import pytest

import make
from quarterdeck.desk import tickets
from quarterdeck.desk.errors import Invalid
from quarterdeck.desk.work import Work


def test_an_open_ticket_cannot_be_closed_before_it_is_resolved(work: Work) -> None:
    id = make.ticket(work)

    with pytest.raises(Invalid, match="resolve the ticket first"):
        tickets.change(work, id, tickets.Changes(status="closed"))
