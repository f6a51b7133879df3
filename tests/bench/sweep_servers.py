#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sweeps servers whose number of workers is known, and prints what the sweeps say.

The demo server, and nginx in front of gunicorn (sync workers, so that one serves one request at a
time). Every server runs on this machine, on free loopback ports, and is stopped
again. Exits with 1 when a recommendation lies further than 25 % from the knee, or costs more than
5 % of the throughput measured there.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

APPLICATION = """
import math, random, time
VARIANCE = math.log(1 + {spread} ** 2)
def application(environ, start_response):
    time.sleep({service} * random.lognormvariate(-VARIANCE / 2, math.sqrt(VARIANCE)))
    start_response('200 OK', [('Content-Type', 'application/json'), ('Content-Length', '11')])
    return [b'{{"ok":true}}']
"""

NGINX = """
daemon off;
worker_processes 1;
error_log {folder}/error.log warn;
pid {folder}/pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{backend}; proxy_read_timeout 60s; }}
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url):
    deadline = time.monotonic() + 20
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


class Programs:
    """Starts programs, and ends them in the opposite order."""

    def __init__(self):
        self.running = []
        self.folder = tempfile.mkdtemp(prefix="sluice-sweep-")

    def start(self, arguments):
        program = subprocess.Popen(arguments, cwd=self.folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        self.running.append(program)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self.running):
            program.send_signal(signal.SIGTERM)
            program.wait(20)
        shutil.rmtree(self.folder)


def start_demo(programs, options, workers):
    port = free_port()
    programs.start([options.cli, "demo-server", "--port", str(port), "--workers", str(workers),
                    "--service", f"{options.service}ms", "--jitter", str(options.spread)])
    return f"http://127.0.0.1:{port}/json"


def start_gunicorn(programs, options, workers):
    port, backend = free_port(), free_port()
    with open(f"{programs.folder}/application.py", "w", encoding="ascii") as file:
        file.write(APPLICATION.format(service=options.service / 1000, spread=options.spread))
    with open(f"{programs.folder}/nginx.conf", "w", encoding="ascii") as file:
        file.write(NGINX.format(folder=programs.folder, port=port, backend=backend))
    programs.start(["gunicorn", "--workers", str(workers), "--worker-class", "sync",
                    "--timeout", "120", "--bind", f"127.0.0.1:{backend}",
                    "application"])
    search = os.pathsep.join([os.environ["PATH"], "/usr/sbin"])
    programs.start([shutil.which("nginx", path=search), "-p", programs.folder,
                    "-c", f"{programs.folder}/nginx.conf"])
    return f"http://127.0.0.1:{port}/"


SERVERS = {"demo": start_demo, "nginx+gunicorn": start_gunicorn}


def sweep(programs, options, url, top):
    with open(f"{programs.folder}/opencollection.yml", "w", encoding="ascii") as file:
        file.write("opencollection: 1.0.0\ninfo:\n  name: Sweep\n")
    request = f"{programs.folder}/work.yml"
    with open(request, "w", encoding="ascii") as file:
        file.write("info:\n  name: Work\n  type: http\nhttp:\n  method: GET\n"
                   f"  url: \"{url}\"\n")
    report = f"{programs.folder}/report.json"
    subprocess.run([options.cli, "sweep", request, "--max", str(top), "--progress", "none",
                    "--report-json", report], check=True, stdout=subprocess.DEVNULL)
    with open(report, encoding="utf-8") as file:
        return json.load(file)


def row(name, workers, report):
    """The cells of one line, and whether the sweep was right."""
    levels = {level["limit"]: level for level in report["levels"]}
    said = report["recommended"]
    at_knee = levels[workers]["throughputPerSecond"]
    share = levels[said]["throughputPerSecond"] / at_knee if said else 0
    latency = levels[said]["latencyMs"]["p50"] / levels[workers]["latencyMs"]["p50"] if said else 0
    is_right = bool(said) and abs(said - workers) <= max(1, 0.25 * workers) and share >= 0.95
    good = "-".join(str(end) for end in report["goodRange"] or [])
    cells = [name, workers, said, good, f"{share:.3f}", f"{latency:.2f}", report["confidence"],
             report["requests"], f"{report['durationMs'] / 1000:.0f}", "yes" if is_right else "NO"]
    return cells, is_right


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--bin", default="build/release/bin", help="where sluice-cli is")
    parser.add_argument("--servers", nargs="+", choices=list(SERVERS), default=list(SERVERS))
    parser.add_argument("--workers", nargs="+", type=int, default=[2, 4, 8, 16])
    parser.add_argument("--service", type=float, default=40, help="mean service time in ms (40)")
    parser.add_argument("--spread", type=float, default=0.3,
                        help="standard deviation over mean of the service time (0.3)")
    options = parser.parse_args()
    options.cli = os.path.abspath(f"{options.bin}/sluice-cli")
    print("| server | workers | said | good range | of the throughput at the knee | of its p50 |"
          " confidence | requests | s | right |\n" + "|---" * 10 + "|", flush=True)
    all_right = True
    for name in options.servers:
        for workers in options.workers:
            with Programs() as programs:
                url = SERVERS[name](programs, options, workers)
                wait_for(url)
                report = sweep(programs, options, url, 4 * workers)
            cells, is_right = row(name, workers, report)
            all_right = all_right and is_right
            print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)
    return 0 if all_right else 1


if __name__ == "__main__":
    sys.exit(main())
