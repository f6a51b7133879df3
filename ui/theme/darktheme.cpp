// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

namespace Sluice {

const Theme &Theme::darkMode()
{
    static const Theme theme{
        .dark = true,
        .background = QColor(0x1B1E20),
        .surface = QColor(0x232629),
        .raised = QColor(0x2B2F33),
        .line = QColor(0x3A3F44),
        .text = QColor(0xE6EAEE),
        .secondary = QColor(0x9BA4AD),
        .disabled = QColor(0x6B737B),
        .accent = QColor(0x3581F6),
        .accentText = QColor(0x0B1016),
        .selection = QColor(53, 129, 246, 46),
        .hover = QColor(230, 234, 238, 15),
        .good = QColor(0x6FDDB8),
        .warning = QColor(0xF0B45A),
        .bad = QColor(0xFF8A80),
        .methodGet = QColor(0x6FDDB8),
        .methodPost = QColor(0xF0B45A),
        .methodPut = QColor(0x7FB2FF),
        .methodPatch = QColor(0xC6A0FF),
        .methodDelete = QColor(0xFF8A80),
        .methodOther = QColor(0x9BA4AD),
        .inFlight = QColor(0x3581F6),
        .waitingHost = QColor(0xEFC880),
        .waitingTotal = QColor(0xE48CC8),
        .completed = QColor(0x8FF4DF),
        .errors = QColor(0xF26B2E),
        .p50 = QColor(0x4A8ACB),
        .p95 = QColor(0x8ABDEC),
        .p99 = QColor(0xDCECFF),
        .connecting = QColor(0xDCECFF),
        .downloading = QColor(0x8FF4DF),
    };
    return theme;
}

const Theme &Theme::darkContrast()
{
    static const Theme theme{
        .dark = true,
        .highContrast = true,
        .background = QColor(Qt::black),
        .surface = QColor(Qt::black),
        .raised = QColor(Qt::black),
        .line = QColor(0xFFFFFF),
        .text = QColor(0xFFFFFF),
        .secondary = QColor(0xE6EAEE),
        .disabled = QColor(0x9BA4AD),
        .accent = QColor(0x5B9BFF),
        .accentText = QColor(Qt::black),
        .selection = QColor(0x173A6B),
        .hover = QColor(0x2B2F33),
        .good = QColor(0x8FF4DF),
        .warning = QColor(0xFFD08A),
        .bad = QColor(0xFFB3AB),
        .methodGet = QColor(0x8FF4DF),
        .methodPost = QColor(0xFFD08A),
        .methodPut = QColor(0xA9CDFF),
        .methodPatch = QColor(0xDCC8FF),
        .methodDelete = QColor(0xFFB3AB),
        .methodOther = QColor(0xE6EAEE),
        .inFlight = QColor(0x3581F6),
        .waitingHost = QColor(0xEFC880),
        .waitingTotal = QColor(0xE48CC8),
        .completed = QColor(0x8FF4DF),
        .errors = QColor(0xF26B2E),
        .p50 = QColor(0x4F90D6),
        .p95 = QColor(0x93C4F2),
        .p99 = QColor(0xFFFFFF),
        .connecting = QColor(0xFFFFFF),
        .downloading = QColor(0x8FF4DF),
    };
    return theme;
}

} // namespace Sluice
