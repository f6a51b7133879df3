// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/responseview.h"

#include "ui/response/bodyview.h"
#include "ui/response/statusline.h"
#include "ui/theme/icons.h"
#include "ui/widgets/numbertext.h"
#include "ui/widgets/separator.h"
#include "ui/widgets/texttable.h"
#include "ui/widgets/underlinetabs.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int RawPage = 1;
constexpr int HeadersPage = 2;

} // namespace

ResponseView::ResponseView(QWidget *parent)
    : QWidget(parent), m_status(new StatusLine(this)), m_message(new QLabel(this)),
      m_tabs(new UnderlineTabs(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_tabs->tabBar()->setAccessibleName(tr("Response views"));
    auto *content = new QWidget(this);
    m_stack = new QStackedLayout(content);
    m_notice = makeNotice();
    m_stack->addWidget(m_notice);
    m_stack->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_status);
    layout->addWidget(content, 1);
}

QWidget *ResponseView::makeNotice()
{
    auto *notice = new QWidget(this);
    m_noticeIcon = new QLabel(notice);
    m_noticeIcon->setPixmap(themedIcon(u"dialog-warning"_s).pixmap(16));
    m_noticeIcon->hide();
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_message->setObjectName(u"responseMessage"_s);
    m_message->setAccessibleName(tr("Response"));
    m_message->setText(tr("Press Ctrl+Enter to send the request. The response appears here."));
    m_message->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(notice);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_noticeIcon, 0, Qt::AlignTop);
    layout->addWidget(m_message, 1, Qt::AlignTop);
    return notice;
}

void ResponseView::showSending()
{
    // The old answer stays readable; only the status line says that a new one is on its way.
    m_status->showSending();
}

void ResponseView::find()
{
    if (m_stack->currentWidget() != m_tabs)
        return;
    if (m_tabs->currentIndex() > RawPage)
        m_tabs->setCurrentIndex(0);
    (m_tabs->currentIndex() == RawPage ? m_raw : m_pretty)->find();
}

void ResponseView::showResult(std::shared_ptr<const SendResult> result)
{
    m_result = std::move(result);
    const Response &response = m_result->response;
    m_status->showResult(*m_result);
    if (response.failed()) {
        m_message->setText(response.error->toString());
        m_message->setForegroundRole(QPalette::BrightText);
        m_noticeIcon->show();
        m_stack->setCurrentWidget(m_notice);
        return;
    }
    if (m_tabs->tabBar()->count() == 0) {
        m_tabs->addPage(tr("Pretty"), [this] { return makeBody(true); });
        m_tabs->addPage(tr("Raw"), [this] { return makeBody(false); });
        m_tabs->addPage(tr("Headers"), [this] { return makeHeaders(); });
        m_tabs->addPage(tr("Timing"), [this] { return makeTiming(); });
    } else {
        if (m_pretty)
            fillBody(m_pretty);
        if (m_raw)
            fillBody(m_raw);
        fillHeaders();
        fillTiming();
    }
    m_tabs->setTitle(HeadersPage, tr("Headers %1").arg(response.headers.size()));
    m_stack->setCurrentWidget(m_tabs);
}

QWidget *ResponseView::makeBody(bool pretty)
{
    auto *view = new BodyView(pretty, this);
    (pretty ? m_pretty : m_raw) = view;
    fillBody(view);
    return view;
}

void ResponseView::fillBody(BodyView *view)
{
    view->setBody(m_result->response.body, m_result->response.headers.value("Content-Type"));
}

QWidget *ResponseView::makeHeaders()
{
    m_headers = new TextTableModel({tr("Name"), tr("Value")}, {}, this);
    QTableView *view = makeTextTable(m_headers, tr("Response headers"), this);
    view->setColumnWidth(0, 260);
    fillHeaders();
    return view;
}

void ResponseView::fillHeaders()
{
    if (!m_headers)
        return;
    std::vector<QStringList> rows;
    for (const Header &header : m_result->response.headers)
        rows.push_back({QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    m_headers->setRows(std::move(rows));
}

QWidget *ResponseView::makeTiming()
{
    m_timing = new TextTableModel({tr("Phase"), tr("Time (ms)"), tr("What it is")}, {1}, this);
    QTableView *view = makeTextTable(m_timing, tr("Timing of the request"), this);
    view->setColumnWidth(0, 160);
    view->setColumnWidth(1, 100);
    fillTiming();
    return view;
}

void ResponseView::fillTiming()
{
    if (!m_timing)
        return;
    const PhaseTimings &timings = m_result->response.timings;
    const auto row = [](const QString &name, qint64 us, const QString &what) {
        return QStringList{name, us < 0 ? u"–"_s : QString::number(double(us) / 1000, 'f', 2),
                           what};
    };
    m_timing->setRows({
        row(tr("Queued"), timings.queuedUs(), tr("Waited for a limit, a rate or a host on hold")),
        row(tr("Stalled"), timings.stalledUs(), tr("Admitted, but not started yet")),
        row(tr("Connect"), timings.isNewConnection() ? timings.connectingUs() : -1,
            timings.isNewConnection() ? tr("Name lookup, TCP and TLS")
                                      : tr("An open connection was used again")),
        row(tr("Wait"), timings.waitingUs(), tr("Request sent, until the reply's headers")),
        row(tr("Download"), timings.downloadUs(), tr("The reply's body")),
        row(tr("Total"), timings.totalUs(), tr("All of it, queue included")),
    });
}

} // namespace Sluice
