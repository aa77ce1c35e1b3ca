"""Service levels: by when a tenant is owed an answer, counted in working time."""
