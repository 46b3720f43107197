"""Long work: who takes it, how it goes on after a crash, and how it ends."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import make
from conftest import Stage
from quarterdeck.desk import access, customers, importing, jobs
from quarterdeck.desk.errors import Conflict, NotFound
from quarterdeck.desk.importing import Known
from quarterdeck.desk.jobs import Lost, State
from quarterdeck.desk.merging import Kind
from quarterdeck.desk.paging import Page
from quarterdeck.desk.work import Actor, Work


def asked(work: Work, total: int = 10) -> int:
    id = jobs.ask(work, "import", {"kind": "customer"}, total, b"Name\nAcme\n")
    jobs.begin(work, id, {"kind": "customer"})
    return id


def test_a_job_is_taken_once_and_given_back_when_its_lease_ends(work: Work) -> None:
    id = asked(work)
    taken = jobs.claim(work)
    assert taken is not None
    assert taken.id == id
    assert jobs.claim(work) is None
    later = replace(work, now=work.now + timedelta(minutes=2))
    assert jobs.waiting(later.link, later.now)
    assert jobs.claim(later) is not None


def test_who_was_overtaken_writes_nothing_more(work: Work) -> None:
    asked(work)
    first = jobs.claim(work)
    second = jobs.claim(replace(work, now=work.now + timedelta(minutes=2)))
    assert first is not None
    assert second is not None
    jobs.advance(work, second, 5, {})
    with pytest.raises(Lost):
        jobs.advance(work, first, 5, {})


def test_a_job_that_was_stopped_stays_stopped(work: Work) -> None:
    id = asked(work)
    job = jobs.claim(work)
    jobs.stop(work, id)
    assert job is not None
    with pytest.raises(Lost):
        jobs.advance(work, job, 5, {})
    jobs.finish(work, job)
    assert jobs.get(work, id).state is State.FAILED
    with pytest.raises(Conflict, match="over already"):
        jobs.stop(work, id)


def test_a_job_begins_once(work: Work) -> None:
    id = asked(work)
    with pytest.raises(Conflict, match="begun already"):
        jobs.begin(work, id, {})


def test_others_do_not_see_a_job_and_its_files_are_forgotten_in_time(work: Work) -> None:
    id = asked(work)
    other = make.technician(work, email="tom@msp.example", role="technician")
    theirs = replace(work, actor=Actor("Tom", access.ROLES[access.Role.TECHNICIAN], technician_id=other))
    with pytest.raises(NotFound):
        jobs.get(theirs, id)
    assert jobs.recent(theirs, "import") == []
    assert [job.id for job in jobs.recent(work, "import")] == [id]

    jobs.stop(work, id)
    jobs.ask(replace(work, now=work.now + timedelta(days=31)), "import", {})
    assert jobs.content(work, id, made=False) == b""
    with pytest.raises(NotFound):
        jobs.get(work, id)


def imported(stage: Stage, rows: int) -> int:
    """An import of so many customers that has been asked for."""
    content = "Name\n" + "".join(f"Customer {n:04}\n" for n in range(rows))

    def ask(work: Work) -> int:
        id = importing.receive(work, Kind.CUSTOMER, "list.csv", content.encode())
        importing.begin(work, id, {0: "name"}, Known.REFUSE)
        return id

    return int(stage.do(ask))


def here(stage: Stage) -> int:
    view = customers.READING.view(["id"])

    def count(work: Work) -> int:
        return view.page(work, customers.Filter.check({}), Page(size=1)).total

    return int(stage.do(count))


def test_what_a_crash_left_is_gone_on_with_and_no_row_comes_twice(stage: Stage) -> None:
    id = imported(stage, 350)

    def begin_and_crash(work: Work) -> None:
        job = jobs.claim(work)
        assert job is not None
        importing.step(work, job, importing.prepare(work, job))

    stage.do(begin_and_crash)
    assert here(stage) == 100
    assert not stage.app.runner.once()

    stage.app.runner.clock = lambda: stage.clock() + timedelta(minutes=2)
    assert stage.app.runner.once()
    job: Any = stage.do(lambda work: jobs.get(work, id))
    assert (job.state, job.done, job.result) == (State.DONE, 350, {"new": 350, "changed": 0, "refused": 0})
    assert here(stage) == 350


def test_a_job_of_somebody_who_has_left_or_may_no_longer_is_not_done(stage: Stage) -> None:
    id = imported(stage, 5)
    stage.do(lambda work: work.update(access.Technician, 1, role=access.Role.READ_ONLY))
    assert stage.app.runner.once()
    job: Any = stage.do(lambda work: work.find(jobs.Job, id))
    assert (job.state, job.result["new"], job.result["refused"]) == (State.DONE, 0, 5)

    stage.do(lambda work: work.update(access.Technician, 1, role=access.Role.OWNER))
    id = imported(stage, 5)
    stage.do(lambda work: work.update(access.Technician, 1, active=False))
    assert stage.app.runner.once()
    job = stage.do(lambda work: work.find(jobs.Job, id))
    assert (job.state, here(stage)) == (State.FAILED, 0)


def test_a_row_that_is_refused_leaves_nothing_behind(stage: Stage) -> None:
    def ask(work: Work) -> int:
        make.field(work, name="Seats", type="number")
        id = importing.receive(work, Kind.CUSTOMER, "x.csv", b"Name,Seats\nGood,5\nBad,many\n")
        importing.begin(work, id, {0: "name", 1: "field:Seats"}, Known.REFUSE)
        return id

    id = stage.do(ask)
    assert stage.app.runner.once()
    assert here(stage) == 1
    refused = stage.do(lambda work: importing.refused_rows(work, jobs.get(work, id))).decode("utf-8-sig")
    assert '"3","Seats is not a number","Bad","many"' in refused


def test_the_thread_takes_up_what_is_asked_and_stops_when_told(stage: Stage) -> None:
    runner = stage.app.runner
    imported(stage, 5)
    runner.start()
    for _ in range(100):
        if here(stage) == 5 or runner.over.wait(0.1):
            break
    runner.stop()
    assert here(stage) == 5
    assert not runner.thread.is_alive()
