// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runplan.h"

#include <QStringList>

namespace Sluice {

/** A part of a response as rows of text. */
struct ResponseTable
{
    QString title; ///< Of its tab, with the number of rows where that is of interest.
    QStringList columns;
    QList<int> rightAligned;
    std::vector<QStringList> rows;
};

ResponseTable headersTable(const SendResult &result);
ResponseTable cookiesTable(const SendResult &result);
ResponseTable timingTable(const SendResult &result);
ResponseTable checksTable(const SendResult &result);
/** What was sent; of credentials only the scheme. */
ResponseTable sentTable(const SendResult &result);

} // namespace Sluice
