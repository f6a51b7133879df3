// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livetext.h"

#include "core/metrics/percentiletrust.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LiveText", text);
}

/** \a value, with a decimal only where it is small enough to matter. */
QString shortNumber(double value)
{
    QString text = QLocale::c().toString(value, 'f', value < 9.95 ? 1 : 0);
    if (text.endsWith(".0"_L1))
        text.chop(2);
    return text;
}

} // namespace

QString countText(qint64 count)
{
    if (count < 100'000)
        return QLocale(QLocale::English).toString(count);
    if (count < 1'000'000)
        return tr("%1 k").arg(shortNumber(double(count) / 1e3));
    return tr("%1 M").arg(shortNumber(double(count) / 1e6));
}

QString shownDuration(qint64 us)
{
    if (us < 0)
        return u"\u2013"_s;
    if (us == 0)
        return tr("0 ms");
    if (us < 1000)
        return tr("%1 µs").arg(us);
    if (us < 999'500)
        return tr("%1 ms").arg(shortNumber(double(us) / 1e3));
    if (us < 60'000'000)
        return tr("%1 s").arg(shortNumber(double(us) / 1e6));
    return spanText(us);
}

QString spanText(qint64 us)
{
    const qint64 seconds = (us + 500'000) / 1'000'000;
    const qint64 minutes = seconds / 60;
    if (seconds <= 90)
        return tr("%1 s").arg(seconds);
    if (minutes < 60) {
        const QString text = tr("%1 min").arg(minutes);
        return seconds % 60 == 0 ? text : tr("%1 %2 s").arg(text).arg(seconds % 60);
    }
    const QString text = tr("%1 h").arg(minutes / 60);
    return minutes % 60 == 0 ? text : tr("%1 %2 min").arg(text).arg(minutes % 60);
}

QString sinceText(qint64 us)
{
    const qint64 seconds = std::max<qint64>(0, us) / 1'000'000;
    const QString tail =
        u"%1:%2"_s.arg(seconds / 60 % 60, seconds >= 3600 ? 2 : 1, 10, QLatin1Char('0'))
            .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return seconds >= 3600 ? u"%1:%2"_s.arg(seconds / 3600).arg(tail) : tail;
}

QString rateText(double perSecond)
{
    if (perSecond >= 99.5)
        return tr("%1/s").arg(countText(std::llround(perSecond)));
    return tr("%1/s").arg(QLocale::c().toString(perSecond, 'f', perSecond >= 9.95 ? 0 : 1));
}

QString rateNumber(double perSecond)
{
    return perSecond >= 99.5 ? countText(std::llround(perSecond)) : shortNumber(perSecond);
}

QString percentileText(qint64 us, double percent, quint64 count)
{
    switch (us < 0 ? PercentileTrust::None : percentileTrust(percent, count)) {
    case PercentileTrust::None:
        return shownDuration(-1);
    case PercentileTrust::Weak:
        return tr("~%1").arg(shownDuration(us));
    case PercentileTrust::Full:
        return shownDuration(us);
    }
    return {};
}

QString percentText(double share)
{
    return tr("%1 %").arg(QLocale::c().toString(share * 100, 'f', share >= 0.9995 ? 0 : 1));
}

QString limitText(int limit)
{
    return limit == 0 ? u"\u221E"_s : countText(limit);
}

QString endpointLabel(const QString &endpoint)
{
    const qsizetype slashes = endpoint.indexOf("://"_L1);
    const QString authority = slashes < 0 ? endpoint : endpoint.mid(slashes + 3);
    const bool usual = (endpoint.startsWith("http://"_L1) && authority.endsWith(":80"_L1))
                       || (endpoint.startsWith("https://"_L1) && authority.endsWith(":443"_L1));
    return usual ? authority.left(authority.lastIndexOf(u':')) : authority;
}

} // namespace Sluice
