// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/admission/limits.h"
#include "core/run/runplan.h"

#include <QObject>

class QWidget;

namespace Sluice {

/** Files and commands of other programs, in and out; reading and writing is done in a pool thread.
 */
class InterchangeController final : public QObject
{
    Q_OBJECT

public:
    /** \a window is the dialogs' parent. */
    explicit InterchangeController(QWidget *window);

    /** Shows the requests at or under \a path for other programs. */
    void askExport(const QString &path, const QString &name, const VariableInputs &variables,
                   const Limits &limits);
    /** Asks for a file to import, and where to put its collection. */
    void askImport();
    /** Asks where to put the collection that \a file becomes. */
    void importFile(const QString &file);
    /** A curl command or a URL becomes a request; false for any other text, which is left alone. */
    bool paste(const QString &text);

signals:
    /** The collection in \a folder is new. */
    void imported(const QString &folder);
    void pasted(const Sluice::RequestSpec &request);
    /** Something to be told, no failure; \a all are the lines that \a text has no room for. */
    void noted(const QString &text, const QStringList &all);
    void failed(const Sluice::Error &error);

private:
    void importInto(const QString &file, const QString &parent);

    QWidget *m_window = nullptr;
};

} // namespace Sluice
