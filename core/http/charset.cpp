// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/charset.h"

#include <QStringDecoder>

namespace Sluice {

QByteArray foreignCharset(const QByteArray &contentType)
{
    for (const QByteArray &parameter : contentType.split(';')) {
        const QByteArray trimmed = parameter.trimmed();
        if (!trimmed.toLower().startsWith("charset="))
            continue;
        QByteArray charset = trimmed.sliced(8).trimmed().toLower();
        if (charset.size() > 1 && charset.startsWith('"') && charset.endsWith('"'))
            charset = charset.sliced(1, charset.size() - 2);
        const bool isUtf8 = charset == "utf-8" || charset == "utf8" || charset == "us-ascii";
        return !isUtf8 && QStringDecoder(charset.constData()).isValid() ? charset : QByteArray();
    }
    return {};
}

QByteArray toUtf8(const QByteArray &text, const QByteArray &charset)
{
    if (charset.isEmpty())
        return text;
    QStringDecoder decoder(charset.constData());
    return QString(decoder(text)).toUtf8();
}

} // namespace Sluice
