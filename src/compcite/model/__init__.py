"""What compcite talks about: items, entries, works, findings, reports, as frozen dataclasses."""
