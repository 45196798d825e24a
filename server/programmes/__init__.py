"""Programmes: files and calls read into the timed plan of a session, with every fault and not just the first.

`open_programme` reads a YAML or JSON file, `read_programme` plain data; `templates` and `template` give the built-in ones.
"""

from __future__ import annotations

from server.programmes.builtin import Template, template, templates
from server.programmes.document import MOST_BYTES
from server.programmes.reading import Reading, open_programme, read_programme

__all__ = ["MOST_BYTES", "Reading", "Template", "open_programme", "read_programme", "template", "templates"]
