"""What occupancy says, compared with a truth that is known: from the simulator or a CSV file."""
