"""Styles and locales: their files, the reading of them, and the typed tree that it makes."""
