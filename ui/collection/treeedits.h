// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/http/requestspec.h"

#include <QObject>
#include <QUndoStack>

#include <functional>

namespace Sluice {

/** Changes to the files of collections, in a pool thread; removing can be undone. */
class TreeEdits final : public QObject
{
    Q_OBJECT

public:
    explicit TreeEdits(QObject *parent = nullptr);

    QUndoStack *undoStack() { return &m_undo; }

    /** Adds \a spec as a file of \a folder. */
    void addRequest(const QString &folder, const RequestSpec &spec);
    void addFolder(const QString &parent, const QString &name);
    void rename(const QString &path, const QString &name);
    void duplicate(const QString &path);
    void remove(const QString &path);

signals:
    /** \a from is where the item was, \a to where it is now; either may be empty. */
    void done(const QString &from, const QString &to);
    void failed(const Sluice::Error &error);

private:
    /** Runs \a change in a pool thread; \a from is told with its result. */
    void run(const QString &from, std::function<Result<QString>()> change);

    QUndoStack m_undo;
};

} // namespace Sluice
