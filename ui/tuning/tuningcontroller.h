// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/runplan.h"

#include <QObject>

class QWidget;

namespace Sluice {

class Engine;
class TuningTab;

/** Opens tuning tabs: works out off the GUI thread which server a request really goes to. */
class TuningController final : public QObject
{
    Q_OBJECT

public:
    /** \a engine outlives the controller; \a window owns the tabs until they are placed. */
    TuningController(Engine *engine, QWidget *window);

    /** Makes a tab that finds the limit for \a request. */
    void open(const RequestInContext &request, const VariableInputs &variables);
    /**
     * Makes a tab for all that \a path (a collection, a folder or a request) holds, called \a name:
     * the safe methods of it (RFC 9110 9.2.1), or everything when there is none.
     */
    void openAll(const QString &path, const QString &name, const VariableInputs &variables);

signals:
    void opened(Sluice::TuningTab *tab);
    /** The request cannot be built, e.g. a variable is unknown. */
    void failed(const Sluice::Error &error);

private:
    void openTab(const QString &name, const std::vector<RequestInContext> &requests,
                 const VariableInputs &variables);

    Engine *m_engine;
    QWidget *m_window;
};

} // namespace Sluice
