"""Migrations: an older file goes through every version up to ours."""

from __future__ import annotations

import pytest

from designer.storage.migrations import VERSION, Document, Migration, migrate, migration


def test_steps_are_taken_in_order() -> None:
    registry: dict[int, Migration] = {}

    @migration(1, 2, registry)
    def rename_key(document: Document) -> Document:
        return {**document, "nodes": document["boxes"]}

    @migration(2, 3, registry)
    def count(document: Document) -> Document:
        return {**document, "count": len(document["nodes"])}

    old = {"version": 1, "boxes": [1, 2]}
    new = migrate(old, 1, 3, registry)
    assert new["count"] == 2 and new["version"] == 3
    assert migrate({"version": 2, "nodes": []}, 2, 3, registry)["count"] == 0
    assert old == {"version": 1, "boxes": [1, 2]}, "a migration returns new values"


def test_no_two_migrations_make_the_same_step_and_none_leaps() -> None:
    registry: dict[int, Migration] = {}
    migration(1, 2, registry)(lambda document: document)
    for source, target in ((1, 2), (2, 4), (3, 2)):
        with pytest.raises(ValueError, match="no room"):
            migration(source, target, registry)


def test_the_present_version_needs_none() -> None:
    document = {"version": VERSION}
    assert migrate(document, VERSION) is document
