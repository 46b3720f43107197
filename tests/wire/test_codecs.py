"""One value out and back."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.desk.record import write_instant
from quarterdeck.wire import codecs
from quarterdeck.wire.codecs import (
    BOOL,
    DECIMAL,
    EMPTY,
    FLOAT,
    HTML,
    ID_TEXT,
    INSTANT,
    INT,
    MINUTES,
    PLAIN,
    TEXTS,
    Choice,
    Codec,
    Unreadable,
)


class Light(StrEnum):
    RED = "red"
    DARK_GREEN = "dark green"


LIGHT = Choice(Light, red="Red", dark_green="DarkGreen")
FREE = Choice(Light, free=True, red="Red", dark_green="DarkGreen", also={"Bordeaux": Light.RED})

IDS = st.integers(1, 2**63 - 1)


def out(codec: Codec, value: Any) -> Any:
    return value if codec.encode is None else codec.encode(value)


@given(value=st.text())
def test_text_comes_back(value: str) -> None:
    assert PLAIN.decode(out(PLAIN, value)) == value


@given(value=st.integers(-(2**63), 2**63 - 1))
def test_a_whole_number_comes_back(value: int) -> None:
    assert INT.decode(out(INT, value)) == INT.decode(str(value)) == value


@given(value=IDS)
def test_an_id_written_as_text_comes_back(value: int) -> None:
    assert out(ID_TEXT, value) == str(value)
    assert ID_TEXT.decode(out(ID_TEXT, value)) == value


@given(value=st.floats(-1e300, 1e300))
def test_a_number_comes_back(value: float) -> None:
    assert FLOAT.decode(out(FLOAT, value)) == FLOAT.decode(str(value)) == value


@given(value=st.decimals(-(10**9), 10**9, places=4))
def test_an_amount_comes_back(value: Decimal) -> None:
    assert DECIMAL.decode(out(DECIMAL, str(value))) == value


@given(value=st.booleans())
def test_truth_comes_back(value: bool) -> None:
    assert BOOL.decode(out(BOOL, value)) is value
    assert BOOL.decode(out(BOOL, int(value))) is value


@given(
    value=st.datetimes(
        datetime(1, 1, 3),
        datetime(9999, 12, 29),
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_a_moment_comes_back_to_the_second(value: datetime) -> None:
    # What a driver gives is what the desk wrote.
    assert INSTANT.decode(out(INSTANT, write_instant(value))) == value.astimezone(UTC).replace(microsecond=0)


@given(value=st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.just(UTC)))
def test_a_moment_is_read_to_the_microsecond(value: datetime) -> None:
    assert INSTANT.decode(write_instant(value)) == value


@given(value=st.sampled_from(Light))
def test_a_word_comes_back(value: Light) -> None:
    assert LIGHT.decode(out(LIGHT, str(value))) is value
    assert FREE.decode(out(FREE, str(value))) is value


@given(value=st.text(min_size=1).filter(lambda text: codecs.stripped(text) not in ("red", "darkgreen", "bordeaux")))
def test_a_word_of_ones_own_goes_through(value: str) -> None:
    assert FREE.decode(out(FREE, value)) == value


@pytest.mark.parametrize("codec", [ID_TEXT, BOOL, INSTANT, TEXTS, HTML, LIGHT, FREE])
def test_nothing_is_written_as_null(codec: Codec) -> None:
    assert out(codec, None) is None


@pytest.mark.parametrize(("codec", "written"), [(DECIMAL, 0), (MINUTES, 0), (EMPTY, "")])
def test_some_nothing_is_written_as_a_value(codec: Codec, written: Any) -> None:
    assert out(codec, None) == written


@pytest.mark.parametrize(
    ("codec", "value", "written"),
    [
        (INSTANT, "2024-02-15T09:00:00.123456Z", "2024-02-15T09:00:00Z"),
        (MINUTES, 119, 1),
        (TEXTS, '["a","b"]', ["a", "b"]),
        (TEXTS, ["a"], ["a"]),
        (HTML, 'a < b & "c"\nd', "<p>a &lt; b &amp; &quot;c&quot;<br>d</p>"),
        (HTML, "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (LIGHT, "dark green", "DarkGreen"),
        (DECIMAL, "12.50", 12.5),
    ],
)
def test_a_value_is_written_as_the_vendor_has_it(codec: Codec, value: Any, written: Any) -> None:
    assert out(codec, value) == written


@pytest.mark.parametrize(
    ("codec", "given", "read"),
    [
        (PLAIN, 7, "7"),
        (PLAIN, 7.5, "7.5"),
        (INT, "7", 7),
        (INT, " +7 ", 7),
        (INT, "-7", -7),
        (INT, 7.0, 7),
        (FLOAT, "7.5", 7.5),
        (FLOAT, 7, 7.0),
        (FLOAT, "1e3", 1000.0),
        (DECIMAL, "7.50", Decimal("7.50")),
        (DECIMAL, 7.1, Decimal("7.1")),
        *((BOOL, yes, True) for yes in (True, 1, "true", "TRUE", " True ", "1", "yes", "on")),
        *((BOOL, no, False) for no in (False, 0, "false", "False", "0", "no", "off")),
        *(
            (LIGHT, word, Light.DARK_GREEN)
            for word in ("DarkGreen", "darkgreen", "Dark Green", "dark_green", "DARK-GREEN")
        ),
        (FREE, "bordeaux", Light.RED),
    ],
)
def test_lenient_clients_are_understood(codec: Codec, given: Any, read: Any) -> None:
    assert codec.decode(given) == read
    assert type(codec.decode(given)) is type(read)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-02-15T09:00:00Z", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T09:00:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T09:00:00z", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15t09:00:00Z", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T09:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15 09:00:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15", "2024-02-15T00:00:00+00:00"),
        (" 2024-02-15T09:00:00Z ", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T09:00:00+00:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T11:00:00+02:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T11:00:00 02:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T04:00:00-05:00", "2024-02-15T09:00:00+00:00"),
        ("2024-02-15T09:00:00.1Z", "2024-02-15T09:00:00.100000+00:00"),
        ("2024-02-15T09:00:00.123Z", "2024-02-15T09:00:00.123000+00:00"),
        ("2024-02-15T09:00:00.1234567Z", "2024-02-15T09:00:00.123456+00:00"),
        ("2024-02-15T09:00:00.1234567", "2024-02-15T09:00:00.123456+00:00"),
        ("2024-02-15T11:00:00.1234567+02:00", "2024-02-15T09:00:00.123456+00:00"),
    ],
)
def test_a_moment_is_read_in_every_form_clients_send(written: str, read: str) -> None:
    assert INSTANT.decode(written).isoformat() == read


@pytest.mark.parametrize(
    ("codec", "given"),
    [
        *((PLAIN, bad) for bad in (True, [], {}, ["a"])),
        *(
            (INT, bad)
            for bad in ("", "x", "1.5", 1.5, True, [], {}, "1e3", "0x10", "१", "1 2", 2**63, "9" * 31, float("inf"))
        ),
        *((INT, bad) for bad in (float("nan"), 1e300)),
        *((FLOAT, bad) for bad in ("", "x", True, [], "nan", "inf", float("nan"), "1e400", 10**400)),
        *((DECIMAL, bad) for bad in ("", "x", True, [], "NaN", "Infinity", "1e99", "9" * 61, float("inf"))),
        *((BOOL, bad) for bad in ("", "maybe", 2, -1, 1.0, [], {}, "truefalse")),
        *((INSTANT, bad) for bad in ("", "soon", 5, True, [], "2024-02-30", "24-02-15", "2024-02-15T25:00:00Z")),
        *(
            (INSTANT, bad)
            for bad in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024-02-15T09:00:00Z" * 9)
        ),
        *((LIGHT, bad) for bad in ("", "blue", 1, True, [], {})),
        *((FREE, bad) for bad in (1, True, [], {})),
    ],
)
def test_what_cannot_be_read_is_refused(codec: Codec, given: Any) -> None:
    with pytest.raises(Unreadable):
        codec.decode(given)


@pytest.mark.parametrize("codec", [PLAIN, INT, ID_TEXT, FLOAT, DECIMAL, BOOL, INSTANT, LIGHT, FREE, EMPTY])
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=5,
    )
)
def test_whatever_is_sent_is_read_or_refused(codec: Codec, value: Any) -> None:
    try:
        codec.decode(value)
    except Unreadable as refused:
        message = str(refused)
        assert message.startswith("is ")


def test_a_choice_that_forgets_a_word_fails_at_once() -> None:
    with pytest.raises(AssertionError, match="DARK_GREEN"):
        Choice(Light, red="Red")


def test_a_choice_says_what_it_takes() -> None:
    with pytest.raises(Unreadable, match="is not one of Red, DarkGreen"):
        LIGHT.decode("blue")

    assert LIGHT.schema["enum"] == ["Red", "DarkGreen", None]


INLINE = {
    "ID_TEXT": IDS,
    "BOOL": st.booleans() | st.integers(0, 1),
    "INSTANT": st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2)).map(write_instant),
    "MINUTES": st.integers(0, 10**9),
    "EMPTY": st.text(),
}


def test_every_expression_is_tried() -> None:
    inlined = {name for name, one in vars(codecs).items() if isinstance(one, Codec) and one.inline}

    assert inlined == INLINE.keys()


@pytest.mark.parametrize("name", INLINE)
@given(data=st.data())
def test_an_expression_says_what_its_function_says(name: str, data: st.DataObject) -> None:
    codec = getattr(codecs, name)
    value = data.draw(st.none() | INLINE[name])
    assert codec.encode is not None
    assert codec.inline is not None

    written = eval(codec.inline.format("value"), {"value": value})

    assert (written, type(written)) == (codec.encode(value), type(codec.encode(value)))
