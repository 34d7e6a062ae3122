"""However a file of a bank is damaged, it is read or refused: never a crash, never odd values."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marketplace.kit.errors import DomainError
from plugins.invoicing.statements import camt_file, coda_file

from .bank_files import camt, coda

MOVES = [(290_400, "+++260/0100/00163+++", "Den Boomgaard"), (5, "dank u", "Café Zoë")]
WHOLE = {coda_file: coda(MOVES), camt_file: camt(MOVES)}
MOST = {"account": 34, "statement": 60, "sequence": 40, "message": 400, "payer": 140}


def read(reader, data):
    try:
        return reader.read(data)
    except DomainError:
        return ()


def is_storable(line):
    texts = all(getattr(line, name).isprintable() for name in MOST)
    short = all(len(getattr(line, name)) <= most for name, most in MOST.items())
    return texts and short and 0 < line.cents < 10**15


@pytest.mark.parametrize("reader", WHOLE, ids=["coda", "camt"])
def test_control_the_whole_file_is_read(reader):
    assert [line.cents for line in read(reader, WHOLE[reader])] == [290_400, 5]


@pytest.mark.parametrize("reader", WHOLE, ids=["coda", "camt"])
@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6))
@example([(3, 0)])
def test_changed_bytes_are_read_or_refused(reader, changes):
    data = bytearray(WHOLE[reader])
    for place, byte in changes:
        data[place % len(data)] = byte
    assert all(is_storable(line) for line in read(reader, bytes(data)))


@pytest.mark.parametrize("reader", WHOLE, ids=["coda", "camt"])
@given(st.integers(0, 2000), st.integers(0, 300))
def test_a_file_with_a_hole_is_read_or_refused(reader, start, length):
    data = WHOLE[reader]
    start %= len(data)
    found = read(reader, data[:start] + data[start + length :])
    assert all(is_storable(line) for line in found)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read(data):
    for reader in WHOLE:
        assert all(is_storable(line) for line in read(reader, data))
