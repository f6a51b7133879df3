// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/response/responsetables.h"

#include <QWidget>

#include <memory>

class QLabel;
class QStackedLayout;

namespace Sluice {

class BodyFilter;
class BodyView;
class JsonTreeView;
class StatusLine;
class TextTableModel;
class UnderlineTabs;

/** A request's answer: the status line over its body, headers and timing, or what went wrong. */
class ResponseView final : public QWidget
{
    Q_OBJECT

public:
    explicit ResponseView(QWidget *parent = nullptr);

    void showSending();
    /** Opens the find bar of the body that is shown. */
    void find();
    void showResult(std::shared_ptr<const SendResult> result);

private:
    /** A tab with a table, whose rows are made anew for each response. */
    struct TablePage
    {
        ResponseTable (*make)(const SendResult &) = nullptr;
        QList<int> widths;               ///< Of the first columns, in pixels.
        TextTableModel *model = nullptr; ///< Once the tab was looked at.
    };

    void addPages();
    void connectFilter();
    void fillBodies();
    void fillBody(BodyView *view);
    void fillTable(TablePage &page);
    QWidget *makeBody(bool pretty);
    QWidget *makeTable(std::size_t index);
    QWidget *makeNotice();

    StatusLine *m_status = nullptr;
    QStackedLayout *m_stack = nullptr;
    QWidget *m_notice = nullptr; ///< Instead of a response: an invitation, or what went wrong.
    QWidget *m_noticeIcon = nullptr;
    QLabel *m_message = nullptr;
    UnderlineTabs *m_tabs = nullptr;
    BodyFilter *m_filter = nullptr;
    BodyView *m_pretty = nullptr;
    BodyView *m_raw = nullptr;
    JsonTreeView *m_tree = nullptr;
    std::vector<TablePage> m_tables;
    std::shared_ptr<const SendResult> m_result;
};

} // namespace Sluice
