// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/emptyrange.h"

#include "ui/live/livetext.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace Sluice {

QString timeRangeText(const LiveSnapshot &snapshot, qint64 beginUs, qint64 endUs)
{
    const auto range = [](const QString &from, const QString &to) {
        return u"%1\u2013%2"_s.arg(from, to);
    };
    if (snapshot.wallMs == 0)
        return range(sinceText(beginUs - snapshot.startedUs),
                     sinceText(endUs - snapshot.startedUs));
    const auto wall = [&snapshot](qint64 us) {
        return QDateTime::fromMSecsSinceEpoch(snapshot.wallMs - (snapshot.atUs - us) / 1000);
    };
    const QDateTime from = wall(beginUs);
    const QDateTime to = wall(endUs);
    const bool needsSeconds = from.time().second() != 0 || to.time().second() != 0;
    const QString format = needsSeconds ? u"HH:mm:ss"_s : u"HH:mm"_s;
    return range(from.toString(format), to.toString(format));
}

EmptyRange::EmptyRange(QWidget *parent) : QFrame(parent), m_text(new QLabel(this))
{
    setObjectName(u"emptyRange"_s);
    setAutoFillBackground(true);
    m_text->setObjectName(u"emptyRangeText"_s);
    auto *jump = new QPushButton(tr("Jump to last activity"), this);
    jump->setObjectName(u"jumpToActivity"_s);
    jump->setToolTip(tr("Ctrl+End in a chart"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addWidget(jump);
    connect(jump, &QPushButton::clicked, this, &EmptyRange::jumpRequested);
    hide();
}

void EmptyRange::tell(const QString &range, const QRect &plot)
{
    m_text->setText(tr("No requests %1").arg(range));
    QRect box(QPoint(), sizeHint());
    box.moveCenter(plot.center());
    setGeometry(box);
    show();
}

QString EmptyRange::text() const
{
    return m_text->text();
}

} // namespace Sluice
