#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests per second of Sluice beside other clients, all against one nginx, in one run.

The clients are run in turn, round by round, and what counts is the median of the rounds' ratios:
what else the machine does for a while falls on all of them. On a rented machine that is not all: a
run from which the host took processor time is run again. Start it with packaging/bench.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from nginx_server import Nginx

HERE = os.path.dirname(os.path.abspath(__file__))
ENVIRONMENT = {**os.environ, "NODE_NO_WARNINGS": "1"}


STOLEN_MAX = 0.01  # Of the processors' time, by other guests of the host.
TRIES = 3  # Of a disturbed run.


def processor_times():
    """Jiffies of all processors: those the host gave to others, and all (proc(5))."""
    with open("/proc/stat", encoding="ascii") as file:
        times = [int(value) for value in file.readline().split()[1:9]]
    return times[7], sum(times)


def run(command, folder=None):
    """Runs it; its output. What fails is shown and ends the benchmark."""
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nexited with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


class Client:
    """One client: rate() runs it once and returns requests per second."""

    def __init__(self, name, goal=None):
        self.name = name
        self.goal = goal  # Sluice must be this many times as fast.
        self.rates = []  # By round.

    def measure(self):
        best = 0.0
        for _ in range(TRIES):
            stolen, total = processor_times()
            best = max(best, self.rate())
            stolen_after, total_after = processor_times()
            if stolen_after - stolen <= STOLEN_MAX * (total_after - total):
                break
        self.rates.append(best)

    def slower_than(self, other):
        """How many times as fast the other one is."""
        return statistics.median(fast / slow for fast, slow in zip(other.rates, self.rates))


class Printing(Client):
    """A program that prints {"requestsPerSecond":…}."""

    def __init__(self, name, goal, command):
        super().__init__(name, goal)
        self.command = command

    def rate(self):
        result = json.loads(run(self.command))
        if result["failed"]:
            sys.exit(f"{self.name}: {result['failed']} requests failed")
        return result["requestsPerSecond"]


class Sluice(Client):
    def __init__(self, program, folder, requests, flags):
        super().__init__("sluice-cli run")
        self.requests = requests
        self.report = os.path.join(folder, "report.json")
        self.command = [program, "run", folder, "-n", str(requests), *flags,
                        "--report-json", self.report, "--progress", "none"]

    def rate(self):
        run(self.command)
        with open(self.report, encoding="utf-8") as file:
            report = json.load(file)
        if report["requests"]["succeeded"] != self.requests:
            sys.exit(f"sluice-cli: {report['requests']}, {report['errors']}")
        return self.requests / report["durationMs"] * 1000


class Newman(Client):
    def __init__(self, programs, folder, url, requests):
        super().__init__("newman", 20)
        self.requests = requests
        collection = os.path.join(folder, "postman.json")
        self.report = os.path.join(folder, "newman.json")
        with open(collection, "w", encoding="utf-8") as file:
            json.dump({"info": {"name": "Bench", "schema":
                       "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
                       "item": [{"name": "One", "request": {"method": "GET", "url": url}}]}, file)
        self.command = [os.path.join(programs, "newman"), "run", collection, "-n", str(requests),
                        "--reporters", "json", "--reporter-json-export", self.report]

    def rate(self):
        run(self.command)
        with open(self.report, encoding="utf-8") as file:
            timings = json.load(file)["run"]["timings"]
        return self.requests / (timings["completed"] - timings["started"]) * 1000


class Bru(Client):
    """Its report has no start and end, so the time of a run of one request is taken off."""

    def __init__(self, programs, folder, requests):
        super().__init__("bru run", 20)
        self.requests = requests
        self.folder = folder
        self.program = [os.path.join(programs, "bru"), "run", "--iteration-count"]
        self.command = [*self.program, str(requests)]

    def seconds(self, requests):
        begin = time.monotonic()
        run([*self.program, str(requests)], self.folder)
        return time.monotonic() - begin

    def rate(self):
        return (self.requests - 1) / (self.seconds(self.requests) - self.seconds(1))


def write_collection(folder, url):
    with open(os.path.join(folder, "opencollection.yml"), "w", encoding="utf-8") as file:
        file.write("opencollection: 1.0.0\ninfo:\n  name: Bench\nbundled: false\n")
    with open(os.path.join(folder, "one.yml"), "w", encoding="utf-8") as file:
        file.write("info:\n  name: One\n  type: http\n  seq: 1\n\n"
                   f"http:\n  method: GET\n  url: \"{url}\"\n")


def clients(options, server, scheme, limit, folder):
    url = server.http if scheme == "http" else server.https
    version = "2" if scheme == "h2" else "1.1"
    write_collection(folder, url)
    count = str(options.requests)
    sluice = ["--limit", str(limit), "--limit-per-host", str(limit), "--http", version]
    if scheme != "http":
        sluice.append("--insecure")
    chosen = [
        Sluice(os.path.join(options.bin, "sluice-cli"), folder, options.requests, sluice),
        Printing("bare QNAM", options.goal_bare, [os.path.join(options.bin, "bench_bare_qnam"), url,
                                       count, str(limit), version]),
    ]
    # It knows HTTP/1.1 only, which is what it sends to a server that Sluice speaks HTTP/2 with.
    chosen.append(Printing("aiohttp", options.goal_aiohttp,
                           ["/usr/bin/python3", os.path.join(HERE, "aiohttp_client.py"), url,
                            count, str(limit)]))
    npm = os.environ.get("SLUICE_NPM_DIR")
    if npm and scheme == "http" and options.slow_requests > 0:
        programs = os.path.join(npm, "node_modules", ".bin")
        chosen.append(Newman(programs, folder, url, options.slow_requests))
        chosen.append(Bru(programs, folder, options.slow_requests))
    return chosen


def compare(options, server, scheme, limit):
    """Prints one table; the number of goals that were missed."""
    with tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder:
        chosen = clients(options, server, scheme, limit, folder)
        for _ in range(options.rounds):
            for client in chosen:
                client.measure()
    missed = 0
    print(f"\n{scheme}, limit {limit}, {options.rounds} rounds")
    print(f"  {'client':<16} {'requests/s':>10} {'best':>7}  {'Sluice is':>9}  goal")
    for client in chosen:
        verdict = ""
        if client.goal:
            ratio = client.slower_than(chosen[0])
            missed += ratio < client.goal
            verdict = f"{ratio:8.2f}x  {client.goal:g}x {'MISSED' if ratio < client.goal else 'met'}"
        median = statistics.median(client.rates)
        print(f"  {client.name:<16} {median:>10.0f} {max(client.rates):>7.0f}  {verdict}")
    for client in chosen:
        print("  $ " + " ".join(client.command))
    sys.stdout.flush()
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, help="folder of sluice-cli and bench_bare_qnam")
    parser.add_argument("--schemes", default="http", help="of http,https,h2")
    parser.add_argument("--limits", default="6,48")
    parser.add_argument("--requests", type=int, default=30000)
    parser.add_argument("--slow-requests", type=int, default=500, help="for newman and bru; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--goal-bare", type=float, default=0.85)
    parser.add_argument("--goal-aiohttp", type=float, default=2.0)
    options = parser.parse_args()
    missed = 0
    with Nginx() as server:
        for scheme in options.schemes.split(","):
            for limit in options.limits.split(","):
                missed += compare(options, server, scheme, int(limit))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
