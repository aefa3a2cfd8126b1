"""Mosquitto's users, their rights and its certificates, from the registry."""
