"""What any page needs of a server: routes, limits, headers, errors, the queue."""
