"""Points of a home and the highest rent that the law allows for them (Besluit huurprijzen)."""
