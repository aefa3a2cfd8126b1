import sys

from devices.simulator.cli import run_simulator

if __name__ == "__main__":
    sys.exit(run_simulator())
