// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Sluice::Test {

/** Writes \a text to \a path and makes the folders above; fails the test when it cannot. */
void writeText(const QString &path, const QByteArray &text);

/** All of the file \a path, or nothing when it cannot be read. */
QByteArray contentOf(const QString &path);

} // namespace Sluice::Test
