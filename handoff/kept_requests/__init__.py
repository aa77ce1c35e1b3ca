"""Requests that the back office could not take: kept, tried again, told or given to a person."""
