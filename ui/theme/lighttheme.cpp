// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

namespace Sluice {

const Theme &Theme::lightMode()
{
    static const Theme theme{
        .dark = false,
        .background = QColor(0xF6F7F8),
        .surface = QColor(0xFFFFFF),
        .raised = QColor(0xFFFFFF),
        .line = QColor(0xD9DCE0),
        .text = QColor(0x1F2328),
        .secondary = QColor(0x57606A),
        .disabled = QColor(0x8C959F),
        .accent = QColor(0x02569A),
        .accentText = QColor(0xFFFFFF),
        .selection = QColor(2, 86, 154, 26),
        .hover = QColor(31, 35, 40, 13),
        .good = QColor(0x1A7F5A),
        .warning = QColor(0x9A5B00),
        .bad = QColor(0xB3261E),
        .methodGet = QColor(0x1A7F5A),
        .methodPost = QColor(0x9A5B00),
        .methodPut = QColor(0x1F5FBF),
        .methodPatch = QColor(0x6B3FA0),
        .methodDelete = QColor(0xB3261E),
        .methodOther = QColor(0x57606A),
        .inFlight = QColor(0x02569A),
        .waitingHost = QColor(0xD66919),
        .waitingTotal = QColor(0x530042),
        .completed = QColor(0x249381),
        .errors = QColor(0x9C1C00),
        .p50 = QColor(0x4A88BF),
        .p95 = QColor(0x235A93),
        .p99 = QColor(0x0B2F57),
        .connecting = QColor(0x4A88BF),
        .downloading = QColor(0x249381),
    };
    return theme;
}

} // namespace Sluice
