# SPDX-License-Identifier: GPL-3.0-or-later
"""An nginx of our own on free loopback ports, that answers with about 1 kB of header fields."""
import os
import shutil
import socket
import subprocess
import tempfile
import time

CONFIG = """
daemon off;
worker_processes 1;
error_log {folder}/error.log warn;
pid {folder}/pid;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    keepalive_timeout 60s;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{http};
        listen 127.0.0.1:{https} ssl http2;
        ssl_certificate {folder}/cert.pem;
        ssl_certificate_key {folder}/key.pem;
        {headers}
        location / {{ default_type application/json; return 200 '{{"ok":true}}'; }}
    }}
}}
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Nginx:
    """with Nginx() as server: server.http, server.https are URLs."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="sluice-bench-")
        http, https = free_ports(2)
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
             "-subj", "/CN=localhost", "-keyout", self.folder + "/key.pem",
             "-out", self.folder + "/cert.pem"], check=True, stderr=subprocess.DEVNULL)
        headers = "".join(f"add_header X-Header-{i} {'abcdefghij' * 4};\n" for i in range(15))
        with open(self.folder + "/nginx.conf", "w", encoding="ascii") as config:
            config.write(CONFIG.format(folder=self.folder, http=http, https=https, headers=headers))
        path = os.pathsep.join([os.environ["PATH"], "/usr/sbin"])
        self.process = subprocess.Popen(
            [shutil.which("nginx", path=path), "-c", self.folder + "/nginx.conf"])
        self._wait(http)
        self.http = f"http://127.0.0.1:{http}/"
        self.https = f"https://127.0.0.1:{https}/"
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)

    def _wait(self, port):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except ConnectionRefusedError:
                if self.process.poll() is not None:
                    raise SystemExit("nginx did not start") from None
                time.sleep(0.05)
        raise SystemExit("nginx does not answer")
