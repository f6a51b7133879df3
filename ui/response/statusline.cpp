// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/statusline.h"

#include "core/http/preparedrequest.h"
#include "ui/response/timingbar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/numbertext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

const QColor &statusColor(const Theme &theme, int status)
{
    return status < 300   ? theme.good
           : status < 400 ? theme.accent
           : status < 500 ? theme.warning
                          : theme.bad;
}

QChar statusMark(int status)
{
    return status < 300 ? QChar(0x2713) : status < 400 ? QChar(0x2192) : QChar(0x2715);
}

} // namespace

QString reasonPhrase(int status, const QByteArray &reason)
{
    if (!reason.isEmpty())
        return QString::fromLatin1(reason);
    switch (status) {
    case 200:
        return u"OK"_s;
    case 201:
        return u"Created"_s;
    case 202:
        return u"Accepted"_s;
    case 204:
        return u"No Content"_s;
    case 206:
        return u"Partial Content"_s;
    case 301:
        return u"Moved Permanently"_s;
    case 302:
        return u"Found"_s;
    case 303:
        return u"See Other"_s;
    case 304:
        return u"Not Modified"_s;
    case 307:
        return u"Temporary Redirect"_s;
    case 308:
        return u"Permanent Redirect"_s;
    case 400:
        return u"Bad Request"_s;
    case 401:
        return u"Unauthorized"_s;
    case 403:
        return u"Forbidden"_s;
    case 404:
        return u"Not Found"_s;
    case 405:
        return u"Method Not Allowed"_s;
    case 409:
        return u"Conflict"_s;
    case 422:
        return u"Unprocessable Content"_s;
    case 429:
        return u"Too Many Requests"_s;
    case 500:
        return u"Internal Server Error"_s;
    case 502:
        return u"Bad Gateway"_s;
    case 503:
        return u"Service Unavailable"_s;
    case 504:
        return u"Gateway Timeout"_s;
    default:
        return {};
    }
}

StatusLine::StatusLine(QWidget *parent)
    : QWidget(parent), m_status(new QLabel(this)), m_time(new QLabel(this)),
      m_size(new QLabel(this)), m_protocol(new QLabel(this)), m_bar(new TimingBar(this)),
      m_legend(new QLabel(this)), m_checks(new QLabel(this))
{
    setFixedHeight(34);
    QFont bold = font();
    bold.setWeight(QFont::Bold);
    m_status->setFont(bold);
    m_legend->setFont(scaledFont(font(), 85));
    m_status->setAccessibleName(tr("Status"));
    m_time->setAccessibleName(tr("Time"));
    m_size->setAccessibleName(tr("Size"));
    m_protocol->setAccessibleName(tr("Protocol"));
    m_checks->setAccessibleName(tr("Checks"));
    m_status->setObjectName(u"responseStatus"_s);
    m_checks->setObjectName(u"responseChecks"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(16);
    for (QLabel *label : {m_status, m_time, m_size, m_protocol})
        layout->addWidget(label);
    layout->addWidget(m_bar);
    layout->addWidget(m_legend);
    layout->addStretch(1);
    layout->addWidget(m_checks);
    showIdle();
}

void StatusLine::clear()
{
    m_result.reset();
    for (QLabel *label : {m_status, m_time, m_size, m_protocol, m_legend, m_checks})
        label->clear();
    m_bar->hide();
    hideEmpty();
}

void StatusLine::hideEmpty()
{
    for (QLabel *label : {m_status, m_time, m_size, m_protocol, m_checks})
        label->setVisible(!label->text().isEmpty());
    fitLegend();
}

void StatusLine::fitLegend()
{
    constexpr int Spacing = 16;
    int used = 24;
    for (const QWidget *widget :
         {static_cast<QWidget *>(m_status), static_cast<QWidget *>(m_time),
          static_cast<QWidget *>(m_size), static_cast<QWidget *>(m_protocol),
          static_cast<QWidget *>(m_bar), static_cast<QWidget *>(m_checks)})
        used += widget->isHidden() ? 0 : widget->sizeHint().width() + Spacing;
    const int room = width() - used - Spacing;
    m_legend->setVisible(!m_legend->text().isEmpty() && m_legend->sizeHint().width() <= room);
}

void StatusLine::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitLegend();
}

void StatusLine::showIdle()
{
    clear();
    m_protocol->setText(tr("No response yet"));
    tintText(m_protocol, Theme::of(palette()).secondary);
    hideEmpty();
}

void StatusLine::showSending()
{
    clear();
    m_protocol->setText(tr("Sending…"));
    tintText(m_protocol, Theme::of(palette()).secondary);
    hideEmpty();
}

void StatusLine::showResult(const SendResult &result)
{
    clear();
    m_result = result;
    m_result->response.body.clear();
    const Response &response = result.response;
    const Theme &theme = Theme::of(palette());
    if (response.failed()) {
        m_status->setText(tr("✕ Failed"));
        tintText(m_status, theme.bad);
    } else {
        showStatus(response);
    }
    if (response.timings.totalUs() > 0) {
        m_time->setText(durationLabel(response.timings.totalUs()));
        m_time->setToolTip(tr("From pressing Send to the last byte, queue included"));
        m_bar->setTimings(response.timings);
        m_bar->show();
        m_legend->setText(TimingBar::legend(response.timings));
        tintText(m_legend, theme.secondary);
    }
    showChecks(result.checks);
    hideEmpty();
}

void StatusLine::showStatus(const Response &response)
{
    const Theme &theme = Theme::of(palette());
    m_status->setText(u"%1 %2 %3"_s.arg(statusMark(response.status))
                          .arg(response.status)
                          .arg(reasonPhrase(response.status, response.reason))
                          .trimmed());
    tintText(m_status, statusColor(theme, response.status));
    m_size->setText(sizeLabel(response.body.size()));
    m_size->setToolTip(response.bytesWire > 0 && response.bytesWire != response.body.size()
                           ? tr("%1 on the wire, compressed").arg(sizeLabel(response.bytesWire))
                           : tr("%1 bytes").arg(countLabel(response.body.size())));
    const bool fresh = response.timings.isNewConnection();
    m_protocol->setText(QString::fromLatin1(response.protocol)
                        + (fresh ? tr(", new connection") : tr(", reused")));
    m_protocol->setToolTip({});
    tintText(m_protocol, theme.secondary);
    if (response.timesSent < 2)
        return;
    // Nobody asked for it, and what is not idempotent may have been done more than once.
    m_protocol->setText(tr("sent %1 times").arg(response.timesSent));
    m_protocol->setToolTip(tr("The connection broke, and Qt sent the request again of itself.\n"
                              "The server may have acted on it more than once."));
    if (!isIdempotent(response.method))
        tintText(m_protocol, theme.bad);
}

void StatusLine::showChecks(const std::vector<CheckResult> &checks)
{
    if (checks.empty())
        return;
    const Theme &theme = Theme::of(palette());
    const auto passed = std::ranges::count_if(checks, &CheckResult::passed);
    const auto failed = qint64(checks.size()) - passed;
    m_checks->setText(failed == 0 ? counted(passed, tr("check passed"), tr("checks passed"))
                                  : tr("✕ %1 of %2 checks failed").arg(failed).arg(checks.size()));
    tintText(m_checks, failed == 0 ? theme.good : theme.bad);
    QStringList lines;
    for (const CheckResult &check : checks)
        lines << (check.passed ? u"✓ %1 %2 %3"_s : u"✕ %1 %2 %3"_s)
                         .arg(check.assertion.expression, check.assertion.op, check.assertion.value)
                     + (check.passed ? QString() : u": "_s + check.message);
    m_checks->setToolTip(lines.join(u'\n'));
}

void StatusLine::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    if (m_result) {
        const SendResult shown = *m_result;
        const QString size = m_size->text();
        showResult(shown);
        m_size->setText(size);
    }
}

} // namespace Sluice
