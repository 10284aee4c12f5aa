"""Send the requests: pace, retries, limits, time-outs, threads."""
