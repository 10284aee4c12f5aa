"""Turn an item into formatted text by the elements of a CSL style."""
