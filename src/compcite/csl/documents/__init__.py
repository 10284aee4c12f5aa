"""Whole documents: items in their order, what tells them apart, citations, the bibliography."""
