// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/response/jsontree.h"

#include <QWidget>

class QLabel;
class QTreeView;

namespace Sluice {

class JsonModel;

/** A JSON body to fold and unfold; its values and their paths can be copied. */
class JsonTreeView final : public QWidget
{
    Q_OBJECT

public:
    explicit JsonTreeView(QWidget *parent = nullptr);

    /** Reads \a body in a worker, then shows it, or why it cannot be shown. */
    void setBody(const QByteArray &body);

private:
    void take(const Result<JsonTreePtr> &tree);
    void addCopyActions();

    JsonModel *m_model = nullptr;
    QTreeView *m_view = nullptr;
    QLabel *m_note = nullptr;
    quint64 m_generation = 0;
};

} // namespace Sluice
