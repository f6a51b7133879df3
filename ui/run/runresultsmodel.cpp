// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runresultsmodel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/numbertext.h"

#include <QGuiApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

bool isNumber(int column)
{
    switch (column) {
    case RunResultsModel::Number:
    case RunResultsModel::Iteration:
    case RunResultsModel::Time:
    case RunResultsModel::Queued:
    case RunResultsModel::Size:
    case RunResultsModel::Checks:
        return true;
    default:
        return false;
    }
}

QString statusText(const RunRow &row)
{
    if (row.wasCancelled)
        return RunResultsModel::tr("cancelled");
    const QString code = row.status > 0 ? QString::number(row.status) : RunResultsModel::tr("–");
    return (row.hasFailed ? u"✕ "_s : u"✓ "_s) + code;
}

} // namespace

RunResultsModel::RunResultsModel(const std::vector<RequestInContext> &requests, QObject *parent)
    : QAbstractTableModel(parent)
{
    for (const RequestInContext &request : requests) {
        m_names << request.request.name;
        m_methods << request.request.method;
    }
}

std::optional<RunRowQuery::Key> RunResultsModel::keyOf(int column)
{
    switch (column) {
    case Number:
        return RunRowQuery::Key::Sequence;
    case Request:
        return RunRowQuery::Key::Request;
    case Iteration:
        return RunRowQuery::Key::Iteration;
    case Status:
        return RunRowQuery::Key::Status;
    case Time:
        return RunRowQuery::Key::Time;
    case Queued:
        return RunRowQuery::Key::Queued;
    case Size:
        return RunRowQuery::Key::Size;
    default:
        return std::nullopt;
    }
}

std::optional<int> RunResultsModel::indexOf(quint64 seq) const
{
    const auto found =
        std::ranges::find(m_order, seq, [this](quint32 index) { return m_rows.at(index).seq; });
    return found == m_order.end() ? std::nullopt : std::optional(int(found - m_order.begin()));
}

void RunResultsModel::setRows(const RunRows &rows, std::vector<quint32> order)
{
    const std::size_t count = order.size();
    m_rows = rows;
    if (count > m_order.size()) {
        beginInsertRows({}, int(m_order.size()), int(count) - 1);
        m_order.resize(count, 0);
        endInsertRows();
    }
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    order.resize(m_order.size(), 0);
    const std::vector<quint32> old = std::exchange(m_order, std::move(order));
    keepPlaces(old, count);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
    if (count < m_order.size()) {
        beginRemoveRows({}, int(count), int(m_order.size()) - 1);
        m_order.resize(count);
        endRemoveRows();
    }
}

void RunResultsModel::keepPlaces(const std::vector<quint32> &old, std::size_t count)
{
    const auto end = m_order.begin() + std::ptrdiff_t(count);
    const QModelIndexList from = persistentIndexList();
    QModelIndexList to;
    for (const QModelIndex &index : from) {
        const auto row = std::size_t(index.row());
        const auto found = std::find(m_order.begin(), end, old[row]);
        to << (found == end ? QModelIndex()
                            : createIndex(int(found - m_order.begin()), index.column()));
    }
    changePersistentIndexList(from, to);
}

int RunResultsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

int RunResultsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QString RunResultsModel::text(const RunRow &row, int column) const
{
    switch (column) {
    case Number:
        return countLabel(qint64(row.seq) + 1);
    case Request:
        return m_methods.value(row.request) + u' ' + m_names.value(row.request);
    case Iteration:
        return countLabel(qint64(row.iteration) + 1);
    case Status:
        return statusText(row);
    case Time:
        return row.onWireUs < 0 ? QString() : millisecondsLabel(row.onWireUs);
    case Queued:
        return row.onWireUs < 0 ? QString() : millisecondsLabel(row.queuedUs);
    case Size:
        return row.status > 0 ? countLabel(row.bytesBody) : QString();
    case Checks:
        return row.checksPassed + row.checksFailed == 0
                   ? QString()
                   : tr("%1 of %2").arg(row.checksPassed).arg(row.checksPassed + row.checksFailed);
    case Message:
        return m_rows.message(row);
    default:
        return {};
    }
}

QVariant RunResultsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunRow &what = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(what, index.column());
    case Qt::ToolTipRole:
        return index.column() == Message ? text(what, Message) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::FontRole:
        return isNumber(index.column()) ? tabularFont(QGuiApplication::font()) : QVariant();
    case Qt::ForegroundRole:
        if (index.column() == Status && what.hasFailed)
            return Theme::of(QGuiApplication::palette()).bad;
        return {};
    default:
        return {};
    }
}

QVariant RunResultsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isNumber(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    static const char *const titles[Columns] = {
        QT_TR_NOOP("No."),     QT_TR_NOOP("Request"),  QT_TR_NOOP("Iteration"),
        QT_TR_NOOP("Status"),  QT_TR_NOOP("Time, ms"), QT_TR_NOOP("Queued, ms"),
        QT_TR_NOOP("Size, B"), QT_TR_NOOP("Checks"),   QT_TR_NOOP("What went wrong"),
    };
    return section >= 0 && section < Columns ? tr(titles[section]) : QVariant();
}

} // namespace Sluice
