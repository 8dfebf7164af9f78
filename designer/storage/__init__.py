"""The project file, the clipboard's text and the templates: designs as text, and back."""

from designer.storage import fragment
from designer.storage.error import StorageError
from designer.storage.project import SUFFIX, from_text, load, save, to_text
from designer.storage.templates import TEMPLATES, Template, template
from designer.storage.writing import write_bytes, write_text

__all__ = [
    "SUFFIX",
    "TEMPLATES",
    "StorageError",
    "Template",
    "fragment",
    "from_text",
    "load",
    "save",
    "template",
    "to_text",
    "write_bytes",
    "write_text",
]
