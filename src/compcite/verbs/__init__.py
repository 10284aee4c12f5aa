"""What compcite does, one module a verb.

The command line and the library call the same functions.
"""
