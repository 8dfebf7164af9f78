"""What the settings say of the script's training holds in its text."""

import ast

from designer.codegen.parts import part
from designer.core.training import WITH_MOMENTUM


def test_the_optimisers_that_take_a_momentum_are_given_it() -> None:
    (cases,) = (n.cases for n in ast.walk(ast.parse(part("training").body)) if is_choice(n))
    made = {ast.unparse(case.pattern).strip("'\""): case.body for case in cases}
    taking = {name for name, body in made.items() if "momentum" in "".join(map(ast.unparse, body))}
    assert taking == set(WITH_MOMENTUM)


def is_choice(node: ast.AST) -> bool:
    return isinstance(node, ast.Match) and ast.unparse(node.subject) == "settings.optimizer"
