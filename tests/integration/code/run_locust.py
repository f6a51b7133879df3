# SPDX-License-Identifier: GPL-3.0-or-later
# Debian's Locust does not know its version, and a master takes no worker without one.
import sys
import types

version = types.ModuleType("locust._version")
version.version = "2.12.1"
sys.modules["locust._version"] = version

from locust.main import main  # noqa: E402

main()
