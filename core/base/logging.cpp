// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"

namespace Sluice {

Q_LOGGING_CATEGORY(lcTransport, "sluice.transport", QtInfoMsg)
Q_LOGGING_CATEGORY(lcCollection, "sluice.collection", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRun, "sluice.run", QtInfoMsg)
Q_LOGGING_CATEGORY(lcUi, "sluice.ui", QtInfoMsg)

} // namespace Sluice
