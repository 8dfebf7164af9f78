"""Every edit there is."""

from designer.core.edits.nodes import (
    AddNode,
    Move,
    Paste,
    RemoveNodes,
    Rename,
    ReplaceLayer,
    SetNode,
    SetParam,
    SetSharedParam,
)
from designer.core.edits.project import SetData, SetFrames, SetName, SetTraining
from designer.core.edits.several import Several
from designer.core.edits.wires import (
    Append,
    Connect,
    Disconnect,
    InsertBefore,
    InsertLayer,
    InsertOnEdge,
    Rewire,
    SetVia,
)

__all__ = [
    "AddNode",
    "Append",
    "Connect",
    "Disconnect",
    "InsertBefore",
    "InsertLayer",
    "InsertOnEdge",
    "Move",
    "Paste",
    "RemoveNodes",
    "Rename",
    "ReplaceLayer",
    "Rewire",
    "SetData",
    "SetFrames",
    "SetName",
    "SetNode",
    "SetParam",
    "SetSharedParam",
    "SetTraining",
    "SetVia",
    "Several",
]
