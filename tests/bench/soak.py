#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A long run of everything that goes wrong, against the demo server: nothing may be lost or leak.

Prints what bench_soak prints and exits as it does.
"""
import argparse
import os
import subprocess
import sys

ADDRESSES = ",".join(f"127.0.0.{i}" for i in range(1, 9))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, help="folder of sluice-cli and bench_soak")
    parser.add_argument("--requests", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    server = subprocess.Popen(
        [os.path.join(options.bin, "sluice-cli"), "demo-server", "--port", "0",
         "--address", ADDRESSES, "--workers", "64", "--service", "1ms", "--jitter", "1"],
        stdout=subprocess.PIPE, text=True)
    try:
        port = server.stdout.readline().strip().rsplit(":", 1)[1]
        return subprocess.run(
            [os.path.join(options.bin, "bench_soak"), port, str(options.requests),
             str(options.seed)], check=False).returncode
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
