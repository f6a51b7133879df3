// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/response/responseview.h"

#include "ui/response/bodyfilter.h"
#include "ui/response/bodyview.h"
#include "ui/response/jsontreeview.h"
#include "ui/response/responsetables.h"
#include "ui/response/statusline.h"
#include "ui/widgets/iconlabel.h"
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

constexpr int PrettyPage = 0;
constexpr int RawPage = 2;
constexpr int FirstTable = 3;

} // namespace

ResponseView::ResponseView(QWidget *parent)
    : QWidget(parent), m_status(new StatusLine(this)), m_message(new QLabel(this)),
      m_tabs(new UnderlineTabs(this)), m_filter(new BodyFilter(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_tabs->tabBar()->setAccessibleName(tr("Response views"));
    m_tabs->setCornerWidget(m_filter);
    connectFilter();
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

void ResponseView::connectFilter()
{
    connect(m_tabs, &UnderlineTabs::currentChanged, this,
            [this](int page) { m_filter->setVisible(page == PrettyPage); });
    connect(m_filter, &BodyFilter::filtered, this,
            [this](const QByteArray &json, const QString &note) {
                m_pretty->setBody(json, "application/json");
                m_pretty->setNote(note);
            });
    connect(m_filter, &BodyFilter::refused, this,
            [this](const QString &note) { m_pretty->setNote(note); });
    connect(m_filter, &BodyFilter::cleared, this, [this] { fillBody(m_pretty); });
}

QWidget *ResponseView::makeNotice()
{
    auto *notice = new QWidget(this);
    m_noticeIcon = new IconLabel(u"dialog-warning"_s, notice);
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
    if (m_tabs->currentIndex() != RawPage)
        m_tabs->setCurrentIndex(PrettyPage);
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
    if (m_tabs->tabBar()->count() == 0)
        addPages();
    else
        fillBodies();
    for (TablePage &page : m_tables)
        fillTable(page);
    m_stack->setCurrentWidget(m_tabs);
}

void ResponseView::addPages()
{
    m_tabs->addPage(tr("Pretty"), [this] { return makeBody(true); });
    m_tabs->addPage(tr("Tree"), [this] {
        m_tree = new JsonTreeView(this);
        m_tree->setBody(m_result->response.body);
        return m_tree;
    });
    m_tabs->addPage(tr("Raw"), [this] { return makeBody(false); });
    m_tables = {{headersTable, {260}},
                {cookiesTable, {160, 260, 160, 200}},
                {timingTable, {160, 100}},
                {checksTable, {100, 360}},
                {sentTable, {260}}};
    for (std::size_t i = 0; i < m_tables.size(); ++i)
        m_tabs->addPage(m_tables[i].make(*m_result).title, [this, i] { return makeTable(i); });
}

QWidget *ResponseView::makeBody(bool pretty)
{
    auto *view = new BodyView(pretty, this);
    (pretty ? m_pretty : m_raw) = view;
    fillBody(view);
    return view;
}

void ResponseView::fillBodies()
{
    for (BodyView *view : {m_pretty, m_raw}) {
        if (view)
            fillBody(view);
    }
    if (m_tree)
        m_tree->setBody(m_result->response.body);
}

void ResponseView::fillBody(BodyView *view)
{
    const Response &response = m_result->response;
    if (view == m_pretty)
        m_filter->setBody(response.body);
    view->setBody(response.body, response.headers.value("Content-Type"));
}

QWidget *ResponseView::makeTable(std::size_t index)
{
    TablePage &page = m_tables[index];
    const ResponseTable table = page.make(*m_result);
    page.model = new TextTableModel(table.columns, table.rightAligned, this);
    QTableView *view = makeTextTable(page.model, table.title, this);
    for (int column = 0; column < page.widths.size(); ++column)
        view->setColumnWidth(column, page.widths[column]);
    fillTable(page);
    return view;
}

void ResponseView::fillTable(TablePage &page)
{
    ResponseTable table = page.make(*m_result);
    m_tabs->setTitle(FirstTable + int(&page - m_tables.data()), table.title);
    if (page.model)
        page.model->setRows(std::move(table.rows));
}

} // namespace Sluice
