"""The benchmark: our gateway beside a stock Rasa project, one machine, one run."""
