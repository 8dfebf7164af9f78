"""Data sets as arrays and descriptions: what the window and the command line know of data."""

from designer.data.catalogue import Offer, data_folder, offers
from designer.data.downloading import download
from designer.data.error import Cancelled, DataError
from designer.data.loading import Preview, describe, load, preview
from designer.data.npz import write_npz
from designer.data.source import NotDownloaded
from designer.data.splits import Part, Splits, Unreadable

__all__ = [
    "Cancelled",
    "DataError",
    "NotDownloaded",
    "Offer",
    "Part",
    "Preview",
    "Splits",
    "Unreadable",
    "data_folder",
    "describe",
    "download",
    "load",
    "offers",
    "preview",
    "write_npz",
]
