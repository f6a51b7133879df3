// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/epochcomparison.h"

#include "ui/live/livetext.h"

#include <QCoreApplication>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** So many overrides are named; more are counted. */
constexpr std::size_t Named = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("EpochComparison", text);
}

/** "+300 %", "−5 %", "same". */
QString changeText(double before, double after)
{
    if (before <= 0)
        return after <= 0 ? tr("same") : tr("new");
    const auto percent = std::llround((after / before - 1) * 100);
    if (percent == 0)
        return tr("same");
    return u"%1%2 %"_s.arg(QChar(percent < 0 ? u'\u2212' : u'+')).arg(std::abs(percent));
}

double perSecond(const LiveEpoch &epoch, qint64 nowUs)
{
    const qint64 us = (epoch.endUs < 0 ? nowUs : epoch.endUs) - epoch.beginUs;
    return us <= 0 ? 0 : double(epoch.done) * 1e6 / double(us);
}

} // namespace

QString epochLimitsText(const Limits &limits)
{
    QStringList parts{limitText(limits.total)};
    if (limits.perHost > 0)
        parts << tr("host %1").arg(limitText(limits.perHost));
    if (limits.hosts.size() > Named)
        parts << tr("%1 own").arg(limits.hosts.size());
    for (std::size_t i = 0; limits.hosts.size() <= Named && i < limits.hosts.size(); ++i)
        parts << u"%1 %2"_s.arg(limits.hosts[i].pattern, limitText(limits.hosts[i].limit));
    return parts.join(u", "_s);
}

QString compareEpochs(const LiveEpoch &before, const LiveEpoch &after, qint64 nowUs)
{
    const auto change = [](const QString &name, const QString &from, const QString &to,
                           const QString &by) {
        return tr("%1 %2 \u2192 %3 (%4)").arg(name, from, to, by);
    };
    const auto latency = [&](const QString &name, double percent, qint64 from, qint64 to) {
        return from < 0 || to < 0 ? QString()
                                  : change(name, percentileText(from, percent, before.sent),
                                           percentileText(to, percent, after.sent),
                                           changeText(double(from), double(to)));
    };
    const auto count = [&change](const QString &name, quint64 from, quint64 to) {
        return from == 0 && to == 0 ? QString()
                                    : change(name, countText(qint64(from)), countText(qint64(to)),
                                             changeText(double(from), double(to)));
    };
    const double rateBefore = perSecond(before, nowUs);
    const double rateAfter = perSecond(after, nowUs);
    QStringList parts{
        change(tr("done"), rateText(rateBefore), rateText(rateAfter),
               changeText(rateBefore, rateAfter)),
        latency(u"p50"_s, 50, before.p50Us, after.p50Us),
        latency(u"p95"_s, 95, before.p95Us, after.p95Us),
        latency(u"p99"_s, 99, before.p99Us, after.p99Us),
        latency(tr("queued p95"), 95, before.p95QueuedUs, after.p95QueuedUs),
        count(tr("errors"), before.failed, after.failed),
        count(u"429"_s, before.limited, after.limited),
    };
    parts.removeAll(QString());
    return tr("%1 \u2192 %2: %3")
        .arg(epochLimitsText(before.limits), epochLimitsText(after.limits),
             parts.join(u" \u00B7 "_s));
}

} // namespace Sluice
