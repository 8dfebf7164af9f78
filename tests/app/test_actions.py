"""The table of actions: no two share a key, and every word in it is one that is known."""

from designer.app.actions import ACTIONS, BY_ID, CONTEXTS, GROUPS, NEEDS, Action
from designer.app.fixed_keys import FIXED
from designer.app.key_list import WHERE, as_markdown
from designer.app.key_rules import Clash, clashes, normal, overlap, refusal


def test_no_two_actions_share_a_key_where_both_would_hear_it() -> None:
    assert clashes(ACTIONS) == []


def test_a_clash_is_found_also_between_window_and_canvas() -> None:
    one = Action("files.save", "Save", "File", ("Ctrl+S",))
    two = Action("canvas.arrange", "Arrange", "Edit", ("ctrl+s",), "canvas")
    assert clashes([one, two]) == [Clash("Ctrl+S", "files.save", "canvas.arrange")]


def test_places_overlap_where_one_lies_in_the_other() -> None:
    assert overlap("window", "canvas") and overlap("view", "blocks") and overlap("help", "help")
    assert not overlap("canvas", "blocks")
    assert not overlap("help", "window")
    assert not overlap("summary", "view")


def test_every_action_has_a_group_a_name_of_its_own_and_keys_that_it_may_have() -> None:
    assert {action.menu for action in ACTIONS} <= set(GROUPS)
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert all(map(normal, action.keys)), action.id
        assert not any(refusal(action, normal(key)) for key in action.keys), action.id
    for part in ({a.title for a in ACTIONS if a.menu == menu} for menu in GROUPS):
        assert all(part)


def test_titles_are_told_apart() -> None:
    titles = [(action.menu, action.title) for action in ACTIONS]
    assert len(set(titles)) == len(titles)


def test_what_is_needed_can_be_told() -> None:
    assert {action.needs for action in ACTIONS if action.needs} == NEEDS.keys()
    assert set(WHERE) == set(CONTEXTS)


def test_the_list_of_keys_names_every_action_that_has_one_and_every_fixed_key() -> None:
    text = as_markdown(ACTIONS, lambda name: BY_ID[name].keys)
    for action in ACTIONS:
        if action.keys:
            assert f"| {' or '.join(action.keys)} | {action.title} |" in text
    assert all(fixed.does in text for fixed in FIXED)
