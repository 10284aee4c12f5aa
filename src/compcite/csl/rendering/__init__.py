"""From the tree of a style and an item to rich text."""
