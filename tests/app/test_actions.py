"""The table of actions: no two share a key, and the list of keys names them all."""

from designer.app.actions import ACTIONS, MENUS, Action, clashes, key_map


def test_no_two_actions_share_a_key_in_a_context() -> None:
    assert clashes(ACTIONS) == []


def test_a_clash_is_found_also_between_window_and_canvas() -> None:
    one = Action("files.save", "Save", "File", ("Ctrl+S",))
    two = Action("canvas.arrange", "Arrange", "Edit", ("ctrl+s",), "canvas")
    assert clashes([one, two]) == [("ctrl+s", "files.save", "canvas.arrange")]


def test_every_action_has_a_menu_and_a_name_of_its_own() -> None:
    assert {action.menu for action in ACTIONS} <= set(MENUS)
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


def test_the_list_of_keys_names_every_action_that_has_one() -> None:
    text = key_map(ACTIONS)
    for action in ACTIONS:
        if action.keys:
            assert action.title in text
            assert action.keys[0] in text
