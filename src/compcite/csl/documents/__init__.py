"""Whole documents: the order of items, what tells them apart, citations and the bibliography."""
