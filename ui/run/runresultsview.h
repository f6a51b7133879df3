// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runroworder.h"

#include <QBasicTimer>
#include <QHash>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QSplitter;
class QTableView;
class QTabBar;

namespace Sluice {

class ResponseView;
class RunResultsModel;

/**
 * The requests of a run as they end: failures first, filtered by a word, sorted by any column, with
 * the whole response of a failure below. Filtering and sorting happen in a worker.
 */
class RunResultsView final : public QWidget
{
    Q_OBJECT

public:
    /** Of a single iteration none is named. */
    RunResultsView(const std::vector<RequestInContext> &requests, bool isSingleIteration,
                   QWidget *parent = nullptr);

    void add(const RunBatch &batch);
    const RunRows &rows() const { return m_rows; }
    /** Makes the request with this RunRow::seq the current one; lists all when it was left out. */
    void showRequest(quint64 seq);

signals:
    /** Rows were added; at most a few times a second. */
    void refreshed();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QWidget *makeBar();
    QWidget *makeDetail();
    void connectTable();
    void sortBy(int column, Qt::SortOrder order);
    void refresh();
    void take(const RunRows &rows, std::vector<quint32> order);
    void showCurrent();
    bool showWanted();

    QStringList m_names;
    RunRows m_rows;
    RunRowQuery m_query;
    QHash<quint64, std::shared_ptr<const SendResult>> m_details; ///< By RunRow::seq.
    QBasicTimer m_timer;
    bool m_isRefreshing = false;
    bool m_isStale = false;          ///< Rows came since the last refresh began.
    bool m_isAsked = false;          ///< The query changed since then.
    std::optional<quint64> m_wanted; ///< To become the current one when the rows are listed.
    RunResultsModel *m_model = nullptr;
    QTabBar *m_scope = nullptr;
    QLineEdit *m_filter = nullptr;
    QLabel *m_note = nullptr;
    QTableView *m_table = nullptr;
    QSplitter *m_splitter = nullptr;
    QWidget *m_detail = nullptr;
    QLabel *m_what = nullptr;
    ResponseView *m_response = nullptr;
};

} // namespace Sluice
