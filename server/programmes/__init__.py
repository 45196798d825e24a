"""Programmes: files and calls read into the timed plan of a session, with every fault and not just the first.

`read_programme` reads plain data and `read_yaml` a file; `open_programme` tells the warnings as well. `templates` and
`template` give the built-in ones, `document_of` one of them as plain data.
"""

from __future__ import annotations

from server.programmes.builtin import NoSuchTemplate, document_of, template, templates
from server.programmes.document import MOST_BYTES
from server.programmes.reading import Reading, open_programme, read_programme, read_yaml

__all__ = [
    "MOST_BYTES",
    "NoSuchTemplate",
    "Reading",
    "document_of",
    "open_programme",
    "read_programme",
    "read_yaml",
    "template",
    "templates",
]
