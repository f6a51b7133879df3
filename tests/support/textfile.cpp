// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/textfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

namespace Sluice::Test {

void writeText(const QString &path, const QByteArray &text)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Sluice::Test
