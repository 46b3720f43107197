"""Rules of answers that are given twice."""

from datetime import timedelta

from desk.looking import how_many, later
from quarterdeck.desk import repeats
from quarterdeck.desk.repeats import Answered, Repeat
from quarterdeck.desk.work import Work

ANSWERED = Answered("f" * 64, 201, b'{"ActionID":7,"\xc3\xa9":"\\u0000"}\x00\xff', {"location": "/api/v3/tickets/7"})


def test_an_answer_comes_back_byte_for_byte(work: Work) -> None:
    repeats.keep(work, "a" * 64, ANSWERED)

    assert repeats.recall(work, "a" * 64) == ANSWERED


def test_nothing_is_known_under_another_scope(work: Work) -> None:
    repeats.keep(work, "a" * 64, ANSWERED)

    assert repeats.recall(work, "b" * 64) is None


def test_an_answer_is_kept_for_a_day(work: Work) -> None:
    repeats.keep(work, "a" * 64, ANSWERED)

    assert repeats.recall(later(work, hours=24), "a" * 64) == ANSWERED
    assert repeats.recall(later(work, hours=24, microseconds=1), "a" * 64) is None


def test_old_answers_are_forgotten_by_the_way(work: Work) -> None:
    for n in range(3):
        repeats.keep(later(work, hours=n), f"{n:064}", ANSWERED)

    repeats.recall(later(work, hours=25, minutes=30), "f" * 64)

    assert how_many(work, Repeat) == 1
    assert timedelta(hours=24) == repeats.KEPT_FOR
