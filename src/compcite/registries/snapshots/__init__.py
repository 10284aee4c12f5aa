"""Snapshots: the data files that the agencies publish, on disk, to answer without a network.

:mod:`~compcite.registries.snapshots.build` makes a snapshot, and
:mod:`~compcite.registries.snapshots.snapshot` answers from one. A run asks it through
:class:`compcite.registries.funnel.Registries`: give ``Settings(snapshot=…, offline=True)`` for its
answers alone.
"""
