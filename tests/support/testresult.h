// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QTest>

/** Like QVERIFY for a Result, and prints the error. Evaluates \a result once. */
#define VERIFY_RESULT(result)                                                                      \
    do {                                                                                           \
        const auto &verified = (result);                                                           \
        QVERIFY2(verified.has_value(),                                                             \
                 verified.has_value() ? "" : qPrintable(verified.error().toString()));             \
    } while (false)
