"""Tensors of a model in ONNX that lie in files of their own, wherever the model mentions them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.engine.importing.refusal import ImportRefused


def refuse_hidden(model: Any) -> None:
    """Refuse files that are named anywhere but among the initializers of the outermost graph.

    Only those are looked for in the model's folder; whoever runs a node would look elsewhere.
    Raises ImportRefused.
    """
    from onnx import TensorProto

    inner = [*_in_nodes(model.graph)]
    for function in model.functions:
        inner += _in_nodes(function)
    for tensor in inner:
        if tensor.data_location == TensorProto.EXTERNAL or len(tensor.external_data):
            raise ImportRefused(
                f"{tensor.name[:80] or 'a tensor of a node'!r} lies in a file of its own, but is "
                "no initializer of the graph; only these are read from the model's folder: save "
                "the model with its constants inside"
            )


def _in_nodes(graph: Any) -> Iterator[Any]:
    """All tensors of a graph or function but for its initializers."""
    for sparse in getattr(graph, "sparse_initializer", ()):
        yield from (sparse.values, sparse.indices)
    for node in graph.node:
        yield from _of_node(node)


def _of_node(node: Any) -> Iterator[Any]:
    for attribute in node.attribute:
        yield from (attribute.t, *attribute.tensors)
        for sparse in (attribute.sparse_tensor, *attribute.sparse_tensors):
            yield from (sparse.values, sparse.indices)
        for graph in (*attribute.graphs, *((attribute.g,) if attribute.HasField("g") else ())):
            yield from graph.initializer
            yield from _in_nodes(graph)
