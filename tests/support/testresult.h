// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QTest>

/** Like QVERIFY for a Result, and prints the error. */
#define VERIFY_RESULT(result) \
    QVERIFY2((result).has_value(), \
             (result).has_value() ? "" : qPrintable((result).error().toString()))
