"""The language server: what the commands find and do, on the texts that an editor holds.

It needs the packages of the extra ``compcite[lsp]``. Only :mod:`~compcite.cli.lsp` imports it.
"""

from __future__ import annotations
