"""How the services are asked: requests, retries, limits, time-outs, threads."""
