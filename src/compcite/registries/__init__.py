"""The only code that knows the network: registration agencies, doi.org, and services that search.

:mod:`compcite.registries.table` names them all, :mod:`compcite.registries.protocols` says what
each can do, and :mod:`compcite.registries.funnel` asks them, the cheapest question first.
"""
