#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""aiohttp_client.py URL REQUESTS LIMIT: as many GETs, LIMIT at a time; prints {"requestsPerSecond":…}."""
import asyncio
import json
import ssl
import sys
import time

import aiohttp


async def main(url, requests, limit):
    left = requests
    failed = 0
    trust = ssl.create_default_context()
    trust.check_hostname = False
    trust.verify_mode = ssl.CERT_NONE

    async def worker(session):
        nonlocal left, failed
        while left > 0:
            left -= 1
            async with session.get(url) as reply:
                await reply.read()
                failed += reply.status != 200

    connector = aiohttp.TCPConnector(limit=limit, limit_per_host=limit, ssl=trust)
    async with aiohttp.ClientSession(connector=connector) as session:
        begin = time.monotonic()
        await asyncio.gather(*(worker(session) for _ in range(limit)))
        seconds = time.monotonic() - begin
    print(json.dumps({"requestsPerSecond": requests / seconds, "failed": failed}))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
