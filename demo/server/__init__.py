"""The server's routes, limits, headers, errors and queues."""
