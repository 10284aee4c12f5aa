"""The data that all parts of compcite pass to each other, as frozen dataclasses.

Items, entries, libraries, works, findings and reports. Nothing here reads a file or asks a server.
"""

from __future__ import annotations
