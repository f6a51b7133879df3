// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/rangebar.h"

#include "ui/live/livetext.h"
#include "ui/live/rangeexport.h"
#include "ui/live/requestarchive.h"
#include "ui/live/savedialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** More than this apart, Little's law does not hold: the load was not steady. */
constexpr double MuchApart = 0.1;

QString number(double value)
{
    return value < 99.95 ? QLocale::c().toString(value, 'f', 1) : countText(std::llround(value));
}

QString latencyText(const LiveRange &range)
{
    if (range.p50Us < 0)
        return RangeBar::tr("too few for percentiles");
    return RangeBar::tr("p50 %1, p95 %2, p99 %3 (with queue %4, %5, %6)")
        .arg(percentileText(range.p50Us, 50, range.sent),
             percentileText(range.p95Us, 95, range.sent),
             percentileText(range.p99Us, 99, range.sent),
             percentileText(range.p50TotalUs, 50, range.sent),
             percentileText(range.p95TotalUs, 95, range.sent),
             percentileText(range.p99TotalUs, 99, range.sent));
}

QString littleText(const LiveRange &range)
{
    if (range.sent == 0 || range.meanInFlight <= 0)
        return {};
    const double expected = range.expectedInFlight();
    const bool holds = std::abs(expected / range.meanInFlight - 1) <= MuchApart;
    return RangeBar::tr("Little's law: %1 × %2 = %3 %4")
        .arg(rateText(double(range.sent) / range.seconds()), shownDuration(qint64(range.meanUs)),
             number(expected), holds ? u"\u2713"_s : RangeBar::tr("(not steady)"));
}

} // namespace

QString rangeText(const LiveRange &range)
{
    if (!range.isKnown())
        return RangeBar::tr("Nothing is known of this time.");
    QStringList parts{
        shownDuration(range.endUs - range.beginUs),
        RangeBar::tr("%1 done, %2").arg(countText(qint64(range.done)), rateText(range.perSecond())),
        latencyText(range),
        RangeBar::tr("%1 failed").arg(countText(qint64(range.failed))),
        RangeBar::tr("in flight %1, most %2")
            .arg(number(range.meanInFlight), countText(range.peakInFlight)),
        RangeBar::tr("queued %1, most %2")
            .arg(number(range.meanQueued), countText(range.peakQueued)),
    };
    const QString little = littleText(range);
    if (!little.isEmpty())
        parts << little;
    if (!range.isExact)
        parts << RangeBar::tr("whole steps of what is kept");
    return parts.join(u" \u00B7 "_s);
}

RangeBar::RangeBar(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(u"rangeText"_s);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_text, 1);
    const auto button = [this, layout](const QString &text, const QString &name,
                                       const QString &tip) {
        auto *added = new QToolButton(this);
        added->setText(text);
        added->setObjectName(name);
        added->setToolTip(tip);
        added->setAutoRaise(true);
        added->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(added, 0, Qt::AlignTop);
        return added;
    };
    const auto *zoom = button(tr("Zoom"), u"rangeZoom"_s, tr("Show just this range"));
    const auto *copied = button(tr("Copy"), u"rangeCopy"_s, tr("Copy these figures"));
    const auto *saved =
        button(tr("Save\u2026"), u"rangeSave"_s,
               tr("Save the range as CSV: its requests while they are kept, else its time steps; "
                  "or its requests as an HTTP archive (HAR)"));
    const auto *clear = button(tr("Clear"), u"rangeClear"_s, tr("Unmark the range (Esc)"));
    connect(zoom, &QToolButton::clicked, this, &RangeBar::zoomRequested);
    connect(copied, &QToolButton::clicked, this, &RangeBar::copy);
    connect(saved, &QToolButton::clicked, this, &RangeBar::save);
    connect(clear, &QToolButton::clicked, this, &RangeBar::clearRequested);
}

QString RangeBar::text() const
{
    return m_text->text();
}

void RangeBar::setSnapshot(LiveSnapshotPtr snapshot)
{
    m_snapshot = std::move(snapshot);
    const bool isWorkedOut = m_snapshot && m_snapshot->view.hasRange();
    const QString text =
        isWorkedOut ? rangeText(m_snapshot->range) : tr("Working out the figures\u2026");
    if (text != m_text->text())
        m_text->setText(text);
}

void RangeBar::copy()
{
    QGuiApplication::clipboard()->setText(m_text->text());
}

void RangeBar::save()
{
    if (!m_snapshot)
        return;
    askForFileAndWork(this, tr("Save range"), tr("CSV table (*.csv);;HTTP archive (*.har)"),
                      u"csv"_s, [snapshot = m_snapshot](const QString &path) {
                          const TimeRange range{snapshot->range.beginUs, snapshot->range.endUs};
                          return path.endsWith(".har"_L1, Qt::CaseInsensitive)
                                     ? saveBytes(requestsHar(*snapshot, {}, range), path)
                                     : saveText(rangeCsv(*snapshot), path);
                      });
}

} // namespace Sluice
