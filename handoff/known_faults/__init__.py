"""Faults of a whole building: counted, confirmed by staff, told to who reports them."""
