"""compcite where others run it: hooks, actions, editors, shells."""
