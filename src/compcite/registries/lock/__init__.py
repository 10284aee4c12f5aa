"""The file ``compcite.lock``, which holds what the registries said and is kept with the text."""
