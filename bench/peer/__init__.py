"""The peer: a stock Rasa 3.6.21 project made from our own topics."""
