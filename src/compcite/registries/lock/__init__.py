"""``compcite.lock``: what the registries said, in a file to be committed."""
