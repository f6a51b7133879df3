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

const Theme &Theme::lightContrast()
{
    static const Theme theme{
        .dark = false,
        .highContrast = true,
        .background = QColor(0xFFFFFF),
        .surface = QColor(0xFFFFFF),
        .raised = QColor(0xFFFFFF),
        .line = QColor(Qt::black),
        .text = QColor(Qt::black),
        .secondary = QColor(0x1F2328),
        .disabled = QColor(0x57606A),
        .accent = QColor(0x003E7E),
        .accentText = QColor(0xFFFFFF),
        .selection = QColor(0xCFE3F7),
        .hover = QColor(0xE3E6EA),
        .good = QColor(0x0B5A3C),
        .warning = QColor(0x6E4000),
        .bad = QColor(0x8A1A14),
        .methodGet = QColor(0x0B5A3C),
        .methodPost = QColor(0x6E4000),
        .methodPut = QColor(0x12408A),
        .methodPatch = QColor(0x4B2580),
        .methodDelete = QColor(0x8A1A14),
        .methodOther = QColor(0x1F2328),
        .inFlight = QColor(0x003E7E),
        .waitingHost = QColor(0xB85000),
        .waitingTotal = QColor(0x2E0024),
        .completed = QColor(0x00806E),
        .errors = QColor(0x700A00),
        .p50 = QColor(0x2F74B5),
        .p95 = QColor(0x0F4C86),
        .p99 = QColor(0x001F45),
        .connecting = QColor(0x2F74B5),
        .downloading = QColor(0x00806E),
    };
    return theme;
}

} // namespace Sluice
