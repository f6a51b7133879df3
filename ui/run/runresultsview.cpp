// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runresultsview.h"

#include "ui/response/responseview.h"
#include "ui/run/runresultsmodel.h"
#include "ui/widgets/flattable.h"
#include "ui/widgets/numbertext.h"
#include "ui/widgets/separator.h"
#include "ui/widgets/underlinetabs.h"
#include "ui/widgets/worker.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QTimerEvent>

#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

/** A list that changes more often is not read, only watched. */
constexpr int RefreshIntervalMs = 250;
constexpr int FailedScope = 1;

} // namespace

RunResultsView::RunResultsView(const std::vector<RequestInContext> &requests,
                               bool isSingleIteration, QWidget *parent)
    : QWidget(parent), m_model(new RunResultsModel(requests, this)), m_table(new FlatTable(this)),
      m_splitter(new QSplitter(Qt::Vertical, this))
{
    for (const RequestInContext &request : requests)
        m_names << request.request.name;
    m_table->setObjectName(u"runResults"_s);
    m_table->setAccessibleName(tr("Results of the run"));
    m_table->setModel(m_model);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(makeDetail());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setCollapsible(0, false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_splitter, 1);
    connectTable();
    // The names need the room.
    m_table->setColumnHidden(RunResultsModel::Iteration, isSingleIteration);
    m_table->setColumnHidden(RunResultsModel::Message, true);
}

QWidget *RunResultsView::makeBar()
{
    auto *bar = new QWidget(this);
    m_scope = new UnderlineTabBar(bar);
    m_scope->addTab(tr("All"));
    m_scope->addTab(tr("Failed"));
    m_scope->setAccessibleName(tr("Which results"));
    m_scope->setObjectName(u"runScope"_s);
    m_filter = new QLineEdit(bar);
    m_filter->setPlaceholderText(tr("Filter by name, status or message"));
    m_filter->setAccessibleName(tr("Filter the results"));
    m_filter->setObjectName(u"runFilter"_s);
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(260);
    m_note = new QLabel(bar);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 4);
    row->addWidget(m_scope);
    row->addWidget(m_note, 1);
    row->addWidget(m_filter);
    connect(m_scope, &QTabBar::currentChanged, this, [this](int index) {
        m_query.failedOnly = index == FailedScope;
        refresh();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_query.text = text.trimmed();
        refresh();
    });
    return bar;
}

QWidget *RunResultsView::makeDetail()
{
    m_detail = new QWidget(m_splitter);
    m_what = new QLabel(m_detail);
    m_what->setContentsMargins(12, 8, 12, 8);
    m_what->setWordWrap(true);
    m_what->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_what->setObjectName(u"runDetail"_s);
    m_response = new ResponseView(m_detail);
    auto *layout = new QVBoxLayout(m_detail);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new Separator(m_detail));
    layout->addWidget(m_what);
    layout->addWidget(m_response, 1);
    m_detail->hide();
    return m_detail;
}

void RunResultsView::connectTable()
{
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    static constexpr int widths[RunResultsModel::Columns] = {72, 120, 76, 64, 80, 92, 84, 68, 120};
    for (int column = 0; column < RunResultsModel::Columns; ++column)
        m_table->setColumnWidth(column, widths[column]);
    QHeaderView *header = m_table->horizontalHeader();
    // Words take what the numbers leave, so that nothing scrolls sideways in a window of 1280.
    for (const int words : {RunResultsModel::Request, RunResultsModel::Message})
        header->setSectionResizeMode(words, QHeaderView::Stretch);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &RunResultsView::sortBy);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunResultsView::showCurrent);
}

void RunResultsView::sortBy(int column, Qt::SortOrder order)
{
    const auto key = RunResultsModel::keyOf(column);
    m_query.key = key.value_or(RunRowQuery::Key::FailedFirst);
    m_query.isDescending = key && order == Qt::DescendingOrder;
    refresh();
}

void RunResultsView::add(const RunBatch &batch)
{
    m_rows.append(batch);
    for (const auto &[seq, result] : batch.details)
        m_details.insert(seq, result);
    m_isStale = true;
    if (!m_timer.isActive())
        m_timer.start(RefreshIntervalMs, this);
}

void RunResultsView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    if (!m_isStale)
        m_timer.stop();
    else if (!m_isRefreshing)
        refresh();
}

void RunResultsView::refresh()
{
    if (std::exchange(m_isRefreshing, true)) {
        m_isAsked = true;
        return;
    }
    m_isStale = m_isAsked = false;
    runInWorker(
        this,
        [rows = m_rows, query = m_query, names = m_names] {
            return orderedRows(rows, query, names);
        },
        [this, rows = m_rows](std::vector<quint32> order) { take(rows, std::move(order)); });
}

void RunResultsView::take(const RunRows &rows, std::vector<quint32> order)
{
    m_isRefreshing = false;
    // What a person has scrolled to stays where it is while failures are put before it.
    const QPersistentModelIndex top = m_table->indexAt({0, 0});
    const bool isScrolled = m_table->verticalScrollBar()->value() > 0;
    m_model->setRows(rows, std::move(order));
    m_table->setColumnHidden(RunResultsModel::Message, rows.failed() == 0);
    if (isScrolled && top.isValid())
        m_table->scrollTo(top, QAbstractItemView::PositionAtTop);
    m_scope->setTabText(0, tr("All %1").arg(countLabel(qint64(rows.size()))));
    m_scope->setTabText(FailedScope, tr("Failed %1").arg(countLabel(qint64(rows.failed()))));
    m_note->setText(
        rows.unlisted() == 0
            ? QString()
            : tr("%1 more are counted, not listed").arg(countLabel(qint64(rows.unlisted()))));
    showWanted();
    emit refreshed();
    // Rows that came meanwhile wait for the timer; a person's question does not.
    if (m_isAsked)
        refresh();
}

void RunResultsView::showRequest(quint64 seq)
{
    m_wanted = seq;
    if (showWanted())
        return;
    // Left out by the filter, or not listed yet.
    m_scope->setCurrentIndex(0);
    m_filter->clear();
    refresh();
}

bool RunResultsView::showWanted()
{
    const std::optional<int> row = m_wanted ? m_model->indexOf(*m_wanted) : std::nullopt;
    if (!row)
        return false;
    m_wanted.reset();
    m_table->selectRow(*row);
    // The details that come up take room from the table: scroll when that is laid out.
    QMetaObject::invokeMethod(
        this,
        [this] { m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter); },
        Qt::QueuedConnection);
    return true;
}

void RunResultsView::showCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    m_detail->setVisible(current.isValid());
    if (!current.isValid())
        return;
    const RunRow &row = m_model->row(current.row());
    const QString message = m_model->message(current.row());
    const auto result = m_details.value(row.seq);
    m_response->setVisible(result != nullptr);
    if (result)
        m_response->showResult(result);
    const QString title =
        tr("%1, iteration %2")
            .arg(m_names.value(row.request), countLabel(qint64(row.iteration) + 1));
    const QString why = row.wasCancelled ? tr("Cancelled when the run was stopped.")
                        : !row.hasFailed ? tr("Succeeded. Only the responses of failures are kept.")
                        : result         ? message
                                         : tr("%1 (Its response was not kept.)").arg(message);
    m_what->setText(title + u": "_s + why);
}

} // namespace Sluice
