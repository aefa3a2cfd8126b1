"""Simulated video-conferencing systems and displays, on real sockets in their real protocols."""
