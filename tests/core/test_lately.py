"""What was found is given back for the very objects it was found of, as long as there is room."""

from designer.core.lately import Lately


def test_it_goes_by_the_objects_and_not_by_their_worth() -> None:
    lately = Lately[str](1000)
    one, equal = (1, 2, int("3")), (1, 2, int("3"))
    assert one == equal
    assert lately.keep("found", 10, one, None) == "found"
    assert lately.of(one, None) == "found"
    assert lately.of(equal, None) is None
    assert lately.of(one) is None


def test_what_is_longest_unused_goes_first() -> None:
    lately = Lately[int](100)
    keys = [object() for _ in range(12)]
    for number, key in enumerate(keys):
        lately.keep(number, 10, key)
        lately.of(keys[0])
    assert len(lately) == 10
    assert [lately.of(key) for key in keys] == [0, None, None, *range(3, 12)]
    assert lately.size == 100


def test_the_latest_two_are_kept_however_large() -> None:
    lately = Lately[int](100)
    keys = [object() for _ in range(5)]
    for number, key in enumerate(keys):
        lately.keep(number, 5000, key)
    assert [lately.of(key) for key in keys] == [None, None, None, 3, 4]
    lately.keep(9, 10, keys[0])
    assert [lately.of(key) for key in keys[3:]] == [None, 4]


def test_another_finding_takes_the_place_of_the_one_before() -> None:
    lately = Lately[int](100)
    key = object()
    lately.keep(1, 60, key)
    lately.keep(2, 70, key)
    assert (lately.of(key), lately.size, len(lately)) == (2, 70, 1)
    lately.clear()
    assert (lately.of(key), lately.size, len(lately)) == (None, 0, 0)


def test_an_object_that_comes_later_is_not_taken_for_one_that_is_gone() -> None:
    lately = Lately[int](1 << 20)
    for number in range(1000):
        lately.keep(number, 1, object())
    assert all(lately.of(object()) is None for _ in range(1000))
