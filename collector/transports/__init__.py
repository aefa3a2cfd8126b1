"""How an alert leaves the house: one file for each way."""
